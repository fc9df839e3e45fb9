"""Lift: how much more than everyone those like an item who would have said the text."""

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.models.tastes import Tastes
from recsys.signals._newcomer import NOTHING, Newcomer

TITLE = "Favourites of such people"
TERM = "ridge regression, lift"
HELP = (
    "How much more than everybody people like it who would have said something like this; how"
    " liked it is by all does not count."
)
DEFAULT_WEIGHT = 0.16
FEEDBACK = False
FROM_PEOPLE = True


class Signal(Newcomer):
    """How many times more than by everyone it is liked by them.

    Without a trained model, without words, and of what was published: no opinion.
    """

    MODEL, READER = "tastes", Tastes

    def find(self, query: EncodedQuery) -> np.ndarray:
        if not query.clauses:
            return NOTHING
        taste = self.model.taste(query, self.workspace.graph, self.workspace.vectors)
        return self.model.lift(taste)[: self.built]
