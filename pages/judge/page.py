"""Judge: how good is each of these for this taste?"""

import streamlit as st

from pages.judge import bar, grading, ideal, judges, kept, start, tries
from pages.judge.asked import ask
from pages.shared import address, judged, resources, taste, workspaces
from pages.shared.strategy import set_strategy
from pages.shared.text import escape
from recsys.errors import ThawError

TABS = ["Beside the ideal", "Judges", "Tries", "The set"]

opened = workspaces.choose()
taste.set_newcomer(opened)
set_strategy()

nouns = opened.catalogue.about.get("nouns", "items")
workspaces.show_head(opened, f"How good are these {nouns} for this taste?")
grading.show_fault()
name = bar.chosen_set(opened)
if not name:
    start.show_start(opened)
    address.write(workspaces.in_address(opened))
    st.stop()

text, judge = bar.show_bar(opened, name)
left, right = st.columns([3, 2], gap="medium")
try:
    with left, st.skeleton(height=560):
        engine = resources.engine(opened)
        asked = ask(engine, text)
    with left:
        grading.show_grading(opened, name, asked, judge)
    with right:
        beside, agreement, tried, whole = st.tabs(TABS, key="judge_tab", on_change="rerun")
        if beside.open:
            with beside:
                ideal.show_ideal(engine, name, asked)
        elif agreement.open:
            with agreement:
                judges.show_judges(opened, name)
        elif tried.open:
            with tried:
                tries.show_tries(engine, name)
        elif whole.open:
            with whole:
                kept.show_set(opened, name)
except ThawError as error:
    st.warning(escape(str(error)), title="Nothing to judge yet")
address.write(workspaces.in_address(opened) | judged.in_address(opened))
