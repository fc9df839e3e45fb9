"""Interactions drawn from known factors, so that the best there is, the oracle, is known too."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recsys.evaluation.ncf_files import LeaveOneOut
from recsys.learning.sampling import Negatives, hold_one_out


@dataclass(frozen=True)
class Size:
    """Of the data that are drawn; as they stand, MovieLens-1M's."""

    users: int = 6_040
    items: int = 3_706
    interactions: int = 1_000_000
    min_interactions: int = 20
    """Of each user."""
    factors: int = 8
    """Of each user and item."""
    sharpness: float = 2.5
    """Standard deviation of what the factors say, in nats."""
    popularity: float = 1.2
    """Standard deviation of what all think of an item, in nats."""
    negatives: int = 99


def draw(size: Size, rng: np.random.Generator) -> tuple[LeaveOneOut, np.ndarray]:
    """Interactions with one of each user held out, and the oracle's scores (t, 1 + m) of the
    candidates.

    A user's are drawn without replacement from softmax(u v + b) by Gumbel noise; how many follows a
    log-normal distribution.
    """
    scale = (size.sharpness / np.sqrt(size.factors)) ** 0.5
    users = rng.normal(0, scale, (size.users, size.factors))
    items = rng.normal(0, scale, (size.items, size.factors))
    utility = users @ items.T + rng.normal(0, size.popularity, size.items)  # (u, n)
    counts = _counts(size, rng)
    noisy = utility + rng.gumbel(size=utility.shape)
    order = np.argsort(-noisy, axis=1)
    chosen = np.arange(size.items) < counts[:, None]
    rows = np.repeat(np.arange(size.users), counts)
    ones = np.ones(len(rows), dtype=np.float32)
    every = sparse.csr_array((ones, (rows, order[chosen])), shape=utility.shape)
    rest, tested, held_out = hold_one_out(every, rng)
    asked = np.repeat(tested, size.negatives)
    against = Negatives(every)(asked, rng).reshape(-1, size.negatives)
    data = LeaveOneOut(rest, tested, held_out.astype(np.int64), against)
    return data, utility[tested[:, None], data.candidates]


def _counts(size: Size, rng: np.random.Generator) -> np.ndarray:
    """(users,) how many interactions each has, ``interactions`` in all but for rounding."""
    drawn = rng.lognormal(0, 1, size.users)
    spare = size.interactions - size.min_interactions * size.users
    counts = size.min_interactions + (drawn / drawn.sum() * spare).astype(np.int64)
    found: np.ndarray = np.minimum(counts, size.items // 2)
    return found
