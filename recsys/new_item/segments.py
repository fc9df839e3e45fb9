"""Segments: users grouped into a handful that a person can name from what they like."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.knowledge.graph import kind
from recsys.models.new_item.kernel import ItemKernel, unit_rows
from recsys.models.new_item.likes import ItemLikes
from recsys.store.workspace import Workspace

MOST, SMALLEST = 8, 20
"""At most so many clusters, of so many users on average at least."""
FACTORS = 10
"""Singular vectors of the likes in which users are compared."""
NAMING = frozenset({"category", "theme", "decade"})
"""Kinds of the labels that a cluster may be named by."""
WORDS = 2
"""Labels in a cluster's name."""


@dataclass(frozen=True, eq=False)
class Segments:
    """``names`` (s,); ``of`` (u,) the number of each user's segment, -1 for who likes nothing;
    ``usual`` (s,): the share of a segment's users who like the average item."""

    names: list[str]
    of: np.ndarray
    usual: np.ndarray


def segments(workspace: Workspace, kernel: ItemKernel, likes: ItemLikes) -> Segments:
    """The users of ``likes`` by the persona of the catalogue nearest to what they like; where it
    has no personas, by k-means on the likes, named by what a cluster likes more than others do."""
    liked = likes.likes.astype(np.float32)  # (u, k)
    if len(workspace.catalogue.personas):
        names, of = _by_persona(workspace, kernel, likes.known, liked)
    else:
        names, of = _by_likes(workspace, kernel, likes.known, liked)
    of[~liked.any(axis=1)] = -1
    usual = np.array([liked[of == s].mean() if (of == s).any() else 0 for s in range(len(names))])
    return Segments(names, of, usual)


def _by_persona(
    workspace: Workspace, kernel: ItemKernel, known: np.ndarray, liked: np.ndarray
) -> tuple[list[str], np.ndarray]:
    personas, judged = workspace.catalogue.personas, workspace.catalogue.judgements
    grades = sparse.csr_array(
        (
            judged["grade"].astype(np.float32),
            (personas.index.get_indexer(judged["persona"]), judged["item"]),
        ),
        shape=(len(personas), len(workspace.catalogue)),
    )
    facts = sparse.csr_array(sparse.hstack([kernel.features.sorts, kernel.features.rest]))
    tastes = unit_rows(grades @ facts)  # (p, a)
    apart = sparse.csr_array(liked - liked.mean(axis=0))
    fit = (apart @ facts[known] @ tastes.T).toarray()  # (u, p)
    return personas["name"].tolist(), fit.argmax(axis=1)


def _by_likes(
    workspace: Workspace, kernel: ItemKernel, known: np.ndarray, liked: np.ndarray
) -> tuple[list[str], np.ndarray]:
    from sklearn.cluster import KMeans

    count = max(1, min(MOST, len(liked) // SMALLEST))
    length = np.sqrt(np.maximum(liked.sum(axis=1, keepdims=True), 1))
    even = liked / length
    even -= even.mean(axis=0)
    values, left = np.linalg.eigh(even @ even.T)  # a singular value decomposition, by users only
    places = (left * np.sqrt(np.maximum(values, 0)))[:, ::-1][:, :FACTORS]
    count = min(count, len(np.unique(places.round(6), axis=0)))
    of = KMeans(count, n_init=10, random_state=0).fit_predict(places)
    kinds = kernel.labels["relation"].map(kind)
    told = np.flatnonzero(kinds.isin(NAMING))
    names = pd.Index(kernel.labels["name"].iloc[told])
    tied = kernel.tied[known][:, told]  # (k, a)
    every = liked.sum(axis=0)
    titles = workspace.catalogue.items["title"].to_numpy()[known]
    called = []
    for segment in range(count):
        own = liked[of == segment].sum(axis=0)  # (k,)
        share = own.sum() / max(every.sum(), 1)
        words = names[np.argsort(-_surprise(own @ tied, share * (every @ tied)))[:WORDS]]
        item = titles[_surprise(own, share * every).argmax()]
        called.append(f"{' and '.join(words)}: fans of {item}" if len(words) else f"Fans of {item}")
    return called, of.astype(np.int64)


def _surprise(found: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """By how many standard deviations counts lie above what was expected of them."""
    return (found - expected) / np.sqrt(expected + 1)
