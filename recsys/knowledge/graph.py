"""The knowledge graph: items and what they are tied to; random walks and paths on it.

Nodes 0 to n - 1 are the items by row number; the others are *entities*: people, genres, themes,
decades. A person is one node in whatever part; any other name is one node for each kind of tie.
"""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

RELATIONS = {
    "acted_in_by": ("actor", "person"),
    "designed_by": ("designer", "person"),
    "directed_by": ("director", "person"),
    "followed_by": ("followed by", "item"),
    "follows": ("follows", "item"),
    "has_actor": ("actor", "person"),
    "made_by": ("maker", "person"),
    "wd_company": ("company", "company"),
    "wd_genre": ("genre", "genre"),
    "written_by": ("writer", "person"),
}
"""Relation -> what it is called, and the kind of its tails; any other is called by its own name."""
PREFIXES = ("has_", "from_", "wd_")
INVERSE = {"followed by": "follows", "follows": "followed by"}
"""How a tie between two items is called from its other end."""

RESTART = 0.3
"""The chance that a walk starts again, at each step."""
STEPS = 10
LONGEST = 3
"""Most hops of a path that is told."""
MOST_NEIGHBOURS = 6
KEPT = 4
"""So many graphs with fewer ties are kept, the latest."""

Fact = tuple[int, ...]
"""What can be left out of the graph: a node, or two that are tied."""
Hop = tuple[int, str, int]
Path = tuple[Hop, ...]
"""Hops (node, what ties them, node); the last node is the item."""


def label(relation: str) -> str:
    """The relation in a visitor's words.

    >>> label("directed_by"), label("has_card_game"), label("set_in")
    ('director', 'card game', 'set in')
    """
    if relation in RELATIONS:
        return RELATIONS[relation][0]
    prefix = next((prefix for prefix in PREFIXES if relation.startswith(prefix)), "")
    return relation[len(prefix) :].replace("_", " ").strip() or relation


def kind(relation: str) -> str:
    """The kind of what stands at the relation's end."""
    return RELATIONS[relation][1] if relation in RELATIONS else label(relation)


class Graph:
    """``nodes``: index node; name, kind ("item" for items), degree (how many items it is tied to).

    ``weights`` (N, N) symmetric CSR: a tie weighs log(1 + n / degree of the entity), so that a
    decade says less than a director; a tie between two items weighs as one to an entity of two.
    """

    def __init__(self, ids: Sequence[str], triples: pd.DataFrame, titles: Sequence[str]):
        self.count = len(ids)
        edges, entities = _edges(pd.Index(ids), triples)
        size = self.count + len(entities)
        self._pairs, self._ties = _ties(edges, size)
        low, high = np.divmod(np.unique(self._pairs), size)  # low < high: at least low is an item
        degree = np.bincount(np.concatenate([low, high[high < self.count]]), minlength=size)
        degree[self.count :] = np.bincount(high, minlength=size)[self.count :]
        self.nodes = pd.DataFrame(
            {
                "name": [*titles, *entities["name"]],
                "kind": ["item"] * self.count + entities["kind"].tolist(),
                "degree": degree,
            },
            index=pd.RangeIndex(size, name="node"),
        )
        shared = np.where(high < self.count, 2, degree[high])
        weight = np.log1p(self.count / np.maximum(shared, 1)).astype(np.float32)
        self.degree = degree
        self._tie(sparse.coo_array((weight, (low, high)), shape=(size, size)))

    def _tie(self, half: sparse.coo_array) -> None:
        """Makes the weights in ``half`` (N, N), of each pair of nodes once, those of the graph."""
        self.weights = sparse.csr_array(half + half.T)
        self.strength = np.asarray(self.weights.sum(axis=1), dtype=np.float32)  # (N,)
        self._away = 1 / np.maximum(self.strength, 1e-12)
        self._step = sparse.csr_array(self.weights * self._away[None, :])  # (N, N) to, from
        self._fewer: dict[tuple[frozenset[Fact], frozenset[str]], Graph] = {}
        self.component = connected_components(self.weights, directed=False)[1]  # (N,)

    def without(self, facts: Collection[Fact] = (), relations: Collection[str] = ()) -> "Graph":
        """The same nodes with fewer ties; those that are left weigh what they did.

        A fact is a pair of nodes, or a single one that loses all its ties. A pair that one of the
        ``relations``, labels, ties goes unless another does, too.
        """
        asked = frozenset(facts), frozenset(relations)
        if not any(asked):
            return self
        found = self._fewer.get(asked)
        if found is None:
            found = self._pruned(*asked)
            self._fewer = dict([*self._fewer.items(), (asked, found)][-KEPT:])
        return found

    def _pruned(self, facts: Collection[Fact], relations: Collection[str]) -> "Graph":
        half = sparse.coo_array(sparse.triu(self.weights))
        low, high = half.coords
        kept = np.ones(half.nnz, dtype=bool)
        for fact in facts:
            ends = np.isin(low, fact), np.isin(high, fact)
            kept &= ~(ends[0] & ends[1] if len(fact) > 1 else ends[0] | ends[1])
        if relations:
            off = {*relations, *(INVERSE[name] for name in relations if name in INVERSE)}
            others = self._pairs[~pd.Series(self._ties[0]).isin(off).to_numpy()]
            kept &= np.isin(low.astype(np.int64) * len(self.nodes) + high, others)
        other = copy(self)
        other._tie(sparse.coo_array((half.data[kept], (low[kept], high[kept])), half.shape))
        return other

    def by_relation(self) -> dict[str, sparse.csr_array]:
        """Relation, in a visitor's words -> the weights (N, N) of its ties, symmetric."""
        size = len(self.nodes)
        low, high = np.divmod(self._pairs, size)
        weight = self.weights[low, high].astype(np.float32)
        codes, names = pd.factorize(self._ties[0], sort=True)
        found = {}
        for code, name in enumerate(names):
            own = np.flatnonzero(codes == code)
            half = sparse.coo_array((weight[own], (low[own], high[own])), shape=(size, size))
            found[str(name)] = sparse.csr_array(half + half.T)
        return found

    def walk(self, start: np.ndarray) -> np.ndarray:
        """(N,) where a random walk with restart is found, after STEPS steps (Haveliwala 2002).

        ``start`` (N,) is where it starts, and may be negative: walks add up.
        """
        again = start.astype(np.float32)
        nodes = self._connected(np.flatnonzero(again))
        if 2 * len(nodes) > len(again):
            return _walked(self._step, again)
        mass = np.zeros(len(again), dtype=np.float32)
        mass[nodes] = _walked(self._step[nodes][:, nodes], again[nodes])
        return mass

    def _connected(self, nodes: np.ndarray) -> np.ndarray:
        """The nodes that a walk from any of ``nodes`` can come to, ascending."""
        reached = np.zeros(len(self.component), dtype=bool)  # by component
        reached[self.component[nodes]] = True
        return np.flatnonzero(reached[self.component])

    def affinity(self, start: np.ndarray) -> np.ndarray:
        """(n,) how near each item is to ``start`` (N,); NaN for an item that is tied to nothing.

        The walk's mass over the square root of what a walk from nowhere would leave there, which
        is the strength of the node: between favouring what has many ties and what has few.
        """
        strength = self.strength[: self.count]
        mass = self.walk(start)[: self.count]
        known = strength > 0
        return np.where(known, mass / np.sqrt(np.where(known, strength, 1)), np.nan)

    def relations(self, one: int, other: int) -> list[str]:
        """What ties the two nodes, read from ``one`` to ``other`` where both are items."""
        key = min(one, other) * len(self.nodes) + max(one, other)
        first, last = np.searchsorted(self._pairs, [key, key + 1])
        found = dict.fromkeys(
            INVERSE.get(name, name) if head == other and max(one, other) < self.count else name
            for name, head in zip(*(part[first:last] for part in self._ties), strict=True)
        )
        return list(found)

    @property
    def relation_counts(self) -> pd.Series:
        """How many ties each relation has, by its label, the most used first."""
        return pd.Series(self._ties[0], dtype=object).value_counts()

    def around(self, node: int) -> tuple[np.ndarray, np.ndarray]:
        """The nodes tied to ``node`` and the weights of the ties."""
        span = slice(*self.weights.indptr[node : node + 2])
        return self.weights.indices[span], self.weights.data[span]

    def paths(
        self, seeds: Mapping[int, float], rows: Collection[int], most: int = 3
    ) -> list[list[Path]]:
        """For each of ``rows``, up to ``most`` paths from the ``seeds`` (node -> weight above 0).

        The shortest first, of these the one that a walk takes most; no two share their last tie.
        """
        before = np.zeros(len(self.nodes), dtype=np.float32)  # (N,) where a walk starts
        before[list(seeds)] = list(seeds.values())
        after = np.zeros_like(before)  # (N,) where it is after one step
        for node in sorted(seeds):
            near, weight = self.around(node)
            after[near] += weight * self._away[node] * before[node]
        return [self._paths_to(row, [before, after], most) for row in rows]

    def _paths_to(self, row: int, layers: list[np.ndarray], most: int) -> list[Path]:
        found: dict[int, list[int]] = {}  # by the last node before the row
        near, weight = self.around(row)
        if layers[0][row] or not len(near):
            return []
        onward = weight / self.strength[near]
        for length in range(1, LONGEST + 1):
            if len(found) == most:
                break
            # The last step is taken only to where it is asked for: of a million nodes, a few.
            there = layers[length - 1][near] if length < LONGEST else self._step[near] @ layers[-1]
            arriving = there * onward
            for place in np.argsort(-arriving, kind="stable")[: most + len(found)]:
                if len(found) == most:
                    break
                last = int(near[place])
                if arriving[place] > 0 and last not in found:
                    trail = self._back([row, last], layers[: length - 1])
                    if trail:
                        found[last] = trail
        return [self.hops(trail[::-1]) for trail in found.values()]

    def _back(self, trail: list[int], layers: list[np.ndarray]) -> list[int]:
        """The trail led back to where the walk most likely started, [] when only through itself."""
        for layer in reversed(layers):
            near, weight = self.around(trail[-1])
            came = layer[near] * weight / self.strength[near]
            came[np.isin(near, trail)] = 0
            if not came.any():
                return []
            trail = [*trail, int(near[came.argmax()])]
        return trail

    def hops(self, trail: Sequence[int]) -> Path:
        """The trail of nodes with what ties each to the next."""
        return tuple(
            (one, ", ".join(self.relations(one, other)), other) for one, other in pairwise(trail)
        )

    def neighbours(self, row: int, most: int = MOST_NEIGHBOURS) -> np.ndarray:
        """The items that share the most with ``row`` by the weight of what they share."""
        shared = self.shared(row)
        best = np.argsort(-shared, kind="stable")[:most]
        return best[shared[best] > 0]

    def shared(self, row: int) -> np.ndarray:
        """(n,) the weight of what each item shares with ``row``; 0 for itself."""
        near, weight = self.around(row)
        shared = np.zeros(len(self.nodes), dtype=np.float32)
        for node, worth in zip(near.tolist(), weight, strict=True):
            shared[node if node < self.count else self.around(node)[0]] += worth
        shared[row] = 0
        return shared[: self.count]

    def ties_among(self, nodes: Sequence[int]) -> pd.DataFrame:
        """source, target, relation of what ties two of the ``nodes``."""
        chosen = np.sort(np.asarray(nodes))
        part = sparse.coo_array(sparse.triu(self.weights[chosen][:, chosen]))
        pairs = zip(chosen[part.coords[0]].tolist(), chosen[part.coords[1]].tolist(), strict=True)
        found = [(a, b, relation) for a, b in pairs for relation in self.relations(a, b)]
        return pd.DataFrame(found, columns=["source", "target", "relation"])


def _walked(step: sparse.csr_array, again: np.ndarray) -> np.ndarray:
    """(N,) the mass after STEPS steps, (N, N) to and from, that start ``again`` (N,) at times."""
    mass = again
    again = RESTART * again
    for _ in range(STEPS):
        mass = step @ mass
        mass *= 1 - RESTART
        mass += again
    return mass


def _edges(ids: pd.Index, triples: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """head (row), tail (node), relation (label); and the entities: name, kind.

    The tails of a relation are items when at least half of them are ids.
    """
    edges = pd.DataFrame(
        {
            "head": ids.get_indexer(triples["head"]),
            "tail": ids.get_indexer(triples["tail"]),
            "relation": triples["relation"].map(
                {r: label(r) for r in triples["relation"].unique()}
            ),
            "kind": triples["relation"].map({r: kind(r) for r in triples["relation"].unique()}),
            "name": triples["tail"],
        }
    )
    edges = edges[edges["head"] >= 0]
    between = (edges["tail"] >= 0).groupby(edges["relation"]).transform("mean") >= 0.5
    edges.loc[~between, "tail"] = -1
    named = edges["tail"] < 0
    keys = pd.MultiIndex.from_frame(edges.loc[named, ["name", "kind"]])
    codes, entities = keys.factorize()
    edges.loc[named, "tail"] = codes + len(ids)
    return edges[edges["head"] != edges["tail"]], entities.to_frame(
        index=False, name=["name", "kind"]
    )


def _ties(edges: pd.DataFrame, size: int) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Sorted keys low * size + high of the pairs (t,), and their relations and heads (t,)."""
    head, tail = edges["head"].to_numpy(), edges["tail"].to_numpy()
    keys = np.minimum(head, tail) * size + np.maximum(head, tail)
    order = np.argsort(keys, kind="stable")
    return keys[order], (edges["relation"].to_numpy(dtype=object)[order], head[order])
