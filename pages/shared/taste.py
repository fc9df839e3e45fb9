"""The newcomer: a taste, likes and dislikes, what was seen, and what may be shown.

What stands in the visit is the same on every page; each widget's key is its name there. What the
address calls it is the rest of the key: old links keep working.
"""

from collections.abc import Mapping
from textwrap import shorten
from typing import cast

import numpy as np
import streamlit as st

from pages.shared import address, pulled, tab
from pages.shared.choose import FILTER, labels_by_id
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


OTHER_LISTS = ("disliked", "seen")
"""Those that stand behind a button while they are empty."""

FIRST_EXAMPLES = 2
"""So many examples have a chip; the others stand behind a button."""

EXAMPLE = 22
"""Letters of an example that its chip shows."""


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
        without=pulled.pulled(opened),
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
    pulled.set_pulled(opened)
    _set_parts(opened, understood(opened, state["visit_taste"]))
    state.setdefault("visit_here_category", address.names("category", catalogue.categories))
    if span := _years(opened):
        first, last = span
        low = address.number("from", first, first, last)
        high = address.number("to", last, low, last)
        state.setdefault("visit_here_years", (low, high))
    state.setdefault("visit_k", address.number("k", USUAL_LENGTH, SHORTEST, LONGEST))
    state.setdefault("visit_shared", "taste" in st.query_params)


def told() -> dict[str, address.Value]:
    """What only a link that tells the taste should say: what was typed, and what was judged."""
    state = st.session_state
    judged = {name: state[list_key(name)] for name in JUDGED}
    parts = {"muted": state["visit_muted"], "softened": state["visit_softened"]}
    return {"taste": state["visit_taste"]} | judged | parts | pulled.pulled_in_address()


def told_in_words() -> str:
    """What ``told`` says, such as "the taste and 3 likes"."""
    counts = {name: len(st.session_state[list_key(name)]) for name in JUDGED}
    said = [f"{count} {name}" for name, count in counts.items() if count]
    return " and ".join(["the taste", ", ".join(said)] if said else ["the taste"])


def newcomer_in_address(opened: Workspace) -> dict[str, address.Value]:
    """What the address should say of the newcomer: the taste only where a link brought it."""
    state, filters = st.session_state, _filters(opened)
    typed = told() if state["visit_shared"] else {}
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
    tab.forget()
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


def start_again() -> None:
    """Forgets the likes, the filters and what was switched off; the taste stays."""
    tab.forget()
    for name in JUDGED:
        st.session_state[list_key(name)] = []
    st.session_state[pulled.PULLED] = []
    ask_for(st.session_state["visit_taste"])


def show_examples(examples: list[str]) -> None:
    """Tastes to click; the first stands there until something is typed."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.pills(
            "Examples",
            examples[:FIRST_EXAMPLES],
            format_func=lambda text: escape(shorten(text, EXAMPLE, placeholder=" …")),
            key="visit_here_example",
            on_change=_take_example,
            label_visibility="collapsed",
            wrap=True,
        )
        if examples[FIRST_EXAMPLES:]:
            with st.popover("More examples", type="tertiary", key="visit_more_examples"):
                for number, text in enumerate(examples[FIRST_EXAMPLES:]):
                    st.button(
                        escape(text),
                        key=f"visit_example_{number}",
                        type="tertiary",
                        on_click=ask_for,
                        args=(text,),
                    )


def show_text(opened: Workspace) -> None:
    """The text area, and tastes to try."""
    st.text_area(
        "A taste in plain words",
        height=90,
        key="visit_taste",
        placeholder="What does this person like, and what can they not stand?",
        help="Ctrl+Enter ranks. What follows no, nothing, without or hate counts against.",
        persist_state="session",
    )
    show_examples(opened.catalogue.about.get("examples", []))


def show_understood(opened: Workspace) -> None:
    """What was understood of the taste, and its parts as chips."""
    text = st.session_state["visit_taste"]
    if text in opened.catalogue.about.get("examples", []):
        st.markdown(":small[This is an example: type over it.]")
    found = understood(opened, text)
    show_line(opened, found, st.session_state["visit_muted"])
    show_chips(found)


def show_likes(opened: Workspace) -> None:
    """Three searchable lists: liked; then, behind a button, disliked and already seen."""
    named = labels_by_id(opened)
    offered = opened.catalogue.items["id"].iloc[most_liked(opened)[:OFFERED]].tolist()
    _show_list("liked", named, offered)
    filled = [name for name in OTHER_LISTS if st.session_state[list_key(name)]]
    for name in filled:
        _show_list(name, named, offered)
    empty = [name for name in OTHER_LISTS if name not in filled]
    if empty:
        label = " and ".join(JUDGED[name].lower() for name in empty).capitalize()
        with st.popover(label, type="tertiary", key="visit_other_lists"):
            for name in empty:
                _show_list(name, named, offered)


def _show_list(name: str, named: Mapping[str, str], offered: list[str]) -> None:
    others = _judged_otherwise(name)
    options = dict.fromkeys([*st.session_state[list_key(name)], *offered])
    st.multiselect(
        JUDGED[name],
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
    st.multiselect(
        label,
        catalogue.categories,
        key="visit_here_category",
        placeholder="Any",
        persist_state="session",
    )
    if span := _years(opened):
        st.slider("Year", *span, key="visit_here_years", persist_state="session")


def filtered(opened: Workspace) -> bool:
    """Whether anything is filtered."""
    return bool(_filters(opened))


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
