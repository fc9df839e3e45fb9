"""The sidebar: which workspace is open, and what it holds."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from pages.shared import address, resources
from pages.shared.text import escape
from recsys.store.workspace import Workspace, names

DEFAULT = "demo"

_OF_ONE_WORKSPACE = (
    *("example", "liked", "disliked", "seen", "category", "years"),
    *("why", "why_not", "centre", "entity"),
    *("item_example", "item_categories", "item_segment", "item_held", "item_published"),
    *("item_sentences", "landings"),
)
"""What stands on the pages and means nothing in another workspace."""


def choose() -> Workspace:
    """The workspace chosen in the sidebar; if it cannot be opened, says why and stops."""
    _enter_by_app()
    known = sorted({DEFAULT, *names()})
    st.session_state.setdefault("workspace", address.name("workspace", known, DEFAULT))
    with st.sidebar:
        name = st.selectbox(
            "Workspace", known, key="workspace", on_change=_forget, persist_state="session"
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
    for notice in opened.notices:
        st.warning(notice)
    return opened


def _enter_by_app() -> None:
    # Until app.py has run once, Streamlit takes a folder called pages for its older kind of
    # multipage app, and a visit that goes straight to a page would miss app.py.
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def switch(name: str) -> None:
    """Opens the workspace ``name`` from the next run on; for callbacks."""
    st.session_state["workspace"] = name
    _forget()


def _forget() -> None:
    for key in _OF_ONE_WORKSPACE:
        st.session_state.pop(key, None)
    if st.session_state.get("taste") in st.session_state.get("examples", []):
        st.session_state.pop("taste")  # what was typed stays
    st.query_params.clear()
