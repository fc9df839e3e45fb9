"""New user: what would someone who says this want to see?"""

import streamlit as st

from pages.new_user import moves
from pages.new_user.map import show_map
from pages.new_user.network import show_neighbours
from pages.new_user.ranking import show_footer, show_ranking
from pages.new_user.why_not import show_why_not
from pages.shared import address, resources, taste, workspaces
from pages.shared.strategy import set_strategy, show_strategy, strategy_in_address
from pages.shared.text import escape
from recsys.errors import ThawError

BEHIND = {
    "why_not": ":material/help: Why not this one?",
    "network": ":material/hub: Neighbours",
    "map": ":material/map: Map",
}

opened = workspaces.choose()
taste.set_newcomer(opened)
set_strategy()

about = opened.catalogue.about
nouns = escape(about.get("nouns", "items"))
st.title(f"Which {nouns} would someone who says this like?")
taste.show_examples(about.get("examples", []))
left, right = st.columns([2, 3], gap="large")

with left:
    taste.show_taste(opened)
    taste.show_likes(opened)
    with st.expander("Strategy and weights", icon=":material/tune:", expanded=True):
        strategy = show_strategy()
    taste.show_filters(opened)
    taste.show_length()
address.write(
    strategy_in_address(strategy)
    | taste.newcomer_in_address(opened)
    | workspaces.in_address(opened)
)

with right:
    with st.skeleton(height=600):
        engine = resources.engine(opened)
    try:
        query = taste.newcomer(opened)
        result = engine.recommend(query, strategy)
    except ThawError as error:
        st.warning(str(error), title="Nothing to rank yet")
        st.stop()
    moved = moves.since_before(opened, query, result)
    if line := moved.line(nouns):
        st.markdown(f":material/swap_vert: {escape(line)}")
    show_ranking(engine, result, moved)
    show_footer(engine, result)

behind = st.segmented_control(
    "Behind this list",
    BEHIND,
    format_func=BEHIND.__getitem__,
    key="new_user_behind",
    persist_state="session",
)
try:
    if behind == "why_not":
        show_why_not(engine, query, strategy)
    elif behind == "network":
        show_neighbours(engine, result)
    elif behind == "map":
        show_map(engine, result)
except ThawError as error:
    st.warning(str(error), title="This cannot be answered")
