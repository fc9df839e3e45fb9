"""What the signals share that ask a trained model about the newcomer, all items at once."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any, ClassVar

import numpy as np

from recsys.arrays import greatest
from recsys.datatypes import EncodedQuery, Reason
from recsys.models import Arrays
from recsys.models.new_item.predicted import predicted_likes
from recsys.store.workspace import Workspace

NOTHING = np.empty(0, dtype=np.float32)
"""No opinion of any row."""


class Newcomer:
    """A signal that says of a query what the model called ``MODEL`` makes of it, as ``READER``
    reads its arrays: its file adds ``find(query)``.

    Without a trained model, and of what ``find`` does not reach: no opinion.
    """

    MODEL: ClassVar[str]
    READER: ClassVar[type[Any]]

    def __init__(self, workspace: Workspace):
        self.workspace, self.built = workspace, workspace.built
        self._all = lru_cache(maxsize=8)(self._score_all)

    @cached_property
    def model(self) -> Any:
        """What ``read`` makes of the trained arrays, when it is first asked for; None without."""
        arrays = self.workspace.models.get(self.MODEL)
        return self.read(arrays) if arrays else None

    def read(self, arrays: Arrays) -> Any:
        """The arrays of the model, ready to be asked."""
        return self.READER(arrays)

    def find(self, query: EncodedQuery) -> np.ndarray:
        """Scores of the first rows, as many as it has an opinion of."""
        raise NotImplementedError

    def with_new(self, found: np.ndarray, of_new: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """``found`` of the first rows, and of the items whose likes nobody knows what ``of_new``
        makes of how probably the model's ``users`` (u,) like them, (u, p)."""
        new = predicted_likes(self.workspace)
        if new is None:
            return found
        scores = np.full(len(self.workspace.vectors), np.nan, dtype=np.float32)
        scores[: len(found)] = found
        scores[new.rows] = of_new(new.of(self.model.users))
        return scores

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        return greatest(self._all(query), n)

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return self._all(query)[rows]

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        return [Reason()] * len(rows)

    def _score_all(self, query: EncodedQuery) -> np.ndarray:
        scores = np.full(len(self.workspace.vectors), np.nan, dtype=np.float32)
        if self.model is not None:
            found = self.find(query)
            scores[: len(found)] = found
        return scores
