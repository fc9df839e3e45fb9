"""The workspaces that are here: open, rename, delete; those that come with Thaw stay."""

from datetime import datetime

import streamlit as st

from pages.catalogue.naming import check_name
from pages.shared import workspaces
from pages.shared.text import escape
from recsys.datasets import demo
from recsys.errors import ThawError, WorkspaceError
from recsys.store.versions import delete, rename
from recsys.store.workspace import Workspace, folder_of, names, read_manifest

SAID = "catalogue_managed"
"""(whether it went well, what to say of it) after a change."""


def show_workspaces(opened: Workspace) -> None:
    """One row a workspace, with what can be done to it."""
    if SAID in st.session_state:
        well, text = st.session_state.pop(SAID)
        (st.success if well else st.error)(escape(text))
    for name in names():
        with st.container(
            border=True,
            horizontal=True,
            vertical_alignment="center",
            key=f"catalogue_workspace_{name}",
        ):
            open_here = " :blue-badge[open]" if name == opened.name else ""
            said = f"**{escape(name)}**{open_here}  \n:small[{escape(_about(name))}]"
            st.markdown(said, width="stretch")
            if name != opened.name:
                st.button(
                    "Open", key=f"catalogue_open_{name}", on_click=workspaces.switch, args=(name,)
                )
            if name not in demo.worlds():
                _show_rename(name)
                _show_delete(name)


def _about(name: str) -> str:
    try:
        manifest = read_manifest(folder_of(name))
    except WorkspaceError as error:
        return str(error)
    if manifest is None:  # deleted since the names were read
        return "Not there any more"
    here = "Comes with Thaw; built" if name in demo.worlds() else "Built"
    built = datetime.fromisoformat(manifest.built)
    return f"{here} {built:%-d %B %Y}, texts read by {manifest.encoder}"


def _show_rename(name: str) -> None:
    with st.popover("Rename", icon=":material/edit:", key=f"catalogue_rename_{name}"):
        new = st.text_input(
            "New name",
            name,
            key=f"catalogue_to_{name}",
            help="Up to 64 of a-z, 0-9, - and _, with a letter or digit first. Links to the old"
            " name will open the usual workspace and say so.",
        )
        st.button(
            "Rename it",
            type="primary",
            key=f"catalogue_do_rename_{name}",
            disabled=new == name,
            on_click=_rename,
            args=(name, new),
        )


def _show_delete(name: str) -> None:
    with st.popover("Delete", icon=":material/delete:", key=f"catalogue_delete_{name}"):
        st.markdown(
            f"**{escape(name)}** goes for everybody who uses this Thaw, with what was published in"
            " it. This cannot be undone."
        )
        typed = st.text_input(f"Type {name} and press Enter", key=f"catalogue_sure_{name}")
        st.button(
            "Delete for good",
            type="primary",
            key=f"catalogue_do_delete_{name}",
            disabled=typed.strip() != name,
            on_click=_delete,
            args=(name,),
        )


def _rename(name: str, new: str) -> None:
    state, new = st.session_state, new.strip()
    try:
        _keep_bundled(name)
        check_name(new)
        rename(name, new)
    except ThawError as error:
        state[SAID] = (False, str(error))
        return
    state[SAID] = (True, f"{name} is called {new} now.")
    if state.get(workspaces.OPEN) == name:
        workspaces.switch(new)


def _delete(name: str) -> None:
    try:
        _keep_bundled(name)
        delete(name)
    except ThawError as error:
        st.session_state[SAID] = (False, str(error))
        return
    st.session_state[SAID] = (True, f"{name} is deleted.")
    if st.session_state.get(workspaces.OPEN) == name:
        workspaces.switch(workspaces.DEFAULT)


def _keep_bundled(name: str) -> None:
    if name in demo.worlds():
        raise WorkspaceError(f"{name!r} comes with Thaw and stays.")
