"""From words to what people like: learned from users who have a history but typed nothing.

Two maps, both worked in the space of users, so that their size grows with the users only.

*Text model*: every user is made to speak, in pseudo-profiles; ridge regression from these to the
user's likes is linear in the likes, so it is kept as what a text says of each user.

*Fold-in*: EASE (Steck 2019), B = I - P / diag(P) with P = (X'X + lambda I)^-1, where P comes from
the (u, u) inverse of XX' + lambda I by the Woodbury identity.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from recsys.learning.pseudo_profiles import Manner, sample_pseudo_profiles
from recsys.models import TrainingContext
from recsys.store.labels import labels
from recsys.store.workspace import Workspace

TITLE = "Behaviour of others"
HELP = "What is liked together (EASE), and a ridge regression from texts to likes."
NEEDS = ("likes",)

CHUNK = 4_096
"""Items worked on at a time; bounds the memory, never changes a result."""


@dataclass(frozen=True)
class Config:
    """How the two maps are learned."""

    max_users: int = 2_000
    """At most so many users are learned from, drawn at random."""
    min_likes: int = 5
    """Who likes fewer items says too little."""
    profiles: int = 10_000
    """Pseudo-profiles in all."""
    ridge: float = 0.006
    """Penalty of the text model's regression, a pseudo-profile."""
    shrinkage: float = 1.4
    """EASE's lambda, a user."""
    max_labels: int = 5_000
    """At most so many labels are read."""
    min_items: int = 3
    """And none of fewer items."""
    seed: int = 0
    """Of the users drawn and of what they say."""
    manner: Manner = field(default_factory=Manner)
    """How users are made to speak."""


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``Behaviour`` reads; empty where fewer than two users like enough items."""
    rng = np.random.default_rng(config.seed)
    likes = _sample(workspace.interactions.likes, config, rng)  # (u, n)
    users = likes.shape[0]
    if users < 2:
        return {}
    profiles = _profiles(workspace, likes, config, context, rng)  # (rounds, u, d)
    width = profiles.shape[2]
    centre = profiles.mean(axis=(0, 1))
    profiles -= centre
    flat = profiles.reshape(-1, width)
    penalty = config.ridge * len(flat) * np.eye(width)
    text_model = np.linalg.solve(flat.T @ flat + penalty, profiles.sum(axis=0).T)  # (d, u)
    shrinkage = config.shrinkage * users
    inverse = np.linalg.inv((likes @ likes.T).toarray() + shrinkage * np.eye(users))  # (u, u)
    return {
        "centre": centre.astype(np.float32),
        "text_model": text_model.astype(np.float32),
        "inverse": inverse.astype(np.float32),
        "diagonal": ((1 - _explained(likes, inverse)) / shrinkage).astype(np.float32),  # (n,)
        "shrinkage": np.array([shrinkage], dtype=np.float32),
        "indptr": likes.indptr.astype(np.int64),
        "indices": likes.indices.astype(np.int64),
    }


def _sample(likes: sparse.csr_array, config: Config, rng: np.random.Generator) -> sparse.csr_array:
    telling = np.flatnonzero(np.diff(likes.indptr) >= config.min_likes)
    if len(telling) > config.max_users:
        telling = np.sort(rng.choice(telling, config.max_users, replace=False))
    return likes[telling]


def _profiles(
    workspace: Workspace,
    likes: sparse.csr_array,
    config: Config,
    context: TrainingContext,
    rng: np.random.Generator,
) -> np.ndarray:
    """(rounds, u, d) pseudo-profiles of every user, as many rounds as make enough of them."""
    tied, said = labels(workspace, config.min_items, config.max_labels)
    spoken = np.zeros((0, workspace.vectors.shape[1]), dtype=np.float32)
    if len(said):
        spoken = workspace.centre(context.encoder.encode(said["name"].tolist(), context.progress))
    relations = said["relation"].to_numpy()
    rounds = -(-config.profiles // likes.shape[0])
    rows = []
    for done in range(1, rounds + 1):
        rows.append(
            sample_pseudo_profiles(
                likes, tied, relations, spoken, workspace.vectors, rng, config.manner
            )
        )
        context.progress(done, rounds, "learning from likes")
    return np.stack(rows)


def _explained(likes: sparse.csr_array, inverse: np.ndarray) -> np.ndarray:
    """(n,) the diagonal of X'KX, some thousands of items at a time."""
    inverse, columns = inverse.astype(np.float32), likes.tocsc()
    parts = []
    for start in range(0, likes.shape[1], CHUNK):
        block = columns[:, start : start + CHUNK].toarray()  # (u, CHUNK)
        parts.append(((inverse @ block) * block).sum(axis=0))
    return np.concatenate(parts)


class Behaviour:
    """What ``fit`` learned, ready to be asked: n is the ``count`` of items that it learned of."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        self._arrays = arrays
        self.count = len(arrays["diagonal"])
        shape = len(arrays["indptr"]) - 1, self.count
        ones = np.ones(len(arrays["indices"]), dtype=np.float32)
        self._likes = sparse.csr_array((ones, arrays["indices"], arrays["indptr"]), shape=shape)
        length = np.sqrt(np.maximum(np.diff(arrays["indptr"]), 1))
        self._even = self._likes.multiply(1 / length[:, None]).tocsr().astype(np.float32)
        self._mean = np.asarray(self._even.mean(axis=0)).ravel()  # (n,)

    def text_model(self, vector: np.ndarray) -> np.ndarray:
        """(n,) how much the users who would say ``vector`` (d,) like each item."""
        weight = (vector - self._arrays["centre"]) @ self._arrays["text_model"]  # (u,)
        return self._even.T @ (weight - weight.mean()) + self._mean

    def fold_in(self, profile: np.ndarray) -> np.ndarray:
        """(n,) EASE's score of each item for somebody who likes ``profile`` (n,) so much."""
        a = self._arrays
        projected = self._likes.T @ (a["inverse"] @ (self._likes @ profile))
        precision = (profile - projected) / a["shrinkage"][0]
        return profile - precision / a["diagonal"]
