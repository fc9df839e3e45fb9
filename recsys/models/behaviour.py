"""From words to what people like: learned from users who have a history but typed nothing.

Two maps, both worked in the space of users, so that their size grows with the users only.

*Twins*: every user is made to speak, in pseudo-profiles; ridge regression from these to the user's
likes is linear in the likes, so it is kept as what a text says of each user.

*Co-likes*: EASE (Steck 2019), B = I - P / diag(P) with P = (X'X + lambda I)^-1, where P comes from
the (u, u) inverse of XX' + lambda I by the Woodbury identity.
"""

from collections.abc import Mapping

import numpy as np
from scipy import sparse

from recsys.datatypes import Progress, no_progress
from recsys.encoders.sentence import TextEncoder
from recsys.learning import pseudo_profiles as pseudo
from recsys.store.workspace import Workspace

USERS = 2_000
"""At most so many users are learned from, drawn at random."""
FEWEST = 5
"""Who likes fewer items says too little."""
PROFILES = 10_000
"""Pseudo-profiles in all."""
RIDGE = 0.006
"""Penalty of the twins' regression, a pseudo-profile."""
SHRINKAGE = 1.4
"""EASE's lambda, a user."""
CHUNK = 4_096
LABELS, SPREAD = 5_000, 3
"""At most so many labels are read, and none of fewer items."""


def fit(
    workspace: Workspace, encoder: TextEncoder, progress: Progress = no_progress, seed: int = 0
) -> dict[str, np.ndarray]:
    """The arrays that ``Behaviour`` reads; empty where fewer than two users like FEWEST items."""
    rng = np.random.default_rng(seed)
    likes = _sample(workspace.interactions.likes, rng)  # (u, n)
    users = likes.shape[0]
    if users < 2:
        return {}
    tied, said = pseudo.labels(workspace, SPREAD, LABELS)
    width = workspace.vectors.shape[1]
    spoken = np.zeros((0, width), dtype=np.float32)
    if len(said):
        spoken = workspace.centre(encoder.encode(said["name"].tolist(), progress))
    relations = said["relation"].to_numpy()
    rounds = -(-PROFILES // users)
    rows = []
    for done in range(1, rounds + 1):
        rows.append(pseudo.speak(likes, tied, relations, spoken, workspace.vectors, rng))
        progress(done, rounds, "learning from likes")
    profiles = np.stack(rows)  # (rounds, u, d)
    centre = profiles.mean(axis=(0, 1))
    profiles -= centre
    flat = profiles.reshape(-1, width)
    penalty = RIDGE * len(flat) * np.eye(width)
    twins = np.linalg.solve(flat.T @ flat + penalty, profiles.sum(axis=0).T)  # (d, u)
    shrinkage = SHRINKAGE * users
    inverse = np.linalg.inv((likes @ likes.T).toarray() + shrinkage * np.eye(users))  # (u, u)
    return {
        "centre": centre.astype(np.float32),
        "twins": twins.astype(np.float32),
        "inverse": inverse.astype(np.float32),
        "diagonal": ((1 - _explained(likes, inverse)) / shrinkage).astype(np.float32),  # (n,)
        "shrinkage": np.array([shrinkage], dtype=np.float32),
        "indptr": likes.indptr.astype(np.int64),
        "indices": likes.indices.astype(np.int64),
    }


def _sample(likes: sparse.csr_array, rng: np.random.Generator) -> sparse.csr_array:
    telling = np.flatnonzero(np.diff(likes.indptr) >= FEWEST)
    if len(telling) > USERS:
        telling = np.sort(rng.choice(telling, USERS, replace=False))
    return likes[telling]


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

    def twins(self, vector: np.ndarray) -> np.ndarray:
        """(n,) how much the users who would say ``vector`` (d,) like each item."""
        weight = (vector - self._arrays["centre"]) @ self._arrays["twins"]  # (u,)
        return self._even.T @ (weight - weight.mean()) + self._mean

    def colikes(self, seeds: np.ndarray) -> np.ndarray:
        """(n,) EASE's score of each item for somebody who likes ``seeds`` (n,) so much."""
        a = self._arrays
        projected = self._likes.T @ (a["inverse"] @ (self._likes @ seeds))
        precision = (seeds - projected) / a["shrinkage"][0]
        return seeds - precision / a["diagonal"]
