"""Where a random walk over the knowledge graph starts: at what was named, and at what is liked."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from recsys.datatypes import Link
from recsys.knowledge.graph import Graph


def start_weights(
    graph: Graph, links: Sequence[Link], liked: Sequence[int] = ()
) -> dict[int, float]:
    """Node -> weight of all that is wanted or liked: the restart nodes of the walk.

    What is named weighs 1 in sum, and so do the ``liked`` rows, each as much as the others.
    """
    return spread(graph, links, wanted=True) | even(liked)


def spread(graph: Graph, links: Sequence[Link], wanted: bool) -> dict[int, float]:
    """Node -> weight, 1 in sum, of what is wanted, or of what is not.

    Words weigh by the IDF of what they name, times the root of its ties, since a node hands its
    weight on in as many parts. Nodes that the same words name share it by their ties.
    """
    groups: defaultdict[tuple[int, str], list[Link]] = defaultdict(list)
    for link in links:
        if link.wanted == wanted:
            groups[link.clause, link.said].append(link)
    weight: defaultdict[int, float] = defaultdict(float)
    for group in groups.values():
        ties = np.maximum(graph.degree[[link.node for link in group]], 1)
        idf = np.log1p(graph.count / ties)
        whole = (idf * np.sqrt(ties)).sum()
        for link, part in zip(group, ties / ties.sum(), strict=True):
            weight[link.node] += float(link.strength * whole * part)
    total = sum(weight.values())
    return {node: part / total for node, part in weight.items()}


def even(rows: Sequence[int]) -> dict[int, float]:
    """Row -> weight, the same for all and 1 in sum."""
    return dict.fromkeys(rows, 1 / max(len(rows), 1))
