"""Known facts: how near an item is, along the knowledge graph, to what was named and liked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from recsys.datatypes import EncodedQuery
from recsys.knowledge.graph import Graph, Path
from recsys.knowledge.linking import PROPER, Link, Linker
from recsys.store.workspace import Workspace

TITLE = "Known facts"
HELP = (
    "How closely facts (people, genres, themes, places) tie an item to what was named and liked."
    " A rare fact counts more than a common one."
)
DEFAULT_WEIGHT = 0.5
SEEDS = True

LIKED, REFUSED, DISLIKED = 0.3, 0.5, 0.15
"""What all likes weigh beside 1 for all that is said, and what is turned down takes away."""
LEAST_ITEMS = 5
"""An entity has a meaning of its own when so many items share it."""
TIMELESS = PROPER | {"country", "decade"}
"""Kinds that are not about anything: nobody means them without naming them."""


class Signal:
    """Random walk with restart from the linked nodes and the likes, less what is turned down."""

    def __init__(self, workspace: Workspace):
        self.graph = workspace.graph
        self._names = self.graph.nodes["name"].to_numpy()
        self._kinds = self.graph.nodes["kind"].to_numpy()
        self._linker = Linker(
            self.graph.nodes,
            workspace.catalogue.items["text"],
            *_centres(self.graph, workspace.vectors),
        )
        self._latest: tuple[object, list[Link], np.ndarray] | None = None

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        affinity = np.nan_to_num(self._answer(query)[1])  # (items,)
        best = np.argsort(-affinity, kind="stable")[:n]
        return best[affinity[best] > 0]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return self._answer(query)[1][rows]

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[str]:
        said = {link.node: link.said for link in reversed(self.links(query)) if link.wanted}
        found = self.graph.paths(self.seeds(query), rows.tolist(), most=1)
        return [
            f"you named it: “{said[row]}”"
            if row in said
            else self._sentence(paths[0], said)
            if paths
            else ""
            for row, paths in zip(rows.tolist(), found, strict=True)
        ]

    def links(self, query: EncodedQuery) -> list[Link]:
        """What the query's words stand for in the graph."""
        return self._answer(query)[0]

    def seeds(self, query: EncodedQuery) -> dict[int, float]:
        """Node -> weight of all that is wanted or liked: where the walk starts."""
        return self._spread(self.links(query), wanted=True) | _even(query.liked)

    def _answer(self, query: EncodedQuery) -> tuple[list[Link], np.ndarray]:
        """The links, and every item's affinity (n,); kept until another query comes."""
        about = (query.text, query.clauses, query.liked, query.disliked)
        latest = self._latest  # one look: another thread may replace it
        if latest is None or latest[0] != about:
            clauses = [(clause.text, clause.wanted) for clause in query.clauses]
            links = self._linker.link(query.text, clauses, query.clause_vectors)
            latest = self._latest = (about, links, self._affinity(links, query))
        return latest[1], latest[2]

    def _affinity(self, links: Sequence[Link], query: EncodedQuery) -> np.ndarray:
        start = np.zeros(len(self.graph.nodes), dtype=np.float32)  # (N,)
        for share, seeds in (
            (1.0, self._spread(links, wanted=True)),
            (-REFUSED, self._spread(links, wanted=False)),
            (LIKED, _even(query.liked)),
            (-DISLIKED, _even(query.disliked)),
        ):
            start[list(seeds)] += share * np.array(list(seeds.values()), dtype=np.float32)
        start[self.graph.strength == 0] = 0
        if not start.any():
            return np.full(self.graph.count, np.nan, dtype=np.float32)
        return self.graph.affinity(start)

    def _spread(self, links: Sequence[Link], wanted: bool) -> dict[int, float]:
        """Node -> weight, 1 in sum.

        Words weigh by the rarity of what they name, times the root of its ties, since a node hands
        its weight on in as many parts. Nodes that the same words name share it by their ties.
        """
        groups: defaultdict[tuple[int, str], list[Link]] = defaultdict(list)
        for link in links:
            if link.wanted == wanted:
                groups[link.clause, link.said].append(link)
        weight: defaultdict[int, float] = defaultdict(float)
        for group in groups.values():
            ties = np.maximum(self.graph.degree[[link.node for link in group]], 1)
            whole = (np.log1p(self.graph.count / ties) * np.sqrt(ties)).sum()
            for link, part in zip(group, ties / ties.sum(), strict=True):
                weight[link.node] += float(link.strength * whole * part)
        total = sum(weight.values())
        return {node: part / total for node, part in weight.items()}

    def _sentence(self, path: Path, said: Mapping[int, str]) -> str:
        start, relation, _ = path[0]
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
        return " → ".join(words)


def _even(rows: Sequence[int]) -> dict[int, float]:
    return dict.fromkeys(rows, 1 / max(len(rows), 1))


def _centres(graph: Graph, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The entities that are about something (m,), and the mean of their items (m, d), unit rows."""
    about = ~graph.nodes["kind"].isin(TIMELESS) & (graph.degree >= LEAST_ITEMS)
    entities = np.flatnonzero(about)
    ties: sparse.csr_array = graph.weights[entities][:, : graph.count]
    ties.data[:] = 1
    centres = ties @ vectors  # (m, d)
    return entities, centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-12)
