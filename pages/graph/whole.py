"""The whole graph: how many parts it has, what ties the most, how many ties there are to each."""

import streamlit as st

from pages.graph import trail
from pages.shared import nodes
from pages.shared.charts import inked
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.charts.explorer import degree_plot
from recsys.knowledge.explore import components, degree_counts, hubs
from recsys.knowledge.graph import Graph
from recsys.store.workspace import Workspace

HUBS = 10
"""So many hubs are named."""


def show_whole(opened: Workspace, graph: Graph) -> None:
    """Counts and parts, the hubs to go to, and the degree plot."""
    nouns = escape(str(opened.catalogue.about.get("nouns", "items")))
    left, middle, right = st.columns([2, 2, 3], gap="medium")
    with left:
        _show_counts(graph, nouns)
    with middle, st.container(gap="xxsmall", key="graph_hubs"):
        st.markdown("**What ties the most**")
        for hub in hubs(graph, HUBS).itertuples():
            st.button(
                f"{escape(hub.name)} :small[:gray[{escape(hub.kind)}, {hub.degree:,} {nouns}]]",
                key=f"graph_hub_{hub.node}",
                type="tertiary",
                on_click=trail.go,
                args=([nodes.called(opened, int(hub.node))],),
            )
    with right:
        _show_degrees(graph, nouns)


def _show_counts(graph: Graph, nouns: str) -> None:
    parts = components(graph)
    largest = parts.iloc[0]
    alone = int(((parts["items"] == 1) & (parts["entities"] == 0)).sum())
    together = int((parts[["items", "entities"]].sum(axis=1) > 1).sum())
    lines = [
        f"**{graph.count:,} {nouns}, {len(graph.nodes) - graph.count:,} entities,"
        f" {graph.weights.nnz // 2:,} ties**",
        f"{_parts(together)}: the largest has {largest['items']:,} {nouns} and"
        f" {largest['entities']:,} entities.",
        f"{alone:,} {nouns} are tied to nothing.",
        "Of what is switched off or left out, nothing is counted.",
    ]
    for line in lines:
        st.markdown(line)


def _parts(together: int) -> str:
    return "It hangs together" if together == 1 else f"It falls into {together:,} parts"


def _show_degrees(graph: Graph, nouns: str) -> None:
    title = "Most are tied to few, few to most"
    st.markdown(f"**{title}** :small[:gray[(degree distribution)]]")
    figure = degree_plot(degree_counts(graph), nouns)
    st.plotly_chart(inked(figure), key="graph_degrees", config=PLAIN, alt=title)
