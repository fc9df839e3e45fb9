"""What both kinds of rooms share: the link, the end, and what is said of one that is closed."""

import streamlit as st

from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.store.rooms import Rooms

DUEL, TOGETHER = "duel", "together"
"""Kinds of rooms."""


def show_link(code: str, what: str) -> None:
    """Where the people in the room can ``what``."""
    here = (st.context.url or "").partition("?")[0]
    st.markdown(f"Open **{escape(here)}?room={code}** and {what}")


def show_close(key: str, code: str) -> None:
    """The button that closes the room, whose code stands in the visit under ``key``."""
    st.button("Close the room", key=f"{key}_close", icon=":material/close:", on_click=_close,
              args=(key, code))  # fmt: skip


def show_gone(key: str, error: ThawError) -> None:
    """Says that the room is closed, and forgets it."""
    st.info(escape(str(error)), title="This room is closed")
    st.session_state.pop(key, None)


def _close(key: str, code: str) -> None:
    Rooms().close(code)
    st.session_state.pop(key, None)
