"""The sidebar: which workspace is open, and what it holds.

What stands in the visit under a key with HERE in it means something in the open workspace only,
and is forgotten with it. Keys begin with the name of their page, or with ``visit_`` where several
pages share them: no page has to know the keys of another.
"""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from pages.shared import address, missing, resources, taste
from pages.shared.text import escape
from recsys.store.workspace import Workspace, names

DEFAULT = "demo"
"""Opened when nothing else is asked for; addresses do not name it."""

HERE = "_here_"
"""In every key of what means nothing in another workspace."""


def choose() -> Workspace:
    """The workspace chosen in the sidebar; if it cannot be opened, says why and stops."""
    _enter_by_app()
    known = sorted({DEFAULT, *names()})
    name = missing.present(known, DEFAULT)
    if name != st.session_state.setdefault("visit_workspace", name):  # it went during the visit
        _forget()
        st.session_state["visit_workspace"] = name
    with st.sidebar:
        name = st.selectbox(
            "Workspace", known, key="visit_workspace", on_change=_choose, persist_state="session"
        )
        opened = resources.workspace(name)
        about = opened.catalogue.about
        st.markdown(f"{len(opened.catalogue):,} {escape(about.get('nouns', 'items'))}")
        if about.get("simulated"):
            st.badge("People are simulated", color="orange", icon=":material/smart_toy:")
        st.caption(escape(about.get("source", "")))
        st.caption(
            f"Texts read by {escape(opened.manifest.encoder)}; built {opened.manifest.built[:10]}."
        )
    missing.say_missing(DEFAULT)
    for notice in opened.notices:
        st.warning(notice)
    return opened


def switch(name: str) -> None:
    """Opens the workspace ``name`` from the next run on; for callbacks."""
    st.session_state["visit_workspace"] = name
    _choose()


def in_address(opened: Workspace) -> dict[str, address.Value]:
    """What the address should say of the workspace."""
    return {"workspace": opened.name if opened.name != DEFAULT else None}


def _enter_by_app() -> None:
    # Until app.py has run once, Streamlit takes a folder called pages for its older kind of
    # multipage app, and a visit that goes straight to a page would miss app.py.
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def _choose() -> None:
    missing.forget_missing()
    _forget()


def _forget() -> None:
    state = st.session_state
    for key in [key for key in state if HERE in str(key)]:
        del state[key]
    taste.forget_example()
    st.query_params.clear()
