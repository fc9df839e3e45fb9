"""The newcomer of the visit, as Compare shows and changes them."""

import streamlit as st

from pages.shared import taste
from pages.shared.understood import show_line, understood
from recsys.store.workspace import Workspace


def show_taste(opened: Workspace) -> None:
    """The taste that was carried over, in one line to type over."""
    state = st.session_state
    # The widget of the visit's key belongs to New user: Streamlit would start another page's anew.
    state["compare_taste"] = " ".join(state["visit_taste"].splitlines())
    st.text_input(
        "A taste in plain words",
        key="compare_taste",
        icon=":material/edit:",
        placeholder="What does this person like, and what can they not stand?",
        label_visibility="collapsed",
        on_change=_carry,
    )
    found = understood(opened, state["visit_taste"])
    with st.popover(_known() or "Understood", icon=":material/person:", key="compare_known"):
        if state["visit_taste"] in opened.catalogue.about.get("examples", []):
            st.markdown("This is an example: type over it.")
        show_line(opened, found, state["visit_muted"])
        st.page_link(
            "pages/new_user/page.py",
            label="Likes, dislikes, what counts and filters are set on New user",
            icon=":material/arrow_back:",
        )


def show_doubt(opened: Workspace) -> None:
    """Says so where too little of the taste was understood."""
    found = understood(opened, st.session_state["visit_taste"])
    if not found.understood:
        show_line(opened, found, [])


def _known() -> str:
    """How much is known of the newcomer beside the taste, "" for nothing."""
    state = st.session_state
    counts = {name: len(state[taste.list_key(name)]) for name in ("liked", "disliked")}
    counts["switched off"] = len(state["visit_muted"])
    counts["softened"] = len(state["visit_softened"])
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


def _carry() -> None:
    """Takes the taste that was typed here over into the visit; for callbacks."""
    st.session_state["visit_taste"] = st.session_state["compare_taste"]
