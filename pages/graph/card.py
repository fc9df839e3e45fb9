"""What was clicked: what it is, where to go from it, and what is tied to it, as a table."""

import numpy as np
import pandas as pd
import streamlit as st

from pages.graph import trail
from pages.shared import nodes, pulled, taste
from pages.shared.text import escape, facts
from recsys.knowledge.graph import Graph
from recsys.store.workspace import Workspace

LISTED = 200
"""So many ties stand in the table, the most telling first."""
JUDGE = {"liked": "Like", "disliked": "Dislike", "seen": "Seen"}
"""List of the newcomer -> the word of the button that puts an item into it."""


def show_card(opened: Workspace, graph: Graph) -> None:
    """The node or the tie that was clicked, or else the first centre."""
    name = (
        st.session_state[trail.CHOSEN]
        or st.session_state[trail.TRAIL][st.session_state[trail.AT]][0]
    )
    chosen = nodes.fact(opened, name)
    if chosen is None:
        return
    if len(chosen) == 2:
        _show_tie(opened, chosen, name)
    else:
        _show_node(opened, graph, chosen[0], name)


def _show_tie(opened: Workspace, tie: tuple[int, ...], name: str) -> None:
    st.markdown(f"**{escape(nodes.words(opened.graph, tie))}**")
    st.markdown(f":small[A tie weighs {opened.graph.weights[tie]:.1f}: the rarer, the more.]")
    pulled.show_button(name, "this tie")
    for node in tie:
        st.button(
            f"Tell of {escape(opened.graph.nodes['name'].iloc[node])}",
            key=f"graph_tell_{node}",
            type="tertiary",
            on_click=_tell,
            args=(nodes.called(opened, node),),
        )


def _show_node(opened: Workspace, graph: Graph, node: int, name: str) -> None:
    title, kind = graph.nodes.loc[node, ["name", "kind"]]
    is_item = node < graph.count
    about = facts(opened.catalogue.items.loc[node]) if is_item else _counted(opened, node, kind)
    st.markdown(f"**{escape(title)}** :small[{escape(about)}]")
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.button("Go there", key="graph_go", on_click=trail.go, args=([name],))
        st.button("Expand", key="graph_expand", on_click=trail.expand, args=(name,))
        st.button("Path to it", key="graph_lead", on_click=trail.lead_to, args=(name,))
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        pulled.show_button(name, title)
        if is_item:
            _show_judge(name.removeprefix("item:"), title)
    _show_ties(opened, graph, node, title)


def _counted(opened: Workspace, node: int, kind: str) -> str:
    nouns = opened.catalogue.about.get("nouns", "items")
    return f"{kind} · {opened.graph.degree[node]:,} {nouns}"


def _show_judge(id_: str, title: str) -> None:
    """Buttons that put an item into one of the newcomer's lists."""
    for list_, word in JUDGE.items():
        taken = id_ in st.session_state[taste.list_key(list_)]
        st.button(
            word,
            key=f"graph_judge_{list_}",
            help=f"{word}: {escape(title)}",
            type="tertiary",
            disabled=taken,
            on_click=taste.judge,
            args=(list_, id_),
        )


def _show_ties(opened: Workspace, graph: Graph, node: int, title: str) -> None:
    """All that is tied to it, the most telling first; a click on a row tells of that."""
    near, weight = graph.around(node)
    likes = opened.catalogue.likes
    known = np.where(near < graph.count, likes[np.minimum(near, graph.count - 1)], 0)
    order = np.lexsort((near, -known, -weight))[:LISTED]
    near, weight = near[order], weight[order]
    table = pd.DataFrame(
        {
            "relation": [", ".join(graph.relations(node, each)) for each in near.tolist()],
            "name": graph.nodes["name"].to_numpy()[near],
            "tells": weight,
        }
    )
    key = f"graph_ties_{node}"
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        height=330,
        on_select=lambda: _pick(opened, key, near.tolist()),
        selection_mode="single-cell",
        column_config={
            "relation": st.column_config.TextColumn("Tie", width=76),
            "name": st.column_config.TextColumn("Name", width=130),
            "tells": st.column_config.ProgressColumn(
                "Tells",
                format="%.1f",
                min_value=0.0,
                max_value=float(np.log1p(graph.count)),
                width=60,
                help="How rare the tie is: log(1 + items / items that have it).",
            ),
        },
        alt=f"What is tied to {title}",
    )


def _pick(opened: Workspace, key: str, near: list[int]) -> None:
    for place, _ in st.session_state[key]["selection"]["cells"]:
        if place < len(near):
            st.session_state[trail.CHOSEN] = nodes.called(opened, near[place])


def _tell(name: str) -> None:
    st.session_state[trail.CHOSEN] = name
