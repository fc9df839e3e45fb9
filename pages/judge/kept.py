"""The set itself: what is in it, tables in and out, its name, and who learns from it."""

import tempfile
from pathlib import Path

import streamlit as st

from pages.judge.attention import show_attention
from pages.shared import judged
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.reading import graded
from recsys.store.judged import unknown
from recsys.store.judgements import LONGEST_NAME, Judgements
from recsys.store.workspace import Workspace

NOBODY = "imported"
"""Who judged where a table does not say."""

SAID = "judge_here_said"
"""Key in the visit of what came of the last table."""


def show_set(opened: Workspace, name: str) -> None:
    """Counts, what can be done with the set, and what attention makes of it."""
    held = Judgements(opened.name).sets().loc[name]
    st.markdown(
        f"**{escape(name)}**: {held['tastes']} tastes, {held['judgements']:,} judgements by"
        f" {held['judges']} judges"
    )
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "CSV",
            Judgements(opened.name).table(name).to_csv(index=False),
            file_name=f"thaw-{opened.name}-judged.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            help="taste, item, grade, judge",
        )
        with st.popover("Import", icon=":material/upload:"):
            show_import(opened, name)
        with st.popover("New set", icon=":material/add:"):
            _show_new(opened)
        with st.popover("Name", icon=":material/edit:"):
            _show_rename(opened, name)
        with st.popover("Delete", icon=":material/delete:"):
            _show_delete(opened, name)
    if said := st.session_state.pop(SAID, None):
        st.success(escape(said))
    show_attention(opened, name)


def show_import(opened: Workspace, name: str) -> None:
    """A file of judgements for the set, or without a name for one that is called as the file."""
    file = st.file_uploader(
        "A table of taste, item, grade and judge",
        key=f"judge_here_file_{bool(name)}",
        help="CSV, JSON, Excel or Parquet. Items go by their ids in this catalogue; grades are 0 to"
        " 3; a column of judges is optional.",
    )
    if file is None:
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "judged"
            path.write_bytes(file.getvalue())
            found = graded.read(path, NOBODY, called=file.name)
    except ThawError as error:
        st.error(escape(str(error)), title="This file cannot be read")
        return
    st.markdown(_told(opened, found))
    new = name or st.text_input(
        "Name of the set",
        Path(file.name).stem[:LONGEST_NAME],
        key="judge_here_import_name",
        max_chars=LONGEST_NAME,
    )
    if not st.button("Put them into the set", key="judge_import", type="primary"):
        return
    try:
        kept = Judgements(opened.name)
        if not name:
            new = kept.make(new)
        kept.add(new, found.table)
    except ThawError as error:
        st.error(escape(str(error)), title="Nothing was kept")
        return
    judged.choose(new)
    st.session_state[SAID] = f"{len(found.table):,} judgements are in {new}."
    st.rerun()


def _told(opened: Workspace, found: graded.Graded) -> str:
    """What a file holds, in words."""
    table = found.table
    said = [f"{len(table):,} judgements of {table['taste'].nunique():,} tastes"]
    if strange := unknown(opened.catalogue, table):
        said.append(f"{strange:,} of items that are not here: they wait until they are")
    for reason, count in found.rejected["reason"].value_counts().items():
        said.append(f"{count:,} lines left out: {reason}")
    notes = " ".join(found.notes)
    return f"{escape('; '.join(said))}.  \n:small[{escape(notes)}]"


def _show_new(opened: Workspace) -> None:
    new = st.text_input("Name of the new set", key="judge_here_new_set", max_chars=LONGEST_NAME)
    if not st.button("Make it", key="judge_make_it", type="primary"):
        return
    try:
        judged.choose(Judgements(opened.name).make(new))
    except ThawError as error:
        st.error(escape(str(error)))
    else:
        st.rerun()


def _show_rename(opened: Workspace, name: str) -> None:
    new = st.text_input("Name", name, key="judge_here_rename", max_chars=LONGEST_NAME)
    if not st.button("Rename it", key="judge_rename", type="primary", disabled=new == name):
        return
    try:
        judged.choose(Judgements(opened.name).rename(name, new))
    except ThawError as error:
        st.error(escape(str(error)))
    else:
        st.rerun()


def _show_delete(opened: Workspace, name: str) -> None:
    st.markdown(
        f"**{escape(name)}** goes for everybody, with its judgements and tries. This cannot be"
        " undone: download it before."
    )
    if not st.button("Delete for good", key="judge_delete", type="primary"):
        return
    try:
        Judgements(opened.name).delete(name)
    except ThawError as error:
        st.error(escape(str(error)))
    else:
        st.rerun()
