"""Trust: what is kept of whom, and what has the workspace learned from it?"""

import streamlit as st

from pages.shared import address, taste, use, workspaces
from pages.shared.strategy import set_strategy
from pages.shared.text import escape
from pages.trust import curious, drifted, kept, learned
from recsys.errors import ThawError

opened = workspaces.choose()
taste.set_newcomer(opened)
set_strategy()
workspaces.show_head(opened, "What is kept of whom, and what was learned from it?")
left, right = st.columns([2, 3], gap="large")
try:
    with left:
        kept.show_kept(opened)
    with right:
        learned.show_learned(opened)
        drifted.show_drift(opened)
    curious.show_curiosity()
except ThawError as error:
    st.error(escape(str(error)), title="The log of events cannot be read")
address.write(workspaces.in_address(opened), taste.told() | use.in_tab())
