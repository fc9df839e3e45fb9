"""From a taste in words to what such people like: ridge regression to users, read in two ways.

A taste is a vector: the Rocchio vector of its clauses beside the labels that its words name. Users
who typed nothing are made to speak in the same terms, by pseudo-profiles; ridge regression from
these to the users says of a text who would have said it. What these like is read as a *lift*, how
much more than everyone, and as a *share*, how much at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from recsys.arrays import packed, unpacked
from recsys.datatypes import EncodedQuery
from recsys.knowledge.graph import Graph
from recsys.learning.likes import even_likes
from recsys.learning.pseudo_profiles import Manner, PseudoProfiles
from recsys.learning.taste_space import LabelSpace, label_space, rocchio, speak, taste
from recsys.models import TrainingContext
from recsys.store.labels import labels
from recsys.store.workspace import Workspace

TITLE = "What such people like"
HELP = "A ridge regression from texts to the people who would have said them."
NEEDS = ("likes",)


@dataclass(frozen=True)
class Config:
    """How tastes are learned."""

    max_users: int = 2_000
    """At most so many users are learned from, drawn at random."""
    min_likes: int = 5
    """Who likes fewer items says too little."""
    profiles: int = 10_000
    """Pseudo-profiles in all."""
    max_labels: int = 5_000
    """At most so many labels are read."""
    min_items: int = 3
    """And none of fewer items."""
    min_said: float = 0.004
    """A label has a place of its own in a taste if this share of the pseudo-profiles say it."""
    label_weight: float = 0.5
    """What the labels count beside the Rocchio vector."""
    item_weight: float = 0.7
    """What an item counts beside a label, in the Rocchio vector of a pseudo-profile."""
    negative_weight: float = -0.5
    """What is turned down counts beside what is wanted."""
    ridge: float = 0.012
    """Penalty of the regression, a pseudo-profile."""
    typed_weight: float = 5.0
    """How many pseudo-profiles a taste that somebody typed is worth."""
    rank: int = 48
    """Directions of the users' likes that are kept for the lift; what is left is noise."""
    lift_prior: float = 0.3
    """Of the mean item's popularity, what is added before dividing by an item's own."""
    share_floor: float = 0.1
    """Of the mean item's popularity, what is added before the logarithm."""
    seed: int = 0
    """Of the users drawn and of what they say."""
    manner: Manner = field(default_factory=Manner)
    """How users are made to speak."""


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``Tastes`` reads; empty where fewer than two users like enough items."""
    rng = np.random.default_rng(config.seed)
    users = _telling(workspace, config, rng)
    likes = workspace.interactions.likes[users]  # (u, n)
    if len(users) < 2:
        return {}
    tied, said = labels(workspace, config.min_items, config.max_labels)
    profiles = speak(likes, tied, said, config.profiles, config.manner, rng, context.progress)
    space, merge = label_space(profiles, said, tied, config.min_said)
    spoken = np.zeros((len(said), workspace.vectors.shape[1]), dtype=np.float32)
    if len(said):
        spoken = workspace.centre(context.encoder.encode(said["name"].tolist(), context.progress))
    pseudo = _vectors(profiles, spoken, workspace.vectors, merge, space.idf, config)
    typed, speakers = _typed(workspace, space, config, context, users)
    centre, weights = _regression(pseudo, typed, speakers, config)
    even = even_likes(likes)
    _, directions = np.linalg.eigh((even @ even.T).toarray().astype(np.float64))
    return {
        "centre": centre.astype(np.float32),
        "users": weights.astype(np.float32),
        "directions": directions[:, -min(config.rank, len(users)) :].astype(np.float32),
        "telling": users,
        "indptr": likes.indptr.astype(np.int64),
        "indices": likes.indices.astype(np.int64),
        "count": np.array([likes.shape[1]], dtype=np.int64),
        "labels": packed(space.keys),
        "idf": space.idf,
        "label_weight": np.array([config.label_weight], np.float32),
        "negative_weight": np.array([config.negative_weight], np.float32),
        "lift_prior": np.array([config.lift_prior], np.float32),
        "share_floor": np.array([config.share_floor], np.float32),
    }


def _telling(workspace: Workspace, config: Config, rng: np.random.Generator) -> np.ndarray:
    """Rows of the users to learn from."""
    counts = np.diff(workspace.interactions.likes.indptr)
    telling = np.flatnonzero(counts >= config.min_likes)
    if len(telling) > config.max_users:
        telling = np.sort(rng.choice(telling, config.max_users, replace=False))
    return telling


def _typed(
    workspace: Workspace,
    space: LabelSpace,
    config: Config,
    context: TrainingContext,
    users: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Tastes (p, t) that people typed, and which of the ``users`` (u,) each of them is, or -1."""
    rows, speakers = [], []
    ids = workspace.interactions.users[users]
    place = {user: i for i, user in enumerate(ids)}
    for user, query in context.typed().items():
        nothing = workspace.vectors[:0]
        voice = rocchio(query.clauses, query.clause_vectors, nothing, config.negative_weight)
        said = space.of_links(workspace.graph, query.links, config.negative_weight)
        rows.append(taste(voice, said, space.idf, config.label_weight))
        speakers.append(place.get(user, -1))
    width = workspace.vectors.shape[1] + len(space.keys)
    return np.array(rows, dtype=np.float32).reshape(-1, width), np.array(speakers, dtype=np.int64)


def _vectors(
    profiles: Sequence[PseudoProfiles],
    spoken: np.ndarray,
    vectors: np.ndarray,
    merge: sparse.csr_array,
    idf: np.ndarray,
    config: Config,
) -> np.ndarray:
    """(r, u, d + b) the pseudo-profiles as tastes."""
    rows = []
    for own in profiles:
        voice = config.item_weight * (own.items @ vectors) + own.said @ spoken
        length = np.linalg.norm(voice, axis=1, keepdims=True)
        said = (own.said @ merge).toarray()
        rows.append(taste(voice / np.maximum(length, 1e-12), said, idf, config.label_weight))
    return np.stack(rows).astype(np.float32)


def _regression(
    pseudo: np.ndarray, typed: np.ndarray, speakers: np.ndarray, config: Config
) -> tuple[np.ndarray, np.ndarray]:
    """The centre (t,) of tastes, and the weights (t, u) from a taste to the users.

    ``typed`` (p, t) are tastes that people typed, and ``speakers`` (p,) their columns among the
    users, -1 for none: who types does not start where pseudo-profiles do.
    """
    centre = pseudo.mean(axis=(0, 1))
    away = pseudo - centre
    flat = away.reshape(-1, pseudo.shape[2])
    gram = flat.T @ flat + config.ridge * len(flat) * np.eye(flat.shape[1], dtype=np.float32)
    said = away.sum(axis=0).T  # (t, u)
    if len(typed):
        centre = typed.mean(axis=0)
        own = typed - centre
        gram = gram + config.typed_weight * own.T @ own
        known = np.flatnonzero(speakers >= 0)
        np.add.at(said.T, speakers[known], config.typed_weight * own[known])
    weights = np.linalg.solve(gram, said)
    return centre, weights - weights.mean(axis=1, keepdims=True)


class Tastes:
    """What ``fit`` learned, ready to be asked: n is the ``count`` of items that it learned of, from
    the likes of u ``users``, rows of the interactions."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        indptr, indices, self.users = arrays["indptr"], arrays["indices"], arrays["telling"]
        self.count = int(arrays["count"][0])
        ones = np.ones(len(indices), dtype=np.float32)
        likes = sparse.csr_array((ones, indices, indptr), shape=(len(indptr) - 1, self.count))
        even = even_likes(likes)
        self._worth = 1 / np.sqrt(np.maximum(np.diff(indptr), 1))  # (u,) of a like of each
        mean = np.asarray(even.mean(axis=0)).ravel()  # (n,)
        level = float(mean.mean())
        self._floor = float(arrays["share_floor"][0]) * level
        # Of a million items a sample of users likes a tenth; the others are all the same to it.
        self._liked = np.flatnonzero(np.bincount(indices, minlength=self.count))  # (l,)
        if 2 * len(self._liked) > self.count:
            self._liked = np.arange(self.count)
        self._items = sparse.csr_array(even.T)[self._liked]  # (l, u)
        self._mean = mean[self._liked]  # (l,)
        basis = (even.T @ arrays["directions"])[self._liked]  # (l, rank)
        self._prior = float(arrays["lift_prior"][0]) * level
        self._basis = basis / (self._mean + self._prior)[:, None]
        self._centre, self._users = arrays["centre"], arrays["users"]
        self._directions = arrays["directions"]
        self._to_basis = self._users @ self._directions  # (t, rank)
        self._space = LabelSpace(unpacked(arrays["labels"]), arrays["idf"])
        self._label_weight = float(arrays["label_weight"][0])
        self._negative = float(arrays["negative_weight"][0])

    def taste(self, query: EncodedQuery, graph: Graph, vectors: np.ndarray) -> np.ndarray:
        """(t,) what the query says, as this model reads it; ``vectors`` (n, d) are the items'."""
        liked = vectors[list(query.liked)]
        voice = rocchio(query.clauses, query.clause_vectors, liked, self._negative)
        said = self._space.of_links(graph, query.links, self._negative)
        return taste(voice, said, self._space.idf, self._label_weight)

    def lift(self, taste: np.ndarray) -> np.ndarray:
        """(n,) how much more than everyone those like each item who would say ``taste`` (t,)."""
        found = np.zeros(self.count, dtype=np.float32)
        found[self._liked] = self._basis @ self._wanted(taste)
        return found

    def lift_of_new(self, taste: np.ndarray, likes: np.ndarray) -> np.ndarray:
        """(p,) the same of items that were not learned of, from how probably the users like them,
        ``likes`` (u, p)."""
        even = self._even(likes)
        basis = even.T @ self._directions / (even.mean(axis=0) + self._prior)[:, None]
        found: np.ndarray = basis @ self._wanted(taste)
        return found

    def share(self, taste: np.ndarray, apart: float = 0.0) -> np.ndarray:
        """(n,) the logarithm of how much they like it, less ``apart`` times that of everybody: at
        1 it is the pointwise mutual information of taste and like."""
        liked = self._items @ ((taste - self._centre) @ self._users)
        found = np.full(self.count, self._log_share(0, 0, apart), dtype=liked.dtype)
        found[self._liked] = self._log_share(liked + self._mean, self._mean, apart)
        return found

    def share_of_new(self, taste: np.ndarray, likes: np.ndarray, apart: float = 0.0) -> np.ndarray:
        """(p,) the same of items that were not learned of, as in ``lift_of_new``."""
        even = self._even(likes)
        mean = even.mean(axis=0)
        liked = even.T @ ((taste - self._centre) @ self._users) + mean
        found: np.ndarray = self._log_share(liked, mean, apart)
        return found

    def _wanted(self, taste: np.ndarray) -> np.ndarray:
        wanted: np.ndarray = (taste - self._centre) @ self._to_basis  # (rank,)
        return wanted

    def _even(self, likes: np.ndarray) -> np.ndarray:
        return likes * self._worth[:, None]

    def _log_share(self, liked: Any, everyone: Any, apart: float) -> Any:
        floor = self._floor
        return np.log(np.maximum(liked, floor) + floor) - apart * np.log(everyone + floor)
