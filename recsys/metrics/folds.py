"""Parts of people, so that nobody judges what they have taught."""

import numpy as np


def folds_of(n: int, folds: int, seed: int = 0) -> np.ndarray:
    """(n,) the fold of each of n, from 0 to ``folds`` - 1, at random, none larger than another by
    more than one. Raises ValueError for fewer than two folds.

    >>> np.bincount(folds_of(7, 3)).tolist()
    [3, 2, 2]
    """
    if folds < 2:
        raise ValueError(f"There are {folds} folds; at least 2 are needed to hold one out.")
    return np.random.default_rng(seed).permutation(np.arange(n) % folds)
