"""Where the visitor stands in the graph: its centres, the way there, what is switched off.

Nodes are kept by their names (pages/shared/nodes), which stay when the graph is edited.
"""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.shared import address, nodes
from recsys.knowledge.graph import Graph
from recsys.store.workspace import Workspace

TRAIL = "graph_here_trail"
"""Key in the visit of the places visited, each the names of its centres; the first one first."""
AT = "graph_here_at"
"""Key in the visit of the number of the place that is shown."""
TARGET = "graph_here_target"
"""Key in the visit of the name of the node to which paths lead; None where none are asked for."""
FROM_TASTE = "graph_here_from_taste"
"""Key in the visit: paths start at the taste."""
OFF = "graph_here_off"
"""Key in the visit of the relations that are switched off."""
CHOSEN = "graph_here_chosen"
"""Key in the visit of the name of the node, or the tie, that the card tells of."""

MOST_CENTRES = 5
"""So many nodes are spread out at once, the latest."""
MOST_KEPT = 50
"""So many places are kept, the latest."""


def set_place(opened: Workspace) -> None:
    """Puts into the visit what the address, or another page, says of the place; what the graph has
    not is left out."""
    state, graph = st.session_state, opened.graph
    if TRAIL not in state:
        said = nodes.known(opened, address.values("centre"))[:MOST_CENTRES]
        state[TRAIL], state[AT] = [tuple(said)], 0
        state[TARGET] = next(iter(nodes.known(opened, address.values("to"))), None)
        state[FROM_TASTE] = address.text("start", "") == "taste"
        state[OFF] = address.names("off", graph.relation_counts.index)
        state[CHOSEN] = next(iter(nodes.known(opened, address.values("chosen"))), None)
    if asked := state.pop(nodes.ASKED, None):
        go([asked])
    if asked := state.pop(nodes.PATH_ASKED, None):
        go([asked])
        state[TARGET], state[FROM_TASTE] = asked, True
    kept = [tuple(nodes.known(opened, names)) for names in state[TRAIL]]
    if not kept[state[AT]]:
        kept[state[AT]] = (_first(opened),)
    state[TRAIL] = kept
    for key in (TARGET, CHOSEN):
        if state[key] is not None and nodes.fact(opened, state[key]) is None:
            state[key] = None


def _first(opened: Workspace) -> str:
    """The item that is tied and most liked: something to look at before the first click."""
    tied = opened.graph.strength[: opened.graph.count] > 0
    return nodes.called(opened, int(np.argmax(np.where(tied, opened.catalogue.likes, -1))))


def place_in_address() -> dict[str, address.Value]:
    """What the address should say of the place."""
    state = st.session_state
    return {
        "centre": list(state[TRAIL][state[AT]]),
        "to": state[TARGET],
        "start": "taste" if state[TARGET] and state[FROM_TASTE] else None,
        "off": list(state[OFF]),
        "chosen": state[CHOSEN],
    }


def centres(opened: Workspace) -> list[int]:
    """The nodes in the middle."""
    state = st.session_state
    found = (nodes.node(opened, name) for name in state[TRAIL][state[AT]])
    return [node for node in found if node is not None]


def shown_graph(opened: Workspace, facts: Sequence[tuple[int, ...]]) -> Graph:
    """The graph without the ``facts`` that are left out and the relations that are switched off."""
    return opened.graph.without(facts, st.session_state[OFF])


def go(names: Sequence[str]) -> None:
    """Puts the nodes of these names in the middle; what had been gone back from goes."""
    state = st.session_state
    place = tuple(dict.fromkeys(names))[-MOST_CENTRES:]
    if place != state[TRAIL][state[AT]]:
        before = filter(None, state[TRAIL][: state[AT] + 1])  # a place without centres is none
        state[TRAIL] = [*before, place][-MOST_KEPT:]
        state[AT] = len(state[TRAIL]) - 1
    state[CHOSEN], state[TARGET] = place[-1], None


def expand(name: str) -> None:
    """Spreads out one more node beside those in the middle; for callbacks."""
    state = st.session_state
    go([*state[TRAIL][state[AT]], name])


def step(by: int) -> None:
    """Goes ``by`` places back (below 0) or forward; for callbacks."""
    state = st.session_state
    state[AT] = min(max(state[AT] + by, 0), len(state[TRAIL]) - 1)
    state[CHOSEN], state[TARGET] = None, None


def lead_to(name: str | None) -> None:
    """Asks for paths to the node of that name; None for none any more; for callbacks."""
    st.session_state[TARGET] = name
    st.session_state[CHOSEN] = name
