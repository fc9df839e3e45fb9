"""Below the picture: other ways to be near, what a fact changes, the whole, and editing."""

from functools import partial

import streamlit as st

from pages.graph.alike import show_alike
from pages.graph.editing import show_editing
from pages.graph.whole import show_whole
from pages.graph.without import show_without
from recsys.knowledge.graph import Graph
from recsys.store.workspace import Workspace


def show_more(opened: Workspace, graph: Graph) -> None:
    """A tab each; only what is open is worked out."""
    parts = {
        "Near in three ways": partial(show_alike, opened, graph),
        "What leaving out does": partial(show_without, opened),
        "The whole graph": partial(show_whole, opened, graph),
        "Edit": partial(show_editing, opened),
    }
    tabs = st.tabs(list(parts), key="graph_here_tab", on_change="rerun")
    for tab, show in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                show()
