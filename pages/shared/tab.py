"""The visitor's browser tab: what it keeps over a reload, and whether it is narrow.

What was typed is kept in the tab itself, in its session storage: nowhere on the server, and gone
when the tab is closed.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from recsys.datatypes import MAX_TEXT

LONGEST = 16 * MAX_TEXT
"""More characters than these are not taken back from a tab: a letter takes up to twelve in an
address, and there are lists beside the text."""

STAYS = ("visit_tab", "visit_narrow")
"""Keys in the visit of what is the tab's own."""

_TAB = st.components.v2.component("thaw_tab", js=Path(__file__).with_suffix(".js").read_text())


def is_narrow() -> bool:
    """Whether the window is as narrow as a phone held upright: as the browser says, or before it
    has said anything, as it is called."""
    phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    return bool(st.session_state.get("visit_narrow", phone))


def keep(query: str | None) -> None:
    """Has the tab keep ``query``, an address's part behind the ``?``, for after a reload; None
    leaves there what it keeps."""
    if query is not None:
        st.session_state["visit_kept"] = query
    _TAB(
        key="visit_tab",
        data={
            "query": st.session_state.get("visit_kept", ""),
            "narrow": is_narrow(),
            "taken": st.session_state.get("visit_taken", False),
        },
        on_narrow_change=_narrow,
        on_restored_change=_restore,
    )


def kept(name: str) -> list[str]:
    """What the tab kept of the parameter ``name`` and gave back when it was reloaded."""
    found: list[str] = st.session_state.get("visit_restored", {}).get(name, [])
    return found


def forget() -> None:
    """Drops what the tab gave back."""
    st.session_state.pop("visit_restored", None)


def _narrow() -> None:
    st.session_state["visit_narrow"] = bool(_said("narrow"))


def _said(what: str) -> Any:
    """What the tab says; nothing where a run that was broken off has forgotten the tab."""
    return st.session_state.get("visit_tab", {}).get(what)


def _restore() -> None:
    """Begins the visit anew with what the tab kept: pages read it as they read an address."""
    state = st.session_state
    if "visit_tab" not in state:  # forgotten by a run that was broken off: the tab asks again
        return
    said = str(_said("restored") or "")[:LONGEST]
    for key in [key for key in state if str(key).startswith("visit_") and key not in STAYS]:
        del state[key]
    state["visit_taken"] = True  # whatever it said: a tab that is not answered asks again
    state["visit_kept"], state["visit_restored"] = said, parse_qs(said)
