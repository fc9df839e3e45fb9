"""The newcomer on the left of the page: a taste, likes and dislikes, and what may be shown."""

from typing import cast

import numpy as np
import streamlit as st

from pages.shared import address
from pages.shared.text import escape
from recsys.clauses import split_clauses
from recsys.datatypes import Filters
from recsys.workspace import Workspace

OFFERED = 5_000
"""How many items, the most liked first, can be searched for; a browser chokes on many more."""


def show_examples(examples: list[str]) -> None:
    """Tastes to click; the first stands there until something is typed."""
    first = address.text("taste", examples[0] if examples else "")
    st.session_state.setdefault("taste", first)
    st.session_state["examples"] = examples
    st.pills(
        "Examples",
        examples,
        format_func=escape,
        key="example",
        on_change=_take_example,
        label_visibility="collapsed",
        wrap=True,
    )


def show_taste(examples: list[str]) -> str:
    """The text area; returns what stands in it."""
    text = st.text_area(
        "A taste in plain words",
        height=110,
        key="taste",
        placeholder="What does this person like, and what can they not stand?",
        help="Ctrl+Enter ranks. What follows no, nothing, without or hate counts against.",
        persist_state="session",
    )
    if text in examples:
        st.caption("This is an example: type over it.")
    st.button("Rank", type="primary", icon=":material/sort:", width="stretch")
    st.markdown(_clauses(text))
    return text


def show_likes(opened: Workspace) -> tuple[list[str], list[str]]:
    """Two searchable lists; returns the ids that are liked and those that are disliked."""
    items = opened.catalogue.items
    named = dict(zip(items["id"], items["title"], strict=True))
    offered = items["id"].iloc[np.argsort(-opened.catalogue.likes, kind="stable")[:OFFERED]]
    box = st.expander("Likes and dislikes", icon=":material/thumbs_up_down:")
    for key, other, label in (("liked", "disliked", "Likes"), ("disliked", "liked", "Dislikes")):
        st.session_state.setdefault(key, address.names(key, named))
        taken = st.session_state.get(other, [])
        options = dict.fromkeys([*st.session_state[key], *offered])
        box.multiselect(
            label,
            [id_ for id_ in options if id_ not in taken],
            key=key,
            format_func=lambda id_: named.get(id_, id_),
            placeholder="Search to add",
            persist_state="session",
        )
    return st.session_state["liked"], st.session_state["disliked"]


def show_filters(opened: Workspace) -> Filters:
    """Categories and years; a catalogue that has no years shows none."""
    catalogue = opened.catalogue
    label = escape(catalogue.about.get("category", "category").capitalize())
    st.session_state.setdefault("category", address.names("category", catalogue.categories))
    with st.expander("Filters", icon=":material/filter_alt:"):
        chosen = st.multiselect(
            label,
            catalogue.categories,
            key="category",
            placeholder="Any",
            persist_state="session",
        )
        years = catalogue.items["year"].dropna()
        if years.nunique() < 2:
            return Filters(tuple(chosen))
        first, last = int(years.min()), int(years.max())
        low = address.number("from", first, first, last)
        st.session_state.setdefault("years", (low, address.number("to", last, low, last)))
        slider = st.slider("Year", first, last, key="years", persist_state="session")
        low, high = cast(tuple[int, int], slider)  # a range, as the value set above is one
    return Filters(tuple(chosen), low if low > first else None, high if high < last else None)


def _take_example() -> None:
    if st.session_state["example"]:
        st.session_state["taste"] = st.session_state["example"]


def _clauses(text: str) -> str:
    marks = {True: ":green-badge[+ {}]", False: ":red-badge[− {}]"}
    return " ".join(marks[c.wanted].format(escape(c.text[:60])) for c in split_clauses(text)[:12])
