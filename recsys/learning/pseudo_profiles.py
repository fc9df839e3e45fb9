"""Pseudo-profiles: what users who typed nothing might have said, drawn from what they like."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse


@dataclass(frozen=True)
class Manner:
    """How those who typed nothing are made to speak."""

    min_likes: int = 5
    """From how many of a user's likes at least one profile is drawn."""
    max_likes: int = 40
    """From fewer than so many likes."""
    relation_probability: float = 0.5
    """How likely a relation is spoken of."""
    max_labels: int = 3
    """At most how many labels of a relation are said."""
    refusal_probability: float = 0.4
    """The share of the profiles that turn something down."""
    refusals: int = 2
    """How many labels such a profile turns down."""
    min_share: float = 0.03
    """Only what this share of likes has can be missed by its absence."""
    max_items: int = 5
    """At most so many items are described."""
    negative_weight: float = -0.5
    """What a label that is turned down counts beside one that is wanted."""
    item_weight: float = 0.7
    """What an item counts beside a label."""


def sample_pseudo_profiles(
    likes: sparse.csr_array,
    tied: sparse.csr_array,
    relations: np.ndarray,
    spoken: np.ndarray,
    vectors: np.ndarray,
    rng: np.random.Generator,
    manner: Manner = Manner(),
) -> np.ndarray:
    """One profile a user, (u, d) unit rows, from a fresh sample of each user's likes.

    ``likes`` (u, n); ``tied`` (n, a) items to labels; ``relations`` (a,); ``spoken`` (a, d) the
    labels' vectors; ``vectors`` (n, d) the items'. A label is the likelier to be said the more
    standard deviations it lies above its share of everyone's likes (Gumbel noise picks).
    """
    size = rng.integers(manner.min_likes, manner.max_likes, likes.shape[0])
    sample = _random_entries(likes, size, rng)
    described = _random_entries(sample, rng.integers(0, manner.max_items + 1, len(size)), rng)
    profile = manner.item_weight * (described @ vectors)
    share = np.asarray(likes.sum(axis=0) @ tied).ravel() / max(likes.nnz, 1)  # (a,)
    expected = np.minimum(size, np.diff(sample.indptr))[:, None] * share
    found = (sample @ tied).toarray()  # (u, a)
    # Counts are Poisson: this is by how many standard deviations each lies above the expected.
    surprise = (found - expected) / np.sqrt(expected + 0.5)
    noisy = surprise + 0.5 * rng.gumbel(size=found.shape)
    # What a single item of the sample has says half as much; what none has cannot be said.
    worth = np.where(found > 0, np.where(found > 1, noisy, noisy / 2), -np.inf)
    for relation in np.unique(relations):
        own = np.flatnonzero(relations == relation)
        spoken_of = rng.random(len(size)) < manner.relation_probability
        count = np.where(spoken_of, rng.integers(1, manner.max_labels + 1, len(size)), 0)
        profile += _top(worth[:, own], count) @ spoken[own]
    missed = np.where(share > manner.min_share, -noisy, -np.inf)
    refuses = rng.random(len(size)) < manner.refusal_probability
    refused = _top(missed, np.where(refuses, manner.refusals, 0))
    profile += manner.negative_weight * (refused @ spoken)
    length = np.linalg.norm(profile, axis=1, keepdims=True)
    return profile / np.maximum(length, 1e-12)


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
