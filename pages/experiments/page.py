"""Experiments: which strategy is better in use?"""

import streamlit as st

from pages.experiments import asking, setting, simulated, watching
from pages.experiments.audience import show_audience
from pages.experiments.stage import show_stage
from pages.experiments.together import show_together
from pages.experiments.what_if import show_what_if
from pages.shared import address, judged, strategies, tab, taste, workspaces
from pages.shared.strategy import set_strategy
from pages.shared.text import escape
from recsys.errors import ThawError

TABS = ["A/B test", "Interleaved", "What if", "On stage", "The room's list"]

if room := address.text("room", ""):
    show_audience(room)
    st.stop()

opened = workspaces.choose()
taste.set_newcomer(opened)
set_strategy()
workspaces.show_head(opened, "Which strategy is better in use?")
compared = [strategies.standing(slot) for slot in strategies.slots()]
asked, answered = st.columns([1, 2.4], gap="large")
try:
    with asked:
        setting.show_question(compared)
        plan = setting.choose(compared)
        setting.show_power(plan)
        number = asking.show_start()
    shown = (
        strategies.in_address(compared)
        | setting.in_address(plan)
        | asking.in_address()
        | workspaces.in_address(opened)
        | judged.in_address(opened)
    )
    address.write(shown)
    with answered:
        test, duel, other, stage, room_list = st.tabs(
            TABS, key="experiments_tab", on_change="rerun"
        )
    if stage.open:
        with stage:
            show_stage(opened, compared)
        st.stop()
    if room_list.open:
        with room_list:
            show_together(opened)
        st.stop()
    with test if test.open else duel if duel.open else other:
        if not judged.chosen(opened).useful:
            judged.show_none("A simulated experiment")
            st.stop()
        if not number:
            asking.show_nobody_yet()
            st.stop()
        with st.spinner("Asking simulated people"):
            found = simulated.run(opened, compared, plan, number)
        if test.open:
            watching.show_verdicts(plan, found)
            watching.show_closing(plan, found, asking.animated())
        elif duel.open:
            watching.show_duel(plan, found)
        else:
            known, lists = simulated.people(opened), simulated.lists(opened, compared)
            show_what_if(plan, known, lists, number)
    with answered if tab.is_narrow() else asked:
        watching.show_checks(plan, found)
except ThawError as error:
    st.warning(escape(str(error)), title="This experiment cannot be run")
