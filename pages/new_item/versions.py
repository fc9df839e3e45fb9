"""Edit and see: a version that is held beside the one on the page, and what each sentence earns."""

from functools import partial

import pandas as pd
import streamlit as st

from pages.new_item import words
from pages.new_item.form import fold
from pages.new_item.visit import Judged, judge
from pages.shared.drawing import PLAIN
from pages.shared.progress import advance
from pages.shared.text import escape
from recsys.charts import new_item as charts
from recsys.datatypes import NewItem
from recsys.errors import ThawError
from recsys.new_item.judge import split_sentences
from recsys.new_item.landing import Changes

MOST = 8
"""Lines of a chart of what moved, the largest moves."""
LEAST = 0.01
"""Moves below this are not drawn."""


def show_see_and_hold() -> None:
    """Judges it; keeps it to compare with."""
    st.button(
        "See", type="primary", icon=":material/flight_land:", key="new_item_see", on_click=fold
    )
    st.button(
        "Hold",
        icon=":material/push_pin:",
        key="new_item_hold",
        help="Keeps the item as it stands, to show what your next changes move.",
        on_click=_hold,
    )


def note(item: NewItem) -> None:
    """Notes what a click on Hold would keep."""
    st.session_state["new_item_now"] = item


def moved_since(judged: Judged) -> Changes | None:
    """What moved since the version that is held; None while none is, or nothing has changed.

    Raises ThawError where the catalogue was built anew and cannot take the held one.
    """
    held: NewItem | None = st.session_state.get("new_item_here_held")
    if held is None or held == judged.landing.item:
        return None
    before = judge(judged.opened, judged.new_items, held).landing
    return judged.new_items.changes(before, judged.landing)


def show_held(judged: Judged) -> None:
    """That a version is held, and the way to forget it; nothing while none is."""
    held: NewItem | None = st.session_state.get("new_item_here_held")
    if held is None:
        return
    same = held == judged.landing.item
    line = "This version is held: change the text to see what moves."
    if not same:
        line = "A version is held: what moved stands below."
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(f":small[{line}]", width="stretch")
        st.button(
            "Forget it",
            key="new_item_forget",
            type="tertiary",
            help="Compares with the held version no longer.",
            on_click=_forget,
        )


def show_moved(judged: Judged, moved: Changes) -> None:
    """What moved since the version that is held: likes, neighbours, what it is, and who."""
    opened, found = judged.opened, judged.landing
    about, named = opened.catalogue.about, opened.catalogue.items["title"]
    before = found.likes.expected - moved.likes
    change = words.difference(moved.likes, moved.low, moved.high)
    close = "" if words.is_clear(moved.low, moved.high) else " That may be nothing."
    lines = [
        f"{change} {words.people(about)} would like it, the 80 % interval in brackets:"
        f" {words.number(before)} before, {words.number(found.likes.expected)} now.{close}"
    ]
    came, gone = ([named[row] for row in rows] for rows in (moved.arrived, moved.left))
    lines += [f"Came near: {words.listed(came, 6)}."] if came else []
    lines += [f"Gone: {words.listed(gone, 6)}."] if gone else []
    lines += [] if came or gone else ["Its ten nearest are the same."]
    for line in lines:
        st.markdown(escape(line))
    left, right = st.columns(2, gap="medium")
    with left:
        _show_largest("What it is", moved.attributes)
    with right:
        _show_largest("Who would like it (share of the group)", moved.segments)
    st.caption(
        "From the hollow dot to the full one: green is up, red is down. The thin line is the 80 %"
        " interval of a group's share."
    )


def _show_largest(title: str, frame: pd.DataFrame) -> None:
    size = (frame["after"] - frame["before"]).abs()
    largest = frame.loc[size[size >= LEAST].nlargest(MOST).index]
    st.markdown(f"**{title}**")
    if largest.empty:
        st.caption("Hardly moved: less than 1 % each.")
        return
    st.plotly_chart(
        charts.moved(largest), key=f"new_item_moved_{title}", config=PLAIN, alt=f"{title}: moved"
    )


def show_sentences(judged: Judged) -> None:
    """A button; then what each sentence brings, for the item as it stands."""
    state, opened, item = st.session_state, judged.opened, judged.landing.item
    asked = (opened.name, opened.manifest.version, item)
    kept = state.get("new_item_here_sentences")
    if kept is None or kept[0] != asked:
        place = st.empty()
        clicked = place.button(
            "Which sentence earns its place?",
            icon=":material/format_quote:",
            help="Leaves out one sentence after the other, and judges what is left.",
        )
        if not clicked:
            return
        with place.container():
            bar = st.progress(0.0, "Leaving out one sentence after the other")
            # A click makes the page run anew, which ends this run at the next step of the bar.
            st.button("Cancel", key="new_item_here_cancel", icon=":material/close:")
        try:
            kept = (asked, judged.new_items.sentences(item, partial(advance, bar)))
        except ThawError as error:
            place.warning(escape(str(error)), title="No sentence can be left out")
            return
        place.empty()
        state["new_item_here_sentences"] = kept
    frame, who = kept[1], words.people(opened.catalogue.about)
    st.markdown("**Which sentence earns its place**")
    if len(frame) < 2:
        st.caption("One sentence has to earn it alone: there is nothing to leave out.")
        return
    if (count := len(split_sentences(item.text))) > len(frame):
        st.caption(
            f"Of {count:,} sentences the {len(frame):,} that tell most were left out in turn."
        )
    lines = words.earns(frame, who)
    for line in lines:
        st.markdown(escape(line))
    st.plotly_chart(
        charts.sentences(frame, who),
        key="new_item_sentence_bars",
        config=PLAIN,
        alt=" ".join(lines),
    )
    st.caption(
        f"How many more {who} like it with the sentence than without it; the thin line is the 80 %"
        " interval."
    )


def _hold() -> None:
    st.session_state["new_item_here_held"] = st.session_state.get("new_item_now")


def _forget() -> None:
    st.session_state["new_item_here_held"] = None
