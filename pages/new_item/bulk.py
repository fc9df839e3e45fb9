"""Many new items at once: a CSV in, a table of predictions out."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.new_item.words import number
from pages.shared.progress import advance
from pages.shared.text import escape
from recsys.datatypes import NewItem
from recsys.errors import DataError, QueryError
from recsys.new_item.judge import NewItems
from recsys.new_item.landing import Landing
from recsys.reading import files
from recsys.reading.cleaning import names_in, years
from recsys.store.catalogue import Catalogue
from recsys.store.workspace import Workspace

MOST = 500
"""Rows that are read of a file."""
MEGABYTE = 1024 * 1024
LARGEST = 10
"""Size of a file, in megabytes."""
NEEDED = ("title", "text")


def read(content: bytes, catalogue: Catalogue) -> tuple[dict[int, NewItem], pd.DataFrame]:
    """The items of a CSV by their line, and the rows that are none: line, reason.

    Columns: title, text, and if there are any year and categories (with | between). Raises
    DataError when it cannot be read or lacks a column.
    """
    with tempfile.TemporaryDirectory(prefix="thaw-bulk-") as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        rows = files.read(path, MOST)
    frame = rows.frame.rename(columns=lambda name: name.strip().lower())
    frame = frame.loc[:, ~frame.columns.duplicated()]
    missing = [name for name in NEEDED if name not in frame]
    if missing:
        raise DataError(
            f"The file lacks the column {missing[0]!r}; it has {', '.join(map(repr, frame))}."
            " Needed are title and text; year and categories may be there."
        )
    dated = frame.get("year", pd.Series("", index=frame.index)).str.strip()
    year, unreadable, far = years(dated)
    items, bad = {}, list(zip(rows.bad["line"], rows.bad["reason"], strict=True))
    for line, cells in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
        try:
            if unreadable[line] or far[line]:
                raise QueryError(f"The year {dated[line]!r} is no year.")
            items[line] = _item(cells, year[line], catalogue)
        except QueryError as error:
            bad.append((line, str(error)))
    return items, pd.DataFrame(sorted(bad), columns=["line", "reason"])


def prediction(item: NewItem, found: Landing, titles: Sequence[str]) -> dict[str, Any]:
    """A line of the table; ``titles`` names the rows of the catalogue."""
    said = found.attributes[found.attributes["predicted"].to_numpy(bool)]
    first = said[said["relation"] == found.attributes["relation"].iloc[0]] if len(said) else said
    best = found.segments.iloc[0] if len(found.segments) else None
    return {
        "title": item.title,
        "says": list(first["name"]),
        "likes": found.likes.expected,
        "low": found.likes.low,
        "high": found.likes.high,
        "group": "" if best is None else best["name"],
        "lift": np.nan if best is None else best["lift"],
        "place": float(np.median(found.ranks)) if len(found.ranks) else np.nan,
        "nearest": titles[found.neighbours.index[0]],
        "duplicate": "" if found.duplicates.empty else titles[found.duplicates.index[0]],
    }


def show_bulk(opened: Workspace, new_items: NewItems) -> None:
    """The file, what is in it, the button, and the table."""
    nouns = escape(opened.catalogue.about.get("nouns", "items"))
    st.markdown(
        f"A CSV of {nouns} with the columns title and text, and if you know them year and"
        f" categories (with | between); at most {MOST} rows. Nothing is published."
    )
    file = st.file_uploader(
        f"A CSV of new {nouns}", ["csv"], key="new_item_bulk_file", max_upload_size=LARGEST
    )
    if file is None:
        st.session_state.pop("new_item_bulk", None)
        return
    content = file.getvalue()
    try:
        if len(content) > LARGEST * MEGABYTE:
            raise DataError(f"It has {len(content):,} bytes; at most {LARGEST} MB are taken.")
        items, bad = read(content, opened.catalogue)
    except DataError as error:
        st.error(escape(str(error)), title="This file cannot be read")
        return
    if len(bad):
        _show_bad(bad)
    if not items:
        st.warning("There is no row to judge.")
        return
    if len(items) + len(bad) >= MOST:
        st.info(f"Of a long file the first {MOST} rows are read.")
    asked = (opened.name, opened.manifest.version, file.file_id)
    kept = st.session_state.get("new_item_bulk")
    if kept is None or kept[0] != asked:
        rows = f"{len(items):,} {nouns}" if len(items) > 1 else "it"
        place = st.empty()
        if not place.button(f"Predict {rows}", key="new_item_bulk_go", type="primary"):
            return
        place.empty()
        kept = (asked, _predict(opened, new_items, items))
        st.session_state["new_item_bulk"] = kept
    _show_table(opened, *kept[1])


def _item(cells: Mapping[str, str], year: Any, catalogue: Catalogue) -> NewItem:
    text, categories = cells["text"], names_in(cells.get("categories", ""))
    if not any(c.isalnum() for c in text):
        raise QueryError("The text has no words.")
    known = set(catalogue.categories)
    for name in categories:
        if name not in known:
            raise QueryError(f"Nothing here has the category {name!r}.")
    title = cells["title"] if any(c.isalnum() for c in cells["title"]) else ""
    return NewItem(text, title, None if pd.isna(year) else int(year), tuple(categories))


def _predict(
    opened: Workspace, new_items: NewItems, items: Mapping[int, NewItem]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table by line, and the rows that could not be judged."""
    titles = opened.catalogue.items["title"]
    bar = st.progress(0.0, "Judging")
    found, bad = {}, []
    for done, (line, item) in enumerate(items.items(), start=1):
        try:
            found[line] = prediction(item, new_items.describe(item), titles)
        except QueryError as error:
            bad.append((line, str(error)))
        advance(bar, done, len(items), "judging")
    bar.empty()
    table = pd.DataFrame.from_dict(found, orient="index").rename_axis("line")
    return table, pd.DataFrame(bad, columns=["line", "reason"])


def _show_bad(bad: pd.DataFrame) -> None:
    rows = f"{len(bad):,} rows are" if len(bad) > 1 else "1 row is"
    st.warning("The others go on.", title=f"{rows} left out", icon=":material/rule:")
    st.dataframe(
        bad,
        hide_index=True,
        height=37 + 35 * min(len(bad), 5),
        column_config={
            "line": st.column_config.NumberColumn("Line", width=60),
            "reason": "Why",
        },
        alt="Rows that are left out, and why",
    )


def _show_table(opened: Workspace, table: pd.DataFrame, bad: pd.DataFrame) -> None:
    if len(bad):
        _show_bad(bad)
    if table.empty:
        return
    about = opened.catalogue.about
    shown = table.assign(
        interval=[f"{number(line.low)}–{number(line.high)}" for line in table.itertuples()]
    )
    category = about.get("category", "category").capitalize()
    st.dataframe(
        shown.drop(columns=["low", "high"]),
        height="content" if len(table) <= 12 else 460,
        column_order=[
            *("line", "title", "says", "likes", "interval", "group", "lift", "place"),
            *("nearest", "duplicate"),
        ],
        column_config={
            "line": st.column_config.NumberColumn("Line", width=50),
            "title": st.column_config.TextColumn("Title", width=110),
            "says": st.column_config.ListColumn(category, width=150),
            "likes": st.column_config.NumberColumn("Likes", format="%.0f", width=50),
            "interval": st.column_config.TextColumn("80 %", width=70, help="The 80 % interval."),
            "group": st.column_config.TextColumn("Suits most", width=110),
            "lift": st.column_config.NumberColumn("Lift", format="×%.1f", width=50),
            "place": st.column_config.NumberColumn(
                "Place", format="%.0f", width=55, help="The median of its places."
            ),
            "nearest": st.column_config.TextColumn("Nearest", width=110),
            "duplicate": st.column_config.TextColumn("Here already?", width=110),
        },
        alt=f"Predictions for {len(table)} new {about.get('nouns', 'items')}",
    )
    flat = table.assign(says=["|".join(names) for names in table["says"]])
    st.download_button(
        "Download the predictions",
        flat.to_csv(),
        file_name=f"thaw-{opened.name}-new-items.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
