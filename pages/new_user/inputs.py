"""What is said and set, at the left of the list; folded to one line where the page is narrow."""

from textwrap import shorten

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.new_user.offer import show_offer
from pages.new_user.people import show_people
from pages.new_user.ranking import PRESENT
from pages.shared import pulled, tab, taste
from pages.shared.strategy import own_in_address, show_strategy
from pages.shared.text import escape
from recsys.store.workspace import Workspace

FOLDED = 60
"""Letters of the taste that stand on the folded inputs."""


def places() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where the inputs stand, and where the list."""
    if tab.is_narrow() or st.session_state.get(PRESENT):
        said = shorten(st.session_state["visit_taste"], FOLDED, placeholder=" …")
        return st.expander(escape(f"“{said}”"), icon=":material/edit:"), st.container()
    left, right = st.columns([1, 2], gap="medium")
    return left, right


def show_inputs(opened: Workspace) -> None:
    """The taste, what is known beside it, and the buttons."""
    taste.show_text(opened)
    with st.container(horizontal=True, gap="small", key="new_user_buttons"):
        st.button("Rank", type="primary", icon=":material/sort:", help="Or press Ctrl+Enter")
        label = "Strategy: yours" if own_in_address() else "Strategy: usual"
        strategy = st.popover(label, key="new_user_strategy", on_change="rerun")
        label = "Filters: on" if taste.filtered(opened) else "Filters"
        filters = st.popover(label, key="new_user_filters", on_change="rerun")
    taste.show_understood(opened)
    taste.show_likes(opened)
    pulled.show_pulled(opened)
    with st.container(horizontal=True, gap="small"):
        people = st.popover(
            "People",
            key="new_user_people",
            type="tertiary",
            icon=":material/group:",
            on_change="rerun",
        )
        st.button(
            "Start again",
            key="new_user_start_again",
            type="tertiary",
            on_click=taste.start_again,
        )
    if strategy.open:  # what nobody looks at would cost every list a third of its time
        with strategy:
            show_offer(opened)
            show_strategy()
    if filters.open:
        with filters:
            taste.show_filters(opened)
            taste.show_length()
    if people.open:
        with people:
            show_people(opened)
