"""The newcomer of the visit, as Compare shows and changes them."""

import streamlit as st

from pages.shared import taste
from pages.shared.understood import show_line, understood
from recsys.store.workspace import Workspace


def show_taste(opened: Workspace) -> None:
    """The taste that was carried over, what was understood of it, and what else is known."""
    _mirror("taste")
    text = st.text_area(
        "A taste in plain words",
        height=110,
        key="compare_taste",
        help="The same as on New user. Ctrl+Enter compares.",
        on_change=_carry,
        args=("taste",),
    )
    if text in opened.catalogue.about.get("examples", []):
        st.caption("This is an example: type over it.")
    show_line(opened, understood(opened, text), st.session_state["visit_muted"])
    known = _known()
    st.page_link(
        "pages/new_user/page.py",
        label=f"With {known}: change" if known else "Add likes, dislikes and filters",
        icon=":material/person:",
    )


def show_shared() -> None:
    """Whether the link tells what was typed and liked."""
    _mirror("shared")
    st.checkbox(
        "The link includes the taste, likes and dislikes",
        key="compare_shared",
        on_change=_carry,
        args=("shared",),
        help="Without it the link reopens the strategies only; what was typed stays here.",
    )


def _known() -> str:
    """How much is known of the newcomer beside the taste, "" for nothing."""
    state = st.session_state
    counts = {name: len(state[taste.list_key(name)]) for name in ("liked", "disliked")}
    counts["switched off"] = len(state["visit_muted"])
    counts["softened"] = len(state["visit_softened"])
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


def _mirror(name: str) -> None:
    """Shows here what stands in the visit under ``name``.

    The widget of that key belongs to New user: Streamlit would start another page's anew.
    """
    st.session_state[f"compare_{name}"] = st.session_state[f"visit_{name}"]


def _carry(name: str) -> None:
    """Takes what was set here over into the visit; for callbacks."""
    st.session_state[f"visit_{name}"] = st.session_state[f"compare_{name}"]
