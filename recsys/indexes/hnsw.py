"""HNSW: a graph of near neighbours is walked (Malkov & Yashunin 2018; the package hnswlib)."""

import errno
import os
import threading
from pathlib import Path

import hnswlib
import numpy as np

from recsys.indexes import Identity, _files

TITLE = "HNSW"
HELP = "Walks a graph of near neighbours; looks at some of the items, and may miss a few."

WIDTH = 200
"""Candidates kept in hand while searching (ef)."""
SETTINGS = {"parameters": {"M": 16, "ef_construction": 200, "ef": WIDTH, "seed": 100}}
"""hnswlib's: links a node, width of the search when building and when asking."""


class Index:
    """Nearest rows by cosine; see the contract of the room."""

    def __init__(self, graph: hnswlib.Index, identity: Identity):
        self._graph = graph
        self._lock = threading.Lock()
        self.identity = identity

    @classmethod
    def build(cls, vectors: np.ndarray, identity: Identity) -> "Index":
        """Index over ``vectors`` (n, d), row i under the label i."""
        settings = SETTINGS["parameters"]
        graph = hnswlib.Index(space="cosine", dim=identity.dimension)
        graph.init_index(
            max_elements=identity.count,
            M=settings["M"],
            ef_construction=settings["ef_construction"],
            random_seed=settings["seed"],
        )
        graph.add_items(vectors)
        return cls(graph, identity)

    def search(
        self, vector: np.ndarray, n: int, width: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The n rows nearest to ``vector`` (d,), best first, and their cosines: (n,), (n,).

        ``width`` is that of the search (ef) if not the usual one. Fewer than n come back where
        the graph cannot reach them: among many twins some are left unlinked.
        """
        n = min(n, self.identity.count)
        with self._lock:  # ef belongs to the whole graph
            self._graph.set_ef(max(n, width or WIDTH))
            while True:
                try:
                    labels, distances = self._graph.knn_query(vector[None, :], k=n, num_threads=1)
                except RuntimeError:
                    if n == 1:
                        raise
                    n //= 2
                else:
                    return labels[0].astype(np.int64), 1 - distances[0]

    def save(self, path: Path) -> None:
        """Writes ``path`` and beside it the manifest that ``load`` checks."""
        _files.save(path, self.identity, SETTINGS, self._write)

    def _write(self, path: Path) -> None:
        self._graph.save_index(str(path))
        if path.stat().st_size != self._graph.index_file_size():  # hnswlib says nothing of it
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    @classmethod
    def load(cls, path: Path, identity: Identity, vectors: np.ndarray) -> "Index":
        """The saved index, if it is whole and is the one ``identity`` describes.

        Raises StaleIndex, with the reason, otherwise.
        """
        _files.check(path, identity, SETTINGS)
        graph = hnswlib.Index(space="cosine", dim=identity.dimension)
        graph.load_index(str(path))
        return cls(graph, identity)
