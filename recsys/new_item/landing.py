"""Where a new item would land, and what moved from one version of it to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from recsys.datatypes import NewItem, Ranking
from recsys.models.new_item.kernel import Features
from recsys.models.new_item.probability import shifted

NEIGHBOURS = 10
"""So many of an item's neighbours are told, and asked about its attributes."""
RANK_CUTOFFS = (10, 20, 100)
"""How many users have the item among their first so many."""


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

    ``items`` are those of the catalogue, index row. ``assumed``: what was not given but read from
    the text, by what it is called. ``neighbours``: a Ranking of the n items, whose score is the
    similarity, 1 for the same in everything; ``because`` says what the first NEIGHBOURS share with
    it, of what is more than a guess. ``attributes``: relation (in words), name, threshold (of the
    relation), probability, predicted (whether it reaches the threshold), likely (whether a person
    would call it so), named (by the text itself), neighbours (rows that have it). ``segments``:
    name, users, expected (likes), rate (of its users), lift (over the average item), low and high
    (the rate where the likes are at the ends of their interval), the biggest lift first;
    ``segment_of`` (u,) their index. ``probability`` (u,) that a user likes it. ``ranks`` (u,): its
    rank, from 1, among the up to ``n_candidates`` items that a user does not like yet.
    ``candidates`` (u,) is how many those are. ``duplicates``: cosines of meaning and of words, of
    the items that are all but the same. ``point`` (2,): where it is on the map, amid its nearest.
    ``features`` are its own, as the kernel reads them. ``max_similarity``: the greatest cosine of
    meaning with an item; ``novelty_percentile``: the share, from 0 to 1, of the items that have a
    nearer neighbour than it has. ``unread``: how many sentences of a long text were not read by
    meaning.
    """

    item: NewItem
    items: pd.DataFrame
    assumed: Mapping[str, tuple[str, ...]]
    neighbours: Ranking
    because: list[str]
    attributes: pd.DataFrame
    likes: Expected
    segments: pd.DataFrame
    segment_of: np.ndarray
    probability: np.ndarray
    ranks: np.ndarray
    n_candidates: int
    candidates: np.ndarray
    duplicates: pd.DataFrame
    point: np.ndarray
    features: Features
    max_similarity: float
    novelty_percentile: float
    unread: int = 0

    @property
    def neighbours_table(self) -> pd.DataFrame:
        """The first NEIGHBOURS to read and keep: id, title, year, similarity, shared."""
        nearest = self.neighbours.head(NEIGHBOURS)
        table = self.items.loc[nearest.index, ["id", "title", "year"]]
        table = table.assign(similarity=nearest["score"].round(6), shared=self.because)
        return table.reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class Changes:
    """What moved from one version of an item to the next: ``likes`` more to expect, four times in
    five from ``low`` to ``high``; ``attributes``, relation, name, and the probability before and
    after, of those predicted in either; ``segments``, name, and the rate before and after, and the
    ``low`` and ``high`` of the latter at the ends of that interval; rows of ``arrived`` and
    ``left`` neighbours, of the first NEIGHBOURS."""

    likes: float
    low: float
    high: float
    attributes: pd.DataFrame
    segments: pd.DataFrame
    arrived: tuple[int, ...]
    left: tuple[int, ...]


def changes(before: Landing, after: Landing, interval: tuple[float, float]) -> Changes:
    """What moved from ``before`` to ``after``; the difference of their likes is in the
    ``interval``."""
    low, high = interval
    index = after.segments.index
    rates = pd.DataFrame(
        {
            "name": after.segments["name"],
            "before": before.segments["rate"].reindex(index),
            "after": after.segments["rate"],
            "low": _rates(after, before.likes.expected + low).reindex(index),
            "high": _rates(after, before.likes.expected + high).reindex(index),
        }
    )
    old = before.neighbours.index[:NEIGHBOURS]
    new = after.neighbours.index[:NEIGHBOURS]
    return Changes(
        after.likes.expected - before.likes.expected,
        low,
        high,
        _changed_attributes(before.attributes, after.attributes),
        rates,
        tuple(new[~new.isin(old)].tolist()),
        tuple(old[~old.isin(new)].tolist()),
    )


def _rates(landing: Landing, likes: float) -> pd.Series:
    """The rate of each segment if the item got so many ``likes``."""
    share = max(likes, 0.0) * len(landing.probability) / landing.likes.users
    probability = pd.Series(shifted(landing.probability, share))
    return probability.groupby(landing.segment_of).mean()


def _changed_attributes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Relation, name, before and after: the largest move first."""
    keys = ["relation", "name"]
    both = before.merge(after, "outer", on=keys, suffixes=("_0", "_1"))
    # Who is missing in one of the versions was too improbable there to be listed.
    either = both[["predicted_0", "predicted_1"]].fillna(False).any(axis=1)
    moved = both.loc[either, [*keys, "probability_0", "probability_1"]].fillna(0.0)
    moved = moved.set_axis([*keys, "before", "after"], axis=1)
    size = (moved["after"] - moved["before"]).abs()
    order = size.sort_values(ascending=False, kind="stable").index
    return moved.loc[order].reset_index(drop=True)


def to_json(landing: Landing) -> dict[str, Any]:
    """What is printed, and what the page lets one download."""
    items = landing.items
    pairs = zip(items["id"], items["title"], strict=True)
    named = [{"item": id_, "title": title} for id_, title in pairs]
    return {
        "assumed": {name: list(values) for name, values in landing.assumed.items()},
        "neighbours": _neighbours_json(landing, named),
        "attributes": _attributes_json(landing.attributes, items["id"]),
        "audience": _audience_json(landing),
        "rank": _rank_json(landing),
        "duplicates": _duplicates_json(landing.duplicates, named),
    }


def _neighbours_json(landing: Landing, named: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    lines = []
    nearest = landing.neighbours.head(NEIGHBOURS)
    for (row, line), shared in zip(nearest.iterrows(), landing.because, strict=True):
        contributions = line.drop(["rank", "score"]).astype(float).round(6)
        lines.append(
            {
                **named[row],
                "similarity": round(float(line["score"]), 6),
                "contributions": contributions.to_dict(),
                "shared": shared,
            }
        )
    return lines


def _attributes_json(attributes: pd.DataFrame, ids: pd.Series) -> list[dict[str, Any]]:
    lines = []
    for line in attributes.itertuples(index=False):
        lines.append(
            {
                "attribute": line.relation,
                "value": line.name,
                "probability": round(float(line.probability), 4),
                "predicted": bool(line.predicted),
                "likely": bool(line.likely),
                "named": bool(line.named),
                "threshold": round(float(line.threshold), 2),
                "neighbours": [ids[row] for row in line.neighbours],
            }
        )
    return lines


def _audience_json(landing: Landing) -> dict[str, Any]:
    segments = [
        {
            "name": line.name,
            "users": int(line.users),
            "expected_likes": round(float(line.expected), 3),
            "rate": round(float(line.rate), 5),
            "low": round(float(line.low), 5),
            "high": round(float(line.high), 5),
            "lift": round(float(line.lift), 3),
        }
        for line in landing.segments.itertuples(index=False)
    ]
    likes = landing.likes
    return {
        "expected_likes": round(likes.expected, 2),
        "low": likes.low,
        "high": likes.high,
        "users": likes.users,
        "segments": segments,
    }


def _rank_json(landing: Landing) -> dict[str, Any]:
    ranks = landing.ranks
    shares = {f"top_{k}": round(float((ranks <= k).mean()), 4) for k in RANK_CUTOFFS}
    return {
        "median": float(np.median(ranks)),
        "quartiles": np.quantile(ranks, [0.25, 0.75]).tolist(),
        **shares,
        "among": landing.n_candidates,
        "users": len(ranks),
    }


def _duplicates_json(
    duplicates: pd.DataFrame, named: Sequence[Mapping[str, str]]
) -> list[dict[str, Any]]:
    lines = []
    for row, cosines in duplicates.iterrows():
        lines.append({**named[int(row)], **cosines.astype(float).round(4).to_dict()})
    return lines
