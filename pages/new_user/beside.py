"""What can stand beside the list: why not this one, the map, the graph, somebody else."""

import streamlit as st

from pages.new_user.map import show_map
from pages.new_user.network import show_neighbours
from pages.new_user.ranking import BEHIND, show_titles
from pages.new_user.two_people import show_two
from pages.new_user.why_not import show_why_not
from pages.shared.text import escape
from recsys.datatypes import Query
from recsys.errors import ThawError
from recsys.ranking.engine import Engine, Recommendation

HEIGHT = 560
"""Pixels of what stands beside the list, so that the bar below stays where it is."""


def is_open() -> bool:
    """Whether anything is to stand beside the list."""
    return bool(st.session_state.get(BEHIND))


def show_both(engine: Engine, query: Query, result: Recommendation) -> None:
    """Draws the list reduced to titles, and beside it what was chosen in the bar."""
    titles, panel = st.columns([2, 4], gap="medium")
    with titles, st.container(height=HEIGHT, border=False):
        show_titles(engine, result)
    with panel, st.container(height=HEIGHT, border=False, key="new_user_beside"):
        _show(engine, query, result)


def _show(engine: Engine, query: Query, result: Recommendation) -> None:
    """What was chosen; where that cannot be drawn, says why."""
    chosen = st.session_state.get(BEHIND)
    try:
        if chosen == "why_not":
            show_why_not(engine, query, result.strategy)
        elif chosen == "map":
            show_map(engine, result, wide=False)
        elif chosen == "network":
            show_neighbours(engine, result)
        elif chosen == "two":
            show_two(engine, result)
    except ThawError as error:
        st.warning(escape(str(error)), title="This cannot be answered")
