"""Why not this one? Any item of the catalogue, beside the last one shown."""

import pandas as pd
import streamlit as st

from pages.shared import taste
from pages.shared.text import escape
from recsys.charts.contributions import contribution_pair
from recsys.datatypes import Query, Strategy
from recsys.ranking.engine import Engine
from recsys.ranking.why_not import WhyNot, why_not, why_not_sentence
from recsys.signals import signals

OFFERED = 10_000
"""How many items, the most liked first, can be asked about."""


def show_why_not(engine: Engine, query: Query, strategy: Strategy) -> None:
    """A search over the titles; then the answer, the chart behind it, and what would help."""
    opened = engine.workspace
    items = opened.catalogue.items
    offered = taste.most_liked(opened)[:OFFERED]
    row = st.selectbox(
        "Why not this one?",
        offered.tolist(),
        key="why_not",
        index=None,
        format_func=_labels(opened.name, opened.manifest.version, items).__getitem__,
        placeholder="Search the catalogue",
        label_visibility="collapsed",
        persist_state="session",
    )
    if row is None:
        noun = escape(opened.catalogue.about.get("noun", "item"))
        st.caption(f"Choose any {noun} to see its place, and the least that would bring it in.")
        return
    with st.spinner("Trying every weight and every part of the text…"):
        found = _answer(engine, query, strategy, row)
    st.markdown(f"**{escape(why_not_sentence(engine, found))}**")
    with st.container(horizontal=True):
        if found.weight:
            name, weight = found.weight
            st.button(
                f"Apply: {signals()[name].TITLE} at {weight:.2f}",
                key="apply_weight",
                type="primary",
                on_click=_set_weight,
                args=(name, weight),
            )
        if found.clause:
            st.button(
                f"Switch off “{escape(found.clause[:40])}”",
                key="apply_clause",
                on_click=_mute,
                args=(found.clause,),
            )
    names = (items["title"][found.row], items["title"][found.last])
    if found.row == found.last:
        return
    titles = {name: module.TITLE for name, module in signals().items()} | {"diversity": "Variety"}
    st.caption(f"Solid: {escape(names[0])}. Pale: {escape(names[1])}, the last one shown.")
    st.plotly_chart(
        contribution_pair(found.parts, titles, names),
        key=f"pair_{found.row}",
        config={"displayModeBar": False},
        alt=f"Contributions to {names[0]} beside those to {names[1]}",
    )


@st.cache_data(max_entries=4, show_spinner=False)
def _labels(name: str, version: str, _items: pd.DataFrame) -> list[str]:
    """By row, the title with its year: titles come more than once."""
    years = _items["year"].astype(str).where(_items["year"].notna(), "")
    return [
        f"{title} ({year})" if year else title
        for title, year in zip(_items["title"], years, strict=True)
    ]


def _answer(engine: Engine, query: Query, strategy: Strategy, row: int) -> WhyNot:
    """The answer; the latest of the visit is kept, since it takes as long as many rankings."""
    asked = (engine.workspace.name, engine.workspace.manifest.version, query, strategy, row)
    kept: tuple[object, WhyNot] | None = st.session_state.get("why_not_answer")
    if kept is None or kept[0] != asked:
        kept = (asked, why_not(engine, query, strategy, row))
        st.session_state["why_not_answer"] = kept
    return kept[1]


def _set_weight(name: str, weight: float) -> None:
    st.session_state[f"w_{name}"] = weight


def _mute(clause: str) -> None:
    st.session_state["muted"] = [*st.session_state["muted"], clause]
