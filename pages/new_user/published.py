"""Where the item that was just published stands in this visitor's own list."""

import streamlit as st

from pages.new_user.ranking import BEHIND
from pages.shared.reception import reception_line
from pages.shared.text import escape
from recsys.ranking.engine import Recommendation
from recsys.signals.reception import rates_of

PUBLISHED = "visit_here_published"
"""Key in the visit of the id of what was published last; New item puts it there."""


def show_published(result: Recommendation) -> None:
    """The place of the new item for this taste, and the way to the reason; nothing without one."""
    catalogue = result.workspace.catalogue
    found = catalogue.items.index[catalogue.items["id"] == st.session_state.get(PUBLISHED)]
    if found.empty:
        return
    row = int(found[0])
    title = escape(catalogue.items["title"][row])
    with st.container(horizontal=True, vertical_alignment="center", key="new_user_published"):
        st.markdown(f":material/new_releases: **{title}** {_standing(result, row)}")
        st.button(
            "Why there?",
            key="new_user_published_why",
            type="tertiary",
            on_click=_ask,
            args=(row,),
        )
        st.button("Hide", key="new_user_published_hide", type="tertiary", on_click=_hide)


def _standing(result: Recommendation, row: int) -> str:
    """Where it stands in the list, and how it was received where it was shown."""
    place = "is not among what is ranked for this taste."
    if row in result.ranking.index:
        rank = result.ranking["rank"][row]
        place = f"stands at {rank:,} of {len(result.ranking):,} for this taste."
    rates = rates_of(result.workspace)
    if not rates.shown[row]:
        return place
    return f"{place} Who sees it likes it: {escape(reception_line(rates, row))}."


def _ask(row: int) -> None:
    st.session_state["new_user_here_why_not"] = row
    st.session_state[BEHIND] = "why_not"


def _hide() -> None:
    del st.session_state[PUBLISHED]
