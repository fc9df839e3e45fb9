"""A workspace that was asked for and is not there: another is open instead, and that is said."""

from collections.abc import Collection

import streamlit as st

from pages.shared import address
from pages.shared.text import escape

_ASKED = "visit_missing"
"""The name that was asked for, until another workspace is chosen."""


def present(known: Collection[str], default: str) -> str:
    """The workspace that the visit or its address asks for, or ``default`` where it is not known.

    What was deleted or renamed since is as good as mistyped.
    """
    state = st.session_state
    asked = str(state.get("visit_workspace") or address.text("workspace", default))
    if asked in known:
        return asked
    state[_ASKED] = asked
    return default


def say_missing(default: str) -> None:
    """A line about the workspace that is not there, until it is closed or another is chosen."""
    asked = st.session_state.get(_ASKED)
    if not asked:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(
            f"“{escape(asked[:64])}” was renamed or deleted, or the link is mistyped. The workspace"
            f" “{escape(default)}” is open instead.",
            title="There is no such workspace",
            icon=":material/link_off:",
            width="stretch",
        )
        st.button("Close", key="visit_missing_close", on_click=forget_missing)


def forget_missing() -> None:
    """Says no more of it."""
    st.session_state.pop(_ASKED, None)
