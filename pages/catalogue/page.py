"""Catalogue: what is in here, and is the index sound?"""

import streamlit as st

from pages.catalogue.browse import browse_in_address, show_browse
from pages.catalogue.contents import show_contents
from pages.catalogue.counts import counted, show_counts, show_source
from pages.catalogue.glance import show_glance
from pages.catalogue.health import health_in_address, show_health
from pages.catalogue.manage import show_workspaces
from pages.catalogue.upload import show_upload
from pages.shared import address, nodes, workspaces
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.store import browse

PARTS = {
    "browse": ":material/search: Browse",
    "contents": ":material/bar_chart: What is in it",
    "health": ":material/speed: Index health",
    "upload": ":material/upload_file: Add your own",
    "manage": ":material/folder_managed: Workspaces",
}

nodes.follow()
opened = workspaces.choose()
counts = counted(opened, browse.counts)

workspaces.show_head(opened, "What is in here, and is the index sound?")
show_source(opened)
st.session_state.setdefault("catalogue_part", address.name("part", PARTS, "browse"))
if st.session_state["catalogue_part"] == "browse":
    show_glance(opened, counts)
else:
    show_counts(opened, counts)
part = st.segmented_control(
    "Part of the page",
    PARTS,
    format_func=PARTS.__getitem__,
    key="catalogue_part",
    required=True,
    label_visibility="collapsed",
    persist_state="session",
)

said: dict[str, address.Value] = {"part": part if part != "browse" else None}
try:
    if part == "browse":
        show_browse(opened, counts)
    elif part == "contents":
        show_contents(opened, counts)
    elif part == "health":
        show_health(opened)
    elif part == "upload":
        show_upload()
    else:
        show_workspaces(opened)
except ThawError as error:
    st.error(escape(str(error)), title="This part cannot be shown")

if part == "browse":
    said |= browse_in_address(opened)
elif part == "health":
    said |= health_in_address()
address.write(workspaces.in_address(opened) | said)
