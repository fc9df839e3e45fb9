"""Who likes what in the files of a visit: rows that are events of items, what their values are, and
from which value on one is a like."""

import copy
from dataclasses import replace
from html import escape as escape_html
from typing import Any

import pandas as pd
import streamlit as st

from pages.catalogue import mapping
from pages.catalogue.shelf import Shelf
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.charts import likes as charts
from recsys.reading import cleaning, events, interactions
from recsys.reading.events import Events
from recsys.reading.feedback import bins, feedback, like_from
from recsys.reading.guesses import SURE, Guess
from recsys.reading.vocabulary import plain

ROWS = "catalogue_rows"
SWITCH = "catalogue_events"
KIND = "catalogue_feedback"
FROM = "catalogue_like_from"
NAMES = {"explicit": "Opinions", "implicit": "Counts"}
"""What values can be, in a visitor's words."""


def viewed(shelf: Shelf) -> Shelf:
    """The shelf with the items in place of the reviews or purchases that stand for them, which is
    said, and can be switched off; the shelf itself where the rows are items."""
    state = st.session_state
    found, rows = _found(shelf), None
    if found:
        rows = "events" if _switched_on(shelf, found) else "items"
    if (state.get(ROWS) == "events") != (rows == "events"):  # other columns stand for the same now
        mapping.forget("items")
    state[ROWS] = rows
    if found is None or rows == "items":
        return shelf
    held = shelf.held["items"]
    items = events.items_of(held.rows, found, {})
    meant = {
        key: Guess((column,), f"of {found.what}", SURE)
        for key, column in events.meanings(items, found, {}).items()
        if column
    }
    other = copy.copy(shelf)
    other.held = {**shelf.held, "items": replace(held, rows=items, columns=meant)}
    return other


def show_threshold(shelf: Shelf) -> None:
    """A picture of the values, and the one from which on they are likes; nothing where there are
    none, or all are the same."""
    st.session_state[FROM] = st.session_state[KIND] = None
    column, values = _values(shelf)
    if values.nunique() < 2:
        return
    found = feedback(values, column)
    st.markdown(f"##### {escape(column)}: what counts as a like")
    key = f"{KIND}_{column}"
    st.session_state.setdefault(key, found.kind)
    kind = st.segmented_control(
        "The values are",
        list(NAMES),
        format_func=NAMES.__getitem__,
        key=key,
        required=True,
        help=escape(found.told()),
    )
    if found.unrated and kind == "explicit":
        zeros = int((values == 0).sum())
        values = values[values != 0]
        st.caption(f"{zeros:,} rows are 0: met and not rated, neither a like nor a dislike.")
    counted = bins(values, kind or found.kind)
    starts = counted["start"].tolist()
    usual = _nearest(starts, like_from(values)[0]) if kind == "explicit" else starts[0]
    key = f"{FROM}_{column}_{kind}"
    if st.session_state.get(key) not in starts:
        st.session_state[key] = usual
    if len(starts) > 1:
        st.select_slider(
            "A like begins at", starts, key=key, format_func=lambda value: f"{value:g}"
        )
    start = st.session_state[key]
    share = float((values >= start).mean())
    alt = f"{share:.0%} of {len(values):,} rows are likes, {start:g} or more"
    figure = charts.values(counted, start, escape_html(column))
    st.plotly_chart(figure, config=PLAIN, alt=alt, key="catalogue_like_picture")
    st.caption(f"{alt}.")
    st.session_state[FROM] = None if start == usual else start
    st.session_state[KIND] = None if kind == found.kind else kind


def wishes(shelf: Shelf) -> dict[str, Any]:
    """What was chosen, as ``table.load`` takes it."""
    state, corrected = st.session_state, mapping.corrected(shelf)
    return {
        "map": corrected,
        "rows": state.get(ROWS),
        "like_from": state.get(FROM),
        "feedback": state.get(KIND),
    }


def _found(shelf: Shelf) -> Events | None:
    """What the rows of the items' file tell of, where no other file says who likes what."""
    if "interactions" in shelf.held:
        return None
    return events.recognise(shelf.held["items"].rows, {})


def _switched_on(shelf: Shelf, found: Events) -> bool:
    held = shelf.held["items"]
    item = found.columns["item"]
    read = "items and likes" if "user" in found.columns else "items"
    columns = ", ".join(escape(column) for column in found.columns.values())
    st.info(
        f"{escape(held.name)} has several rows with the same {escape(item)} (read: {columns})."
        f" They are read as {read}.",
        title=f"These are {found.what}",
        icon=":material/reviews:",
    )
    return st.toggle(f"Read them as {read}", value=True, key=SWITCH, persist_state="session")


def _values(shelf: Shelf) -> tuple[str, pd.Series]:
    """The column of ratings or counts, and its numbers; none of purchases, which are all likes."""
    if "interactions" in shelf.held:
        rows = shelf.held["interactions"].rows
        column = next(iter(mapping.chosen("interactions").get("rating", ())), "")
    else:
        found = _found(shelf) if st.session_state.get(ROWS) == "events" else None
        rows = shelf.held["items"].rows
        column = found.columns.get("rating", "") if found and "user" in found.columns else ""
    if not column or plain(column) in interactions.QUANTITIES:
        return column, pd.Series(dtype=float)
    return column, cleaning.numbers(rows[column]).dropna()


def _nearest(starts: list[float], value: float) -> float:
    return min(starts, key=lambda start: abs(start - value))
