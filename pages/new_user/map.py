"""The map of the catalogue with the taste, its parts and the results on it."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.shared import mapped, resources, taste
from pages.shared.text import escape
from recsys.charts.landscape import NO_ROW, landscape
from recsys.errors import ThawError
from recsys.metrics.projection import neighbours_kept
from recsys.new_item.taste import marks
from recsys.ranking.engine import Engine, Recommendation
from recsys.ranking.explain import sentence
from recsys.store.workspace import Workspace

CHOSEN = "new_user_here_map_chosen"
"""Key in the visit of the id of the item that was clicked on the map."""

ACTED = "new_user_map_acted"
"""Key in the visit: what stands around the map is to be drawn again."""

CHART = "new_user_map"
"""Key of the chart; what is selected on it."""

HEIGHTS = {True: 460, False: 340}
"""Of the map, in pixels: where it is wide, and where it stands beside a list."""

CARD = {True: 230, False: 136}
"""Of the card, likewise: it is kept free where nothing is chosen, so that nothing moves."""

NEAR = 10
"""So many nearest are compared, on the map and in meaning."""

BUTTONS = {
    "displaylogo": False,
    "modeBarButtons": [["pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
}
"""The map can be walked on and saved."""

JUDGE = {
    "liked": (":material/thumb_up:", "Like", "Liked"),
    "disliked": (":material/thumb_down:", "Dislike", "Disliked"),
    "seen": (":material/visibility_off:", "Seen", "Seen"),
}
"""List of the newcomer -> icon and words of the button that puts an item into it, and of the one
that takes it out."""


def show_map(engine: Engine, result: Recommendation, wide: bool = True) -> None:
    """The map, what was clicked on it (beside it where that is ``wide``, else below), and how far
    it can be trusted; not wide it takes 560 by 540 pixels."""
    opened = engine.workspace
    try:
        with st.spinner("Unfolding the map…"):
            new_items = resources.new_items(opened)
            version = (opened.name, opened.manifest.version)
            dots, named = mapped.dots(opened, new_items.points)
            kept = _kept(*version, opened.vectors, new_items.points)
    except ThawError:
        nouns = escape(opened.catalogue.about.get("nouns", "items"))
        st.info(
            f"A map takes 20 {nouns} or more, which some people like and others do not.",
            title="No map of this catalogue",
            icon=":material/map:",
        )
        return
    figure = landscape(dots, marks(new_items, result), named, mapped.theme(), HEIGHTS[wide])
    _show_explorer(engine, result, figure, wide)
    _show_trust(opened, result, dots, kept)


@st.fragment
def _show_explorer(engine: Engine, result: Recommendation, figure: go.Figure, wide: bool) -> None:
    """The map and the card of what was clicked: a click draws these two again, no more."""
    if st.session_state.pop(ACTED, False):
        st.rerun()
    items = engine.workspace.catalogue.items
    drawn, told = st.columns([3, 2], gap="medium") if wide else (st.container(), st.container())
    with drawn:
        st.plotly_chart(
            figure,
            key=CHART,
            on_select=lambda: _choose(items["id"]),
            selection_mode="points",
            config=BUTTONS,
            alt=_alt(engine.workspace, result),
        )
    chosen = items.index[items["id"] == st.session_state.get(CHOSEN)].tolist()
    with told.container(border=wide, height=CARD[wide], gap="xsmall", key="new_user_map_card"):
        if chosen:
            _show_card(engine, result, chosen[0])
        else:
            st.caption("Click a dot: what it is, why it is in the list or not, and buttons.")


def _show_card(engine: Engine, result: Recommendation, row: int) -> None:
    """The title, what it is here, and what can be done with it."""
    item = engine.workspace.catalogue.items.loc[row]
    year = "" if pd.isna(item["year"]) else f" ({item['year']})"
    kinds = escape(" · ".join(item["categories"][:4]))
    st.markdown(f"**{escape(item['title'])}**{year} :small[{kinds}]")
    place = int(np.argmax(result.shown.index == row)) if row in result.shown.index else None
    with st.container(horizontal=True, gap="small"):
        for name, (icon, do, done) in JUDGE.items():
            taken = item["id"] in st.session_state.get(taste.list_key(name), [])
            st.button(
                done if taken else do,
                icon=icon,
                key=f"new_user_map_{name}",
                type="primary" if taken else "secondary",
                help="Click again to take it back." if taken else None,
                on_click=_judge,
                args=("" if taken else name, item["id"]),
            )
        if place is None and row in result.ranking.index:
            st.button("Why not this one?", key="new_user_map_why_not", on_click=_ask, args=(row,))
    if place is not None:
        st.markdown(f":small[Number {place + 1}. {escape(sentence(result, place))}]")
    elif row in result.ranking.index:
        rank = int(result.ranking["rank"][row])
        st.markdown(f":small[Number {rank:,} of {len(result.ranking):,}: not in the list.]")


def _show_trust(opened: Workspace, result: Recommendation, dots: pd.DataFrame, kept: float) -> None:
    """What distances on the map mean and do not mean."""
    about = opened.catalogue.about
    noun, nouns = escape(about.get("noun", "item")), escape(about.get("nouns", "items"))
    drawn = int(dots["x"].notna().sum())
    chance = NEAR * NEAR / (drawn - 1)
    lines = [
        f"Near on the map is about near in meaning: of the {NEAR} nearest in meaning to a {noun},"
        f" {NEAR * kept:.1f} are among its {NEAR} nearest here ({chance:.1f} by chance)."
    ]
    lost = int(dots.loc[result.shown.index, "x"].isna().sum())
    if lost:
        lines.append(f"{lost} of the {len(result.shown)} shown have no place on it.")
    st.caption(
        " ".join(lines),
        help=f"How far apart two distant {nouns} stand, the size of a region and the axes mean"
        f" nothing. A region is named by what it has more of than the rest, not by what all in it"
        f" is. Words stand where a new {noun} of the same text would: at the middle of its"
        f" {NEAR} nearest. A line ties a mark that was moved, to be seen, to its place.",
    )


def _choose(ids: pd.Series) -> None:
    for point in st.session_state[CHART]["selection"]["points"]:
        row = point.get("customdata", NO_ROW)
        if row != NO_ROW:
            st.session_state[CHOSEN] = ids[row]


def _judge(name: str, id_: str) -> None:
    taste.judge(name, id_)
    st.session_state[ACTED] = True


def _ask(row: int) -> None:
    state = st.session_state
    state["new_user_here_why_not"], state["new_user_behind"] = row, "why_not"
    state[ACTED] = True


def _alt(opened: Workspace, result: Recommendation) -> str:
    titles = opened.catalogue.items["title"][result.shown.index[:3]]
    nouns = opened.catalogue.about.get("nouns", "items")
    return f"The map of {nouns} with the taste and its results on it: {', '.join(titles)} first"


@st.cache_data(max_entries=3, show_spinner=False)
def _kept(name: str, version: str, _vectors: np.ndarray, _points: np.ndarray) -> float:
    """How much of what is near in meaning is near on the map."""
    rows = np.flatnonzero(np.isfinite(_points[:, 0]))
    return neighbours_kept(_vectors[rows], _points[rows], NEAR)
