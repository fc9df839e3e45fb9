"""Facets: what can be asked for in a word, such as a genre, a theme or a decade."""

from dataclasses import dataclass

import numpy as np

from recsys.datatypes import Query
from recsys.ranking.engine import Engine

MIN_SHARE = 0.02
"""A facet is of at least so many of the items: of fewer nobody needs to be asked."""
MAX_SHARE = 0.6
"""And of at most so many."""


@dataclass(frozen=True, eq=False)
class Facet:
    """``fit`` (n,) float32 from 0 to 1: how much each item has of what is called ``name``, a
    ``node`` of the knowledge graph, of a ``kind`` such as genre."""

    node: int
    name: str
    kind: str
    fit: np.ndarray


def facets(engine: Engine) -> tuple[Facet, ...]:
    """What the catalogue's facts have in many items, and is understood when it is typed; each name
    once, the most frequent first."""
    nodes, count = engine.workspace.graph.nodes, len(engine.workspace.catalogue)
    frequent = nodes["degree"].between(MIN_SHARE * count, MAX_SHARE * count)
    chosen = nodes[frequent & (nodes["kind"] != "item")].sort_values(
        "degree", ascending=False, kind="stable"
    )
    found: dict[str, Facet] = {}
    for node, name, kind in zip(chosen.index, chosen["name"], chosen["kind"], strict=True):
        parts = engine.understand(Query(name)).parts
        if name.lower() not in found and len(parts) == 1 and parts[0].fit is not None:
            found[name.lower()] = Facet(int(node), name, kind, parts[0].fit)
    return tuple(found.values())
