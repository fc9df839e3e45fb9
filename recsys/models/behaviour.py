"""What is liked together: EASE (Steck 2019), learned from users who have a history.

B = I - P / diag(P) with P = (X'X + lambda I)^-1, where P comes from the (u, u) inverse of
XX' + lambda I by the Woodbury identity: the size of the work grows with the users only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recsys.models import TrainingContext
from recsys.store.workspace import Workspace

TITLE = "Behaviour of others"
HELP = "What is liked together (EASE)."
NEEDS = ("likes",)

CHUNK = 4_096
"""Items worked on at a time; bounds the memory, never changes a result."""


@dataclass(frozen=True)
class Config:
    """How it is learned."""

    max_users: int = 2_000
    """At most so many users are learned from, drawn at random."""
    min_likes: int = 5
    """Who likes fewer items says too little."""
    shrinkage: float = 1.4
    """EASE's lambda, a user."""
    seed: int = 0
    """Of the users drawn."""


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``Behaviour`` reads; empty where fewer than two users like enough items."""
    return learn(workspace.interactions.likes, config)


def learn(everyone: sparse.csr_array, config: Config) -> dict[str, np.ndarray]:
    """What ``fit`` returns, from the likes (users, n) alone."""
    rng = np.random.default_rng(config.seed)
    sample = _sample(everyone, config, rng)
    likes, users = everyone[sample], len(sample)  # (u, n)
    if users < 2:
        return {}
    shrinkage = config.shrinkage * users
    inverse = np.linalg.inv((likes @ likes.T).toarray() + shrinkage * np.eye(users))  # (u, u)
    return {
        "inverse": inverse.astype(np.float32),
        "diagonal": ((1 - _explained(likes, inverse)) / shrinkage).astype(np.float32),  # (n,)
        "shrinkage": np.array([shrinkage], dtype=np.float32),
        "users": sample,
        "indptr": likes.indptr.astype(np.int64),
        "indices": likes.indices.astype(np.int64),
    }


def _sample(likes: sparse.csr_array, config: Config, rng: np.random.Generator) -> np.ndarray:
    """Rows of the users who are learned from."""
    telling = np.flatnonzero(np.diff(likes.indptr) >= config.min_likes)
    if len(telling) > config.max_users:
        telling = np.sort(rng.choice(telling, config.max_users, replace=False))
    return telling


def _explained(likes: sparse.csr_array, inverse: np.ndarray) -> np.ndarray:
    """(n,) the diagonal of X'KX, some thousands of items at a time."""
    inverse, columns = inverse.astype(np.float32), likes.tocsc()
    parts = []
    for start in range(0, likes.shape[1], CHUNK):
        some = columns[:, start : start + CHUNK]
        liked = np.flatnonzero(np.diff(some.indptr))
        if 2 * len(liked) > some.shape[1]:
            liked = np.arange(some.shape[1])
        block = some[:, liked].toarray()  # (u, liked)
        explained = np.zeros(some.shape[1], dtype=np.float32)  # by nothing, what nobody likes
        explained[liked] = ((inverse @ block) * block).sum(axis=0)
        parts.append(explained)
    return np.concatenate(parts)


class Behaviour:
    """What ``fit`` learned, ready to be asked: n is the ``count`` of items that it learned of, from
    the likes of u ``users``, rows of the interactions."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        self._arrays, self.users = arrays, arrays["users"]
        self.count = len(arrays["diagonal"])
        shape = len(arrays["indptr"]) - 1, self.count
        ones = np.ones(len(arrays["indices"]), dtype=np.float32)
        self._likes = sparse.csr_array((ones, arrays["indices"], arrays["indptr"]), shape=shape)
        self._liked = np.bincount(arrays["indices"], minlength=self.count) > 0  # (n,)

    def fold_in(self, profile: np.ndarray) -> np.ndarray:
        """(n,) EASE's score of each item for somebody who likes ``profile`` (n,) so much; (n, b)
        for several."""
        a = self._arrays
        projected = self._likes.T @ (a["inverse"] @ (self._likes @ profile))
        # What nobody of a sample likes is 0: of a million items that is most.
        asked = profile.reshape(self.count, -1).any(axis=1)
        rows = np.flatnonzero(self._liked | asked)
        if 2 * len(rows) > self.count:
            rows = np.arange(self.count)
        own = profile[rows]
        precision = (own - projected[rows]) / a["shrinkage"][0]
        scores = np.zeros(profile.shape, dtype=np.result_type(precision, a["diagonal"]))
        scores[rows] = (own.T - precision.T / a["diagonal"][rows]).T
        return scores

    def predict(self, profile: np.ndarray, likes: np.ndarray) -> np.ndarray:
        """(p,) the scores for ``profile`` (n,) of items that were not learned of, from how probably
        the users like them, ``likes`` (u, p): EASE's regression, with these for its targets."""
        found: np.ndarray = (self._arrays["inverse"] @ (self._likes @ profile)) @ likes
        return found
