"""Indexes: each file searches unit vectors, and distances stop there.

A file here has ``TITLE`` and ``HELP`` (in a visitor's words), ``WIDTH``, the usual width of a
search, None where it has none, and a class ``Index``, safe to share between threads, with
``identity``, ``keys`` and

* ``Index.build(vectors, identity, keys)``: over vectors (n, d), row i under the key keys[i];
* ``follow(vectors, identity, keys)``: takes in the rows of (m, d) at new keys and leaves out those
  of old ones that are not among ``keys`` any more; the others must not have changed. For an index
  that nobody else has;
* ``search(vector, n, width)``: the n rows nearest to (d,), best first, and their cosines;
* ``save(path)`` and ``Index.load(path, identity, keys)``, which raises StaleIndex for a file that
  is missing, damaged, of other vectors, or another index's.

``keys`` (n,) ascending are the names under which an index knows the rows: they stay when an item
is taken out and the rows after it move up.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Protocol

import numpy as np

from recsys.errors import WorkspaceError
from recsys.registry import plugins


@dataclass(frozen=True)
class Identity:
    """What an index was built from; any difference means that it must be built again."""

    encoder: str
    dimension: int
    count: int
    content: str

    @classmethod
    def of(cls, encoder: str, vectors: np.ndarray, keys: np.ndarray) -> "Identity":
        """The identity of an index over ``vectors`` (n, d), under ``keys`` (n,), by ``encoder``."""
        count, dimension = vectors.shape
        content = hashlib.blake2b(vectors.tobytes(), digest_size=16)
        content.update(keys.tobytes())
        return cls(encoder, dimension, count, content.hexdigest())


class StaleIndex(WorkspaceError):
    """The saved index is missing, damaged, or belongs to other vectors."""


class Index(Protocol):
    """Nearest rows by cosine."""

    identity: Identity
    keys: np.ndarray

    def search(
        self, vector: np.ndarray, n: int, width: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]: ...

    def save(self, path: Path) -> None: ...


def indexes() -> dict[str, ModuleType]:
    """Every index by name, in sorted order."""
    return plugins(__name__, ("TITLE", "HELP", "WIDTH", "Index"))
