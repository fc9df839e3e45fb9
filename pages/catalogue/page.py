"""Catalogue: what is in here, and is the index sound?"""

import streamlit as st

from pages.catalogue.browse import browse_in_address, show_browse
from pages.catalogue.contents import show_contents
from pages.catalogue.counts import counted, show_counts
from pages.catalogue.health import health_in_address, show_health
from pages.catalogue.upload import show_upload
from pages.shared import address, workspaces
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.store import browse

PARTS = {
    "browse": ":material/search: Browse",
    "contents": ":material/bar_chart: What is in it",
    "health": ":material/speed: Index health",
    "upload": ":material/upload_file: Add your own",
}

opened = workspaces.choose()
counts = counted(opened, browse.counts)

st.title("What is in here, and is the index sound?")
show_counts(opened, counts)
st.session_state.setdefault("catalogue_part", address.name("part", PARTS, "browse"))
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
    else:
        show_upload()
except ThawError as error:
    st.error(escape(str(error)), title="This part cannot be shown")

if part == "browse":
    said |= browse_in_address(opened)
elif part == "health":
    said |= health_in_address()
address.write(workspaces.in_address(opened) | said)
