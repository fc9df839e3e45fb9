"""What ties an item to the taste, the likes and other items: a network to walk along."""

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared import nodes as named
from pages.shared import taste
from pages.shared.choose import FILTER, item_labels
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.charts.colours import COLOURS
from recsys.charts.graph import network
from recsys.knowledge.explore import between
from recsys.knowledge.walk import start_weights
from recsys.ranking.engine import Engine, Recommendation

CENTRE = "new_user_here_centre"
"""Key in the visit of the row in the middle."""

WALKED_TO = "new_user_here_walked_to"
"""Key in the visit of the row in the middle that was clicked, and need not be shown above."""

ASKED = "new_user_here_asked"
"""Key in the visit of the id of the item that is to come into the middle."""

ENTITY = "new_user_here_entity"
"""Key in the visit of the node whose items are listed."""

THUMBS = {
    "liked": (":material/thumb_up:", "Like"),
    "disliked": (":material/thumb_down:", "Dislike"),
    "seen": (":material/visibility_off:", "Already seen:"),
}
"""List of the newcomer -> the icon and the word of the button that puts an item into it."""

LISTED = 12
"""So many items of an entity are listed, the most liked first."""


def show_neighbours(engine: Engine, result: Recommendation) -> None:
    """The network around one item, the same as a table, and the items of what was clicked."""
    catalogue, query = engine.workspace.catalogue, result.query
    graph = engine.workspace.graph.without(query.without)
    if catalogue.triples.empty:
        st.info(
            "This catalogue has no facts that tie its items together.",
            title="No network to draw",
            icon=":material/hub:",
        )
        return
    row = _choose(result)
    title = catalogue.items["title"][row]
    start = start_weights(graph, query.links, query.liked)
    nodes, edges = between(graph, row, start, query.liked)
    if edges.empty:
        st.info(f"No fact is known of {escape(title)}.", icon=":material/hub:")
        return
    _show_network(engine, row, nodes, edges)
    entity = st.session_state.get(ENTITY)
    if entity is not None and (nodes["node"] == entity).any():
        _show_entity(engine, entity)
    _show_ties(title, _ties(row, nodes, edges))
    st.button(
        "Explore on Graph",
        key="new_user_explore",
        type="tertiary",
        icon=":material/hub:",
        on_click=named.ask,
        args=(named.called(engine.workspace, row),),
    )


def _show_network(engine: Engine, row: int, nodes: pd.DataFrame, edges: pd.DataFrame) -> None:
    key = f"new_user_network_{engine.workspace.name}_{row}"
    title = engine.workspace.catalogue.items["title"][row]
    figure = network(nodes, edges)
    figure.update_traces(  # what is not clicked stays as it is
        unselected_marker_opacity=1,
        selected_textfont_color=COLOURS["blue"],
        selector={"mode": "markers+text"},
    )
    st.plotly_chart(
        figure,
        key=key,
        on_select=lambda: _go_on(key, row),
        selection_mode="points",
        config=PLAIN,
        alt=f"What ties {title} to the taste, to the likes and to other items",
    )
    st.caption("Click an item to put it in the middle; click a tie to list what shares it.")


def _show_ties(title: str, ties: pd.DataFrame) -> None:
    st.dataframe(
        ties,
        hide_index=True,
        height=360,
        column_config={
            "relation": st.column_config.TextColumn("Tie", width="small"),
            "name": st.column_config.TextColumn("Name"),
            "others": st.column_config.NumberColumn(
                "Also here", width="small", help="How many other items drawn here share it."
            ),
        },
        alt=f"The ties of {title}",
    )


def _choose(result: Recommendation) -> int:
    """The row in the middle: one of those shown, or one that was clicked."""
    shown, state = result.shown.index.tolist(), st.session_state
    if asked := state.pop(ASKED, None):
        state[CENTRE] = state[WALKED_TO] = result.workspace.catalogue.rows([asked])[0]
    centre = state.get(CENTRE)
    if centre is None or (centre not in shown and centre != state.get(WALKED_TO)):
        centre = state[CENTRE] = shown[0]
    row: int = st.selectbox(
        "What ties this one to the others",
        list(dict.fromkeys([centre, *shown])),
        key=CENTRE,
        format_func=item_labels(result.workspace).__getitem__,
        filter_mode=FILTER,
        persist_state="session",
    )
    return row


def _go_on(key: str, row: int) -> None:
    state = st.session_state
    for point in state[key]["selection"]["points"]:
        node, kind = point["customdata"]
        if kind != "item":
            state[ENTITY] = node
        elif node != row:
            state[CENTRE] = state[WALKED_TO] = node
            state[ENTITY] = None


def _ties(row: int, nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """relation, name, others (how many other items drawn share it) of what ``row`` is tied to."""
    ends = np.sort(edges[["source", "target"]].to_numpy(), axis=1)  # an item's node is the lower
    own = (ends == row).any(axis=1)
    table = edges.loc[own, ["relation"]].reset_index(drop=True)
    other = ends[own].sum(axis=1) - row
    table["name"] = nodes.set_index("node")["name"].reindex(other).to_numpy()
    table["others"] = [int((ends == node).any(axis=1).sum()) - 1 for node in other]
    return table.sort_values(["others", "name"], ascending=[False, True], ignore_index=True)


def _show_entity(engine: Engine, entity: int) -> None:
    """The items of an entity, with buttons."""
    catalogue, graph = engine.workspace.catalogue, engine.workspace.graph
    tied = graph.around(entity)[0]
    rows = tied[tied < graph.count]
    rows = rows[np.argsort(-catalogue.likes[rows], kind="stable")]
    name, kind = graph.nodes.loc[entity, ["name", "kind"]]
    more = f", the {LISTED} most liked of {len(rows):,}" if len(rows) > LISTED else ""
    st.markdown(f"**{escape(name)}** :small[({escape(kind)}{more})]")
    for row in rows[:LISTED].tolist():
        item = catalogue.items.loc[row]
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            st.markdown(escape(item["title"]), width="stretch")
            _show_thumbs(item["id"], item["title"])


def _show_thumbs(id_: str, title: str) -> None:
    """Buttons that put an item into one of the newcomer's lists."""
    for name, (icon, label) in THUMBS.items():
        st.button(
            icon,
            key=f"new_user_tied_{name}_{id_}",
            help=f"{label} {escape(title)}",
            type="tertiary",
            on_click=taste.judge,
            args=(name, id_),
        )
