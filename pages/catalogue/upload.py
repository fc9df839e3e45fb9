"""Data of a visitor's own: files, columns, a name, and a workspace built from them."""

from functools import partial
from pathlib import Path

import streamlit as st

from pages.catalogue import likes, mapping, reading
from pages.catalogue.built import BUILT, Built, show_built
from pages.catalogue.kinds import KINDS
from pages.catalogue.naming import check_name, suggested
from pages.catalogue.preview import chosen_ties, show_preview
from pages.catalogue.shelf import Shelf
from pages.shared import resources, workspaces
from pages.shared.progress import advance
from pages.shared.text import escape
from recsys.building.build import build
from recsys.datasets import table
from recsys.datatypes import Progress
from recsys.encoders import DEFAULT_MODEL
from recsys.errors import DataError, ThawError, WorkspaceError

MEGABYTE = 1024 * 1024
SAMPLE = Path(__file__).with_name("sample.csv")
"""Eight invented books, to try an upload with."""


def show_upload() -> None:
    """The files, what their columns mean, the name, and the button; or what came of it."""
    if BUILT in st.session_state:
        show_built(st.session_state[BUILT], workspaces.switch)
        return
    shelf = st.session_state.setdefault("catalogue_shelf", None) or Shelf()
    st.session_state["catalogue_shelf"] = shelf
    _show_intro()
    for kind, column in zip(KINDS, st.columns(len(KINDS), gap="medium"), strict=True):
        with column:
            _show_slot(shelf, kind)
    if "items" not in shelf.held:
        return
    given, shelf = shelf, likes.viewed(shelf)
    for kind in [kind for kind in KINDS if kind in shelf.held]:
        reading.show_reading(kind, shelf.held[kind])
        mapping.show_columns(kind, shelf.held[kind])
        if kind == "items":
            show_preview(shelf)
    likes.show_threshold(given)
    _show_build(shelf)


def _show_intro() -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.markdown(
            "Give a file of items, and likes and facts if there are any: delimited text, JSON,"
            " Excel, ODS, an XML feed or Parquet, compressed or not. They become a workspace of"
            " their own, which everybody who uses this Thaw can open.",
            width="stretch",
        )
        st.download_button(
            "Sample file",
            SAMPLE.read_bytes(),
            file_name="books.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            help="Eight invented books: give them back here, or write your own in the same form.",
        )


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
    mapping.forget(kind)
    reading.forget(kind)


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
        problems = [*mapping.missing(shelf), *_problem(name)]
        asked = st.button(
            "Build", type="primary", icon=":material/construction:", disabled=bool(problems)
        )
    for problem in problems:
        st.warning(escape(problem))
    if not asked:
        return
    bar = st.progress(0.0, "Reading the files…")
    st.button("Stop", icon=":material/stop:")  # any press begins anew, and the work ends with it
    try:
        _build(name, shelf, partial(advance, bar))
    except ThawError as error:
        bar.empty()
        st.error(escape(str(error)), title="Nothing was built")
    else:
        st.rerun()


def _problem(name: str) -> list[str]:
    """Why nothing can be built under this name, if so; asks where there is one already."""
    try:
        ready = not check_name(name) or st.checkbox("Replace the one that is there")
    except WorkspaceError as error:
        return [str(error)]
    return [] if ready else [f"There is a workspace {name!r}: tick, or choose another."]


def _build(name: str, shelf: Shelf, progress: Progress) -> None:
    paths = {kind: held.path for kind, held in shelf.held.items()}
    tables = table.load(
        paths["items"],
        paths.get("interactions"),
        paths.get("triples"),
        **likes.wishes(shelf),
        ties=chosen_ties(),
        noun=st.session_state["catalogue_new_noun"],
        called={kind: held.name for kind, held in shelf.held.items()},
        encoding={kind: held.reading.encoding for kind, held in shelf.held.items()},
        part={kind: held.reading.part for kind, held in shelf.held.items()},
        remember=True,
        progress=progress,
    )
    build(name, tables, resources.encoder(DEFAULT_MODEL), progress).close()
    st.session_state[BUILT] = Built(
        name, len(tables.items), tables.about["nouns"], tables.notes, tables.rejected
    )
    for kind in list(shelf.held):
        _drop(shelf, kind)
    shelf.close()
    for key in ("catalogue_shelf", "catalogue_new_name", "catalogue_new_noun"):
        st.session_state.pop(key)


def _size(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE / 10 else f"{size / 1024:.1f} kB"
