"""Talk: what to ask next, and what the answer does to the list."""

import streamlit as st

from pages.shared import address, moves, nodes, resources, tab, taste, use, workspaces
from pages.shared.strategy import own_in_address, set_strategy, standing_strategy
from pages.shared.text import escape
from pages.talk import conversation, turns
from pages.talk.ranking import show_certainty, show_ranking
from recsys.errors import ThawError

nodes.follow()
opened = workspaces.choose()
taste.set_newcomer(opened)
set_strategy()

workspaces.show_head(opened, "What do you feel like?")
left, right = (
    (st.container(), st.container()) if tab.is_narrow() else st.columns([1, 1.6], gap="medium")
)
shown = own_in_address() | taste.newcomer_in_address(opened) | workspaces.in_address(opened)
with right, st.skeleton(height=620):
    engine = resources.engine(opened)
    asker = resources.asker(opened)

with resources.turn():
    try:
        query = taste.newcomer(opened)
        result = engine.recommend(query, standing_strategy())
    except ThawError as error:
        right.warning(escape(str(error)), title="Nothing to talk about yet")
        address.write(shown, taste.told() | use.in_tab())
        st.stop()
    found = turns.turns()
    said = [turn.said for turn in found if turn.said and turn.said not in query.muted]
    question, could_be = conversation.next_question(asker, result, found, said)
    at = turns.Standing(tuple(result.shown.index), could_be)
    promise = None
    if question:
        promise = asker.promise(query, result.shown, question, result.strategy)
    with right:
        show_ranking(engine, result, moves.since_before(opened, query, result), at)
        show_certainty(opened, found, at)
with left:
    conversation.show_said(found, at)
    conversation.show_question(result, question, promise, at)
    conversation.show_words(result, at)
with right if tab.is_narrow() else left:
    taste.show_understood(opened)
use.keep_list(engine, result)
address.write(shown, taste.told() | use.in_tab())
