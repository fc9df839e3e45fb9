"""The ways from a node, or from the taste, to another: worked out, and told in words."""

from collections.abc import Sequence

import streamlit as st

from pages.graph import trail
from pages.shared import nodes, resources, taste
from pages.shared.text import escape
from recsys.knowledge.explore import Route, best_paths
from recsys.knowledge.graph import Graph
from recsys.knowledge.walk import start_weights
from recsys.store.workspace import Workspace

MOST = 5
"""So many ways are told."""


def target(opened: Workspace) -> int | None:
    """The node to which paths are asked for; None where none are."""
    name = st.session_state[trail.TARGET]
    return None if name is None else nodes.node(opened, name)


def routes_to(opened: Workspace, graph: Graph, end: int) -> list[Route]:
    """Ways to the node ``end``, from the first centre, or from what the taste names and likes.

    Raises ThawError for a taste without words.
    """
    if not st.session_state[trail.FROM_TASTE]:
        return best_paths(graph, trail.centres(opened)[0], end, MOST)
    engine = resources.engine(opened)
    query = engine.embed(taste.newcomer(opened))
    starts = start_weights(graph, query.links, query.liked)
    found = [best_paths(graph, start, end, 2) for start in starts]
    ways = sorted((way for ways in found for way in ways), key=lambda way: -way.worth)
    return ways[:MOST]


def show_ways(opened: Workspace, routes: Sequence[Route], end: int) -> None:
    """The ways in words, each with how telling it is beside the first."""
    names = opened.graph.nodes["name"].to_numpy()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"**Ways to {escape(names[end])}, the most telling first**",
            width="content",
            help="The first tells 100. What is rare tells most: a tie resists the more the more"
            " items have it, and a path resists as much as its ties together.",
        )
        st.button(
            "Close the paths",
            key="graph_close_paths",
            type="tertiary",
            on_click=trail.lead_to,
            args=(None,),
        )
    if not routes:
        st.info(_why_none(), icon=":material/route:")
    for route in routes:
        share = route.worth / routes[0].worth
        words = [escape(names[route.hops[0][0]])]
        words += [f"→ :gray[{escape(hop)}] → {escape(names[node])}" for _, hop, node in route.hops]
        st.markdown(f":small[**{100 * share:.0f}**] {' '.join(words)}")


def _why_none() -> str:
    if st.session_state[trail.FROM_TASTE]:
        return "Nothing that the taste names or likes is tied to it, by what is switched on."
    return "Nothing ties these two, by the relations that are switched on."
