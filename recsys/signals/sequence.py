"""Sequence: what people like after what is known to be liked, in this order, by a network."""

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.models.sequence import NextItem
from recsys.signals._newcomer import NOTHING, Newcomer

TITLE = "Liked next, by a network"
TERM = "self-attentive sequential recommendation"
HELP = (
    "What people like after what you like, the last of it last, learned by a network. It says"
    " something where it has been trained: python -m recsys train sequence."
)
DEFAULT_WEIGHT = 0.0
FEEDBACK = False
FROM_PEOPLE = True


class Signal(Newcomer):
    """The logit of the next like; what was published is read by its text.

    Without a trained model, and without likes: no opinion.
    """

    MODEL, READER = "sequence", NextItem

    def find(self, query: EncodedQuery) -> np.ndarray:
        if not query.liked:
            return NOTHING
        return self.model.score(query.liked, self.workspace.vectors)
