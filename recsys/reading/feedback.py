"""Whether the values of interactions are opinions or counts, and from which on one is a like."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.reading.interactions import is_scale
from recsys.reading.vocabulary import plain

KINDS = ("explicit", "implicit")
"""Opinions on a scale, and counts of what was done."""
OPINIONS = "rating ratings score stars overall bookrating reviewscore starrating grade 评分".split()
"""How columns of opinions are called."""
COUNTS = (
    "plays playcount playcounts listens listencount clicks clickcount views viewcount watches hours"
    " hoursplayed playtime count quantity qty units weight 数量".split()
)
"""How columns of counts are called."""
TAIL = 10
"""Half of the values are below the greatest by so many times: a tail that no scale has."""
MAX_BARS = 24
"""So many bars a picture of values has at most."""
MAX_PERCENT = 100
"""The highest of any scale."""


@dataclass(frozen=True)
class Feedback:
    """``kind`` is one of KINDS, ``reason`` says why; ``unrated`` tells that 0 is no opinion."""

    kind: str
    reason: str
    unrated: bool = False

    def told(self) -> str:
        """A line for the person who imports."""
        what = "opinions on a scale (explicit)" if self.kind == "explicit" else "counts (implicit)"
        return f"values are {what}: {self.reason}."


def feedback(values: pd.Series, column: str) -> Feedback:
    """What finite ``values`` are, by themselves, and by the name of their ``column``.

    >>> feedback(pd.Series([1, 4, 5, 3]), "column 3").told()
    'values are opinions on a scale (explicit): 4 different values from 1 to 5.'
    >>> feedback(pd.Series([1, 1, 2, 907]), "plays").kind
    'implicit'
    """
    name = plain(column)
    low, high, count = values.min(), values.max(), values.nunique()
    spread = f"{count:,} different value{'s' * (count != 1)} from {low:g} to {high:g}"
    if count == 1:
        return Feedback("implicit", f"all are {low:g}")
    if name in COUNTS and low >= 0:
        return Feedback("implicit", f"{spread}, and {column!r} is the name of a count")
    if is_scale(values):
        unrated = _zero_is_no_opinion(values, name)
        return Feedback("explicit", spread, unrated)
    if low >= 0 and high > MAX_PERCENT:
        return Feedback("implicit", f"{spread}, and no scale goes so high")
    if low >= 0 and values.median() * TAIL <= high:
        return Feedback("implicit", f"{spread}, half of them up to {values.median():g}")
    if name in OPINIONS or low < 0:
        return Feedback("explicit", f"{spread}, and {column!r} is the name of an opinion")
    whole = bool((values % 1 == 0).all())
    if whole and low == 1 and values.mode().iloc[0] == 1:
        return Feedback("implicit", f"{spread}, whole numbers and 1 the commonest")
    return Feedback("explicit", spread)


def like_from(ratings: pd.Series) -> tuple[float, float]:
    """The rating from which the share of likes is nearest to one half, and that share.

    Of two that are about as near, the higher: 4, not 3, where 1 to 5 are equally frequent.

    >>> like_from(pd.Series([1, 2, 3, 4, 4, 5]))
    (4.0, 0.5)
    """
    if ratings.empty:
        return 0.0, 0.0
    values, counts = np.unique(ratings, return_counts=True)
    shares = counts[::-1].cumsum()[::-1] / len(ratings)
    distance = np.abs(shares - 0.5).round(1)
    best = int(np.flatnonzero(distance == distance.min())[-1])
    return float(values[best]), float(shares[best])


def _zero_is_no_opinion(values: pd.Series, name: str) -> bool:
    """Whether people wrote 0 where they met an item and did not rate it, as in Book-Crossing: no
    value is commoner, though a scale's lowest is rare."""
    zeros = int((values == 0).sum())
    if not zeros or values.min() < 0 or values.max() <= 1:
        return False
    return name == "bookrating" or zeros >= int(values[values != 0].value_counts().iloc[0])


def bins(values: pd.Series, kind: str) -> pd.DataFrame:
    """How often each value comes: ``start``, ``end`` (the same for one value) and ``count``.

    Of many different values neighbours are together: of counts each bin is as wide as all below it,
    of opinions all are as wide.

    >>> bins(pd.Series([1, 1, 2]), "explicit").to_numpy().tolist()
    [[1.0, 1.0, 2.0], [2.0, 2.0, 1.0]]
    """
    counted = values.value_counts().sort_index()
    if len(counted) <= MAX_BARS:
        edges = counted.index.to_numpy(dtype=float)
    elif kind == "implicit" and values.min() >= 0:
        edges = 2.0 ** np.arange(np.ceil(np.log2(values.max() + 1)))
        edges = np.unique([values.min(), *edges[edges > values.min()]])
    else:
        edges = np.linspace(values.min(), values.max(), MAX_BARS, endpoint=False).round(2)
    places = np.searchsorted(edges, counted.index, side="right") - 1
    found = pd.DataFrame({"place": np.maximum(places, 0), "value": counted.index, "n": counted})
    grouped = found.groupby("place").agg(end=("value", "max"), count=("n", "sum"))
    grouped.insert(0, "start", edges[grouped.index])
    return grouped.reset_index(drop=True)
