"""Autoencoder: what belongs to a text, to some likes, or to both, by a network."""

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.models.autoencoder import Autoencoder
from recsys.signals._newcomer import NOTHING, Newcomer

TITLE = "Goes with it, by a network"
TERM = "variational autoencoder"
HELP = (
    "What people like who say something like this, or like the same, learned by a network. It says"
    " something where it has been trained: python -m recsys train autoencoder."
)
DEFAULT_WEIGHT = 0.0
FEEDBACK = False
FROM_PEOPLE = True


class Signal(Newcomer):
    """The logit of a like, popularity included.

    Without a trained model, with neither words nor likes, and of what was published: no opinion.
    """

    MODEL, READER = "autoencoder", Autoencoder

    def find(self, query: EncodedQuery) -> np.ndarray:
        if not (query.clauses or query.liked):
            return NOTHING
        graph, stems = self.workspace.graph, self.workspace.language.stems
        return self.model.score(query, graph, self.workspace.vectors, stems)[: self.built]
