"""Editing what is known: add, take out, merge, rename, a CSV up and down, and undo.

Each edit is a new version for everybody here; what it did to the visitor's own list stands below.
"""

from collections.abc import Callable
from io import BytesIO

import pandas as pd
import streamlit as st

from pages.graph import moved, trail
from pages.shared import nodes
from pages.shared.choose import FILTER, item_labels
from pages.shared.taste import OFFERED, most_liked
from pages.shared.text import escape
from recsys.building import edit
from recsys.errors import DataError, ThawError
from recsys.knowledge.graph import label
from recsys.store import edited
from recsys.store.workspace import Workspace
from recsys.tables import TRIPLE_COLUMNS

LISTED = 8
"""So many edits are listed, the latest first, and so many faults of a file."""
SAID = "graph_here_edit_said"
"""Key in the visit of what the last edit came to."""


def show_editing(opened: Workspace) -> None:
    """What can be changed, what was, and what the last edit of this visit did to the list."""
    if said := st.session_state.pop(SAID, ""):
        st.toast(escape(said), icon=":material/check_circle:")
    one, two, three = st.columns(3, gap="medium")
    with one:
        _show_add(opened)
        _show_take_out(opened)
    with two:
        _show_merge(opened)
        _show_rename(opened)
        _show_log(opened)
    with three:
        _show_file(opened)
    moved.show_moved(opened)


def _show_add(opened: Workspace) -> None:
    items, graph = opened.catalogue.items, opened.graph
    middle = [node for node in trail.centres(opened) if node < graph.count]
    rows = list(dict.fromkeys([*middle, *most_liked(opened)[:OFFERED].tolist()]))
    with st.form("graph_add", border=False, clear_on_submit=False):
        st.markdown("**Add a fact**")
        row = st.selectbox(
            str(opened.catalogue.about.get("noun", "item")).capitalize(),
            rows,
            format_func=item_labels(opened).__getitem__,
            filter_mode=FILTER,
            key="graph_here_add_item",
        )
        relation = st.selectbox(
            "Relation",
            _relations(opened),
            format_func=_called,
            accept_new_options=True,
            key="graph_here_add_relation",
            help="Or type a new one, such as photographed_by.",
        )
        name = st.text_input("Name, or the code of another item", key="graph_here_add_name")
        asked = st.form_submit_button("Add", key="graph_add_button")
    if asked:
        triple = (str(items["id"][row]), str(relation), name)
        _do(opened, lambda: edit.add(opened, [triple]), "Added.")


def _show_take_out(opened: Workspace) -> None:
    """The facts of the first item in the middle, to be chosen."""
    graph = opened.graph
    row = next((node for node in trail.centres(opened) if node < graph.count), None)
    if row is None:
        return
    id_, title = opened.catalogue.items.loc[row, ["id", "title"]]
    triples = opened.catalogue.triples
    own = triples[triples["head"] == id_].reset_index(drop=True)
    st.markdown(f"**Take out facts of {escape(title)}**")
    shown = pd.DataFrame({"relation": own["relation"].map(label), "name": own["tail"]})
    chosen = st.dataframe(
        shown,
        key=f"graph_out_{opened.manifest.version}_{row}",
        hide_index=True,
        height=200,
        on_select="rerun",
        selection_mode="multi-row",
        alt=f"Facts of {title}",
    )
    places = [place for place in chosen["selection"]["rows"] if place < len(own)]
    if st.button(f"Take out {len(places)}", key="graph_out_button", disabled=not places):
        gone = list(own.loc[places, TRIPLE_COLUMNS].itertuples(index=False, name=None))
        _do(opened, lambda: edit.remove(opened, gone), "Taken out.")


def _show_merge(opened: Workspace) -> None:
    """The entity that the card tells of, to be called as another is, or by a better name."""
    st.markdown("**Merge two spellings**")
    chosen = nodes.fact(opened, st.session_state[trail.CHOSEN] or "")
    if chosen is None or len(chosen) > 1 or chosen[0] < opened.graph.count:
        st.caption("Click the spelling to give up in the picture: a person, a genre, a theme.")
        return
    name, kind = opened.graph.nodes.loc[chosen[0], ["name", "kind"]]
    with st.form("graph_merge", border=False):
        into = st.text_input(
            escape(f"{name} ({kind}) becomes"),
            key="graph_here_merge_into",
            placeholder="The name to keep",
        )
        asked = st.form_submit_button("Merge", key="graph_merge_button")
    if asked:
        _do(opened, lambda: edit.merge(opened, kind, [name], into.strip()), "Merged.")


def _show_rename(opened: Workspace) -> None:
    with st.form("graph_rename", border=False):
        st.markdown("**Rename a relation**")
        relation = st.selectbox(
            "Relation",
            _relations(opened),
            format_func=_called,
            key="graph_here_rename_relation",
            label_visibility="collapsed",
        )
        name = st.text_input("Its new name", key="graph_here_rename_name")
        asked = st.form_submit_button("Rename", key="graph_rename_button")
    if asked:
        _do(opened, lambda: edit.rename_relation(opened, relation, name.strip()), "Renamed.")


def _show_log(opened: Workspace) -> None:
    log = edited.log(opened.catalogue)
    if log.empty:
        st.caption("Nothing was edited here since it was built.")
        return
    st.markdown("**Edited here**")
    if st.button("Undo the last", key="graph_undo", icon=":material/undo:"):
        _do(opened, lambda: edit.undo(opened), "Undone.")
    for line in log.iloc[::-1].head(LISTED).itertuples():
        st.markdown(f"{escape(line.what)} :small[{line.made:%d %b, %H:%M} UTC]")


def _show_file(opened: Workspace) -> None:
    """All facts as a CSV; and one of facts to add, with what is wrong in it."""
    st.markdown("**All facts as a file**")
    st.download_button(
        f"Download {len(opened.catalogue.triples):,} facts",
        lambda: edit.to_csv(opened.catalogue),
        file_name=f"thaw-{opened.name}-facts.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    file = st.file_uploader(
        "Add facts from a CSV",
        type="csv",
        key="graph_here_file",
        help="Columns head (the code of an item), relation, tail (a name, or a code).",
    )
    if file is None:
        return
    try:
        given = _read(file.getvalue())
    except DataError as error:
        st.error(escape(str(error)))
        return
    found = edit.faults(opened.catalogue, given)
    wrong = {fault.place for fault in found}
    right = [triple for place, triple in enumerate(given) if place not in wrong]
    st.markdown(f"{len(right):,} of {len(given):,} can be added.")
    for fault in found[:LISTED]:
        st.markdown(f":small[Line {fault.place + 2}: {escape(fault.reason)}]")
    if len(found) > LISTED:
        st.caption(f"and {len(found) - LISTED:,} more that cannot")
    if st.button(f"Add {len(right):,}", key="graph_file_button", disabled=not right):
        _do(opened, lambda: edit.add(opened, right), "Added.")


def _read(content: bytes) -> list[edit.Triple]:
    """The facts of a file; raises DataError where it is no table of them."""
    try:
        table = pd.read_csv(
            BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
    except (ValueError, pd.errors.ParserError) as error:
        raise DataError(f"The file cannot be read as a CSV in UTF-8 ({error}).") from error
    missing = [name for name in TRIPLE_COLUMNS if name not in table]
    if missing:
        raise DataError(f"The file lacks the columns {', '.join(missing)}.")
    if len(table) > edit.MAX_FACTS:
        raise DataError(f"The file has {len(table):,} lines; at most {edit.MAX_FACTS:,} are read.")
    stripped = table[TRIPLE_COLUMNS].apply(lambda column: column.str.strip())
    return list(stripped.itertuples(index=False, name=None))


def _do(opened: Workspace, change: Callable[[], object], said: str) -> None:
    """Makes the edit and draws the page anew in the new version; or says why it cannot be."""
    try:
        before = moved.places(opened)
        change()
    except ThawError as error:
        st.error(escape(str(error)))
        return
    st.session_state[moved.BEFORE] = before
    st.session_state[SAID] = said
    st.rerun()


def _relations(opened: Workspace) -> list[str]:
    found: list[str] = opened.catalogue.triples["relation"].value_counts().index.tolist()
    return found


def _called(relation: str) -> str:
    words = label(relation)
    return relation if words == relation else f"{words} ({relation})"
