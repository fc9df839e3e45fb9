"""Meaning: how near an item's description is to what the newcomer says."""

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.workspace import Workspace

TITLE = "Meaning"
HELP = "How close the description is to what was typed, as a language model reads both."
DEFAULT_WEIGHT = 0.6

LIKED, DISLIKED = 0.5, 0.25
"""How far the likes pull the query towards them, and the dislikes away (Rocchio 1971)."""
TURNED_DOWN = 0.5
"""What a full match with a clause that is turned down takes from the score."""


class Signal:
    """Cosine between the centred query and centred items, less the worst unwanted match."""

    def __init__(self, workspace: Workspace):
        self._vectors = workspace.vectors
        self._index = workspace.index

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        target = self._target(query)
        if not target.any():  # nothing is wanted: start as far as can be from what is not
            target = -_unwanted(query).mean(axis=0)
        return self._index.search(target, n)[0]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        items = self._vectors[rows]  # (r, d)
        score = items @ self._target(query)
        unwanted = _unwanted(query)  # (u, d)
        if len(unwanted):
            score = score - TURNED_DOWN * np.maximum(items @ unwanted.T, 0).max(axis=1)
        return score

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[str]:
        wanted = [i for i, clause in enumerate(query.clauses) if clause.wanted]
        if not wanted:
            return [""] * len(rows)
        similarity = self._vectors[rows] @ query.clause_vectors[wanted].T  # (r, w)
        best = [query.clauses[wanted[i]].text for i in similarity.argmax(axis=1)]
        return [f"close in meaning to “{clause}”" for clause in best]

    def _target(self, query: EncodedQuery) -> np.ndarray:
        """(d,) unit vector, or zeros when nothing is wanted."""
        target = query.vector.copy()
        for rows, pull in ((query.liked, LIKED), (query.disliked, -DISLIKED)):
            if rows:
                target += pull * self._vectors[list(rows)].mean(axis=0)
        return target / max(float(np.linalg.norm(target)), 1e-12)


def _unwanted(query: EncodedQuery) -> np.ndarray:
    return query.clause_vectors[[not clause.wanted for clause in query.clauses]]
