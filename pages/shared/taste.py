"""The newcomer: a taste, likes and dislikes, what was seen, and what may be shown.

What stands in the visit is the same on every page; each widget's key is its name there.
"""

from typing import cast

import numpy as np
import streamlit as st

from pages.shared import address
from pages.shared.text import escape
from recsys.datatypes import MAX_TEXT, Filters, Query
from recsys.languages.english.clauses import split_clauses
from recsys.store.workspace import Workspace

OFFERED = 5_000
"""How many items, the most liked first, can be searched for; a browser chokes on many more."""
MOST_CLAUSES = 12
"""So many parts of a text have a switch."""
JUDGED = {"liked": "Likes", "disliked": "Dislikes", "seen": "Already seen"}
"""Key of the list -> its label; an item is in one of them at most."""


def newcomer(opened: Workspace) -> Query:
    """The newcomer of this visit: what was typed and chosen, else what the address says.

    Raises QueryError for a text without words.
    """
    set_newcomer(opened)
    state, rows = st.session_state, opened.catalogue.rows
    return Query(
        state["taste"],
        rows(state["liked"]),
        rows(state["disliked"]),
        rows(state["seen"]),
        muted=tuple(state["muted"]),
        filters=_filters(opened),
        k=min(state["k"], len(opened.catalogue)),
    )


def set_newcomer(opened: Workspace) -> None:
    """Puts into the visit what the address says of the newcomer, where the visit has nothing.

    What the open catalogue or the text does not have is left out.
    """
    state, catalogue = st.session_state, opened.catalogue
    examples = catalogue.about.get("examples", [])
    state["examples"] = examples
    state.setdefault("taste", address.text("taste", examples[0] if examples else ""))
    known, taken = set(catalogue.items["id"]), set[str]()
    for key in JUDGED:
        chosen = state.get(key, address.names(key, known))
        kept = [id_ for id_ in chosen if id_ in known and id_ not in taken]
        if kept != state.get(key):  # once its widget is drawn, a key may not be written
            state[key] = kept
        taken |= set(kept)
    clauses = clauses_of(state["taste"])
    muted = state.get("muted", address.names("muted", clauses))
    state["muted"] = [clause for clause in muted if clause in clauses]
    state.setdefault("category", address.names("category", catalogue.categories))
    if span := _years(opened):
        first, last = span
        low = address.number("from", first, first, last)
        state.setdefault("years", (low, address.number("to", last, low, last)))
    state.setdefault("k", address.number("k", 10, 5, 50))
    state.setdefault("shared", "taste" in st.query_params)


def newcomer_in_address(opened: Workspace) -> dict[str, address.Value]:
    """What the address should say of the newcomer: the taste only when that is asked for."""
    state, filters = st.session_state, _filters(opened)
    typed = ("taste", *JUDGED, "muted") if state["shared"] else ()
    return {key: state[key] for key in typed} | {
        "k": state["k"] if state["k"] != 10 else None,
        "category": list(filters.categories),
        "from": filters.year_from,
        "to": filters.year_to,
    }


def clauses_of(text: str) -> dict[str, bool]:
    """The clauses of the text, the first dozen: whether each is wanted."""
    if not any(c.isalnum() for c in text):
        return {}
    clauses = {clause.text: clause.wanted for clause in split_clauses(text[:MAX_TEXT])}
    return dict(list(clauses.items())[:MOST_CLAUSES])


def judge(key: str, id_: str) -> None:
    """Puts an item into the list ``key`` and out of the others; for callbacks."""
    for name in JUDGED:
        kept = [other for other in st.session_state.get(name, []) if other != id_]
        st.session_state[name] = [*kept, id_] if name == key else kept


def show_examples(examples: list[str]) -> None:
    """Tastes to click; the first stands there until something is typed."""
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
    _show_clauses(text)
    return text


def show_likes(opened: Workspace) -> None:
    """Three searchable lists: liked, disliked, and already seen."""
    items = opened.catalogue.items
    named = dict(zip(items["id"], items["title"], strict=True))
    offered = items["id"].iloc[most_liked(opened)[:OFFERED]].tolist()
    box = st.expander("Likes, dislikes, already seen", icon=":material/thumbs_up_down:")
    for key, label in JUDGED.items():
        others = {id_ for other in JUDGED if other != key for id_ in st.session_state[other]}
        options = dict.fromkeys([*st.session_state[key], *offered])
        box.multiselect(
            label,
            [id_ for id_ in options if id_ not in others],
            key=key,
            format_func=lambda id_: named.get(id_, id_),
            placeholder="Search to add",
            help="Not shown again, and says nothing about the taste." if key == "seen" else None,
            persist_state="session",
        )


def most_liked(opened: Workspace) -> np.ndarray:
    """(n,) the rows of the catalogue, the most liked first."""
    return np.argsort(-opened.catalogue.likes, kind="stable")


def show_filters(opened: Workspace) -> None:
    """Categories and years; a catalogue that has no years shows none."""
    catalogue = opened.catalogue
    label = escape(catalogue.about.get("category", "category").capitalize())
    with st.expander("Filters", icon=":material/filter_alt:"):
        st.multiselect(
            label, catalogue.categories, key="category", placeholder="Any", persist_state="session"
        )
        if span := _years(opened):
            st.slider("Year", *span, key="years", persist_state="session")


def show_length() -> None:
    """How many items are shown."""
    st.slider("How many", 5, 50, step=5, key="k", persist_state="session")


def _years(opened: Workspace) -> tuple[int, int] | None:
    """The first and the last year, where the catalogue has two."""
    years = opened.catalogue.items["year"].dropna()
    return (int(years.min()), int(years.max())) if years.nunique() > 1 else None


def _filters(opened: Workspace) -> Filters:
    categories = tuple(st.session_state["category"])
    span = _years(opened)
    if not span:
        return Filters(categories)
    low, high = cast(tuple[int, int], st.session_state["years"])
    first, last = span
    return Filters(categories, low if low > first else None, high if high < last else None)


def _take_example() -> None:
    if st.session_state["example"]:
        st.session_state["taste"] = st.session_state["example"]


def _show_clauses(text: str) -> None:
    clauses = clauses_of(text)
    if not clauses:
        return
    marks = {True: ":green[**+**] {}", False: ":red[**−**] {}"}
    st.session_state["clauses"] = [c for c in clauses if c not in st.session_state["muted"]]
    st.pills(
        "What counts",
        list(clauses),
        selection_mode="multi",
        key="clauses",
        format_func=lambda clause: marks[clauses[clause]].format(escape(clause[:60])),
        on_change=_switch,
        args=(tuple(clauses),),
        help=":green[**+**] is wanted, :red[**−**] counts against. Click a part to switch it off,"
        " and again to switch it on.",
        wrap=True,
    )


def _switch(clauses: tuple[str, ...]) -> None:
    state = st.session_state
    state["muted"] = [clause for clause in clauses if clause not in state["clauses"]]
