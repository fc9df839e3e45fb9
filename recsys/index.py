"""HNSW search (Malkov & Yashunin 2018): (n, d) unit vectors to rows and cosines."""

import hashlib
import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

import hnswlib
import numpy as np

from recsys.errors import WorkspaceError


@dataclass(frozen=True)
class Parameters:
    """hnswlib's settings: links a node, width of the search when building and when asking."""

    M: int = 16
    ef_construction: int = 200
    ef: int = 200
    seed: int = 100


@dataclass(frozen=True)
class Identity:
    """What an index was built from; any difference means that it must be built again."""

    encoder: str
    dimension: int
    count: int
    content: str
    parameters: Parameters = Parameters()


class StaleIndex(WorkspaceError):
    """The saved index is missing, damaged, or belongs to other vectors."""


class Index:
    """Nearest rows by cosine; distances stop here. Safe to share between threads."""

    def __init__(self, graph: hnswlib.Index, identity: Identity):
        self._graph = graph
        self._lock = threading.Lock()
        self.identity = identity

    @classmethod
    def build(cls, vectors: np.ndarray, identity: Identity) -> "Index":
        """Index over ``vectors`` (n, d), row i under label i."""
        settings = identity.parameters
        graph = hnswlib.Index(space="cosine", dim=identity.dimension)
        graph.init_index(
            max_elements=identity.count,
            M=settings.M,
            ef_construction=settings.ef_construction,
            random_seed=settings.seed,
        )
        graph.add_items(vectors, np.arange(identity.count))
        return cls(graph, identity)

    def search(
        self, vector: np.ndarray, n: int, ef: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The n rows nearest to ``vector`` (d,), best first, and their cosines: (n,), (n,).

        ``ef`` is the width of the search if not the index's own. Fewer than n come back where the
        graph cannot reach them: among many twins some are left unlinked.
        """
        n = min(n, self.identity.count)
        with self._lock:  # ef belongs to the whole graph
            self._graph.set_ef(max(n, ef or self.identity.parameters.ef))
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
        temporary = path.with_suffix(".tmp")
        self._graph.save_index(str(temporary))
        manifest = {"identity": asdict(self.identity), "digest": _digest(temporary)}
        described = path.with_suffix(".json.tmp")
        described.write_text(json.dumps(manifest, indent=1))
        os.replace(temporary, path)
        os.replace(described, path.with_suffix(".json"))

    @classmethod
    def load(cls, path: Path, identity: Identity) -> "Index":
        """The saved index, if it is whole and is the one ``identity`` describes.

        Raises StaleIndex, with the reason, otherwise. A damaged file never reaches hnswlib, which
        would crash on it.
        """
        try:
            manifest = json.loads(path.with_suffix(".json").read_text())
            saved, digest = dict(manifest["identity"]), manifest["digest"]
            found = _digest(path)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StaleIndex(f"The search index could not be read ({error}).") from error
        if found != digest:
            raise StaleIndex("The search index file is damaged.")
        for name, wanted in asdict(identity).items():
            if saved.get(name) != wanted:
                raise StaleIndex(
                    f"The search index was built for another {name}"
                    f" ({saved.get(name)}, not {wanted})."
                )
        graph = hnswlib.Index(space="cosine", dim=identity.dimension)
        graph.load_index(str(path), max_elements=identity.count)
        return cls(graph, identity)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
