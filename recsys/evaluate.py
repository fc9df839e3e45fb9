"""Protocols: how good a ranking is, for whom, and how sure that is."""

from collections.abc import Callable
from typing import Any

import numpy as np

from recsys.datatypes import EncodedQuery, Progress, Query, no_progress
from recsys.engine import Engine
from recsys.metrics import ndcg

Order = Callable[[EncodedQuery, np.ndarray], np.ndarray]
"""A strategy: from a query and candidate rows (n,) to the same rows, best first."""


def personas(engine: Engine, progress: Progress = no_progress) -> dict[str, Any]:
    """NDCG@10 of ranking each persona's own judged items from its taste alone.

    A love is worth 2, a like 1, a dislike 0. The strategies are ``default``, the same without
    popularity, each signal alone, and ``random``, the same order for everyone. In a simulated world
    the likes are drawn from the same personas: ``popularity``, and what it adds to ``default``, is
    flattered there.
    """
    catalogue = engine.workspace.catalogue
    strategies = _strategies(engine)
    values: dict[str, list[float]] = {name: [] for name in strategies}
    judged = catalogue.judgements.groupby("persona")
    for done, (persona, own) in enumerate(judged, start=1):
        query = engine.encode(Query(catalogue.personas.at[persona, "taste"]))
        worth = dict(zip(own["item"], own["grade"], strict=True))
        for name, order in strategies.items():
            ranked = order(query, own["item"].to_numpy())
            values[name].append(ndcg(np.array([worth[row] for row in ranked], dtype=float), 10))
        progress(done, len(judged), "asking personas")
    return {
        "protocol": "personas",
        "workspace": engine.workspace.name,
        "n": len(judged),
        "strategies": [
            {"name": name, "ndcg@10": _interval(np.array(found))} for name, found in values.items()
        ],
    }


def _strategies(engine: Engine) -> dict[str, Order]:
    def ranked(weights: dict[str, float]) -> Order:
        return lambda query, rows: engine.rank(query, rows, weights=weights).index.to_numpy()

    alone = {
        name: ranked({other: float(other == name) for other in engine.signals})
        for name in engine.signals
    }
    shuffled = np.random.default_rng(0).permutation(len(engine.workspace.catalogue))
    return {
        "default": ranked({}),
        "default without popularity": ranked({"popularity": 0.0}),
        **alone,
        "random": lambda query, rows: rows[np.argsort(shuffled[rows])],
    }


def _interval(values: np.ndarray) -> dict[str, float]:
    """Mean with a 95 % bootstrap interval over people (percentile, 2,000 draws, seed 0)."""
    rng = np.random.default_rng(0)
    means = values[rng.integers(0, len(values), (2000, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return {"mean": float(values.mean()), "low": float(low), "high": float(high)}
