"""Resemblance: how much each item is like the examples, by facts and by text."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from recsys.indexes import Index

FACTS_SHARE = 0.7
"""Of how much items are alike, what their facts say; the rest is what their texts mean."""


MAX_COMPARED = 200_000
"""Of more items only the nearest are told apart by meaning."""
MAX_NEAREST = 2_000
"""So many of them."""


class Resemblance:
    """From the items' ``ties`` (n, N) to nodes of the graph, their ``vectors`` (n, d), and the
    ``index`` of these."""

    def __init__(self, ties: sparse.csr_array, vectors: np.ndarray, index: Index):
        length = np.sqrt(np.asarray(ties.multiply(ties).sum(axis=1)).ravel())
        self._ties = sparse.csr_array(sparse.diags_array(1 / np.maximum(length, 1e-9)) @ ties)
        self._vectors, self._index = vectors, index

    def of(self, rows: Sequence[int]) -> np.ndarray:
        """(n,) float32 from 0 to 1: how much each item is like those of ``rows``."""
        chosen = list(rows)
        facts = np.asarray(self._ties @ self._ties[chosen].mean(axis=0))  # (n,)
        mean = self._vectors[chosen].mean(axis=0)  # (d,)
        meaning = self._meaning(mean / max(float(np.linalg.norm(mean)), 1e-9))
        facts = FACTS_SHARE * facts / max(float(facts.max()), 1e-9)
        return np.clip(facts + (1 - FACTS_SHARE) * meaning, 0, 1).astype(np.float32)

    def _meaning(self, direction: np.ndarray) -> np.ndarray:
        """(n,) the cosine of each item with a ``direction`` (d,)."""
        if len(self._vectors) <= MAX_COMPARED:
            return self._vectors @ direction
        rows, cosines = self._index.search(direction, MAX_NEAREST)
        found = np.zeros(len(self._vectors), dtype=np.float32)
        found[rows] = cosines
        return found
