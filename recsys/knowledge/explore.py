"""Exploring the knowledge graph: what is around a node, what ties two of them, how it hangs
together.

What is rare tells most: a tie weighs what ``Graph.weights`` says, so that a path leads through a
director rather than through "is a drama".
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from recsys.knowledge.graph import MOST_NEIGHBOURS, Graph, Path
from recsys.knowledge.names import unaccented

MOST_NODES = 80
"""More than these are no picture."""
OUTER_SHARE = 1 / 3
"""So much of a picture is for what is tied to what is tied to its centres."""
MAX_VIAS = 2_000
"""So many nodes are tried, the best first, as the middle of another path."""


@dataclass(frozen=True)
class Route:
    """A way between two nodes, and how telling it is: the weight of a single tie that would resist
    as much."""

    hops: Path
    worth: float


def neighbourhood(
    graph: Graph, centres: Sequence[int], known: np.ndarray, most: int = MOST_NODES
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is around the ``centres``, at most ``most`` nodes with them, the most telling first.

    Of ties that weigh the same, those to the better known come first: ``known`` (n,) of each item,
    such as its likes. Nodes: node, name, kind, degree, ring (0 for the centres, 1 for what is tied
    to one, 2 for what is tied to these), weight (of the ties to the ring before). Edges: source,
    target, relation.
    """
    centres = list(dict.fromkeys(centres))[:most]
    room = most - len(centres)
    by_centre = [_tied(graph, centre, known) for centre in centres]
    inner = [node for node in _by_turns(by_centre) if node not in centres]
    outer_room = int(room * OUTER_SHARE)
    inner = inner[: room - outer_room]
    outer = _outer(graph, centres, inner, known, outer_room)
    nodes = [*centres, *inner, *outer]
    rings = [0] * len(centres) + [1] * len(inner) + [2] * len(outer)
    table = graph.nodes.loc[nodes].reset_index()
    table["ring"] = rings
    weight = np.zeros(len(nodes), dtype=np.float32)
    for ring, before in ((1, centres), (2, inner)):
        own = np.flatnonzero(table["ring"] == ring)
        weight[own] = graph.weights[table["node"].to_numpy()[own]][:, before].sum(axis=1)
    table["weight"] = weight
    return table, graph.ties_among(nodes)


def _tied(graph: Graph, node: int, known: np.ndarray) -> list[int]:
    """What is tied to the node, the most telling first."""
    near, weight = graph.around(node)
    order = np.lexsort((near, -_known(near, known), -weight))
    found: list[int] = near[order].tolist()
    return found


def _known(nodes: np.ndarray, known: np.ndarray) -> np.ndarray:
    """(m,) how well known the ``nodes`` (m,) are; 0 for what is no item."""
    return np.where(nodes < len(known), known[np.minimum(nodes, len(known) - 1)], 0)


def _by_turns(lists: Sequence[Sequence[int]]) -> list[int]:
    """The first of each list, then the second of each, and so on, each once."""
    turns = (node for turn in zip_longest(*lists) for node in turn if node is not None)
    return list(dict.fromkeys(turns))


def _outer(
    graph: Graph, centres: Sequence[int], inner: Sequence[int], known: np.ndarray, most: int
) -> list[int]:
    """What the ``inner`` nodes are tied to beside, by the weight of its ties to them.

    An entity that only one of them has ties nothing, and is none.
    """
    if not inner or most < 1:
        return []
    ties = graph.weights[inner]  # (i, N)
    weight = np.asarray(ties.sum(axis=0))  # (N,)
    weight[[*centres, *inner]] = 0
    shared = np.bincount(ties.indices, minlength=len(weight)) > 1
    near = np.flatnonzero((weight > 0) & (shared | (np.arange(len(weight)) < graph.count)))
    order = np.lexsort((near, -_known(near, known), -weight[near]))
    found: list[int] = near[order[:most]].tolist()
    return found


def between(
    graph: Graph, row: int, said: Mapping[int, float], liked: Collection[int], most: int = 25
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What ties ``row`` to what was ``said`` (node -> weight), to the ``liked``, to others.

    Nodes: node, name, kind, role (item, said, liked, neighbour, entity), weight (of what ties
    it to the item); at most about ``most``. Edges: source, target, relation.
    """
    seeds = dict(said) | {node: 1.0 for node in liked if node != row}
    paths = graph.paths(seeds, [row], most=MOST_NEIGHBOURS)[0] if seeds else []
    on_path = {node for path in paths for one, _, other in path for node in (one, other)}
    shared = graph.shared(row)
    kept = sorted((i for i in liked if shared[i] > 0), key=lambda i: -shared[i])
    items = {row, *kept[:MOST_NEIGHBOURS], *graph.neighbours(row).tolist()}
    near, weight = graph.around(row)
    worth = dict(zip(near.tolist(), weight.tolist(), strict=True))
    ties = {node: len(items & set(graph.around(node)[0].tolist())) for node in worth}
    tying = [node for node in worth if ties[node] > 1 or node in said]
    tying.sort(key=lambda node: -(ties[node] - 1) * worth[node])
    chosen = dict.fromkeys([row, *sorted(on_path), *sorted(items), *tying])
    nodes = [node for node in list(chosen)[:most] if node == row or graph.degree[node]]
    roles = dict.fromkeys(graph.neighbours(row).tolist(), "neighbour")
    roles |= dict.fromkeys(liked, "liked") | dict.fromkeys(said, "said") | {row: "item"}
    table = graph.nodes.loc[nodes, ["name", "kind"]].reset_index()
    usual = ["neighbour" if node < graph.count else "entity" for node in nodes]
    table["role"] = [roles.get(node, other) for node, other in zip(nodes, usual, strict=True)]
    table["weight"] = [worth.get(node, 0.0) for node in nodes]
    return table, graph.ties_among(nodes)


def best_paths(graph: Graph, one: int, other: int, most: int = 5) -> list[Route]:
    """Ways from ``one`` node to the ``other``, the most telling first; none shares a node between.

    A tie of weight w resists by 1 / w, and a path by the sum of its ties, as wires in a row do: so
    a common tie stops more than several rare ones, and of rare ones the fewest are best (after
    Faloutsos, McCurley & Tomkins 2004). The first is the path of least resistance; after it comes
    the best path through each other node.
    """
    if one == other or graph.component[one] != graph.component[other]:
        return []
    weights = graph.weights
    resistance = sparse.csr_array(
        (1 / weights.data.astype(np.float64), weights.indices, weights.indptr), weights.shape
    )
    away, came = dijkstra(resistance, indices=[one, other], return_predecessors=True)  # (2, N)
    whole = away.sum(axis=0)  # (N,) of the best path through each node
    routes: list[Route] = []
    taken: set[int] = set()
    direct = False
    for trail in _trails(whole, came, one, other):
        between = set(trail[1:-1])
        if between & taken or (direct and not between):
            continue
        taken |= between
        direct |= not between
        hops = graph.hops(trail)
        against = sum(float(resistance[start, end]) for start, _, end in hops)
        routes.append(Route(hops, 1 / against))
        if len(routes) == most:
            break
    return routes


def _trails(whole: np.ndarray, came: np.ndarray, one: int, other: int) -> Iterator[list[int]]:
    """The best path through each node, by what it costs in the ``whole`` (N,)."""
    count = min(MAX_VIAS, np.isfinite(whole).sum())
    first = np.argpartition(whole, count - 1)[:count]
    for via in first[np.argsort(whole[first], kind="stable")].tolist():
        trail = [*_back(came[0], via)[::-1], *_back(came[1], via)[1:]]
        if len(set(trail)) == len(trail):
            yield trail


def _back(came: np.ndarray, node: int) -> list[int]:
    """From the node back to where the paths start, by the node before each (N,)."""
    trail = [node]
    while came[trail[-1]] >= 0:
        trail.append(int(came[trail[-1]]))
    return trail


def find(graph: Graph, words: str, known: np.ndarray, most: int = 8) -> list[int]:
    """The nodes whose names have words that begin with all these ``words``, whatever the accents:
    the whole name first, then names that begin so, items before entities, the better known and
    the more tied first. What is tied to nothing is found, too.
    """
    wanted = unaccented(words).split()
    if not wanted:
        return []
    whole, found = " ".join(wanted), []
    names = graph.nodes["name"].tolist()
    for node, name in enumerate(names):
        plain = unaccented(name)
        if all(_begins(plain, word) for word in wanted):
            found.append((plain != whole, not plain.startswith(whole), node))
    nodes = np.array([node for *_, node in found], dtype=np.int64)
    tied = -graph.degree[nodes]
    better = -_known(nodes, known)
    order = sorted(
        range(len(found)),
        key=lambda i: (*found[i][:2], nodes[i] >= graph.count, better[i], tied[i], nodes[i]),
    )
    return [int(nodes[i]) for i in order[:most]]


def _begins(text: str, word: str) -> bool:
    """Whether a word of the ``text`` begins with the ``word``."""
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at >= 0


def components(graph: Graph) -> pd.DataFrame:
    """items, entities of each part that hangs together, the largest first; index its number."""
    numbers = pd.Series(graph.component)
    is_item = pd.Series(np.arange(len(numbers)) < graph.count)
    table = pd.DataFrame(
        {
            "items": is_item.groupby(numbers).sum(),
            "entities": (~is_item).groupby(numbers).sum(),
        }
    )
    return table.sort_values(["items", "entities"], ascending=False, kind="stable")


def hubs(graph: Graph, most: int = 10) -> pd.DataFrame:
    """The entities that tie the most items: node, name, kind, degree."""
    entities = graph.nodes.iloc[graph.count :]
    ordered = entities.sort_values("degree", ascending=False, kind="stable")
    return ordered.head(most).reset_index()


def degree_counts(graph: Graph) -> pd.DataFrame:
    """degree, items, entities: how many of them have so many ties, ascending."""
    ties = np.diff(graph.weights.indptr)  # (N,)
    table = pd.DataFrame({"degree": ties, "items": 0, "entities": 0})
    table.loc[: graph.count - 1, "items"] = 1
    table.loc[graph.count :, "entities"] = 1
    return table.groupby("degree", as_index=False).sum()
