"""Edit and see: a version that is held beside the one on the page, and what each sentence earns."""

from functools import partial

import streamlit as st

from pages.new_item import words
from pages.new_item.visit import Judged, judge
from pages.shared.drawing import PLAIN
from pages.shared.progress import advance
from pages.shared.text import escape
from recsys.charts import new_item as charts
from recsys.datatypes import NewItem
from recsys.errors import ThawError
from recsys.new_item.landing import Changes, changes

MOST = 8
"""Lines of a chart of what moved, the largest moves."""
LEAST = 0.01
"""Moves below this are not drawn."""


def show_buttons() -> None:
    """Judge it, hold it, and ask for its sentences."""
    with st.container(horizontal=True):
        st.button("See where it lands", type="primary", icon=":material/flight_land:")
        st.button(
            "Hold this version",
            icon=":material/push_pin:",
            key="new_item_hold",
            help="Keeps the item as it stands, to show what your next changes move.",
            on_click=_hold,
        )


def note(item: NewItem) -> None:
    """Notes what a click on Hold would keep."""
    st.session_state["new_item_now"] = item


def show_moved(judged: Judged) -> None:
    """What moved since the version that is held; nothing while none is."""
    held: NewItem | None = st.session_state.get("new_item_here_held")
    if held is None:
        return
    with st.container(border=True, key="new_item_moved"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**:material/compare_arrows: What moved**", width="stretch")
            st.button(
                "Forget it",
                key="new_item_forget",
                type="tertiary",
                help="Compares with the held version no longer.",
                on_click=_forget,
            )
        if held == judged.landing.item:
            st.markdown("This version is held. Change the text to see what moves.")
            return
        try:
            before = judge(judged.opened, judged.new_items, held).landing
        except ThawError as error:  # the catalogue was built anew
            st.warning(escape(str(error)), title="The held version is of another catalogue")
            return
        _show_changes(judged, changes(before, judged.landing))


def _show_changes(judged: Judged, moved: Changes) -> None:
    opened, found = judged.opened, judged.landing
    about, named = opened.catalogue.about, opened.catalogue.items["title"]
    before = found.likes.expected - moved.likes
    way = "more" if moved.likes >= 0 else "fewer"
    st.markdown(
        escape(
            f"{words.number(abs(moved.likes))} {way} {words.people(about)} would like it:"
            f" {words.number(before)} before, {words.number(found.likes.expected)} now."
        )
    )
    came, gone = ([named[row] for row in rows] for rows in
                  (moved.arrived, moved.left))  # fmt: skip
    if came or gone:
        said = {"Came near": came, "Gone": gone}
        st.markdown(
            "  \n".join(
                f"**{what}:** {escape(words.listed(names, 6))}"
                for what, names in said.items()
                if names
            )
        )
    else:
        st.markdown("Its ten nearest are the same.")
    left, right = st.columns(2, gap="medium")
    for column, title, frame in (
        (left, "What it is", moved.attributes),
        (right, "Who would like it (share of the group)", moved.segments),
    ):
        size = (frame["after"] - frame["before"]).abs()
        largest = frame.loc[size[size >= LEAST].nlargest(MOST).index]
        with column:
            st.markdown(f"**{title}**")
            if largest.empty:
                st.caption("Hardly moved: less than 1 % each.")
                continue
            st.plotly_chart(
                charts.moved(largest),
                key=f"new_item_moved_{title}",
                config=PLAIN,
                alt=f"{title}: moved",
            )
    st.caption("From the hollow dot to the full one: green is up, red is down.")


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
        bar = place.progress(0.0, "Leaving out one sentence after the other")
        try:
            kept = (asked, judged.new_items.sentences(item, partial(advance, bar)))
        except ThawError as error:
            place.warning(escape(str(error)), title="No sentence can be left out")
            return
        place.empty()
        state["new_item_here_sentences"] = kept
    frame, who = kept[1], words.people(opened.catalogue.about)
    st.markdown("##### Which sentence earns its place")
    if len(frame) < 2:
        st.caption("One sentence has to earn it alone: there is nothing to leave out.")
        return
    lines = words.earns(frame, who)
    for line in lines:
        st.markdown(escape(line))
    st.plotly_chart(
        charts.sentences(frame, who),
        key="new_item_sentence_bars",
        config=PLAIN,
        alt=" ".join(lines),
    )
    st.caption(f"How many more {who} like it with the sentence than without it.")


def _hold() -> None:
    st.session_state["new_item_here_held"] = st.session_state.get("new_item_now")


def _forget() -> None:
    st.session_state["new_item_here_held"] = None
