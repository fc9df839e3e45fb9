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

    @classmethod
    def of(cls, encoder: str, vectors: np.ndarray, places: np.ndarray) -> "Identity":
        """The identity of an index over ``vectors`` (n, d), at ``places`` (n,), by ``encoder``."""
        count, dimension = vectors.shape
        content = hashlib.blake2b(vectors.tobytes(), digest_size=16)
        content.update(places.tobytes())
        return cls(encoder, dimension, count, content.hexdigest())


class StaleIndex(WorkspaceError):
    """The saved index is missing, damaged, or belongs to other vectors."""


class Index:
    """Nearest rows by cosine; distances stop here. Safe to share between threads.

    ``places`` (n,) ascending are the labels under which hnswlib knows the rows: they stay when an
    item is taken out and the rows after it move up.
    """

    def __init__(self, graph: hnswlib.Index, identity: Identity, places: np.ndarray):
        self._graph = graph
        self._lock = threading.Lock()
        self.places = places
        self.identity = identity

    @classmethod
    def build(cls, vectors: np.ndarray, identity: Identity, places: np.ndarray) -> "Index":
        """Index over ``vectors`` (n, d), row i under the label places[i]."""
        settings = identity.parameters
        graph = hnswlib.Index(space="cosine", dim=identity.dimension)
        graph.init_index(
            max_elements=identity.count,
            M=settings.M,
            ef_construction=settings.ef_construction,
            random_seed=settings.seed,
        )
        graph.add_items(vectors, places)
        return cls(graph, identity, places)

    def follow(self, vectors: np.ndarray, identity: Identity, places: np.ndarray) -> None:
        """Takes in the rows of ``vectors`` (m, d) at new places, and leaves out those of old ones
        that are not among ``places`` (m,) any more; the others must not have changed.

        For an index that nobody else has: who searches does so in the one that they opened.
        """
        new = ~np.isin(places, self.places)
        with self._lock:
            for place in np.setdiff1d(self.places, places):
                self._graph.mark_deleted(place)
            self._graph.resize_index(self._graph.element_count + int(new.sum()))
            self._graph.add_items(vectors[new], places[new])
            self.places, self.identity = places, identity

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
                    rows = np.searchsorted(self.places, labels[0].astype(np.int64))
                    return rows, 1 - distances[0]

    def save(self, path: Path) -> None:
        """Writes ``path`` and beside it the manifest that ``load`` checks."""
        own = f"{os.getpid()}-{threading.get_ident()}.tmp"  # two may repair the same one at once
        temporary = path.with_suffix(f".{own}")
        self._graph.save_index(str(temporary))
        manifest = {"identity": asdict(self.identity), "digest": _digest(temporary)}
        described = path.with_suffix(f".json.{own}")
        described.write_text(json.dumps(manifest, indent=1))
        os.replace(temporary, path)
        os.replace(described, path.with_suffix(".json"))

    @classmethod
    def load(cls, path: Path, identity: Identity, places: np.ndarray) -> "Index":
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
        graph.load_index(str(path))
        return cls(graph, identity, places)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
