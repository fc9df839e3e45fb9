"""Lift: how much more than everyone those like an item who would have said the text."""

from functools import lru_cache

import numpy as np

from recsys.arrays import greatest
from recsys.datatypes import EncodedQuery, Reason
from recsys.models.new_item.predicted import predicted_likes
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

    Of what was published, by who is predicted to like it. Without a trained model and without
    words: no opinion.
    """

    def __init__(self, workspace: Workspace):
        arrays = workspace.models.get("tastes")
        self._model = Tastes(arrays) if arrays else None
        self._graph, self._vectors = workspace.graph, workspace.vectors
        self._built, self._workspace = workspace.built, workspace
        self._all = lru_cache(maxsize=8)(self._score_all)

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        return greatest(self._all(query), n)

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return self._all(query)[rows]

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        return [Reason()] * len(rows)

    def _score_all(self, query: EncodedQuery) -> np.ndarray:
        scores = np.full(len(self._vectors), np.nan, dtype=np.float32)
        if self._model is not None and len(query.clauses):
            taste = self._model.taste(query, self._graph, self._vectors)
            scores[: self._built] = self._model.lift(taste)[: self._built]
            if new := predicted_likes(self._workspace):
                likes = new.of(self._model.users)
                scores[new.rows] = self._model.lift_of_new(taste, likes)
        return scores
