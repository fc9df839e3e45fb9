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

    Of what was published, by who is predicted to like it. Without a trained model and without
    words: no opinion.
    """

    MODEL, READER = "tastes", Tastes

    def find(self, query: EncodedQuery) -> np.ndarray:
        if not query.clauses:
            return NOTHING
        taste = self.model.taste(query, self.workspace.graph, self.workspace.vectors)
        found = self.model.lift(taste)[: self.built]
        return self.with_new(found, lambda likes: self.model.lift_of_new(taste, likes))
