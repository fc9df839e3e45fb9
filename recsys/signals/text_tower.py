"""Tower: what people like who would have said the text, by two towers (a network)."""

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.models.text_tower import Tower
from recsys.signals._newcomer import NOTHING, Newcomer

TITLE = "Liked by such people, by a network"
TERM = "two-tower network"
HELP = (
    "What people like who would have said something like this, learned by a network. It says"
    " something where it has been trained: python -m recsys train text_tower."
)
DEFAULT_WEIGHT = 0.0
FEEDBACK = False
FROM_PEOPLE = True


class Signal(Newcomer):
    """The logit of a like, popularity included.

    Without a trained model, without words, and of what was published: no opinion.
    """

    MODEL, READER = "text_tower", Tower

    def find(self, query: EncodedQuery) -> np.ndarray:
        if not query.clauses:
            return NOTHING
        graph, stems = self.workspace.graph, self.workspace.language.stems
        return self.model.score(query, graph, self.workspace.vectors, stems)[: self.built]
