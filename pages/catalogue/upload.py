"""Data of a visitor's own: files, columns, a name, and a workspace built from them."""

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from pages.catalogue.shelf import SUFFIXES, Held, Shelf
from pages.shared import resources, workspaces
from pages.shared.progress import advance
from pages.shared.text import escape
from recsys.building.build import build
from recsys.datasets import demo, table
from recsys.datatypes import Progress
from recsys.encoders import DEFAULT_MODEL
from recsys.errors import DataError, ThawError, WorkspaceError
from recsys.store.workspace import folder_of, names
from recsys.tables import INTERACTION_COLUMNS, ITEM_COLUMNS, TRIPLE_COLUMNS

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """A file that may be given: what it is called, what it should hold, and our columns."""

    title: str
    help: str
    columns: list[str]


KINDS = {
    "items": Kind(
        "Items",
        "One line an item: at least a name and a text.",
        [name for name in ITEM_COLUMNS if name != "facts"],
    ),
    "interactions": Kind(
        "Likes", "One line a rating: who, which item, how much.", INTERACTION_COLUMNS
    ),
    "triples": Kind("Facts", "One line a fact: item, relation, name.", TRIPLE_COLUMNS),
}
MEANINGS = {
    "id": "Its code",
    "title": "Name",
    "text": "Text",
    "year": "Year",
    "categories": "Categories",
    "user": "Person",
    "item": "Item",
    "rating": "Rating",
    "timestamp": "When",
    "head": "Item",
    "relation": "Relation",
    "tail": "Name at the other end",
}
"""Our columns in a visitor's words."""


@dataclass(frozen=True)
class Built:
    """What came of a build."""

    name: str
    items: int
    nouns: str
    notes: tuple[str, ...]
    rejected: pd.DataFrame


def suggested(file_name: str) -> str:
    """A workspace name made of a file's.

    >>> suggested("My Shop (2024).csv")
    'my-shop-2024'
    """
    return re.sub(r"[^a-z0-9]+", "-", Path(file_name).stem.lower()).strip("-")[:64]


def check_name(name: str) -> bool:
    """Whether the workspace ``name`` is there already; raises WorkspaceError if it may not be."""
    folder_of(name)
    if name in demo.worlds():
        raise WorkspaceError(f"{name!r} comes with Thaw and stays: choose another name.")
    return name in names()


def show_upload() -> None:
    """The files, what their columns mean, the name, and the button; or what came of it."""
    if "catalogue_built" in st.session_state:
        _show_built()
        return
    shelf = st.session_state.setdefault("catalogue_shelf", None) or Shelf()
    st.session_state["catalogue_shelf"] = shelf
    st.markdown(
        "Give a file of items, and likes and facts if there are any. They become a workspace of"
        " their own, which everybody who uses this Thaw can open."
    )
    for kind, column in zip(KINDS, st.columns(len(KINDS), gap="medium"), strict=True):
        with column:
            _show_slot(shelf, kind)
    if "items" not in shelf.held:
        return
    for kind in [kind for kind in KINDS if kind in shelf.held]:
        _show_columns(kind, shelf.held[kind])
    _show_build(shelf)


def _show_slot(shelf: Shelf, kind: str) -> None:
    held = shelf.held.get(kind)
    if held:
        st.markdown(f"**{KINDS[kind].title}**")
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/description: {escape(held.name)} :small[{_size(held.size)}]")
            st.button(
                "Take back",
                key=f"catalogue_drop_{kind}",
                type="tertiary",
                on_click=_drop,
                args=(shelf, kind),
            )
        return
    limit = int(st.get_option("server.maxUploadSize"))
    optional = "" if kind == "items" else " (optional)"
    file = st.file_uploader(
        KINDS[kind].title + optional,
        [suffix[1:] for suffix in SUFFIXES],
        key=f"catalogue_file_{kind}",
        help=KINDS[kind].help,
    )
    if file is None:
        return
    try:
        with st.spinner("Reading the file…"):
            shelf.put(kind, file.name, file.getvalue(), limit * MEGABYTE)
    except DataError as error:
        st.error(escape(str(error)), title="This file cannot be read")
    else:
        st.rerun()


def _drop(shelf: Shelf, kind: str) -> None:
    shelf.drop(kind)
    for name in MEANINGS:
        st.session_state.pop(f"catalogue_column_{kind}_{name}", None)


def _show_columns(kind: str, held: Held) -> None:
    st.markdown(f"##### {KINDS[kind].title}: what the columns mean")
    with st.grid(len(KINDS[kind].columns), min_column_width=150):
        for name in KINDS[kind].columns:
            key = f"catalogue_column_{kind}_{name}"
            st.session_state.setdefault(key, held.columns.get(name))
            st.selectbox(
                MEANINGS[name],
                held.rows.columns.tolist(),
                key=key,
                placeholder="Not in the file",
                persist_state="session",
            )
    height = 37 + 35 * min(len(held.rows), 5)
    st.dataframe(held.rows, hide_index=True, height=height, alt=f"The first rows of {held.name}")
    st.caption(f"The first {len(held.rows)} rows.")


def _mapping(shelf: Shelf) -> dict[str, str]:
    return {
        name: st.session_state[f"catalogue_column_{kind}_{name}"] or ""
        for kind in shelf.held
        for name in KINDS[kind].columns
    }


def _show_build(shelf: Shelf) -> None:
    st.session_state.setdefault("catalogue_new_name", suggested(shelf.held["items"].name))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Name of the workspace",
            key="catalogue_new_name",
            help="Up to 64 of a-z, 0-9, - and _, with a letter or digit first.",
            width=260,
            persist_state="session",
        )
        st.text_input(
            "One of them is called",
            key="catalogue_new_noun",
            placeholder="item",
            max_chars=30,
            width=180,
            persist_state="session",
        )
        try:
            ready = not check_name(name) or st.checkbox("Replace the one that is there")
        except WorkspaceError as error:
            ready = False
            problem = str(error)
        else:
            problem = "" if ready else f"There is a workspace {name!r}: tick, or choose another."
        asked = st.button(
            "Build", type="primary", icon=":material/construction:", disabled=not ready
        )
    if problem:
        st.warning(escape(problem))
    if not asked:
        return
    bar = st.progress(0.0, "Reading the files…")
    try:
        _build(name, shelf, partial(advance, bar))
    except ThawError as error:
        bar.empty()
        st.error(escape(str(error)), title="Nothing was built")
    else:
        st.rerun()


def _build(name: str, shelf: Shelf, progress: Progress) -> None:
    paths = {kind: held.path for kind, held in shelf.held.items()}
    tables = table.load(
        paths["items"],
        paths.get("interactions"),
        paths.get("triples"),
        map=_mapping(shelf),
        noun=st.session_state["catalogue_new_noun"],
        progress=progress,
    )
    build(name, tables, resources.encoder(DEFAULT_MODEL), progress).close()
    ours = {held.path.name: held.name for held in shelf.held.values()}
    notes = [note.partition(": ") for note in tables.notes]
    st.session_state["catalogue_built"] = Built(
        name,
        len(tables.items),
        escape(tables.about["nouns"]),
        tuple(f"{ours.get(file, file)}{colon}{said}" for file, colon, said in notes),
        tables.rejected.replace({"file": ours}),
    )
    for kind in list(shelf.held):
        _drop(shelf, kind)
    shelf.close()
    for key in ("catalogue_shelf", "catalogue_new_name", "catalogue_new_noun"):
        st.session_state.pop(key)


def _show_built() -> None:
    built = st.session_state["catalogue_built"]
    st.success(
        f"It has {built.items:,} {built.nouns} and can be chosen in the sidebar.",
        title=f"The workspace {built.name} is built",
        icon=":material/check_circle:",
    )
    st.markdown("\n".join(f"- {escape(note)}" for note in built.notes))
    if len(built.rejected):
        st.markdown(f"**{len(built.rejected):,} rows could not be used**")
        reasons = built.rejected.value_counts(["file", "reason"]).rename("rows").reset_index()
        st.dataframe(
            reasons,
            hide_index=True,
            column_config={"file": "File", "reason": "Reason", "rows": "Rows"},
            alt="Rows that could not be used, by reason",
        )
    with st.container(horizontal=True):
        st.button("Open it", type="primary", on_click=_open, args=(built.name,))
        if len(built.rejected):
            st.download_button(
                "Download the rejected rows",
                built.rejected.to_csv(index=False),
                file_name=f"{built.name}-rejected.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
        st.button("Add another", on_click=lambda: st.session_state.pop("catalogue_built"))


def _open(name: str) -> None:
    workspaces.switch(name)
    del st.session_state["catalogue_built"]
    st.session_state["catalogue_part"] = "browse"


def _size(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE / 10 else f"{size / 1024:.1f} kB"
