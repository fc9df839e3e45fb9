"""The newcomer: a taste, likes and dislikes, what was seen, and what may be shown.

What stands in the visit is the same on every page; each widget's key is its name there. What the
address calls it is the rest of the key: old links keep working.
"""

from typing import cast

import numpy as np
import streamlit as st

from pages.shared import address
from pages.shared.choose import FILTER, item_labels
from pages.shared.text import escape
from pages.shared.understood import rulings, show_chips, show_line, switches, understood
from recsys.datatypes import Filters, Query
from recsys.store.workspace import Workspace
from recsys.understanding.understanding import Understanding

OFFERED = 5_000
"""How many items, the most liked first, can be searched for; a browser chokes on many more."""

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
        softened=tuple(state["visit_softened"]),
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
    _set_parts(opened, understood(opened, state["visit_taste"]))
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
        typed |= {"muted": state["visit_muted"], "softened": state["visit_softened"]}
    return typed | {
        "k": state["visit_k"] if state["visit_k"] != USUAL_LENGTH else None,
        "category": list(filters.categories),
        "from": filters.year_from,
        "to": filters.year_to,
    }


def list_key(name: str) -> str:
    """The key in the visit of one of the JUDGED lists."""
    return f"visit_here_{name}"


def ask_for(text: str) -> None:
    """Makes ``text`` the taste, with nothing filtered, switched off or softened."""
    st.session_state["visit_taste"] = text
    for key in ("visit_muted", "visit_softened", "visit_here_category", "visit_here_years"):
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
    """The text area, the button that ranks, what was understood, and the parts of the text."""
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
    found = understood(opened, text)
    show_line(opened, found, st.session_state["visit_muted"])
    show_chips(found)


def show_likes(opened: Workspace) -> None:
    """Three searchable lists: liked, disliked, and already seen."""
    items = opened.catalogue.items
    named = dict(zip(items["id"], item_labels(opened), strict=True))
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
            filter_mode=FILTER,
            select_all=False,  # or Enter chooses all that match, and not the first
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


def _set_parts(opened: Workspace, found: Understanding) -> None:
    """Puts into the visit which parts of the text are switched off, and which only weigh."""
    state, parts = st.session_state, switches(found)
    muted = state["visit_muted"] if "visit_muted" in state else _muted_in_address(opened, found)
    state["visit_muted"] = [text for text in muted if text in parts]
    ruling = rulings(found)
    softened = state.get("visit_softened", address.names("softened", ruling))
    state["visit_softened"] = [text for text in softened if text in ruling]


def _muted_in_address(opened: Workspace, found: Understanding) -> list[str]:
    """What the address switches off: parts, or as links used to say it, clauses.

    A clause stands for the parts in it.
    """
    if not found.text:
        return []
    parts, muted = switches(found), list[str]()
    clauses = {clause.text for clause in opened.language.split_clauses(found.text)}
    for said in address.names("muted", clauses | parts.keys()):
        start = found.text.lower().find(said.lower())
        muted += [said] if said in parts else _inside(found, start, start + len(said))
    return list(dict.fromkeys(muted))


def _inside(found: Understanding, start: int, end: int) -> list[str]:
    """The texts of the parts that stand from ``start`` to ``end`` in the text."""
    intents = [part.intent for part in found.parts]
    return [intent.text for intent in intents if intent.start < end and intent.end > start]


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
