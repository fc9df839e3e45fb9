"""Who sees which strategy: a split by hash, and the check that it went as it was meant."""

import hashlib
from collections.abc import Sequence

import numpy as np
from scipy import stats

from recsys.errors import QueryError

SAMPLE_RATIO_ALPHA = 0.001
"""Below this p value the split did not go as it was meant, and nothing else is to be believed."""


def assign(experiment: str, visitors: Sequence[str], arms: int) -> np.ndarray:
    """(n,) the arm of each visitor, from 0: the same at every visit, in equal shares.

    The name of the experiment salts the hash (BLAKE2b): who were together in one experiment are
    mixed anew in the next. Raises QueryError for fewer than two arms.

    >>> assign("home", ["ann", "ben", "cy", "ann"], 2).tolist()
    [0, 0, 1, 0]
    """
    if arms < 2:
        raise QueryError(f"An experiment compares 2 strategies or more, and got {arms}.")
    return np.array([_digest(experiment, visitor) % arms for visitor in visitors], dtype=np.int64)


def _digest(experiment: str, visitor: str) -> int:
    # The length keeps "a" + "bc" apart from "ab" + "c".
    said = f"{len(experiment)}:{experiment}{visitor}".encode()
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest())


def sample_ratio(counts: np.ndarray) -> float:
    """The p value of a split into equal shares: Pearson's chi-square of ``counts`` (arms,).

    1 where nobody came yet. Below SAMPLE_RATIO_ALPHA visitors were lost in one arm, or counted
    twice (Fabijan et al. 2019).

    >>> round(sample_ratio(np.array([520, 480])), 4)  # (20**2 + 20**2) / 500 = 1.6, one degree
    0.2059
    """
    counts = np.asarray(counts)
    return float(stats.chisquare(counts).pvalue) if counts.sum() else 1.0
