"""Publishing the item on the page, finding it as a new user would, and taking it out again."""

import streamlit as st

from pages.new_item.visit import Judged, Published
from pages.shared import resources
from pages.shared.reception import reception_line
from pages.shared.text import escape
from recsys.building.publish import publish, withdraw
from recsys.datatypes import NewItem
from recsys.errors import ThawError
from recsys.signals.reception import rates_of
from recsys.store.workspace import Workspace

PUBLISHED = "visit_here_published"
"""Key in the visit of the id of what was published last: New user shows where it stands in the
visitor's own list."""

LISTED = 20
"""Published items that are listed, the newest first."""


def show_button(opened: Workspace, item: NewItem | None) -> bool:
    """The button that publishes, off while there is nothing to publish or once it is; whether it
    was clicked."""
    noun = escape(opened.catalogue.about.get("noun", "item"))
    return st.button(
        "Publish",
        key="new_item_publish",
        icon=":material/publish:",
        help=f"Adds this {noun} to the catalogue that everybody here sees, until you undo.",
        disabled=item is None or _done(opened, item) is not None,
    )


def show_published(opened: Workspace) -> None:
    """Everything that was published here, with a way out for each."""
    published = opened.catalogue.published
    if published.empty:
        return
    titles, rates = opened.catalogue.items["title"], rates_of(opened)
    for line in published.iloc[::-1].head(LISTED).itertuples():
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            when = escape(f"{line.id} · {line.published:%d %b %Y, %H:%M} UTC")
            warm = reception_line(rates, line.Index) if rates.shown[line.Index] else ""
            said = f"{when} · who sees it likes it: {escape(warm)}" if warm else when
            st.markdown(f"{escape(titles[line.Index])} :small[{said}]", width="stretch")
            if st.button(
                "Undo", key=f"new_item_undo_{line.id}", type="tertiary", icon=":material/undo:"
            ):
                _withdraw(opened, line.id)
    if len(published) > LISTED:
        st.caption(f"and {len(published) - LISTED:,} before these")


def show_outcome(opened: Workspace, item: NewItem, judged: Judged | None, clicked: bool) -> None:
    """Publishes it if that was ``clicked``; what came of it, the way to New user, and the way
    back."""
    if st.session_state.pop("new_item_withdrawn", False):
        st.toast("Taken out again.", icon=":material/undo:")
    if clicked:
        _publish(opened, item, judged, st.session_state.get("new_item_id", "").strip() or None)
    done = _done(opened, item)
    if done is None:
        return
    with st.container(key="new_item_published", gap="xsmall"):
        st.success(
            escape(f"“{done.item.title}” is in the catalogue now; its id is {done.id}."),
            icon=":material/check_circle:",
        )
        with st.container(horizontal=True, gap="xsmall"):
            if st.button(
                "See it on New user",
                key="new_item_find",
                icon=":material/person_search:",
                help="Your own taste stays; the list shows where this one stands in it.",
            ):
                st.switch_page("pages/new_user/page.py")
            if st.button("Undo", key="new_item_undo", icon=":material/undo:"):
                _withdraw(opened, done.id)


def _done(opened: Workspace, item: NewItem) -> Published | None:
    """What came of publishing ``item``; None if this very item is not published."""
    done: Published | None = st.session_state.get("new_item_here_published")
    if not done or done.item != item or done.id not in set(opened.catalogue.published["id"]):
        return None
    return done


def _publish(opened: Workspace, item: NewItem, judged: Judged | None, wanted: str | None) -> None:
    encoder = resources.encoder(opened.manifest.encoder)
    try:
        with st.spinner("Publishing…"):
            id_ = publish(opened, encoder, item, wanted)
    except ThawError as error:
        st.warning(escape(str(error)), title="Not published")
        return
    st.session_state["new_item_here_published"] = Published(id_, item, judged)
    st.session_state[PUBLISHED] = id_
    st.session_state["new_item_id_used"] = True
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
    if state.get(PUBLISHED) == id_:
        del state[PUBLISHED]
    state["new_item_withdrawn"] = True
    st.rerun()
