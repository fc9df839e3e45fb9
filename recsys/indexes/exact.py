"""Exact: every vector is compared; slow where there are many, and never wrong."""

from pathlib import Path

import numpy as np

from recsys.indexes import Identity, _files

TITLE = "Exact"
HELP = "Goes through every item; nothing is missed."
WIDTH = None

SETTINGS = {"parameters": {"exact": True}}
"""None to choose; they tell the file from that of another index."""


class Index:
    """Nearest rows by cosine; see the contract of the room."""

    def __init__(self, vectors: np.ndarray, identity: Identity):
        self._vectors = vectors
        self.identity = identity

    @classmethod
    def build(cls, vectors: np.ndarray, identity: Identity) -> "Index":
        """Index over ``vectors`` (n, d); its rows are theirs."""
        return cls(np.asarray(vectors, dtype=np.float32), identity)

    def search(
        self, vector: np.ndarray, n: int, width: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The n rows nearest to ``vector`` (d,), best first, and their cosines: (n,), (n,).

        Of equals the lower row comes first; a ``width`` changes nothing.
        """
        length = max(float(np.linalg.norm(vector)), 1e-12)
        cosine = self._vectors @ (vector / length)  # (count,)
        rows = np.argsort(-cosine, kind="stable")[:n]
        return rows, cosine[rows]

    def save(self, path: Path) -> None:
        """Writes ``path`` and beside it the manifest that ``load`` checks."""
        _files.save(path, self.identity, SETTINGS, self._write)

    def _write(self, path: Path) -> None:
        with path.open("wb") as file:  # numpy would add an ending to the name
            np.save(file, self._vectors)

    @classmethod
    def load(cls, path: Path, identity: Identity, vectors: np.ndarray) -> "Index":
        """The saved index, if it is whole and is the one ``identity`` describes.

        Raises StaleIndex, with the reason, otherwise.
        """
        _files.check(path, identity, SETTINGS)
        return cls(np.load(path, allow_pickle=False), identity)
