"""Why not this one? Any item of the catalogue, beside the last one shown."""

import streamlit as st

from pages.shared import taste
from pages.shared.choose import FILTER, item_labels
from pages.shared.drawing import PLAIN
from pages.shared.strategy import weight_key
from pages.shared.text import escape
from recsys.charts.contributions import contribution_pair, score_parts
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
        key="new_user_here_why_not",
        index=None,
        format_func=item_labels(opened).__getitem__,
        placeholder="Search the catalogue",
        filter_mode=FILTER,
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
    _show_remedies(found)
    names = (items["title"][found.row], items["title"][found.last])
    if found.row == found.last:
        return
    st.caption(f"Solid: {escape(names[0])}. Pale: {escape(names[1])}, the last one shown.")
    st.plotly_chart(
        contribution_pair(found.parts, score_parts(), names),
        key=f"new_user_pair_{found.row}",
        config=PLAIN,
        alt=f"Contributions to {names[0]} beside those to {names[1]}",
    )


def _show_remedies(found: WhyNot) -> None:
    """Buttons for the least that would bring it in."""
    with st.container(horizontal=True):
        if found.weight:
            name, weight = found.weight
            st.button(
                f"Apply: {signals()[name].TITLE} at {weight:.2f}",
                key="new_user_apply_weight",
                type="primary",
                on_click=_set_weight,
                args=(name, weight),
            )
        if found.clause:
            st.button(
                f"Switch off “{escape(found.clause[:40])}”",
                key="new_user_apply_clause",
                on_click=_mute,
                args=(found.clause,),
            )


def _answer(engine: Engine, query: Query, strategy: Strategy, row: int) -> WhyNot:
    """The answer; the latest of the visit is kept, since it takes as long as many rankings."""
    asked = (engine.workspace.name, engine.workspace.manifest.version, query, strategy, row)
    kept: tuple[object, WhyNot] | None = st.session_state.get("new_user_why_not_answer")
    if kept is None or kept[0] != asked:
        kept = (asked, why_not(engine, query, strategy, row))
        st.session_state["new_user_why_not_answer"] = kept
    return kept[1]


def _set_weight(name: str, weight: float) -> None:
    st.session_state[weight_key(name)] = weight


def _mute(part: str) -> None:
    st.session_state["visit_muted"] = [*st.session_state["visit_muted"], part]
