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
from recsys.learning.pseudo_profiles import Manner
from recsys.learning.taste_space import label_space, speak
from recsys.learning.word_space import learn as learn_words
from recsys.models import TrainingContext
from recsys.models.text_tower.reading import Config, Reader, Stems, unit
from recsys.models.text_tower.training import Task
from recsys.store.labels import labels
from recsys.store.workspace import Workspace

TITLE = "Text to behaviour, by two towers"
HELP = "What people like who would have said such a text: a network, trained on request."
NEEDS = ("likes",)
ON_REQUEST = True


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``Tower`` reads; empty where fewer than ten users like enough items."""
    rng = np.random.default_rng(config.seed)
    counts = np.diff(workspace.interactions.likes.indptr)
    users = np.flatnonzero(counts >= config.min_likes)
    if len(users) > config.max_users:
        users = np.sort(rng.choice(users, config.max_users, replace=False))
    if len(users) < 10:
        return {}
    likes = workspace.interactions.likes[users]
    tied, said = labels(workspace, config.min_items, config.max_labels)
    manner = Manner(negative_weight=config.negative_weight)
    profiles = speak(likes, tied, said, config.profiles, manner, rng, context.progress)
    space, merge = label_space(profiles, said, tied, config.min_said)
    stems = workspace.language.stems
    documents = workspace.catalogue.documents()["document"]
    texts = [stems(text) for text in documents]
    words = learn_words(texts, config.buckets, config.words, config.seed)
    reader = Reader(space, words, config)
    items = np.concatenate([workspace.vectors, words.vectors(texts)], axis=1)  # (n, c)
    names = said["name"].tolist()
    voices = np.zeros((0, workspace.vectors.shape[1]), dtype=np.float32)
    if names:
        voices = workspace.centre(context.encoder.encode(names, context.progress))
    spoken = np.concatenate([voices, words.vectors([stems(name) for name in names])], axis=1)
    pseudo = np.stack([reader.profiles(own, items, spoken, merge) for own in profiles])
    typed = {
        user: reader.query(query, workspace.graph, stems) for user, query in context.typed().items()
    }
    ids, width = workspace.interactions.users[users], workspace.vectors.shape[1]
    task = Task(likes, ids, pseudo, typed, items, width, config, rng)
    history = fit_net(task, config, context.checkpoint, context.progress)
    return task.arrays() | reader.arrays() | {"history": history}


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
