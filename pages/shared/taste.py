"""The newcomer on the left of the page: a taste, likes and dislikes, and what may be shown."""

from typing import Literal

import streamlit as st

from pages.shared.text import escape
from recsys.clauses import split_clauses
from recsys.datatypes import Filters
from recsys.workspace import Workspace


def show_examples(examples: list[str]) -> None:
    """Tastes to click; the first stands there until something is typed."""
    st.session_state.setdefault("taste", examples[0] if examples else "")
    st.pills(
        "Examples",
        examples,
        key="example",
        on_change=_take_example,
        label_visibility="collapsed",
        wrap=True,
    )


def show_taste(examples: list[str]) -> str:
    """The text area; returns what stands in it.

    The text is kept for the visit. It goes into the address only while the visitor wants it there.
    """
    st.session_state.setdefault("shared", "taste" in st.query_params)
    text = st.text_area(
        "A taste in plain words",
        height=110,
        key="taste",
        placeholder="What does this person like, and what can they not stand?",
        help="Ctrl+Enter ranks. What follows no, nothing, without or hate counts against.",
        bind=_bind(),
        persist_state="session",
    )
    if text in examples:
        st.caption("This is an example: type over it.")
    st.button("Rank", type="primary", icon=":material/sort:", width="stretch")
    st.markdown(_clauses(text))
    return text


def show_likes(opened: Workspace) -> tuple[list[str], list[str]]:
    """Two searchable lists; returns the ids that are liked and those that are disliked."""
    box = st.expander("Likes and dislikes", icon=":material/thumbs_up_down:")
    items = opened.catalogue.items
    named = dict(zip(items["id"], items["title"], strict=True))
    for key, other, label in (("liked", "disliked", "Likes"), ("disliked", "liked", "Dislikes")):
        taken = st.session_state.get(other, [])
        box.multiselect(
            label,
            [id_ for id_ in named if id_ not in taken],
            key=key,
            format_func=lambda id_: named.get(id_, id_),
            placeholder="Search to add",
            bind=_bind(),
            persist_state="session",
        )
    return st.session_state["liked"], st.session_state["disliked"]


def show_filters(opened: Workspace) -> Filters:
    """Categories and years; a catalogue that has none shows none."""
    with st.expander("Filters", icon=":material/filter_alt:"):
        category = opened.catalogue.about.get("category", "category").capitalize()
        chosen = st.multiselect(
            category,
            opened.catalogue.categories,
            key="category",
            placeholder="Any",
            bind="query-params",
        )
        years = opened.catalogue.items["year"].dropna()
        if years.nunique() < 2:
            return Filters(tuple(chosen))
        first, last = int(years.min()), int(years.max())
        low, high = st.slider("Year", first, last, (first, last), key="year", bind="query-params")
    return Filters(tuple(chosen), low if low > first else None, high if high < last else None)


def _bind() -> Literal["query-params"] | None:
    return "query-params" if st.session_state["shared"] else None


def _take_example() -> None:
    if st.session_state["example"]:
        st.session_state["taste"] = st.session_state["example"]


def _clauses(text: str) -> str:
    marks = {True: ":green-badge[+ {}]", False: ":red-badge[− {}]"}
    return " ".join(marks[c.wanted].format(escape(c.text[:60])) for c in split_clauses(text)[:12])
