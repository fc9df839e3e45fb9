"""From text to behaviour by two towers: what somebody says, and what an item is, as factors.

Users are made to speak by pseudo-profiles, and who typed is believed more. Likes stand beside the
text and are dropped from most examples (DropoutNet, Volkovs et al. 2017), so that the text alone
suffices. The loss is a softmax over the items drawn for a batch; that popular ones are drawn more
often is taken out of their scores (logQ correction, Yi et al. 2019).
"""

from collections.abc import Mapping

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.knowledge.graph import Graph
from recsys.learning.loop import fit as fit_net
from recsys.learning.reader import Reader, Stems, unit
from recsys.models import TrainingContext
from recsys.models._people import listen
from recsys.models.text_tower.training import Config, Task
from recsys.store.workspace import Workspace

TITLE = "Text to behaviour, by two towers"
HELP = "What people like who would have said such a text: a network, trained on request."
NEEDS = ("likes",)
ON_REQUEST = True


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``Tower`` reads; empty where fewer than ten users like enough items."""
    rng = np.random.default_rng(config.seed)
    told = listen(workspace, config, context, rng)
    if told is None:
        return {}
    task = Task(told, config, rng)
    history = fit_net(task, config, context.checkpoint, context.progress)
    return task.arrays() | told.reader.arrays() | {"history": history}


class Tower:
    """What ``fit`` learned, ready to be asked, without torch; n is the ``count`` of items."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        self._arrays, self._reader = arrays, Reader.of(arrays)
        self.count = len(arrays["item_bias"])

    def score(
        self,
        query: EncodedQuery,
        graph: Graph,
        vectors: np.ndarray,
        stems: Stems,
    ) -> np.ndarray:
        """(n,) the logit of each item for the query; ``vectors`` (n, d) are the items' meanings."""
        a = self._arrays
        said = self._reader.query(query, graph, stems) - a["centre"]
        liked = unit(vectors[list(query.liked)].sum(axis=0))
        factors = np.concatenate([said, liked]) @ a["text"].T + a["text_bias"]
        found: np.ndarray = a["items"] @ factors + a["item_bias"]
        return found
