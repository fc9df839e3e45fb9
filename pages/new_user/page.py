"""New user: what would someone who says this want to see?"""

import streamlit as st

from pages.new_user import beside, history, inputs, tour
from pages.new_user.bar import show_bar
from pages.new_user.published import show_published
from pages.new_user.ranking import show_ranking
from pages.shared import address, moves, nodes, resources, taste, use, workspaces
from pages.shared.strategy import own_in_address, set_strategy, standing_strategy
from pages.shared.text import escape
from recsys.errors import ThawError

nodes.follow()
opened = workspaces.choose()
taste.set_newcomer(opened)
set_strategy()

nouns = opened.catalogue.about.get("nouns", "items")
workspaces.show_head(opened, f"Which {nouns} would someone who says this like?")
tour.show_tour()
left, right = inputs.places()

with left:
    inputs.show_inputs(opened)
strategy = standing_strategy()
shown = own_in_address() | taste.newcomer_in_address(opened) | workspaces.in_address(opened)

with right, st.skeleton(height=620):
    engine = resources.engine(opened)

with right, resources.turn():
    try:
        query = taste.newcomer(opened)
        result = engine.recommend(query, strategy)
    except ThawError as error:
        st.warning(escape(str(error)), title="Nothing to rank yet")
        address.write(shown, taste.told() | use.in_tab())
        st.stop()
    moved = moves.since_before(opened, query, result)
    history.note(moved.step)
    show_published(result)
    if beside.is_open():
        beside.show_both(engine, query, result)
    else:
        show_ranking(engine, result, moved)
    show_bar(engine, result, shown)
use.keep_list(engine, result)
address.write(shown, taste.told() | use.in_tab())
