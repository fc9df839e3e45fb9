"""Which workspace is open: chosen at the top right of every page, beside the page's title.

What stands in the visit under a key with HERE in it means something in the open workspace only,
and is forgotten with it. Keys begin with the name of their page, or with ``visit_`` where several
pages share them: no page has to know the keys of another.
"""

import streamlit as st

from pages.shared import address, resources, tab, taste
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.store.workspace import Workspace, names

DEFAULT = "demo"
"""Opened when nothing else is asked for; addresses do not name it."""

HERE = "_here_"
"""In every key of what means nothing in another workspace."""

LONGEST_NAME = 60
"""So much is repeated of the name of a workspace that is not there."""

OPEN = "visit_open"
"""Key in the visit of the name of the open workspace. No widget's: what a page's widget holds is
lost where the next page draws it anew."""


def choose() -> Workspace:
    """The workspace of the visit; if it cannot be opened, says why, offers others and stops."""
    state = st.session_state
    state.setdefault(OPEN, address.text("workspace", DEFAULT))
    if state[OPEN] not in _known():
        state["visit_gone"] = state[OPEN][:LONGEST_NAME]
        state[OPEN] = DEFAULT
        _forget_here()
    try:
        opened = resources.workspace(state[OPEN])
    except ThawError as error:
        _head("Thaw", state[OPEN], "")
        st.error(escape(str(error)), title="This workspace cannot be opened")
        st.stop()
    return opened


def show_head(opened: Workspace, title: str) -> None:
    """The page's title; at its right the workspace, where it comes from, and others to open."""
    about = opened.catalogue.about
    _head(title, opened.name, escape(str(about.get("source", ""))), bool(about.get("simulated")))
    _say_gone(opened.name)
    for notice in opened.notices:
        st.warning(escape(notice))


def switch(name: str) -> None:
    """Opens the workspace ``name`` from the next run on; for callbacks."""
    st.session_state[OPEN] = name
    _forget()


def in_address(opened: Workspace) -> dict[str, address.Value]:
    """What the address should say of the workspace."""
    return {"workspace": opened.name if opened.name != DEFAULT else None}


def _head(title: str, name: str, source: str, simulated: bool = False) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="visit_head"):
        st.title(escape(title), anchor=False, width="stretch")
        label = f"{escape(name)} · simulated people" if simulated else escape(name)
        with st.popover(label, icon=":material/database:", key="visit_about", type="tertiary"):
            _choice(name)
            if simulated:
                st.badge("People are simulated", color="orange", icon=":material/smart_toy:")
            st.caption(source)


def _say_gone(name: str) -> None:
    """A line about a workspace that is not there, until it is closed or another is chosen."""
    gone = st.session_state.get("visit_gone")
    if not gone:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(
            f"“{escape(gone)}” was renamed or deleted, or the link is mistyped. The workspace"
            f" “{escape(name)}” is open instead.",
            title="There is no such workspace",
            icon=":material/link_off:",
            width="stretch",
        )
        st.button("Close", key="visit_missing_close", on_click=_close_gone)


def _close_gone() -> None:
    st.session_state.pop("visit_gone", None)


def _choice(name: str) -> None:
    st.session_state["visit_workspace"] = name
    st.selectbox("Workspace", _known(), key="visit_workspace", on_change=_switch)


def _known() -> list[str]:
    return sorted({DEFAULT, *names()})


def _switch() -> None:
    switch(st.session_state["visit_workspace"])


def _forget_here() -> None:
    state = st.session_state
    for key in [key for key in state if HERE in str(key)]:
        del state[key]


def _forget() -> None:
    _forget_here()
    _close_gone()
    taste.forget_example()
    tab.forget()
    st.query_params.clear()
