"""Indexes: each file searches unit vectors, and distances stop there.

A file here has ``TITLE`` and ``HELP`` (in a visitor's words), ``WIDTH``, the usual width of a
search, None where it has none, and a class ``Index``, safe to share between threads, with
``identity`` and

* ``Index.build(vectors, identity)``: over vectors (n, d), row i for row i;
* ``search(vector, n, width)``: the n rows nearest to (d,), best first, and their cosines;
* ``save(path)`` and ``Index.load(path, identity, vectors)``, over the same vectors, which raises
  StaleIndex for a file that is missing, damaged, of other vectors, or another index's.

An index is never changed: what is published later lies beside it (``Extended``).
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Protocol

import numpy as np

from recsys.errors import WorkspaceError
from recsys.registry import plugins

MAX_HNSW = 200_000
"""Of more vectors a graph takes too long to build; inverted lists take a minute for a million."""


@dataclass(frozen=True)
class Identity:
    """What an index was built from; any difference means that it must be built again."""

    encoder: str
    dimension: int
    count: int
    content: str

    @classmethod
    def of(cls, encoder: str, vectors: np.ndarray) -> "Identity":
        """The identity of an index over ``vectors`` (n, d) by ``encoder``."""
        count, dimension = vectors.shape
        content = hashlib.blake2b(np.ascontiguousarray(vectors).data, digest_size=16)
        return cls(encoder, dimension, count, content.hexdigest())


class StaleIndex(WorkspaceError):
    """The saved index is missing, damaged, or belongs to other vectors."""


class Index(Protocol):
    """Nearest rows by cosine."""

    identity: Identity

    def search(
        self, vector: np.ndarray, n: int, width: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]: ...

    def save(self, path: Path) -> None: ...


class Extended:
    """An index, and behind its rows ``more`` (m, d) unit vectors, which are compared one by one.

    ``identity`` is that of the index.
    """

    def __init__(self, index: Index, more: np.ndarray):
        self._index, self._more = index, more
        self.identity = index.identity

    def search(
        self, vector: np.ndarray, n: int, width: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The n rows nearest to ``vector`` (d,) among all, best first, and their cosines."""
        rows, cosines = self._index.search(vector, n, width)
        cosine = self._more @ (vector / max(float(np.linalg.norm(vector)), 1e-12))  # (m,)
        rows = np.append(rows, self.identity.count + np.arange(len(cosine)))
        cosines = np.append(cosines, cosine)
        best = np.argsort(-cosines, kind="stable")[:n]
        return rows[best], cosines[best]

    def save(self, path: Path) -> None:
        """Writes the index; the vectors behind it are kept elsewhere."""
        self._index.save(path)


def indexes() -> dict[str, ModuleType]:
    """Every index by name, in sorted order."""
    return plugins(__name__, ("TITLE", "HELP", "WIDTH", "Index"))


def usual(count: int) -> str:
    """The name of the index that ``count`` vectors are searched with."""
    return "hnsw" if count <= MAX_HNSW else "ivf"
