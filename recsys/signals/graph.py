"""Known facts: personalised PageRank over the knowledge graph, from what was named and liked."""

from collections.abc import Mapping

import numpy as np

from recsys.arrays import greatest
from recsys.datatypes import EncodedQuery, Reason
from recsys.knowledge.graph import Path
from recsys.knowledge.walk import even, spread, start_weights
from recsys.store.workspace import Workspace

TITLE = "Known facts"
TERM = "knowledge graph"
HELP = (
    "How closely facts (people, genres, themes, places) tie an item to what was named and liked."
    " A rare fact counts more than a common one."
)
DEFAULT_WEIGHT = 0.04
FEEDBACK = True
FROM_PEOPLE = False

LIKED_WEIGHT = 0.3
"""What all likes weigh beside 1 for all that is said."""
NEGATIVE_WEIGHT = -0.5
"""What all that is turned down weighs."""
DISLIKED_WEIGHT = -0.15
"""What all dislikes weigh."""


class Signal:
    """Random walk with restart from the linked nodes and the likes, less what is turned down."""

    def __init__(self, workspace: Workspace):
        self._graph = workspace.graph
        self._names = self._graph.nodes["name"].to_numpy()
        self._kinds = self._graph.nodes["kind"].to_numpy()
        self._latest: tuple[EncodedQuery, np.ndarray] | None = None

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        affinity = self._affinity(query)  # (items,)
        near = np.flatnonzero(affinity > 0)
        return near[greatest(affinity[near], n)]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return self._affinity(query)[rows]

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        said = {link.node: link.said for link in reversed(query.links) if link.wanted}
        start = start_weights(self._graph, query.links, query.liked)
        found = self._graph.without(query.without).paths(start, rows.tolist(), most=1)
        reasons = []
        for row, paths in zip(rows.tolist(), found, strict=True):
            if row in said:
                reasons.append(Reason(f"you named it: “{said[row]}”", (said[row],)))
            elif paths:
                reasons.append(self._reason(paths[0], said))
            else:
                reasons.append(Reason())
        return reasons

    def _affinity(self, query: EncodedQuery) -> np.ndarray:
        """(n,) of every item, NaN where nothing is known; kept until another query comes."""
        latest = self._latest  # one look: another thread may replace it
        if latest is None or not _asks_the_same(latest[0], query):
            latest = self._latest = (query, self._walk(query))
        return latest[1]

    def _walk(self, query: EncodedQuery) -> np.ndarray:
        graph = self._graph.without(query.without)
        start = np.zeros(len(graph.nodes), dtype=np.float32)  # (N,)
        for share, nodes in (
            (1.0, spread(graph, query.links, wanted=True)),
            (NEGATIVE_WEIGHT, spread(graph, query.links, wanted=False)),
            (LIKED_WEIGHT, even(query.liked)),
            (DISLIKED_WEIGHT, even(query.disliked)),
        ):
            start[list(nodes)] += share * np.array(list(nodes.values()), dtype=np.float32)
        start[graph.strength == 0] = 0
        if not start.any():
            return np.full(graph.count, np.nan, dtype=np.float32)
        return graph.affinity(start)

    def _reason(self, path: Path, said: Mapping[int, str]) -> Reason:
        start, relation, _ = path[0]
        phrases = (said[start],) if start in said else ()
        words = [f"you said “{said[start]}”" if start in said else f"liked {self._names[start]}"]
        if self._kinds[start] != "item":
            words.append(f"{relation}: {self._names[start]}")
        for one, relation, other in path[:-1]:
            between = self._kinds[one] == self._kinds[other] == "item"
            entity = self._kinds[other] != "item"
            words += [relation] if between else []
            words.append(f"{relation}: {self._names[other]}" if entity else self._names[other])
        last, relation, row = path[-1]
        if self._kinds[last] == self._kinds[row]:
            words.append(relation)
        return Reason(" → ".join(words), phrases)


def _asks_the_same(one: EncodedQuery, other: EncodedQuery) -> bool:
    """Whether a walk starts at the same nodes: pseudo-relevance feedback makes a new query of the
    same words."""
    asked = [(each.links, each.liked, each.disliked, each.without) for each in (one, other)]
    return asked[0] == asked[1]
