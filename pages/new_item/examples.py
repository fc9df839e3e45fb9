"""Examples of new items: to click, and gone with all that came with them once they are typed over.

A text is still the example, edited, while at least half of its words are the example's. Below that
it is another item: the example's title and year go, if they still stand there, and what was said
of the example beside it. What a person typed of the new one before its text stays.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.shared.text import escape
from recsys.store.workspace import Workspace

EDITED = 0.5
"""From this share of its words on, a text is the example's."""

SHORT = 3
"""Words of so few letters say nothing of whose text it is."""

BROUGHT = {"new_item_title": "title", "new_item_year": "year"}
"""Key in the visit -> what an example says of it."""

_EMPTY: dict[str, Any] = {"new_item_title": "", "new_item_year": None}


def examples(opened: Workspace) -> list[dict[str, Any]]:
    """Title, text and year of items that do not exist."""
    said = opened.catalogue.about.get("new_items", [])
    return said if isinstance(said, list) else []


def is_edited(example: str, text: str) -> bool:
    """Whether ``text`` is still the ``example``, whole or edited.

    >>> is_edited("A ghost in a mill.", "A ghost in an old mill"), is_edited("A ghost.", "A heist")
    (True, False)
    """
    own, words = set(_words(example)), _words(text)
    shared = sum(word in own for word in words)
    return bool(words) and shared >= EDITED * len(words)


def put(example: Mapping[str, Any], said_of_it: Sequence[str]) -> None:
    """Makes ``example`` the item of the visit; nothing else, in the keys ``said_of_it``, is."""
    state = st.session_state
    state["new_item_text"] = example["text"]
    for key, name in BROUGHT.items():
        state[key] = example.get(name, _EMPTY[key])
    for key in said_of_it:
        state[key] = []
    state["new_item_example"], state["new_item_gone"] = dict(example), None


def forget_replaced(said_of_it: Mapping[str, str]) -> None:
    """Where the text is no longer the example's, takes away what came with it.

    ``said_of_it``: key in the visit of a list of names -> what a page calls it. To be called
    before any widget is drawn, at each run, and again in the next one where a click cuts the run
    short, since the browser then still shows, and sends, what was taken away. `settle` ends that.
    """
    state = st.session_state
    example = state.get("new_item_example")
    if example is None:
        return
    stood = state.get("new_item_said", {})
    if is_edited(example["text"], state["new_item_text"]):
        state["new_item_said"] = {key: list(state.get(key, [])) for key in said_of_it}
        return
    gone = []
    for key, name in BROUGHT.items():
        if state[key] and state[key] == example.get(name):
            state[key] = _EMPTY[key]
            gone.append(name)
    for key, called in said_of_it.items():
        if state.get(key) and state[key] == stood.get(key):
            state[key] = []
            gone.append(called)
    if gone:
        state["new_item_gone"] = (state["new_item_text"], gone)


def settle() -> None:
    """Drops an example that was typed over, once the page is drawn without what it brought."""
    state = st.session_state
    example = state.get("new_item_example")
    if example and not is_edited(example["text"], state["new_item_text"]):
        state["new_item_example"] = None


def show_note(noun: str) -> None:
    """That the text is an example, or what went when it was typed over."""
    state = st.session_state
    example, gone = state.get("new_item_example"), state.get("new_item_gone")
    if example and state["new_item_text"] == example["text"]:
        st.caption(f"An example of a {escape(noun)} that does not exist: type over it.")
    elif gone and gone[0] == state["new_item_text"]:
        st.caption(f"The example's {escape(' and '.join(gone[1]))} went with its text.")


def show_examples(opened: Workspace, said_of_it: Sequence[str]) -> None:
    """A button that offers their titles; the first stands there until something is typed."""
    offered = {each["title"]: each for each in examples(opened)}
    if not offered:
        return
    with st.popover("Examples", icon=":material/lightbulb:"):
        st.pills(
            "Examples",
            list(offered),
            format_func=escape,
            key="new_item_here_example",
            on_change=_take,
            args=(offered, said_of_it),
            label_visibility="collapsed",
            wrap=True,
        )


def _take(offered: Mapping[str, Mapping[str, Any]], said_of_it: Sequence[str]) -> None:
    if chosen := offered.get(st.session_state["new_item_here_example"]):
        put(chosen, said_of_it)


def _words(text: str) -> list[str]:
    """The words that say something: the short ones stand in every text."""
    words = re.findall(r"\w+", text.casefold())
    return [word for word in words if len(word) > SHORT] or words
