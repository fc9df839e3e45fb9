"""Lift: how much more than everyone those like an item who would have said the text."""

from functools import lru_cache

import numpy as np

from recsys.arrays import greatest
from recsys.datatypes import EncodedQuery, Reason
from recsys.models.tastes import Tastes
from recsys.store.workspace import Workspace

TITLE = "Favourites of such people"
TERM = "ridge regression, lift"
HELP = (
    "How much more than everybody people like it who would have said something like this; how"
    " liked it is by all does not count."
)
DEFAULT_WEIGHT = 0.16
FEEDBACK = False
FROM_PEOPLE = True


class Signal:
    """How many times more than by everyone it is liked by them.

    Without a trained model, without words, and of what was published: no opinion.
    """

    def __init__(self, workspace: Workspace):
        arrays = workspace.models.get("tastes")
        self._model = Tastes(arrays) if arrays else None
        self._graph, self._vectors = workspace.graph, workspace.vectors
        self._built = workspace.built
        self._all = lru_cache(maxsize=8)(self._score_all)

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        scores = self._all(query)[: self._built]
        if np.isnan(scores).all():
            return np.empty(0, dtype=np.int64)
        return greatest(scores, n)

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return self._all(query)[rows]

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        return [Reason()] * len(rows)

    def _score_all(self, query: EncodedQuery) -> np.ndarray:
        scores = np.full(len(self._vectors), np.nan, dtype=np.float32)
        if self._model is not None and len(query.clauses):
            taste = self._model.taste(query, self._graph, self._vectors)
            scores[: self._built] = self._model.lift(taste)[: self._built]
        return scores
