"""Segments: users grouped into a handful that a person can name from what they like."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.knowledge.graph import kind
from recsys.models.new_item.kernel import ItemKernel
from recsys.models.new_item.likes import ItemLikes
from recsys.models.new_item.tf_idf import unit_rows
from recsys.store.workspace import Workspace

MAX_CLUSTERS = 8
"""At most so many clusters."""
MIN_USERS = 20
"""Of so many users on average at least."""
FACTORS = 10
"""Singular vectors of the likes in which users are compared."""
RESTARTS = 10
"""The best of so many runs of k-means is taken."""
NAMING = frozenset({"category", "theme", "decade"})
"""Kinds of the labels that a cluster may be named by."""
NAME_LABELS = 2
"""Labels in a cluster's name."""


@dataclass(frozen=True, eq=False)
class Segments:
    """``names`` (s,); ``of`` (u,) the number of each user's segment, -1 for who likes nothing;
    ``base_rate`` (s,): the share of a segment's users who like the average item."""

    names: list[str]
    of: np.ndarray
    base_rate: np.ndarray


def segments(workspace: Workspace, kernel: ItemKernel, likes: ItemLikes) -> Segments:
    """The users of ``likes`` by the persona of the catalogue nearest to what they like; where it
    has no personas, by k-means on the likes, named by what a cluster likes more than others do."""
    liked = likes.likes.astype(np.float32)  # (u, k)
    if len(workspace.catalogue.personas):
        of = _nearest_personas(workspace, kernel, likes.known, liked)
        names = workspace.catalogue.personas["name"].tolist()
    else:
        of = _clusters(liked)
        names = _cluster_names(workspace, kernel, likes.known, liked, of)
    of[~liked.any(axis=1)] = -1
    return Segments(names, of, _base_rates(liked, of, len(names)))


def _base_rates(liked: np.ndarray, of: np.ndarray, count: int) -> np.ndarray:
    rates = np.zeros(count)
    for segment in range(count):
        members = liked[of == segment]
        if len(members):
            rates[segment] = members.mean()
    return rates


def _nearest_personas(
    workspace: Workspace, kernel: ItemKernel, known: np.ndarray, liked: np.ndarray
) -> np.ndarray:
    """(u,): the persona whose judgements are most like the user's likes, by what items are."""
    personas, judged = workspace.catalogue.personas, workspace.catalogue.judgements
    persona = personas.index.get_indexer(judged["persona"])
    grades = sparse.csr_array(
        (judged["grade"].astype(np.float32), (persona, judged["item"])),
        shape=(len(personas), len(workspace.catalogue)),
    )
    features = sparse.csr_array(sparse.hstack([kernel.features.topics, kernel.features.rest]))
    tastes = unit_rows(grades @ features)  # (p, a)
    # What everybody likes says nothing about which persona somebody is.
    apart = sparse.csr_array(liked - liked.mean(axis=0))
    fit = (apart @ features[known] @ tastes.T).toarray()  # (u, p)
    return fit.argmax(axis=1)


def _clusters(liked: np.ndarray) -> np.ndarray:
    """(u,): the number of each user's cluster, from the likes (u, k)."""
    from sklearn.cluster import KMeans

    length = np.sqrt(np.maximum(liked.sum(axis=1, keepdims=True), 1))
    even = liked / length
    even -= even.mean(axis=0)
    values, left = np.linalg.eigh(even @ even.T)  # a singular value decomposition, by users only
    scaled = left * np.sqrt(np.maximum(values, 0))
    points = scaled[:, ::-1][:, :FACTORS]  # (u, FACTORS): eigh sorts the greatest last
    count = max(1, min(MAX_CLUSTERS, len(liked) // MIN_USERS))
    count = min(count, len(np.unique(points.round(6), axis=0)))
    of = KMeans(count, n_init=RESTARTS, random_state=0).fit_predict(points)
    return of.astype(np.int64)


def _cluster_names(
    workspace: Workspace, kernel: ItemKernel, known: np.ndarray, liked: np.ndarray, of: np.ndarray
) -> list[str]:
    """Each cluster by the labels and the item that it likes more than others do."""
    kinds = kernel.labels["relation"].map(kind)
    codes = np.flatnonzero(kinds.isin(NAMING))
    labels = pd.Index(kernel.labels["name"].iloc[codes])
    tied = kernel.tied[known][:, codes]  # (k, a)
    titles = workspace.catalogue.items["title"].to_numpy()[known]
    everybody = liked.sum(axis=0)  # (k,)
    names = []
    for segment in range(of.max() + 1):
        likes = liked[of == segment].sum(axis=0)  # (k,)
        share = likes.sum() / max(everybody.sum(), 1)
        order = np.argsort(-_surprise(likes @ tied, share * (everybody @ tied)))
        words = labels[order[:NAME_LABELS]]
        item = titles[_surprise(likes, share * everybody).argmax()]
        names.append(f"{' and '.join(words)}: fans of {item}" if len(words) else f"Fans of {item}")
    return names


def _surprise(count: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """By how many standard deviations counts lie above what was expected of them."""
    # A count's variance is about its expectation (Poisson); 1 more calms what hardly occurs.
    return (count - expected) / np.sqrt(expected + 1)
