"""Graph network: what people like who would have said the text, by messages along known facts."""

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.models import Arrays
from recsys.models.graph_network import GraphNetwork
from recsys.signals._newcomer import NOTHING, Newcomer

TITLE = "Liked by such people, by facts"
TERM = "graph neural network"
HELP = (
    "What people like who would have said something like this, learned by a network that passes"
    " messages along the known facts. It says something where it has been trained:"
    " python -m recsys train graph_network."
)
DEFAULT_WEIGHT = 0.0
FEEDBACK = False
FROM_PEOPLE = True


class Signal(Newcomer):
    """The logit of a like, popularity included, of what was published as well.

    Without a trained model, and where nothing is said, named or liked: no opinion.
    """

    MODEL = "graph_network"

    def read(self, arrays: Arrays) -> GraphNetwork:
        return GraphNetwork(arrays, self.workspace.graph, self.workspace.vectors)

    def find(self, query: EncodedQuery) -> np.ndarray:
        if not (query.clauses or query.links or query.liked):
            return NOTHING
        return self.model.score(query, self.workspace.language.stems)
