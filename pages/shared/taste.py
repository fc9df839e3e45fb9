"""The newcomer: a taste, likes and dislikes, what was seen, and what may be shown.

What stands in the visit is the same on every page; each widget's key is its name there. What the
address calls it is the rest of the key: old links keep working.
"""

from typing import cast

import numpy as np
import streamlit as st

from pages.shared import address
from pages.shared.text import escape
from recsys.datatypes import MAX_TEXT, Filters, Query
from recsys.store.workspace import Workspace

OFFERED = 5_000
"""How many items, the most liked first, can be searched for; a browser chokes on many more."""

MOST_CLAUSES = 12
"""So many parts of a text have a switch."""

USUAL_LENGTH = 10
"""So many items are shown unless another number is asked for."""

SHORTEST = 5
"""The fewest items that can be asked for."""

LONGEST = 50
"""The most items that can be asked for."""

JUDGED = {"liked": "Likes", "disliked": "Dislikes", "seen": "Already seen"}
"""List of the newcomer -> its label; an item is in one of them at most."""


def newcomer(opened: Workspace) -> Query:
    """The newcomer of this visit: what was typed and chosen, else what the address says.

    Raises QueryError for a text without words.
    """
    set_newcomer(opened)
    state, rows = st.session_state, opened.catalogue.rows
    return Query(
        state["visit_taste"],
        rows(state[list_key("liked")]),
        rows(state[list_key("disliked")]),
        rows(state[list_key("seen")]),
        muted=tuple(state["visit_muted"]),
        filters=_filters(opened),
        k=min(state["visit_k"], len(opened.catalogue)),
    )


def set_newcomer(opened: Workspace) -> None:
    """Puts into the visit what the address says of the newcomer, where the visit has nothing.

    What the open catalogue or the text does not have is left out.
    """
    state, catalogue = st.session_state, opened.catalogue
    examples = catalogue.about.get("examples", [])
    state["visit_examples"] = examples
    state.setdefault("visit_taste", address.text("taste", examples[0] if examples else ""))
    _set_lists(set(catalogue.items["id"]))
    clauses = clauses_of(opened, state["visit_taste"])
    muted = state.get("visit_muted", address.names("muted", clauses))
    state["visit_muted"] = [clause for clause in muted if clause in clauses]
    state.setdefault("visit_here_category", address.names("category", catalogue.categories))
    if span := _years(opened):
        first, last = span
        low = address.number("from", first, first, last)
        high = address.number("to", last, low, last)
        state.setdefault("visit_here_years", (low, high))
    state.setdefault("visit_k", address.number("k", USUAL_LENGTH, SHORTEST, LONGEST))
    state.setdefault("visit_shared", "taste" in st.query_params)


def newcomer_in_address(opened: Workspace) -> dict[str, address.Value]:
    """What the address should say of the newcomer: the taste only when that is asked for."""
    state, filters = st.session_state, _filters(opened)
    typed: dict[str, address.Value] = {}
    if state["visit_shared"]:
        typed = {"taste": state["visit_taste"]}
        typed |= {name: state[list_key(name)] for name in JUDGED}
        typed["muted"] = state["visit_muted"]
    return typed | {
        "k": state["visit_k"] if state["visit_k"] != USUAL_LENGTH else None,
        "category": list(filters.categories),
        "from": filters.year_from,
        "to": filters.year_to,
    }


def list_key(name: str) -> str:
    """The key in the visit of one of the JUDGED lists."""
    return f"visit_here_{name}"


def clauses_of(opened: Workspace, text: str) -> dict[str, bool]:
    """The clauses of the text, the first dozen: whether each is wanted."""
    if not any(c.isalnum() for c in text):
        return {}
    split = opened.language.split_clauses(text[:MAX_TEXT])
    clauses = {clause.text: clause.wanted for clause in split}
    return dict(list(clauses.items())[:MOST_CLAUSES])


def ask_for(text: str) -> None:
    """Makes ``text`` the taste, with nothing filtered or switched off."""
    st.session_state["visit_taste"] = text
    for key in ("visit_muted", "visit_here_category", "visit_here_years"):
        st.session_state.pop(key, None)


def forget_example() -> None:
    """Drops a taste that is an example of the workspace; what was typed stays."""
    state = st.session_state
    if state.get("visit_taste") in state.get("visit_examples", []):
        del state["visit_taste"]


def judge(name: str, id_: str) -> None:
    """Puts an item into the list ``name`` and out of the others; for callbacks."""
    for other in JUDGED:
        kept = [each for each in st.session_state.get(list_key(other), []) if each != id_]
        st.session_state[list_key(other)] = [*kept, id_] if other == name else kept


def show_examples(examples: list[str]) -> None:
    """Tastes to click; the first stands there until something is typed."""
    st.pills(
        "Examples",
        examples,
        format_func=escape,
        key="visit_here_example",
        on_change=_take_example,
        label_visibility="collapsed",
        wrap=True,
    )


def show_taste(opened: Workspace) -> None:
    """The text area, the button that ranks, and the parts of the text."""
    text = st.text_area(
        "A taste in plain words",
        height=110,
        key="visit_taste",
        placeholder="What does this person like, and what can they not stand?",
        help="Ctrl+Enter ranks. What follows no, nothing, without or hate counts against.",
        persist_state="session",
    )
    if text in opened.catalogue.about.get("examples", []):
        st.caption("This is an example: type over it.")
    st.button("Rank", type="primary", icon=":material/sort:", width="stretch")
    _show_clauses(clauses_of(opened, text))


def show_likes(opened: Workspace) -> None:
    """Three searchable lists: liked, disliked, and already seen."""
    items = opened.catalogue.items
    named = dict(zip(items["id"], items["title"], strict=True))
    offered = items["id"].iloc[most_liked(opened)[:OFFERED]].tolist()
    box = st.expander("Likes, dislikes, already seen", icon=":material/thumbs_up_down:")
    for name, label in JUDGED.items():
        others = _judged_otherwise(name)
        options = dict.fromkeys([*st.session_state[list_key(name)], *offered])
        box.multiselect(
            label,
            [id_ for id_ in options if id_ not in others],
            key=list_key(name),
            format_func=lambda id_: named.get(id_, id_),
            placeholder="Search to add",
            help="Not shown again, and says nothing about the taste." if name == "seen" else None,
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
            label,
            catalogue.categories,
            key="visit_here_category",
            placeholder="Any",
            persist_state="session",
        )
        if span := _years(opened):
            st.slider("Year", *span, key="visit_here_years", persist_state="session")


def show_length() -> None:
    """How many items are shown."""
    st.slider("How many", SHORTEST, LONGEST, step=5, key="visit_k", persist_state="session")


def _set_lists(known: set[str]) -> None:
    """Puts the lists into the visit: ids that are ``known``, each in one list."""
    state, taken = st.session_state, set[str]()
    for name in JUDGED:
        key = list_key(name)
        chosen = state.get(key, address.names(name, known))
        kept = [id_ for id_ in chosen if id_ in known and id_ not in taken]
        if kept != state.get(key):  # once its widget is drawn, a key may not be written
            state[key] = kept
        taken |= set(kept)


def _judged_otherwise(name: str) -> set[str]:
    """The ids in the other lists than ``name``."""
    others = [other for other in JUDGED if other != name]
    return {id_ for other in others for id_ in st.session_state[list_key(other)]}


def _years(opened: Workspace) -> tuple[int, int] | None:
    """The first and the last year, where the catalogue has two."""
    years = opened.catalogue.items["year"].dropna()
    return (int(years.min()), int(years.max())) if years.nunique() > 1 else None


def _filters(opened: Workspace) -> Filters:
    categories = tuple(st.session_state["visit_here_category"])
    span = _years(opened)
    if not span:
        return Filters(categories)
    low, high = cast(tuple[int, int], st.session_state["visit_here_years"])
    first, last = span
    return Filters(categories, low if low > first else None, high if high < last else None)


def _take_example() -> None:
    if chosen := st.session_state["visit_here_example"]:
        st.session_state["visit_taste"] = chosen


def _show_clauses(clauses: dict[str, bool]) -> None:
    if not clauses:
        return
    state = st.session_state
    marks = {True: ":green[**+**] {}", False: ":red[**−**] {}"}
    state["visit_clauses"] = [clause for clause in clauses if clause not in state["visit_muted"]]
    st.pills(
        "What counts",
        list(clauses),
        selection_mode="multi",
        key="visit_clauses",
        format_func=lambda clause: marks[clauses[clause]].format(escape(clause[:60])),
        on_change=_switch,
        args=(tuple(clauses),),
        help=":green[**+**] is wanted, :red[**−**] counts against. Click a part to switch it off,"
        " and again to switch it on.",
        wrap=True,
    )


def _switch(clauses: tuple[str, ...]) -> None:
    state = st.session_state
    state["visit_muted"] = [clause for clause in clauses if clause not in state["visit_clauses"]]
