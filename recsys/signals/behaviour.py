"""Behaviour: what people like who like what was typed."""

from functools import lru_cache

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.models.behaviour import Behaviour
from recsys.store.workspace import Workspace

TITLE = "Behaviour of others"
HELP = (
    "What is liked by people who like what these words ask for, and by people who would have said"
    " something like it: learned from those who have a history."
)
DEFAULT_WEIGHT = 1.0
SEEDS = False

LIKED, DISLIKED = 0.3, -0.15
"""What an item that is liked or disliked counts beside all that one signal proposes."""
REFUSED = -0.5
"""What a clause that is turned down counts beside one that is wanted, in the twins' ears."""
TWINS = 0.5
"""What those who would have said it count beside those who like what it asks for."""


class Signal:
    """EASE over the query's seeds and what is liked, and the likes of the text's twins.

    Both are standardised over the built items and added. Without a trained model, and of what was
    published: no opinion.
    """

    def __init__(self, workspace: Workspace):
        arrays = workspace.models.get("behaviour")
        self._model = Behaviour(arrays) if arrays else None
        self._vectors, self._built = workspace.vectors, workspace.built
        self._titles = workspace.catalogue.items["title"]
        self._kind = "simulated " if workspace.catalogue.about.get("simulated") else ""
        self._likes = workspace.interactions.likes
        self._all = lru_cache(maxsize=8)(self._score_all)

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        scores = self._all(query)
        if np.isnan(scores).all():
            return np.empty(0, dtype=np.int64)
        n = min(n, self._built)
        best = np.argpartition(-scores[: self._built], n - 1)[:n]
        return best[np.argsort(-scores[best], kind="stable")]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return self._all(query)[rows]

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[str]:
        if self._model is None:
            return [""] * len(rows)
        seeds = self._seeds(query)  # (n,)
        known = np.flatnonzero(seeds > 0)
        together = (self._likes[:, rows].T @ self._likes[:, known]).toarray()  # (r, known)
        weight = together * seeds[known] * (rows[:, None] != known)
        evidence = []
        for line in weight:
            best = [known[i] for i in np.argsort(-line)[:2] if line[i] > 0]
            names = " and ".join(self._titles[row] for row in best)
            evidence.append(f"liked by {self._kind}people who like {names}" if names else "")
        return evidence

    def _score_all(self, query: EncodedQuery) -> np.ndarray:
        scores = np.full(len(self._vectors), np.nan, dtype=np.float32)
        if self._model is None or not (len(query.clauses) or query.liked or query.disliked):
            return scores
        sign = np.array([1 if c.wanted else REFUSED for c in query.clauses], dtype=np.float32)
        voice = sign @ query.clause_vectors + self._vectors[list(query.liked)].sum(axis=0)
        voice /= max(float(np.linalg.norm(voice)), 1e-12)
        seeds = self._seeds(query)[: self._model.count]
        parts = (self._model.colikes(seeds)[: self._built], self._model.twins(voice)[: self._built])
        colikes, twins = ((part - part.mean()) / max(part.std(), 1e-12) for part in parts)
        scores[: self._built] = colikes + TWINS * twins
        return scores

    def _seeds(self, query: EncodedQuery) -> np.ndarray:
        """(n,) what each item counts as liked."""
        seeds = query.seeds.copy()
        seeds[list(query.liked)] += LIKED
        seeds[list(query.disliked)] += DISLIKED
        return seeds
