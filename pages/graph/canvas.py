"""The picture: what is around the centres, or the ways from one node to another."""

from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any

import pandas as pd
import streamlit as st

from pages.graph import trail
from pages.shared import nodes as named
from pages.shared import tab
from pages.shared.drawing import ink
from pages.shared.text import escape
from recsys.charts import explorer
from recsys.charts.explorer import Style
from recsys.knowledge.explore import Route, neighbourhood
from recsys.knowledge.graph import Graph
from recsys.store.workspace import Workspace

HEIGHTS = {False: 520, True: 400}
"""Of the picture, in pixels: on a laptop, and where the page is narrow."""
HALVES = {False: explorer.LAPTOP, True: explorer.PHONE}
SIZES = (25, 45, 80)
"""How many nodes can be drawn."""
CLICK = "graph_click"
"""Key in the visit of what a click on a node does."""
CLICKS = {"show": "tells", "go": "goes there", "expand": "expands"}
LONGEST_CRUMB = 28
"""Letters of a place in the breadcrumb."""
CRUMBS = 4
"""So many places stand in the breadcrumb, the latest."""


def show_crumbs(opened: Workspace) -> None:
    """Back, forward, the places before and after, and what a click does."""
    state = st.session_state
    at, places = state[trail.AT], state[trail.TRAIL]
    with st.container(
        horizontal=True, gap="xsmall", vertical_alignment="center", key="graph_crumbs"
    ):
        for icon, by, name in (("back", -1, "Back"), ("forward", 1, "Forward")):
            st.button(
                name,
                icon=f":material/arrow_{icon}:",
                key=f"graph_{icon}",
                type="tertiary",
                disabled=not 0 <= at + by < len(places),
                on_click=trail.step,
                args=(by,),
            )
        first = max(0, min(at - CRUMBS + 2, len(places) - CRUMBS))
        for number, place in list(enumerate(places))[first : first + CRUMBS]:
            st.button(
                escape(_crumb(opened, place)),
                key=f"graph_crumb_{number}",
                type="tertiary" if number != at else "secondary",
                disabled=not place,
                on_click=trail.step,
                args=(number - at,),
            )


def _crumb(opened: Workspace, place: Sequence[str]) -> str:
    found = [named.node(opened, name) for name in place]
    words = [str(opened.graph.nodes["name"].iloc[node]) for node in found if node is not None]
    if not words:
        return "gone"
    text = words[0] if len(words) == 1 else f"{words[0]} +{len(words) - 1}"
    return text if len(text) <= LONGEST_CRUMB else f"{text[: LONGEST_CRUMB - 1]}…"


def show_canvas(opened: Workspace, graph: Graph, styles: Mapping[str, Style]) -> pd.DataFrame:
    """The neighbourhood of the centres; returns its nodes."""
    centres = trail.centres(opened)
    size = st.session_state.setdefault(_size_key(), SIZES[0 if tab.is_narrow() else 1])
    around, edges = neighbourhood(graph, centres, opened.catalogue.likes, size)
    option = explorer.around(_told(opened, around), edges, styles, ink(), _half())
    name = " and ".join(graph.nodes["name"].iloc[centres])
    _draw(opened, option, around, edges, f"What is tied to {name}, {len(around)} nodes")
    return around


def show_routes(
    opened: Workspace, graph: Graph, routes: Sequence[Route], styles: Mapping[str, Style]
) -> None:
    """The ways, from left to right, the best on top."""
    hops = [hop for route in routes for hop in route.hops]
    ends = [node for route in routes for node in (route.hops[0][0], route.hops[-1][2])]
    between = [node for start, _, end in hops for node in (start, end)]
    order = list(dict.fromkeys([*ends, *between]))
    table = graph.nodes.loc[order].reset_index()
    table["ring"] = [0 if node in ends else 1 for node in order]
    edges = pd.DataFrame(
        {(start, end, relation.split(", ")[0]) for start, relation, end in hops},
        columns=["source", "target", "relation"],
    ).sort_values(["source", "target"], ignore_index=True)
    option = explorer.along(_told(opened, table), edges, routes, styles, ink(), _half())
    names = graph.nodes["name"]
    alt = f"Ways to {names.iloc[ends[1]]}, the most telling on top"
    _draw(opened, option, table, edges, alt)


def show_controls() -> None:
    """What a click does, and how much is drawn."""
    st.session_state.setdefault(CLICK, "show")
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        st.segmented_control(
            "A click on a node …",
            list(CLICKS),
            format_func=CLICKS.__getitem__,
            key=CLICK,
            required=True,
            persist_state="session",
        )
        st.segmented_control(
            "At most, nodes",
            SIZES,
            key=_size_key(),
            required=True,
            help="The most telling first: what ties few tells more than what ties many.",
            persist_state="session",
        )


def _size_key() -> str:
    """Of how much is drawn; a phone has another usual."""
    return f"graph_size_{tab.is_narrow()}"


def _half() -> tuple[float, float]:
    return HALVES[tab.is_narrow()]


def _told(opened: Workspace, table: pd.DataFrame) -> pd.DataFrame:
    """With ``told``: what stands beside the name of a node."""
    about = opened.catalogue.about
    noun, plural = str(about.get("noun", "item")), about.get("nouns", "items")
    kinds = table["kind"].where(table["kind"] != "item", noun)
    ties = [f"{degree:,} {plural}" for degree in table["degree"]]
    is_item = table["kind"] == "item"
    told = kinds + ", " + pd.Series(ties, table.index).where(~is_item, "known facts: ")
    counts = table["degree"].astype(str).where(is_item, "")
    return table.assign(told=told + counts)


def _draw(
    opened: Workspace, option: dict[str, Any], table: pd.DataFrame, edges: pd.DataFrame, alt: str
) -> None:
    drawn = repr((option["series"][0]["data"], option["series"][0]["links"]))
    key = f"graph_canvas_{blake2b(drawn.encode(), digest_size=6).hexdigest()}"  # none is selected
    st.echarts_chart(
        option,
        height=HEIGHTS[tab.is_narrow()],
        key=key,
        renderer="svg",
        on_select=partial(_clicked, opened, key, table["node"].tolist(), edges),
        alt=alt,
    )


def _clicked(opened: Workspace, key: str, drawn: Sequence[int], edges: pd.DataFrame) -> None:
    state = st.session_state
    for group in state[key]["selection"]["selected"]:
        place = group["data_indices"][0]
        if group["data_type"] == "edge":
            ends = edges.loc[place, ["source", "target"]].tolist()
            state[trail.CHOSEN] = named.BETWEEN.join(named.called(opened, end) for end in ends)
            continue
        name = named.called(opened, drawn[place])
        if state[CLICK] == "go":
            trail.go([name])
        elif state[CLICK] == "expand":
            trail.expand(name)
        else:
            state[trail.CHOSEN] = name
