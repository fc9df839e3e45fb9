"""What is known of a new item: the form, and the link that brings it back.

What stands in the visit under these keys is the item; each widget's key is its name there.
"""

from textwrap import shorten

import pandas as pd
import streamlit as st

from pages.new_item import examples
from pages.shared import address
from pages.shared.text import escape
from recsys.datatypes import MAX_TEXT, NewItem
from recsys.errors import QueryError
from recsys.knowledge.graph import kind, label
from recsys.store.checks import MAY_BE_NEW
from recsys.store.workspace import Workspace

OFFERED = 3_000
"""Names of a relation that are offered, the most used; a browser chokes on many more."""

LONGEST_NAME = 100
"""Letters that a name may have."""

LAST_YEAR = 9999
"""The latest year that can be typed."""

FOLDED = 34
"""Letters of the line that stands for the form in a narrow window."""

CATEGORIES = "new_item_here_categories"
"""Key in the visit of the categories."""

TYPED = {"new_item_title": "title", "new_item_text": "text"}
"""Key in the visit -> parameter of the address."""


def set_item(opened: Workspace) -> None:
    """Puts into the visit what the address says of the item, where the visit has nothing.

    Without either it is the first example. What the open catalogue does not have is left out, and
    what came with an example goes once that is typed over.
    """
    state, offered = st.session_state, examples.examples(opened)
    _forget_example(opened)
    state["new_item_of"] = opened.name
    if state.pop("new_item_id_used", False):
        state["new_item_id"] = ""  # it was for what is published now
    if "new_item_text" not in state:
        for key, name in TYPED.items():
            state[key] = address.text(name, "")
        year = address.number("year", -1, 0, LAST_YEAR)
        state["new_item_year"] = None if year < 0 else year
        if offered and "text" not in st.query_params:
            examples.put(offered[0], [])
    _set_names(opened)
    examples.forget_replaced(said_of_it(opened))
    state.setdefault("new_item_shared", "text" in st.query_params)


def said_of_it(opened: Workspace) -> dict[str, str]:
    """Key in the visit of each list of names that says what the item is -> what it is called."""
    category = str(opened.catalogue.about.get("category", "category"))
    facts = {_key(opened, relation): label(relation) for relation in _relations(opened)}
    return {CATEGORIES: category} | facts


def item(opened: Workspace) -> NewItem:
    """The item as it stands; raises QueryError for a description that cannot be read."""
    state = st.session_state
    if not any(c.isalnum() for c in state["new_item_text"]):
        noun = opened.catalogue.about.get("noun", "item")
        raise QueryError(f"There are no words to go by: describe the {noun} in a sentence or two.")
    title = state["new_item_title"].strip()
    if title and not any(c.isalnum() for c in title):
        raise QueryError("The title has no letter or digit: give it a name, or leave it empty.")
    facts = {name: tuple(state[_key(opened, name)]) for name in _relations(opened)}
    return NewItem(
        state["new_item_text"],
        title,
        state["new_item_year"],
        tuple(state[CATEGORIES]),
        {relation: names for relation, names in facts.items() if names},
    )


def accept(opened: Workspace, relation: str, name: str) -> None:
    """Says of the item what was suggested; "category" is a relation, too; for callbacks."""
    key = CATEGORIES if relation == "category" else _key(opened, relation)
    said = st.session_state[key]
    st.session_state[key] = [*said, name] if name not in said else said


def can_say(opened: Workspace) -> dict[str, str]:
    """Relation that the form asks for -> what it is called there."""
    category = str(opened.catalogue.about.get("category", "category"))
    return {"category": category} | {relation: label(relation) for relation in _relations(opened)}


def item_in_address(opened: Workspace) -> dict[str, address.Value]:
    """What the address should say of the item: nothing, unless a link brought it."""
    return told(opened) if st.session_state["new_item_shared"] else {}


def told(opened: Workspace) -> dict[str, address.Value]:
    """What a link that tells the item should say: all of it, or nothing where it is too long."""
    state = st.session_state
    if len(state["new_item_text"]) > MAX_TEXT:
        return {}
    typed: dict[str, address.Value] = {name: state[key] for key, name in TYPED.items()}
    facts = {name: state[_key(opened, name)] for name in _relations(opened)}
    return typed | {
        "year": state["new_item_year"],
        "category": state[CATEGORIES],
        **facts,
    }


def show_form(opened: Workspace) -> None:
    """Title, description, year, categories, and what else is known."""
    about = opened.catalogue.about
    noun, category = about.get("noun", "item"), about.get("category", "category")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        st.text_input(
            "Title",
            key="new_item_title",
            max_chars=200,
            placeholder="Needed for publishing only",
            persist_state="session",
        )
        examples.show_examples(opened, list(said_of_it(opened)))
    st.text_area(
        f"What is this {escape(noun)} about?",
        height=190,
        key="new_item_text",
        placeholder="A few sentences, as they would stand in the catalogue.",
        help="Ctrl+Enter judges it. A paragraph says more than a line.",
        persist_state="session",
    )
    examples.show_note(noun)
    year, categories = st.columns([2, 3], gap="xsmall")
    year.number_input(
        "Year",
        0,
        LAST_YEAR,
        value=None,
        step=1,
        key="new_item_year",
        placeholder="Unknown",
        persist_state="session",
    )
    categories.multiselect(
        escape(category.capitalize()),
        opened.catalogue.categories,
        key=CATEGORIES,
        placeholder="Unknown",
        help="What is left empty is read from the text.",
        persist_state="session",
    )
    with st.popover("What else is known", icon=":material/hub:", width="stretch"):
        for relation, names in _relations(opened).items():
            called = label(relation) if label(relation) != category else f"kind of {noun}"
            free = kind(relation) in MAY_BE_NEW
            _show_relation(_key(opened, relation), called, names, free)
        st.text_input(
            "Id in the catalogue",
            key="new_item_id",
            placeholder="Made from the title",
            persist_state="session",
        )


def show_folded() -> None:
    """The item in one line, and the way back to the form; for a narrow window."""
    state = st.session_state
    parts = (state["new_item_title"], state["new_item_year"], state["new_item_text"])
    line = " · ".join(str(part) for part in parts if part)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(escape(shorten(line, FOLDED, placeholder=" …")), width="stretch")
        st.button("Edit", key="new_item_edit", icon=":material/edit:", on_click=_unfold)


def is_folded(narrow: bool) -> bool:
    """Whether the form is one line: in a ``narrow`` window, until it is asked for."""
    return narrow and not st.session_state.get("new_item_unfolded", False)


def fold() -> None:
    """Folds the form of a narrow window; for callbacks."""
    st.session_state["new_item_unfolded"] = False


def _unfold() -> None:
    st.session_state["new_item_unfolded"] = True


def _forget_example(opened: Workspace) -> None:
    """Drops an example of another workspace; what was typed stays."""
    state = st.session_state
    example = state.get("new_item_example")
    untouched = example and state.get("new_item_text") == example["text"]
    if untouched and state["new_item_of"] != opened.name:
        for key in (*TYPED, "new_item_year", "new_item_example"):
            state.pop(key, None)


def _set_names(opened: Workspace) -> None:
    """Puts categories and facts into the visit, as far as they may be said of an item here."""
    state, known = st.session_state, opened.catalogue.categories
    chosen = state.get(CATEGORIES, address.names("category", known))
    kept = [name for name in chosen if name in known]
    if kept != state.get(CATEGORIES):  # once its widget is drawn, a key may not be written
        state[CATEGORIES] = kept
    for relation, names in _relations(opened).items():
        key = _key(opened, relation)
        free = kind(relation) in MAY_BE_NEW
        said = state.get(key, st.query_params.get_all(relation))
        kept = [name[:LONGEST_NAME] for name in said if free or name in names]
        if kept != state.get(key):
            state[key] = kept


def _show_relation(key: str, called: str, names: list[str], free: bool) -> None:
    st.multiselect(
        escape(called.capitalize()),
        list(dict.fromkeys([*st.session_state[key], *names])),
        key=key,
        accept_new_options=free,
        placeholder="Search, or type a new name" if free else "Search",
        persist_state="session",
    )


def _key(opened: Workspace, relation: str) -> str:
    return f"new_item_fact_{opened.name}_{relation}"


def _relations(opened: Workspace) -> dict[str, list[str]]:
    return _offered(
        opened.name, opened.manifest.version, opened.catalogue.triples, opened.catalogue.items
    )


@st.cache_data(max_entries=8, show_spinner=False)
def _offered(
    name: str, version: str, _triples: pd.DataFrame, _items: pd.DataFrame
) -> dict[str, list[str]]:
    return offered(_triples, _items)


def offered(triples: pd.DataFrame, items: pd.DataFrame) -> dict[str, list[str]]:
    """Relation -> its names, the most used first; the relation of the most ties first.

    Left out is what the form asks for already, categories and the year, what ties items to items,
    and what no two items share.
    """
    found: dict[str, list[str]] = {}
    categories, ids = set(items["categories"].explode().dropna()), set(items["id"])
    for relation in triples["relation"].value_counts().index:
        counts = triples["tail"][triples["relation"] == relation].value_counts()
        asked = counts.index.isin(categories | ids) | counts.index.str.fullmatch(r"\d{3}0s")
        if counts.iloc[0] > 1 and asked.mean() < 0.5:
            found[relation] = counts.index[:OFFERED].tolist()
    return found
