"""Publishing the item on the page, finding it as a new user would, and taking it out again."""

import streamlit as st

from pages.new_item.visit import Judged, Published
from pages.shared import resources, taste
from pages.shared.text import escape
from recsys.building.publish import publish, withdraw
from recsys.datatypes import NewItem
from recsys.errors import ThawError
from recsys.store.workspace import Workspace

LISTED = 20
"""Published items that are listed, the newest first."""


def show_publish(opened: Workspace, item: NewItem, judged: Judged | None) -> None:
    """The button, an id for those who want one, and what came of it."""
    noun = escape(opened.catalogue.about.get("noun", "item"))
    with st.container(border=True, key="new_item_publish_box"):
        if _show_done(opened, item):
            st.session_state["new_item_id"] = ""  # it was for this one
        else:
            st.markdown("**:material/publish: Publish it**")
            with st.expander("An id of your own"):
                wanted = st.text_input(
                    "Id",
                    key="new_item_id",
                    placeholder="Made from the title",
                    label_visibility="collapsed",
                    persist_state="session",
                )
            if st.button(
                "Publish",
                key="new_item_publish",
                icon=":material/publish:",
                help=f"Adds this {noun} to the catalogue that everybody here sees, until you undo.",
            ):
                _publish(opened, item, judged, wanted.strip() or None)


def show_published(opened: Workspace) -> None:
    """Everything that was published here, with a way out for each."""
    if st.session_state.pop("new_item_withdrawn", False):
        st.toast("Taken out again.", icon=":material/undo:")
    published = opened.catalogue.published
    if published.empty:
        return
    st.markdown(f"**Published here: {len(published):,}**")
    titles = opened.catalogue.items["title"]
    for line in published.iloc[::-1].head(LISTED).itertuples():
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            when = escape(f"{line.id} · {line.published:%d %b %Y, %H:%M} UTC")
            st.markdown(f"{escape(titles[line.Index])} :small[{when}]", width="stretch")
            if st.button(
                "Undo", key=f"new_item_undo_{line.id}", type="tertiary", icon=":material/undo:"
            ):
                _withdraw(opened, line.id)
    if len(published) > LISTED:
        st.caption(f"and {len(published) - LISTED:,} before these")


def _show_done(opened: Workspace, item: NewItem) -> bool:
    """What came of publishing ``item``; False if this very item is not published."""
    done: Published | None = st.session_state.get("new_item_here_published")
    if not done or done.item != item or done.id not in set(opened.catalogue.published["id"]):
        return False
    st.success(
        escape(f"“{done.item.title}” is in the catalogue now; its id is {done.id}."),
        title="Published",
        icon=":material/check_circle:",
    )
    with st.container(horizontal=True):
        if st.button("Find it on New user", key="new_item_find", icon=":material/person_search:"):
            taste.ask_for(done.item.text)
            st.switch_page("pages/new_user/page.py")
        if st.button("Undo", key="new_item_undo", icon=":material/undo:"):
            _withdraw(opened, done.id)
    return True


def _publish(opened: Workspace, item: NewItem, judged: Judged | None, wanted: str | None) -> None:
    encoder = resources.encoder(opened.manifest.encoder)
    try:
        with st.spinner("Publishing…"):
            id_ = publish(opened, encoder, item, wanted)
    except ThawError as error:
        st.warning(escape(str(error)), title="Not published")
        return
    st.session_state["new_item_here_published"] = Published(id_, item, judged)
    st.rerun()


def _withdraw(opened: Workspace, id_: str) -> None:
    state = st.session_state
    try:
        with st.spinner("Taking it out…"):
            withdraw(opened, id_)
    except ThawError as error:
        st.warning(escape(str(error)), title="Not taken out")
        return
    done: Published | None = state.get("new_item_here_published")
    if done and done.id == id_:
        state["new_item_here_published"] = None
    state["new_item_withdrawn"] = True
    st.rerun()
