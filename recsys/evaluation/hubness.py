"""Hubness: whether some items stand in the lists of many unrelated tastes (Radovanović 2010)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, Query, no_progress
from recsys.ranking.engine import Engine

NO_TASTE = ("item", "decade")
"""Kinds of names that are no taste of their own."""
LENGTH = 10
"""Places of a list."""


@dataclass(frozen=True)
class Hubness:
    """``shares`` (n,) of the lists that each item stands in; ``skewness`` of these occurrences,
    0 where every item is as often shown, the more the fewer take all places."""

    shares: np.ndarray
    skewness: float


def unrelated_tastes(nodes: pd.DataFrame, count: int, seed: int = 0) -> list[str]:
    """``count`` names of a graph's ``nodes`` (name, kind) as tastes, drawn at random."""
    names = sorted(set(nodes.loc[~nodes["kind"].isin(NO_TASTE), "name"].astype(str)))
    drawn = np.random.default_rng(seed).choice(names, min(count, len(names)), replace=False)
    return [str(name) for name in drawn]


def occurrences(lists: list[np.ndarray], items: int) -> Hubness:
    """How often each of so many ``items`` stands in the ``lists`` of rows.

    >>> found = occurrences([np.array([0, 1]), np.array([0, 2])], 4)
    >>> found.shares.tolist(), found.skewness
    ([1.0, 0.5, 0.5, 0.0], 0.0)
    """
    shares = np.bincount(np.concatenate(lists), minlength=items) / len(lists)
    away = shares - shares.mean()
    spread = max(float(np.sqrt((away**2).mean())), 1e-12)
    return Hubness(shares, float((away**3).mean()) / spread**3)


def hubness(
    engine: Engine, count: int = 200, seed: int = 0, progress: Progress = no_progress
) -> Hubness:
    """Of the top tens for ``count`` unrelated tastes, by the default strategy."""
    tastes = unrelated_tastes(engine.workspace.graph.nodes, count, seed)
    lists = []
    for done, taste in enumerate(tastes, start=1):
        shown = engine.recommend(Query(taste, k=LENGTH)).shown
        lists.append(shown.index.to_numpy(dtype=np.int64))
        progress(done, len(tastes), "asking unrelated tastes")
    return occurrences(lists, len(engine.workspace.catalogue))
