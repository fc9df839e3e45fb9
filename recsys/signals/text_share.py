"""Share: how much those like an item who would have said the text (ridge regression)."""

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.models.tastes import Tastes
from recsys.signals._brevity import brevity
from recsys.signals._newcomer import NOTHING, Newcomer

TITLE = "Liked by such people"
TERM = "ridge regression"
HELP = (
    "How much people like it who would have said something like this: learned from those who have"
    " a history, and from what they might have typed."
)
DEFAULT_WEIGHT = 0.35
FEEDBACK = False
FROM_PEOPLE = True


def apart(query: EncodedQuery) -> float:
    """From 0 to 1: how much of everybody's taste is taken out, for a few words all of it."""
    return brevity(query) ** 3


class Signal(Newcomer):
    """The logarithm of how much they like it, everybody's taste included; but the fewer words ask,
    the less of that: what is liked by all would stand in every list.

    Of what was published, by who is predicted to like it. Without a trained model and without
    words: no opinion.
    """

    MODEL, READER = "tastes", Tastes

    def find(self, query: EncodedQuery) -> np.ndarray:
        if not query.clauses:
            return NOTHING
        taste = self.model.taste(query, self.workspace.graph, self.workspace.vectors)
        less = apart(query)
        found = self.model.share(taste, less)[: self.built]
        return self.with_new(found, lambda likes: self.model.share_of_new(taste, likes, less))
