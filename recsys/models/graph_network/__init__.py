"""A graph neural network over the knowledge graph: items, entities and users, each as factors.

What a node hears from its neighbours, h_i = sigma(sum_j A_ij W h_j + b), is added to what it is
(Kipf & Welling 2017), relation by relation (Schlichtkrull et al. 2018, with one number a relation).
An item starts as its text and factors of its own, an entity as nothing: it is what its items are.
So an item without a like, or an entity added since, has factors as well. A user's node hears from
what is said, named and liked. Nothing is learned of any user, or of any entity.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.arrays import packed, unpacked
from recsys.datatypes import EncodedQuery, Link, Progress, no_progress
from recsys.knowledge.graph import Graph
from recsys.learning.loop import Checkpoint
from recsys.learning.loop import fit as fit_net
from recsys.learning.reader import Reader, Stems
from recsys.models import TrainingContext
from recsys.models._people import JUDGED_PROFILES, listen
from recsys.models.graph_network.network import Config, forward, normalised
from recsys.models.graph_network.training import Known, Task, joined
from recsys.store.workspace import Workspace

__all__ = ["HELP", "NEEDS", "ON_REQUEST", "TITLE", "Config", "GraphNetwork", "fit", "learn"]

TITLE = "Graph network"
HELP = "What people like, by a neural network that passes messages along the known facts."
NEEDS = ("likes",)
ON_REQUEST = True


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``GraphNetwork`` reads; empty where fewer than ten users like enough items,
    or nothing is known of any item."""
    rng = np.random.default_rng(config.seed)
    ties, told = workspace.graph.by_relation(), listen(workspace, config, context, rng)
    if told is None or not ties:
        return {}
    named = nodes_named(workspace.graph, told.names)
    centre = told.pseudo.mean(axis=(0, 1))
    nothing = sparse.csr_array(told.likes.shape, dtype=np.float32)
    everyone = [
        Known(text - centre, sparse.csr_array(own.said @ named), nothing, told.likes)
        for text, own in zip(told.pseudo, told.profiles, strict=True)
    ]
    judging = rng.random(len(told.ids)) < config.held_out
    judging[rng.integers(len(told.ids))] = True
    teachers = [own.some(np.flatnonzero(~judging)) for own in everyone]
    judges = [own.some(np.flatnonzero(judging)) for own in everyone[:JUDGED_PROFILES]]
    progress, checkpoint = context.progress, context.checkpoint
    vectors = workspace.vectors
    arrays = learn(ties, vectors, teachers, joined(judges), config, progress, checkpoint)
    of_built = {name: arrays[name][: workspace.built] for name in ("own", "worth")}
    return arrays | of_built | told.reader.arrays() | {"centre": centre.astype(np.float32)}


def learn(
    ties: Mapping[str, sparse.csr_array],
    content: np.ndarray,
    teachers: Sequence[Known],
    judges: Known,
    config: Config,
    progress: Progress = no_progress,
    checkpoint: Checkpoint | None = None,
) -> dict[str, np.ndarray]:
    """The parameters by name, the ``names`` of the relations, and the ``history``.

    ``ties`` are the adjacency (N, N) of each relation, whose first n nodes are the items; what
    these are is ``content`` (n, c). For ``teachers`` and ``judges`` see ``Task``.
    """
    passed = normalised(ties)
    task = Task(list(passed.values()), content, teachers, judges, config)
    history = fit_net(task, config, checkpoint, progress)
    return task.arrays() | {"names": packed(passed), "history": history}


class GraphNetwork:
    """What ``fit`` learned, on the graph as it is now: ``nodes`` (N, f) are the factors of the n
    items, which mean ``vectors`` (n, d), and of all else."""

    def __init__(self, arrays: Mapping[str, np.ndarray], graph: Graph, vectors: np.ndarray):
        self._arrays, self._graph = arrays, graph
        self._reader = Reader.of(arrays)
        passed = normalised(graph.by_relation())
        known = dict(zip(unpacked(arrays["names"]), arrays["relations"].tolist(), strict=True))
        usual = float(np.mean(arrays["relations"]))  # of a relation that came since
        weights = np.array([known.get(name, usual) for name in passed], dtype=np.float32)
        self.nodes = forward(list(passed.values()), vectors, {**arrays, "relations": weights})
        self._items = self.nodes[: graph.count]
        self._worth = np.full(graph.count, np.median(arrays["worth"]), dtype=np.float32)
        self._worth[: len(arrays["worth"])] = arrays["worth"]

    def score(self, query: EncodedQuery, stems: Stems) -> np.ndarray:
        """(n,) the logit of each item for what is said, named and liked."""
        user = self._items[list(query.liked)].sum(axis=0) / max(len(query.liked), 1) ** 0.5
        if query.clauses:
            text = self._reader.query(query, self._graph, stems) - self._arrays["centre"]
            user = user + self._arrays["text"] @ text
        negative = float(self._arrays["weights"][2])
        for node, weight in named_nodes(query.links, negative).items():
            user = user + weight * self.nodes[node]
        found: np.ndarray = self._items @ user + self._worth
        return found


def named_nodes(links: Sequence[Link], negative: float) -> dict[int, float]:
    """Node -> how much it is named: nodes that the same words name share it, and what is refused
    counts ``negative``."""
    sharing = Counter((link.clause, link.said) for link in links)
    found: dict[int, float] = {}
    for link in links:
        share = link.strength / sharing[link.clause, link.said]
        found[link.node] = found.get(link.node, 0) + share * (1 if link.wanted else negative)
    return found


def nodes_named(graph: Graph, names: Sequence[str]) -> sparse.csr_array:
    """(a, N) which nodes each of the ``names`` (a,) means: all of that name, in whatever letters,
    share it."""
    entities = graph.nodes["name"].iloc[graph.count :].str.casefold()
    nodes = pd.DataFrame({"key": entities, "node": entities.index})
    called = pd.DataFrame({"key": [name.casefold() for name in names], "name": range(len(names))})
    pairs = called.merge(nodes, on="key")
    share = 1 / pairs.groupby("name")["node"].transform("size")
    places = (pairs["name"].to_numpy(np.int64), pairs["node"].to_numpy(np.int64))
    shape = (len(names), len(graph.nodes))
    return sparse.csr_array((share.to_numpy(np.float32), places), shape=shape)
