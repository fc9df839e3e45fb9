"""Clusters of a map, and what tells each of them from the rest."""

import re
from collections.abc import Sequence

import numpy as np
from scipy import sparse

MIN_CLUSTERS = 6
"""Of any map, unless it has fewer different points."""
MAX_CLUSTERS = 12
"""More names than these cannot be read on one map."""
CLUSTER_ITEMS = 75
"""About so many items stand in a cluster, where the limits allow."""
RESTARTS = 4
"""The best of so many runs of k-means is taken."""

MIN_SHARE = 0.15
"""A name is of at least this share of the cluster."""
MIN_LIFT = 1.5
"""A name is so many times as frequent in the cluster as outside it."""
NAME_LABELS = 2
"""At most so many labels name a cluster."""


def clusters(points: np.ndarray, seed: int = 0) -> np.ndarray:
    """(n,) the number of each point's cluster, by k-means; ``points`` (n, 2)."""
    from sklearn.cluster import KMeans

    count = int(np.clip(len(points) // CLUSTER_ITEMS, MIN_CLUSTERS, MAX_CLUSTERS))
    count = min(count, len(np.unique(points, axis=0)))
    return KMeans(count, n_init=RESTARTS, random_state=seed).fit_predict(points).astype(np.int64)


def cluster_labels(
    of: np.ndarray, tied: sparse.csr_array, names: Sequence[str]
) -> list[tuple[str, ...]]:
    """The up to NAME_LABELS labels that each cluster has more of than the others; () for none.

    ``of`` (n,) are the clusters' numbers, ``tied`` (n, a) CSR of 0/1 what items are, ``names`` (a,)
    what that is called. A label goes to the cluster that it is most surprising in, in standard
    deviations, where enough of it has the label; no other has that, or the same in more words.
    """
    surprise = _surprise(of, tied)  # (c, a), -inf for what is too rare
    chosen: list[list[str]] = [[] for _ in surprise]
    used: list[set[str]] = []
    order = np.dstack(np.unravel_index(np.argsort(-surprise, axis=None), surprise.shape))[0]
    order = order[: np.isfinite(surprise).sum()]
    for labels in range(1, NAME_LABELS + 1):  # each has a first label before any has a second
        for cluster, code in order.tolist():
            words = set(re.findall(r"\w+", names[code].casefold()))
            said = any(words <= other or words >= other for other in used)
            if len(chosen[cluster]) < labels and not said:
                chosen[cluster].append(names[code])
                used.append(words)
    return [tuple(labels) for labels in chosen]


def _surprise(of: np.ndarray, tied: sparse.csr_array) -> np.ndarray:
    """(c, a): by how many standard deviations a label is more frequent than everywhere."""
    members = np.equal.outer(np.arange(of.max() + 1), of).astype(np.float64)  # (c, n)
    size = members.sum(axis=1, keepdims=True)
    count = members @ tied  # (c, a)
    total = np.asarray(tied.sum(axis=0))[None]  # (1, a)
    expected = size / len(of) * total
    outside = (total - count) / np.maximum(len(of) - size, 1)
    enough = (count >= MIN_SHARE * size) & (count >= MIN_LIFT * outside * size) & (count > expected)
    # A count's variance is about its expectation (Poisson); 1 more calms what hardly occurs.
    return np.where(enough, (count - expected) / np.sqrt(expected + 1), -np.inf)
