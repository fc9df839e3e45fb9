"""Diversity: an item like those above it gives way, and the ranking says by how much."""

import numpy as np
import pandas as pd

from recsys.errors import QueryError

TITLE = "Variety"
TERM = "maximal marginal relevance"

TIE = 1e-9
"""What a place costs, of the largest part: sums added up in another order swap no neighbours."""


def diversify(
    contributions: pd.DataFrame, vectors: np.ndarray, diversity: float, k: int
) -> pd.DataFrame:
    """The contributions with a column ``diversity``, 0 or negative: maximal marginal relevance.

    Each of k places goes to the item of the largest score - diversity / (1 - diversity) * spread *
    likeness (Carbonell & Goldstein 1998, over 1 - diversity), where the score is the row sum, the
    spread is the standard deviation of the scores, and the likeness is the largest cosine to an
    item placed above, at least 0. What gets no place is compared with all k. A likeness only grows
    as places are taken, so what takes a place is never worth less than what takes the next: the
    new row sums, sorted, are the order in which the places were taken.

    ``vectors`` (n, d) are unit rows in the order of the frame; ``diversity`` is from 0, which
    changes nothing, to less than 1. Raises QueryError for one out of range or k below 1, and
    ValueError when there is not one vector a row.
    """
    if not 0 <= diversity < 1:
        raise QueryError(f"The diversity is {diversity}; it must be at least 0 and less than 1.")
    if k < 1:
        raise QueryError(f"k is {k}; it must be at least 1.")
    if len(vectors) != len(contributions):
        raise ValueError(f"There are {len(contributions)} items and {len(vectors)} vectors.")
    if diversity == 0:
        return contributions
    score = contributions.sum(axis=1).to_numpy(dtype=np.float64)  # (n,)
    price = diversity / (1 - diversity) * score.std()
    by_row = np.argsort(contributions.index.to_numpy(), kind="stable")
    place, likeness = placed(score, vectors, by_row, price, min(k, len(score)))
    cost = price * likeness + TIE * np.abs(contributions.to_numpy()).max() * place
    return contributions.assign(diversity=0.0 - cost)


def placed(
    score: np.ndarray, vectors: np.ndarray, by_row: np.ndarray, price: float, k: int
) -> tuple[np.ndarray, np.ndarray]:
    """The place of each item, from 0, and its likeness to those above; k for no place.

    Equals go in the order of ``by_row`` (n,). Shapes: (n,), (n, d) in, (n,) and (n,) out.
    """
    # Likeness costs no more than the price: who is further below the kth score gets no place.
    pool = by_row[score[by_row] >= np.sort(score)[-k] - price]
    near, worth = vectors[pool], score[pool]
    alike, taken = np.zeros(len(pool)), np.zeros(0, dtype=np.intp)
    free = np.ones(len(pool), dtype=bool)
    for _ in range(k):
        best = np.argmax(np.where(free, worth - price * alike, -np.inf))
        free[best] = False
        taken = np.append(taken, best)
        cosine = np.clip(near @ near[best], 0, 1)
        alike = np.where(free, np.maximum(alike, cosine), alike)
    place, likeness = np.full(len(score), k), np.zeros(len(score))
    place[pool[taken]] = np.arange(k)
    likeness[pool] = alike
    outside = np.ones(len(score), dtype=bool)
    outside[pool] = False
    if outside.any():
        likeness[outside] = np.clip(vectors @ near[taken].T, 0, 1).max(axis=1)[outside]
    return place, likeness
