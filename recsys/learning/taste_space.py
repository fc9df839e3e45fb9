"""Tastes as vectors: the Rocchio vector of the clauses beside the labels that the words name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.datatypes import Clause, Link, Progress
from recsys.knowledge.graph import Graph, kind, label
from recsys.learning.pseudo_profiles import Manner, PseudoProfiles, sample_pseudo_profiles

REFUSABLE = frozenset({"category", "genre", "decade", "subject", "theme", "mood"})
"""Kinds of labels that people turn down when they say what they like."""
ENDINGS = (" film", " films", " movie", " fiction")
"""What knowledge graphs add to the names of genres: without it two names are one."""


@dataclass(frozen=True, eq=False)
class LabelSpace:
    """The labels that have a place in a taste, by their keys, and the IDF (a,) of each."""

    keys: Sequence[str]
    idf: np.ndarray

    @cached_property
    def _place(self) -> dict[str, int]:
        return {key: i for i, key in enumerate(self.keys)}

    def of_links(self, graph: Graph, links: Sequence[Link], negative: float) -> np.ndarray:
        """(a,) what a query's links say of each label: the strongest, less than 0 if refused."""
        found = np.zeros(len(self.keys), dtype=np.float32)
        names = graph.nodes["name"].iloc[[link.node for link in links]]
        for link, name in zip(links, names, strict=True):
            at = self._place.get(key_of(str(name)))
            worth = link.strength if link.wanted else negative * link.strength
            if at is not None and abs(worth) > abs(found[at]):
                found[at] = worth
        return found


def key_of(name: str) -> str:
    """The name of a label as it is compared.

    >>> key_of("Drama film"), key_of("Science Fiction")
    ('drama', 'science')
    """
    key = name.casefold()
    for ending in ENDINGS:
        key = key.removesuffix(ending)
    return key


def rocchio(
    clauses: Sequence[Clause], vectors: np.ndarray, liked: np.ndarray, negative: float
) -> np.ndarray:
    """(d,) the Rocchio vector, unit: what is wanted and ``liked`` (l, d), less what is refused.

    ``vectors`` (c, d) are those of the clauses.
    """
    signs = [1 if clause.wanted else negative for clause in clauses]
    vector = np.array(signs, dtype=np.float32) @ vectors + liked.sum(axis=0)
    unit: np.ndarray = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return unit


def taste(voice: np.ndarray, said: np.ndarray, idf: np.ndarray, weight: float) -> np.ndarray:
    """(..., d + a): the Rocchio vectors beside ``weight`` times the labels, at unit length, the
    rare ones longer."""
    block = said * np.sqrt(idf)
    length = np.linalg.norm(block, axis=-1, keepdims=True)
    return np.concatenate([voice, weight * block / np.maximum(length, 1e-12)], axis=-1)


def speak(
    likes: sparse.csr_array,
    tied: sparse.csr_array,
    said: pd.DataFrame,
    profiles: int,
    manner: Manner,
    rng: np.random.Generator,
    progress: Progress,
) -> list[PseudoProfiles]:
    """Rounds of one pseudo-profile a user, ``profiles`` in all or a few more; ``tied`` and ``said``
    are the labels of the items."""
    relations = np.array([label(relation) for relation in said["relation"]], dtype=object)
    kinds = np.array([kind(relation) for relation in said["relation"]], dtype=object)
    refusable = np.isin(kinds, list(REFUSABLE))
    rounds = -(-profiles // likes.shape[0])
    found = []
    for done in range(1, rounds + 1):
        found.append(sample_pseudo_profiles(likes, tied, relations, refusable, rng, manner))
        progress(done, rounds, "learning what people say")
    return found


def label_space(
    profiles: Sequence[PseudoProfiles], said: pd.DataFrame, tied: sparse.csr_array, min_said: float
) -> tuple[LabelSpace, sparse.csr_array]:
    """The labels that more than the share ``min_said`` of the profiles say, and which columns make
    up each: (a, b) of 0/1."""
    codes, names = pd.factorize(said["name"].map(key_of))
    ones = np.ones(len(codes), dtype=np.float32)
    shape = (len(codes), len(names))
    merge = sparse.csr_array((ones, (np.arange(len(codes)), codes)), shape=shape)
    counts = np.zeros(len(names))
    for own in profiles:
        counts += np.asarray((abs(own.said) @ merge > 0).sum(axis=0)).ravel()
    spoken = len(profiles) * profiles[0].said.shape[0]
    kept = np.flatnonzero(counts > min_said * spoken)
    merge = sparse.csr_array(merge[:, kept])
    have = np.asarray(((tied @ merge) > 0).sum(axis=0)).ravel()  # (b,)
    idf = np.log1p(tied.shape[0] / np.maximum(have, 1)).astype(np.float32)
    return LabelSpace([str(names[i]) for i in kept], idf), merge
