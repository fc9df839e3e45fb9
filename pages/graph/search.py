"""Finding a node by its name, to go there or to see what leads there."""

from collections.abc import Callable
from textwrap import shorten

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.graph import trail
from pages.shared import nodes, tab
from pages.shared.text import escape
from recsys.knowledge.explore import find
from recsys.store.workspace import Workspace

START = 20
"""Letters of where paths start."""
FOUND = 7
"""So many are offered, the best first."""


def places() -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Where the search stands, the picture, and the card: folded, or below, where it is narrow."""
    if tab.is_narrow():
        folded = st.expander("Find, paths, relations", icon=":material/search:")
        return folded, st.container(), st.container()
    left, middle, right = st.columns([300, 660, 320], gap="medium")
    return left, middle, right


def show_search(opened: Workspace) -> None:
    """What is searched for, and what is found: a click goes there."""
    words = st.text_input(
        "Find",
        key="graph_here_find",
        icon=":material/search:",
        placeholder="A title, a name, a genre …",
        help="The beginnings of words will do, and names need no accents. Enter searches.",
    )
    _show_found(opened, words, "find", lambda name: trail.go([name]))


def show_path_finder(opened: Workspace) -> None:
    """From where, to where; a click on what is found draws the paths."""
    start = "".join(opened.graph.nodes["name"].iloc[trail.centres(opened)[:1]])
    start = shorten(start, START, placeholder="…") or "here"
    st.segmented_control(
        "Paths from",
        [False, True],
        format_func=lambda taste: "the taste" if taste else escape(start),
        key=trail.FROM_TASTE,
        required=True,
    )
    words = st.text_input(
        "Paths to",
        key="graph_here_find_target",
        icon=":material/route:",
        placeholder="Where should they lead?",
    )
    _show_found(opened, words, "target", trail.lead_to)


def _show_found(opened: Workspace, words: str, which: str, act: Callable[[str], None]) -> None:
    """A button each; once one was clicked, the words go."""
    if not words.strip():
        return
    graph = opened.graph
    found = find(graph, words, opened.catalogue.likes, FOUND)
    if not found:
        st.caption("Nothing here is called so.")
        return
    with st.container(gap="xxsmall", key=f"graph_found_{which}"):
        for node in found:
            name, kind = graph.nodes.loc[node, ["name", "kind"]]
            st.button(
                f"{escape(name)} :small[:gray[{escape(_told(opened, node, kind))}]]",
                key=f"graph_found_{which}_{node}",
                type="tertiary",
                on_click=_take,
                args=(act, nodes.called(opened, node), which),
            )


def _told(opened: Workspace, node: int, kind: str) -> str:
    """What tells it from others of this name."""
    if node < opened.graph.count:
        year = opened.catalogue.items["year"].iat[node]
        noun = str(opened.catalogue.about.get("noun", "item"))
        return noun if year is None or year != year else str(year)
    return f"{kind}, {opened.graph.degree[node]:,}"


def _take(act: Callable[[str], None], name: str, which: str) -> None:
    st.session_state["graph_here_find" if which == "find" else "graph_here_find_target"] = ""
    act(name)
