"""IVF: inverted lists, one for each of many centres; the nearest lists are gone through.

Jégou, Douze & Schmid 2011, without the quantiser of the residuals: vectors are compared as they
are, and stay where they lie.
"""

from pathlib import Path

import numpy as np
from scipy import sparse

from recsys.indexes import Identity, _files

TITLE = "Inverted lists"
HELP = "Goes through the items around the nearest of many centres, and may miss a few."

WIDTH = 64
"""Lists that are gone through (nprobe)."""
SETTINGS = {"parameters": {"lists": 4, "rounds": 8, "sample": 32, "seed": 100}}
"""Lists, times the root of the number of vectors; rounds of k-means, over so many vectors a list;
and the seed of these."""
MAX_SCANNED = 1 << 16
"""Vectors that are compared for one question: a list of many twins is not read to its end."""
CHUNK = 8_192
"""Vectors that are assigned at a time; bounds the memory, never changes a result."""


class Index:
    """Nearest rows by cosine; see the contract of the room.

    ``centres`` (c, d) are unit rows; list i has the rows order[starts[i]:starts[i + 1]].
    """

    def __init__(
        self,
        vectors: np.ndarray,
        identity: Identity,
        centres: np.ndarray,
        order: np.ndarray,
        starts: np.ndarray,
    ):
        self._vectors = vectors
        self.identity = identity
        self._centres, self._order, self._starts = centres, order, starts

    @classmethod
    def build(cls, vectors: np.ndarray, identity: Identity) -> "Index":
        """Index over ``vectors`` (n, d); its rows are theirs."""
        centres = _centres(vectors)
        nearest = _nearest(vectors, centres)
        order = np.argsort(nearest, kind="stable").astype(np.int32)
        sizes = np.bincount(nearest, minlength=len(centres))
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        return cls(vectors, identity, centres, order, starts)

    def search(
        self, vector: np.ndarray, n: int, width: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The n rows nearest to ``vector`` (d,), best first, and their cosines: (n,), (n,).

        ``width`` is how many lists are gone through if not the usual number; more where they hold
        fewer than n.
        """
        vector = vector / max(float(np.linalg.norm(vector)), 1e-12)
        lists = np.argsort(-(self._centres @ vector), kind="stable")
        held = np.cumsum(np.diff(self._starts)[lists])
        enough = max(width or WIDTH, int(np.searchsorted(held, n)) + 1)
        spans = [self._order[self._starts[i] : self._starts[i + 1]] for i in lists[:enough]]
        rows = np.sort(np.concatenate(spans)[: max(n, MAX_SCANNED)]).astype(np.int64)
        cosine = self._vectors[rows] @ vector
        best = np.argsort(-cosine, kind="stable")[:n]
        return rows[best], cosine[best]

    def save(self, path: Path) -> None:
        """Writes ``path`` and beside it the manifest that ``load`` checks."""
        _files.save(path, self.identity, SETTINGS, self._write)

    def _write(self, path: Path) -> None:
        with path.open("wb") as file:  # numpy would add an ending to the name
            np.savez(file, centres=self._centres, order=self._order, starts=self._starts)

    @classmethod
    def load(cls, path: Path, identity: Identity, vectors: np.ndarray) -> "Index":
        """The saved index over ``vectors``, if it is whole and is the one ``identity`` describes.

        Raises StaleIndex, with the reason, otherwise.
        """
        _files.check(path, identity, SETTINGS)
        with np.load(path, allow_pickle=False) as saved:
            return cls(vectors, identity, saved["centres"], saved["order"], saved["starts"])


def _centres(vectors: np.ndarray) -> np.ndarray:
    """(c, d) unit rows, by spherical k-means of a sample."""
    settings = SETTINGS["parameters"]
    rng = np.random.default_rng(settings["seed"])
    count = min(int(settings["lists"] * len(vectors) ** 0.5), len(vectors))
    size = min(settings["sample"] * count, len(vectors))
    sample = vectors[np.sort(rng.choice(len(vectors), size, replace=False))]
    centres = sample[np.sort(rng.choice(size, count, replace=False))]
    for _ in range(settings["rounds"]):
        nearest = _nearest(sample, centres)
        ones = np.ones(size, dtype=np.float32)
        member = sparse.csr_array((ones, (nearest, np.arange(size))), shape=(count, size))
        sums = member @ sample
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(length > 0, sums / np.maximum(length, 1e-12), centres)
    return centres.astype(np.float32)


def _nearest(vectors: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """(n,) the centre with the greatest cosine to each of ``vectors`` (n, d)."""
    found = np.empty(len(vectors), dtype=np.int64)
    for start in range(0, len(vectors), CHUNK):
        found[start : start + CHUNK] = (vectors[start : start + CHUNK] @ centres.T).argmax(axis=1)
    return found
