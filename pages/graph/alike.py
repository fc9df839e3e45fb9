"""What is near an item by its text, by known facts, by its audience: where they agree."""

import streamlit as st

from pages.graph import trail
from pages.shared import nodes
from pages.shared.text import escape, facts
from recsys.knowledge.graph import Graph
from recsys.ranking.alike import WAYS, agreement, alike
from recsys.store.workspace import Workspace

MOST = 8
"""So many are named in each way."""
TITLES = {
    "text": ("By its text", "embedding", "A"),
    "facts": ("By known facts", "knowledge graph", "B"),
    "audience": ("By who likes it", "behaviour", "C"),
}
"""Way -> its title, the field's term, and the letter that marks it in another column."""


def show_alike(opened: Workspace, graph: Graph) -> None:
    """Three columns, each item with the letters of the other ways that name it."""
    items = [node for node in trail.centres(opened) if node < graph.count]
    noun = escape(str(opened.catalogue.about.get("noun", "item")))
    if not items:
        st.caption(f"This compares what is near a {noun}: put one in the middle.")
        return
    row = items[0]
    near = alike(opened, graph, row, MOST)
    ways = agreement(near)
    title = opened.catalogue.items["title"][row]
    st.markdown(f"**Near {escape(title)}: {escape(_verdict(ways))}**")
    for column, way in zip(st.columns(len(WAYS), gap="medium"), WAYS, strict=True):
        name, term, letter = TITLES[way]
        with column, st.container(gap="xxsmall", key=f"graph_near_{way}"):
            st.markdown(f"**{letter} · {name}** :small[:gray[({term})]]")
            if not len(near[way]):
                st.caption("Nothing is near it in this way.")
            for place, other in enumerate(near[way].tolist()):
                _show(opened, way, place, other, ways[other])


def _show(opened: Workspace, way: str, place: int, row: int, ways: tuple[str, ...]) -> None:
    item = opened.catalogue.items.loc[row]
    others = "".join(TITLES[each][2] for each in ways if each != way)
    marks = f" :blue-badge[also {', '.join(others)}]" if others else ""
    st.button(
        f"{place + 1} {escape(item['title'])} :small[:gray[{escape(facts(item))}]]{marks}",
        key=f"graph_near_{way}_{row}",
        type="tertiary",
        on_click=trail.go,
        args=([nodes.called(opened, row)],),
    )


def _verdict(ways: dict[int, tuple[str, ...]]) -> str:
    """How far the three agree, in words."""
    several = sum(len(found) > 1 for found in ways.values())
    every = sum(len(found) == len(WAYS) for found in ways.values())
    twice, thrice = several or "none", every or "none"
    return f"of {len(ways)} named, {twice} by two ways or more, {thrice} by all three"
