"""What the columns of a given file mean, what of them ties the items, and what is still missing."""

from itertools import islice

import streamlit as st

from pages.catalogue.kinds import ABSENT, KINDS, MEANINGS
from pages.catalogue.shelf import Held, Shelf
from pages.shared.text import escape
from recsys.knowledge.graph import label
from recsys.reading import ties
from recsys.reading.columns import SHORT_TEXT

SHOWN = 5
"""Rows of a preview that are seen without scrolling."""
TIES = "catalogue_ties"


def show_columns(kind: str, held: Held) -> None:
    """The choice of a column for each of ours, over the first rows of the file."""
    st.markdown(f"##### {escape(held.name)}: what the columns mean")
    with st.grid(len(KINDS[kind].columns), min_column_width=150):
        for name in KINDS[kind].columns:
            key = _key(kind, name)
            st.session_state.setdefault(key, held.columns.get(name))
            st.selectbox(
                MEANINGS[name],
                held.rows.columns.tolist(),
                index=None,  # so that it can be cleared
                key=key,
                placeholder=ABSENT.get(name, "Not in the file"),
                persist_state="session",
            )
    height = 37 + 35 * min(len(held.rows), SHOWN)
    first = held.rows.head(20)
    st.dataframe(first, hide_index=True, height=height, alt=f"The first rows of {held.name}")


def show_ties(shelf: Shelf) -> None:
    """The columns whose names tie items in the knowledge graph; each can be switched off."""
    held = shelf.held["items"]
    found = {tie.column: tie for tie in ties.find(held.rows, _chosen("items"))}
    if not found:
        return
    state = st.session_state
    usual = [] if "triples" in shelf.held else list(found)
    # Other columns may tie once another is the year: then the guess begins anew.
    if TIES not in state or state.get("catalogue_ties_offered") != (list(found), usual):
        state["catalogue_ties_offered"] = (list(found), usual)
        state[TIES] = usual
    st.pills(
        "Items with the same name here are tied in the knowledge graph; click to switch off",
        list(found),
        selection_mode="multi",
        format_func=lambda column: _told(found[column]),
        key=TIES,
        wrap=True,
    )


def show_notice(shelf: Shelf) -> None:
    """A word about descriptions that are short, or are not there at all."""
    texts = _chosen("items").get("text")
    rows = shelf.held["items"].rows
    short = texts is not None and rows[texts].str.count(r"\S+").median() < SHORT_TEXT
    if texts is None or short:
        st.info(
            "Names, kinds, people and facts will stand for the items. Rankings understand them less"
            " well than a sentence or two about each.",
            title="Descriptions are short" if short else "There are no descriptions",
            icon=":material/short_text:",
        )


def missing(shelf: Shelf) -> list[str]:
    """What each file lacks first before anything can be built, in the words of the page."""
    lines = []
    for kind, held in shelf.held.items():
        found = _chosen(kind)
        unmet = (needed for needed in KINDS[kind].needs if not found.keys() & set(needed))
        for needed in islice(unmet, 1):
            names = " or ".join(f"“{MEANINGS[name]}”" for name in needed)
            lines.append(f"{held.name}: choose the column for {names}.")
    return lines


def mapping(shelf: Shelf) -> dict[str, str]:
    """Our column -> the file's, "" where it has none."""
    return {
        name: _chosen(kind).get(name, "") for kind in shelf.held for name in KINDS[kind].columns
    }


def chosen_ties() -> list[str]:
    """The columns that are to tie items."""
    return st.session_state.get(TIES) or []


def forget(kind: str) -> None:
    """Drops what was chosen for a file."""
    for name in KINDS[kind].columns:
        st.session_state.pop(_key(kind, name), None)


def _chosen(kind: str) -> dict[str, str]:
    columns = {name: st.session_state[_key(kind, name)] for name in KINDS[kind].columns}
    return {name: column for name, column in columns.items() if column}


def _key(kind: str, name: str) -> str:
    return f"catalogue_column_{kind}_{name}"


def _told(tie: ties.Tie) -> str:
    most = f"{tie.items:,} with {escape(tie.commonest[:24])}"
    return f"{escape(tie.column)} as {escape(label(tie.relation))} :small[· {most}]"
