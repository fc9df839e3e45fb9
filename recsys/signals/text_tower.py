"""Tower: what people like who would have said the text, by two towers (a network)."""

from functools import lru_cache

import numpy as np

from recsys.arrays import greatest
from recsys.datatypes import EncodedQuery, Reason
from recsys.models.text_tower import Tower
from recsys.store.workspace import Workspace

TITLE = "Liked by such people, by a network"
TERM = "two-tower network"
HELP = (
    "What people like who would have said something like this, learned by a network. It says"
    " something where it has been trained: python -m recsys train text_tower."
)
DEFAULT_WEIGHT = 0.0
FEEDBACK = False
FROM_PEOPLE = True


class Signal:
    """The logit of a like, popularity included.

    Without a trained model, without words, and of what was published: no opinion.
    """

    def __init__(self, workspace: Workspace):
        arrays = workspace.models.get("text_tower")
        self._model = Tower(arrays) if arrays else None
        self._graph, self._vectors = workspace.graph, workspace.vectors
        self._stems, self._built = workspace.language.stems, workspace.built
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
            found = self._model.score(query, self._graph, self._vectors, self._stems)
            scores[: self._built] = found[: self._built]
        return scores
