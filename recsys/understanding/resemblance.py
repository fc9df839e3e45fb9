"""Resemblance: how much each item is like the examples, by facts and by text."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

FACTS_SHARE = 0.7
"""Of how much items are alike, what their facts say; the rest is what their texts mean."""


class Resemblance:
    """From the items' ``ties`` (n, N) to nodes of the graph, and their ``vectors`` (n, d)."""

    def __init__(self, ties: sparse.csr_array, vectors: np.ndarray):
        length = np.sqrt(np.asarray(ties.multiply(ties).sum(axis=1)).ravel())
        self._ties = sparse.csr_array(sparse.diags_array(1 / np.maximum(length, 1e-9)) @ ties)
        self._vectors = vectors

    def of(self, rows: Sequence[int]) -> np.ndarray:
        """(n,) float32 from 0 to 1: how much each item is like those of ``rows``."""
        chosen = list(rows)
        facts = np.asarray(self._ties @ self._ties[chosen].mean(axis=0))  # (n,)
        mean = self._vectors[chosen].mean(axis=0)  # (d,)
        meaning = self._vectors @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
        facts = FACTS_SHARE * facts / max(float(facts.max()), 1e-9)
        return np.clip(facts + (1 - FACTS_SHARE) * meaning, 0, 1).astype(np.float32)
