"""Measures of a ranking: pure functions on arrays."""

import numpy as np


def ndcg(gains: np.ndarray, k: int) -> float:
    """Normalised discounted cumulative gain at k (Järvelin & Kekäläinen 2002), from 0 to 1.

    ``gains`` (n,) are what the items are worth, in ranked order; below 0 counts as 0. The gain at
    place i (from 1) counts 1 / log2(i + 1), and the best order of the same gains is 1. Without
    any gain there is nothing to find, and the answer is NaN.

    >>> round(ndcg(np.array([1.0, 0.0, 2.0]), 2), 4)  # 1 / (2 + 1 / log2(3))
    0.3801
    """
    worth = np.maximum(gains, 0)
    discount = 1 / np.log2(np.arange(2, k + 2))

    def dcg(values: np.ndarray) -> float:
        top = values[:k]
        return float(top @ discount[: len(top)])

    best = dcg(np.sort(worth)[::-1])
    return dcg(worth) / best if best else float("nan")
