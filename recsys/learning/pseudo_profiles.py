"""Pseudo-profiles: what users who typed nothing might have said, drawn from what they like."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

SPOKEN: Mapping[str, tuple[float, int]] = {
    "category": (0.95, 5),
    "decade": (0.6, 2),
    "genre": (0.6, 3),
    "director": (0.3, 3),
    "actor": (0.25, 3),
    "writer": (0.05, 1),
    "company": (0.02, 1),
}
"""Relation, in a visitor's words -> how likely people speak of it when they say what they like, and
at most how many of its labels they say: counted in real tastes."""


@dataclass(frozen=True)
class Manner:
    """How those who typed nothing are made to speak."""

    min_likes: int = 5
    """From how many of a user's likes at least one profile is drawn."""
    max_likes: int = 40
    """From fewer than so many likes."""
    spoken: Mapping[str, tuple[float, int]] = field(default_factory=lambda: dict(SPOKEN))
    """How likely a relation is spoken of, and at most how many of its labels are said."""
    other_probability: float = 0.4
    """How likely any other relation is spoken of."""
    other_labels: int = 3
    """At most how many of its labels are said."""
    refusal_probability: float = 0.4
    """The share of the profiles that turn something down."""
    refusals: int = 2
    """At most how many labels such a profile turns down."""
    min_share: float = 0.03
    """Only what this share of likes has can be missed by its absence."""
    max_items: int = 2
    """At most so many items are described."""
    negative_weight: float = -0.5
    """What a label that is turned down counts beside one that is wanted."""


@dataclass(frozen=True, eq=False)
class PseudoProfiles:
    """One profile a user: ``items`` (u, n) that are described, and ``said`` (u, a) what is said of
    each label: 1, or less than 0 for what is turned down."""

    items: sparse.csr_array
    said: sparse.csr_array


def sample_pseudo_profiles(
    likes: sparse.csr_array,
    tied: sparse.csr_array,
    relations: np.ndarray,
    refusable: np.ndarray,
    rng: np.random.Generator,
    manner: Manner,
) -> PseudoProfiles:
    """A profile of each user, from a fresh sample of their likes.

    ``likes`` (u, n); ``tied`` (n, a) items to labels; ``relations`` (a,) in a visitor's words;
    ``refusable`` (a,) bool: what can be turned down. A label is the likelier to be said the more
    standard deviations it lies above its share of everyone's likes (Gumbel noise picks).
    """
    size = rng.integers(manner.min_likes, manner.max_likes, likes.shape[0])
    sample = _random_entries(likes, size, rng)
    items = _random_entries(sample, rng.integers(0, manner.max_items + 1, len(size)), rng)
    share = np.asarray(likes.sum(axis=0) @ tied).ravel() / max(likes.nnz, 1)  # (a,)
    expected = np.minimum(size, np.diff(sample.indptr))[:, None] * share
    found = (sample @ tied).toarray()  # (u, a)
    # Counts are Poisson: this is by how many standard deviations each lies above the expected.
    surprise = (found - expected) / np.sqrt(expected + 0.5)
    noisy = surprise + 0.5 * rng.gumbel(size=found.shape)
    # What a single item of the sample has says half as much; what none has cannot be said.
    worth = np.where(found > 0, np.where(found > 1, noisy, noisy / 2), -np.inf)
    said = np.zeros(found.shape, dtype=np.float32)
    other = (manner.other_probability, manner.other_labels)
    for relation in np.unique(relations):
        own = np.flatnonzero(relations == relation)
        probability, most = manner.spoken.get(relation, other)
        spoken_of = rng.random(len(size)) < probability
        count = np.where(spoken_of, rng.integers(1, most + 1, len(size)), 0)
        said[:, own] += _top(worth[:, own], count)
    missed = np.where((share > manner.min_share) & refusable, -noisy, -np.inf)
    refuses = rng.random(len(size)) < manner.refusal_probability
    count = np.where(refuses, rng.integers(1, manner.refusals + 1, len(size)), 0)
    said += manner.negative_weight * _top(missed, count)
    return PseudoProfiles(items, sparse.csr_array(said))


def _random_entries(
    likes: sparse.csr_array, size: np.ndarray, rng: np.random.Generator
) -> sparse.csr_array:
    """``size`` (u,) random entries of each row."""
    user = np.repeat(np.arange(likes.shape[0]), np.diff(likes.indptr))
    order = np.lexsort((rng.random(likes.nnz), user))
    kept = order[np.arange(likes.nnz) - likes.indptr[user] < size[user]]
    return sparse.csr_array(
        (likes.data[kept], (user[kept], likes.indices[kept])), shape=likes.shape
    )


def _top(worth: np.ndarray, size: np.ndarray) -> np.ndarray:
    """(u, a) 0/1: the ``size`` (u,) best of each row, but nothing of minus infinity."""
    most = min(int(size.max(initial=0)), worth.shape[1])
    best = (
        np.argpartition(-worth, range(most), axis=1)[:, :most] if most else worth[:, :0].astype(int)
    )
    said = np.zeros(worth.shape, dtype=np.float32)
    chosen = np.arange(most) < size[:, None]
    np.put_along_axis(said, best, chosen.astype(np.float32), axis=1)
    return said * np.isfinite(worth)
