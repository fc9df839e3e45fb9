"""Signals of any unit on one scale, and names kept among a model's arrays.

On a scale NaN, no opinion, becomes 0, and so does "all the same".
"""

from collections.abc import Iterable

import numpy as np

SAMPLE = 4_096
"""Scores that are looked at to guess which are among the greatest."""
SURE = 8
"""So many more of them are taken than are expected to be, that the guess is seldom too high."""


def centred(scores: np.ndarray) -> np.ndarray:
    """Each column less the mean of its opinions; (n, signals) in, float64 of that shape out.

    >>> centred(np.array([[1.0, 7.0], [3.0, np.nan], [np.nan, 7.0]])).tolist()
    [[-1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]
    """
    x = scores.astype(np.float64)  # (n, signals)
    voiced = ~np.isnan(x)
    filled = np.where(voiced, x, 0)
    away = np.where(voiced, x - filled.sum(axis=0) / opinions(voiced), 0)
    # What differs in the last digits of a float32 was meant to be the same.
    tells = np.abs(away).max(axis=0) > 1e-6 * np.abs(filled).max(axis=0)
    return np.where(tells, away, 0)


def standardised(scores: np.ndarray) -> np.ndarray:
    """Each column with mean 0 and standard deviation 1 over its opinions; shapes as ``centred``.

    >>> standardised(np.array([[1.0, 7.0], [3.0, np.nan], [np.nan, 7.0]])).tolist()
    [[-1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]
    """
    away = centred(scores)
    deviation = np.sqrt((away**2).sum(axis=0) / opinions(~np.isnan(scores)))
    return away / np.where(deviation > 0, deviation, 1)


def spanned(scores: np.ndarray) -> np.ndarray:
    """Each column with mean 0 and a distance of 1 from its least opinion to its greatest (min-max);
    shapes as ``centred``.

    >>> spanned(np.array([[1.0, 7.0], [3.0, np.nan], [np.nan, 7.0]])).tolist()
    [[-0.5, 0.0], [0.5, 0.0], [0.0, 0.0]]
    """
    away = centred(scores)
    span = away.max(axis=0) - away.min(axis=0)
    return away / np.where(span > 0, span, 1)


def ranked(scores: np.ndarray) -> np.ndarray:
    """Each column's places, the best at 1 and the worst at 0 where nobody shares one, less their
    mean; shapes as ``centred``. How far apart two opinions are makes no difference.

    >>> ranked(np.array([[1.0, 7.0], [9.0, np.nan], [2.0, 7.0]])).tolist()
    [[-0.5, 0.0], [0.5, 0.0], [0.0, 0.0]]
    """
    from scipy.stats import rankdata  # half a second that only this scale needs

    voiced = ~np.isnan(scores)
    places = rankdata(scores, axis=0, nan_policy="omit")  # (n, signals) from 1
    return centred(np.where(voiced, places / np.maximum(opinions(voiced) - 1, 1), np.nan))


def on_scale(scores: np.ndarray, scale: str) -> np.ndarray:
    """Each column on the ``scale``, one of datatypes.SCALES; shapes as ``centred``."""
    how = {"z-score": standardised, "min-max": spanned, "ranks": ranked}
    return how[scale](scores)


def greatest(scores: np.ndarray, n: int) -> np.ndarray:
    """The rows of the ``n`` greatest of ``scores`` (m,), best first; of equals the lower one. What
    has no score, NaN, is left out, though there be fewer.

    >>> greatest(np.array([1.0, 3.0, np.nan, 3.0]), 4).tolist()
    [1, 3, 0]
    """
    best = _sorted(scores, n)
    return best[~np.isnan(scores[best])]


def _sorted(scores: np.ndarray, n: int) -> np.ndarray:
    """The first ``n`` rows as a stable sort would give them, NaN last, without sorting all."""
    if n < 1 or n >= len(scores):
        return np.argsort(-scores, kind="stable")[: max(n, 0)]
    some = scores[:: max(len(scores) // SAMPLE, 1)]
    some = some[~np.isnan(some)]
    rank = min(2 * n * len(some) // len(scores) + SURE, len(some))
    if rank:
        last = np.partition(some, -rank)[-rank]
        above = np.flatnonzero(scores > last)  # NaN is not among them
        if len(above) >= n:  # all the best are: the last of them is greater yet
            own = scores[above]
            last = np.partition(own, len(own) - n)[len(own) - n]
            above, level = above[own > last], above[own == last]
        else:
            level = np.flatnonzero(scores == last)  # may be most of all
        if len(above) + len(level) >= n:
            best = above[np.argsort(-scores[above], kind="stable")]
            return np.concatenate([best, level[: n - len(best)]])
    return np.argsort(-scores, kind="stable")[:n]


def opinions(voiced: np.ndarray) -> np.ndarray:
    """How many opinions each column has, but never 0: to divide by."""
    return np.maximum(voiced.sum(axis=0), 1)


def packed(names: Iterable[str]) -> np.ndarray:
    """Names as an array of bytes, (b,) uint8; none of them may hold a line end."""
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8).copy()


def unpacked(array: np.ndarray) -> list[str]:
    """The names that were ``packed``.

    >>> unpacked(packed(["year", "known facts"]))
    ['year', 'known facts']
    """
    return array.tobytes().decode().split("\n")
