"""Items as they will be, before anything is built, and what will tie them."""

import pandas as pd
import streamlit as st

from pages.catalogue.kinds import KINDS
from pages.catalogue.mapping import chosen, lacking
from pages.catalogue.shelf import Held, Shelf
from pages.shared.text import escape
from recsys.datasets import table
from recsys.datasets.table import Shown
from recsys.errors import DataError
from recsys.knowledge.graph import label
from recsys.reading.cleaning import is_chinese
from recsys.reading.files import Rows
from recsys.reading.item_columns import SHORT_TEXT
from recsys.reading.ties import Tie

ROWS = 20
"""So many rows are shown."""
SEEN = 6
"""Rows that are seen without scrolling."""
TIES = "catalogue_ties"
_SHOWN = "catalogue_shown"


def show_preview(shelf: Shelf) -> None:
    """The first rows as they will be and as they are, a word on the rest, and the ties."""
    held = shelf.held["items"]
    found = _shown(held)
    will, now = st.tabs(["As they will be", "As they are in the file"])
    with now:
        first = held.rows.head(ROWS)
        st.dataframe(first, hide_index=True, height=_height(first), alt=f"Rows of {held.name}")
    if found is None:
        will.caption("Nothing can be shown until the columns above are chosen.")
        return
    with will:
        _show_items(found.items, held.name)
    notes = [f"{note[:1].upper()}{note[1:]}" for note in found.notes]
    st.markdown("  \n".join(f":small[:gray[{escape(note)}]]" for note in notes))
    _show_ties(found.ties, "triples" in shelf.held)
    _show_notice(found.items["text"])


def chosen_ties() -> list[str]:
    """The columns that are to tie items."""
    return st.session_state.get(TIES) or []


def _shown(held: Held) -> Shown | None:
    """What the rows will be, made once for each choice; None while something is missing."""
    if lacking("items", held):
        return None
    columns = {name: chosen("items").get(name, ()) for name in KINDS["items"].columns}
    key = (held.path, held.name, held.reading, tuple(held.rows), tuple(columns.items()))
    kept = st.session_state.get(_SHOWN)
    if kept is None or kept[0] != key:
        try:
            rows = Rows(held.rows, pd.DataFrame(columns=["line", "reason", "value"]))
            kept = (key, table.shown(rows, columns))
        except DataError as error:
            st.error(escape(str(error)))
            return None
        st.session_state[_SHOWN] = kept
    found: Shown = kept[1]
    return found


def _show_items(items: pd.DataFrame, name: str) -> None:
    """A column for each fact; the text stands last."""
    first = items.head(ROWS)
    dated, sorted_ = first["year"].notna().any(), first["categories"].map(len).any()
    wanted = ["year"] * bool(dated) + ["categories"] * bool(sorted_)
    shown = pd.concat([first[["id", "title", *wanted]], _facts(first), first["text"]], axis=1)
    st.dataframe(
        shown,
        hide_index=True,
        height=_height(shown),
        column_config={
            "id": st.column_config.TextColumn("Code", width=90),
            "title": st.column_config.TextColumn("Name", width=180),
            "year": st.column_config.NumberColumn("Year", format="%d", width=60),
            "categories": st.column_config.ListColumn("Kinds", width=160),
            "text": st.column_config.TextColumn("Text", width="large"),
        },
        alt=f"The first items of {name}, as they will be",
    )


def _facts(items: pd.DataFrame) -> pd.DataFrame:
    """A column for each label: people, other facts, numbers."""
    labels = dict.fromkeys(known for facts in items["facts"] for known in facts)
    columns = {
        known: [", ".join(facts.get(known, [])) for facts in items["facts"]] for known in labels
    }
    return pd.DataFrame(columns, index=items.index)


def _show_ties(offered: list[Tie], have_triples: bool) -> None:
    """The columns whose names tie items in the knowledge graph; each can be switched off."""
    found = {tie.column: tie for tie in offered}
    if not found:
        st.session_state.pop(TIES, None)
        return
    state = st.session_state
    usual = [] if have_triples else list(found)
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


def _show_notice(texts: pd.Series) -> None:
    """A word about descriptions that are short, or are not there at all."""
    none = bool((texts == "").all())
    if none or (texts.str.count(r"\S+").median() < SHORT_TEXT and not is_chinese(texts)):
        st.info(
            "Names, kinds, people and facts will stand for the items. Rankings understand them less"
            " well than a sentence or two about each.",
            title="There are no descriptions" if none else "Descriptions are short",
            icon=":material/short_text:",
        )


def _height(rows: pd.DataFrame) -> int:
    return 37 + 35 * min(len(rows), SEEN)


def _told(tie: Tie) -> str:
    most = f"{tie.items:,} with {escape(tie.commonest[:24])}"
    return f"{escape(tie.column)} as {escape(label(tie.relation))} :small[· {most}]"
