"""Curiosity: some places go to items of which is not known yet how well they are liked.

Thompson sampling (Thompson 1933; Chapelle & Li 2011): of each item that could take one of these
places a like rate is drawn from what is believed of it, its score is moved by how far that is from
what is expected, and the greatest are shown. Of what is known well the draw is what is known; what
is not gets its look, the more often the better it may be.
"""

import numpy as np
import pandas as pd

from recsys.datatypes import best_first

TITLE = "Curiosity"
TERM = "Thompson sampling"

POOL = 100
"""So many items, the best that are not shown for sure, may take a place."""
DRAWS = 2_000
"""Draws from which is told how probable it was that an item would be shown."""
STEP = 1e-3
"""What one of these places differs from the next by, in standard deviations of the scores."""


def explore(
    contributions: pd.DataFrame,
    a: np.ndarray,
    b: np.ndarray,
    curiosity: float,
    k: int,
    seed: int,
) -> pd.DataFrame:
    """The contributions with a column ``curiosity``: what lifts a drawn item to its place.

    The first places of k go to the best scores; the last of them, a share of ``curiosity`` rounded
    up, are drawn. ``a`` and ``b`` (n,), in the order of the frame, are the parameters of the Beta
    distributions of the like rates; the same ``seed`` draws the same.
    """
    sure, pool, slots = _split(contributions, curiosity, k)
    if not slots:
        return contributions
    score = contributions.sum(axis=1).to_numpy(dtype=np.float64)
    drawn = _draw(score, a, b, pool, 1, np.random.default_rng(seed))[0]
    chosen = pool[np.argsort(-drawn, kind="stable")[:slots]]
    top = score[sure].min() if len(sure) else score.max()
    step = STEP * (float(score.std()) or 1.0)
    target = np.minimum(score, top - (slots + 1) * step)
    target[sure] = score[sure]
    target[chosen] = top - step * np.arange(1, slots + 1)
    return contributions.assign(curiosity=target - score)


def propensities(
    contributions: pd.DataFrame,
    a: np.ndarray,
    b: np.ndarray,
    curiosity: float,
    k: int,
) -> np.ndarray:
    """(n,) how probable it is that ``explore`` shows each item, over all seeds; from 0 to 1.

    Exact but for what is drawn: that is counted in DRAWS draws, and one more that has the item.
    """
    sure, pool, slots = _split(contributions, curiosity, k)
    found = np.zeros(len(contributions))
    found[sure] = 1
    if slots:
        score = contributions.sum(axis=1).to_numpy(dtype=np.float64)
        drawn = _draw(score, a, b, pool, DRAWS, np.random.default_rng(0))  # (draws, p)
        best = np.argpartition(-drawn, slots - 1, axis=1)[:, :slots]
        counts = np.bincount(best.ravel(), minlength=len(pool))
        found[pool] = np.minimum((counts + 1) / (DRAWS + 1), 1)
    return found


def _split(
    contributions: pd.DataFrame, curiosity: float, k: int
) -> tuple[np.ndarray, np.ndarray, int]:
    """The positions of what is shown for sure, of what may be, and how many of those are."""
    score = contributions.sum(axis=1).to_numpy(dtype=np.float64)
    order = best_first(score, contributions.index)
    fit = np.ones(len(order), dtype=bool)
    if "limits" in contributions:  # what the words rule out is no place to look around in
        fit = contributions["limits"].to_numpy() == 0
    slots = int(np.ceil(curiosity * k))
    if fit.sum() <= k or not slots:  # all of it is shown anyway
        return order[:k], order[:0], 0
    sure, rest = order[: k - slots], order[k - slots :]
    return sure, rest[fit[rest]][:POOL], slots


def _draw(
    score: np.ndarray,
    a: np.ndarray,
    b: np.ndarray,
    pool: np.ndarray,
    draws: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """(draws, p): the scores, in standard deviations, moved by how far a rate that is drawn is from
    what is expected, in units of the average rate. What is expected is in the score already."""
    expected = a / (a + b)
    away = (rng.beta(a[pool], b[pool], (draws, len(pool))) - expected[pool]) / expected.mean()
    found: np.ndarray = (score[pool] - score.mean()) / (float(score.std()) or 1.0) + away
    return found
