"""Multi-task: what is liked by who would have said the text, by a network of three tasks."""

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.models.multi_task import MultiTask
from recsys.signals._newcomer import NOTHING, Newcomer

TITLE = "Fits it, by a network of tasks"
TERM = "multi-task learning"
HELP = (
    "What people like who would have said something like this, by a network that learned what items"
    " are and what is liked together at once. It says something where it has been trained: python"
    " -m recsys train multi_task."
)
DEFAULT_WEIGHT = 0.0
FEEDBACK = False
FROM_PEOPLE = True


class Signal(Newcomer):
    """The logit of a like, popularity included.

    Without a trained model, without words, and of what was published: no opinion.
    """

    MODEL, READER = "multi_task", MultiTask

    def find(self, query: EncodedQuery) -> np.ndarray:
        if not query.clauses:
            return NOTHING
        stems = self.workspace.language.stems
        return self.model.score(query, self.workspace.graph, stems)[: self.built]
