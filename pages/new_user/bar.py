"""The bar below the list: what else can be seen, where to go on, and what can be kept."""

from collections.abc import Mapping

import streamlit as st

from pages.new_user import history, how, tour
from pages.new_user.ranking import BEHIND, act
from pages.shared import address, taste
from pages.shared.copy_link import copy_links
from recsys.ranking.engine import Engine, Recommendation, ranking_frame

VIEWS = {
    "why_not": "Why not…?",
    "map": "Map",
    "network": "Graph",
    "two": "Two people",
}
"""What can stand beside the list -> what its button says."""


def show_bar(engine: Engine, result: Recommendation, shown: Mapping[str, address.Value]) -> None:
    """``shown`` is what the address says of the page."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="new_user_bar"
    ):
        st.segmented_control(
            "Beside the list",
            list(VIEWS),
            format_func=VIEWS.__getitem__,
            key=BEHIND,
            label_visibility="collapsed",
            persist_state="session",
        )
        st.page_link("pages/compare/page.py", label="Compare")
        with st.popover("Link", type="tertiary"):
            copy_links(shown, taste.told(), taste.told_in_words())
        st.download_button(
            "CSV",
            lambda: ranking_frame(engine.workspace, result.shown).to_csv(index=False),
            file_name=f"thaw-{engine.workspace.name}.csv",
            mime="text/csv",
            type="tertiary",
            help="This list as a table, with all parts of each score",
            on_click="ignore",
        )
        history.show_steps()
        works = st.popover("How it works", type="tertiary", on_change="rerun")
        if works.open:
            with works:
                how.show_how(engine, result)
                st.button("Take the tour: five steps", on_click=tour.go, args=(0,))
        st.button(
            "Present",
            type="tertiary",
            on_click=act,
            args=("present", ""),
            help="Larger, for a room (key P)",
        )
