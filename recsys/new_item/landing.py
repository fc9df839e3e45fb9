"""Where a new item would land, and what moved from one version of it to the next."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.datatypes import NewItem, Ranking

NEIGHBOURS = 10
"""So many of an item's neighbours are told, and asked about its attributes."""


@dataclass(frozen=True)
class Expected:
    """Likes to expect among so many ``users``; the truth is between ``low`` and ``high``, both
    included, four times in five."""

    expected: float
    low: float
    high: float
    users: int


@dataclass(frozen=True, eq=False)
class Landing:
    """Where a new item would land among n items and u users.

    ``assumed``: what was not given but read from the text, by what it is called. ``neighbours``: a
    Ranking of the n items, whose score is the similarity, 1 for the same in everything;
    ``because`` says what the first NEIGHBOURS share with it. ``attributes``: relation (in words),
    name, probability, said (whether it is probable enough), neighbours (rows that have it).
    ``segments``: name, users, expected (likes), rate (of its users), lift (over the average item),
    the biggest lift first; ``segment_of`` (u,) their index. ``chance`` (u,) that a user likes it.
    ``places`` (u,): its place, from 1, among the up to ``rivals`` items that a user does not like
    yet. ``duplicates``: cosines of meaning and of words, of the items as near as RARE says.
    ``point`` (2,): its place on the map. ``nearest``: the greatest similarity of meaning;
    ``lonelier``: the share of items whose nearest is nearer.
    """

    item: NewItem
    assumed: Mapping[str, tuple[str, ...]]
    neighbours: Ranking
    because: list[str]
    attributes: pd.DataFrame
    likes: Expected
    segments: pd.DataFrame
    segment_of: np.ndarray
    chance: np.ndarray
    places: np.ndarray
    rivals: int
    duplicates: pd.DataFrame
    point: np.ndarray
    nearest: float
    lonelier: float


@dataclass(frozen=True, eq=False)
class Changes:
    """What moved from one version of an item to the next: ``likes`` more to expect; ``attributes``,
    relation, name, and the probability before and after, of those said in either; ``segments``,
    name, and the rate before and after; rows of ``arrived`` and ``left`` neighbours, of the first
    NEIGHBOURS."""

    likes: float
    attributes: pd.DataFrame
    segments: pd.DataFrame
    arrived: tuple[int, ...]
    left: tuple[int, ...]


def changes(before: Landing, after: Landing) -> Changes:
    """What moved from ``before`` to ``after``."""
    keys = ["relation", "name"]
    both = before.attributes.merge(after.attributes, "outer", on=keys, suffixes=("_0", "_1"))
    said = both[["said_0", "said_1"]].fillna(False).any(axis=1)
    told = both.loc[said, [*keys, "probability_0", "probability_1"]].fillna(0.0)
    told = told.set_axis([*keys, "before", "after"], axis=1)
    order = (told["after"] - told["before"]).abs().sort_values(ascending=False, kind="stable").index
    rates = pd.DataFrame(
        {
            "name": after.segments["name"],
            "before": before.segments["rate"].reindex(after.segments.index),
            "after": after.segments["rate"],
        }
    )
    old, new = (landing.neighbours.index[:NEIGHBOURS] for landing in (before, after))
    return Changes(
        after.likes.expected - before.likes.expected,
        told.loc[order].reset_index(drop=True),
        rates,
        tuple(new[~new.isin(old)].tolist()),
        tuple(old[~old.isin(new)].tolist()),
    )
