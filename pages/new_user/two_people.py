"""Two people side by side: is it personal?"""

import streamlit as st

from pages.new_user import people
from pages.shared.results import draw_results
from pages.shared.rows import title_rows
from recsys.ranking.engine import Engine, Recommendation


def show_two(engine: Engine, result: Recommendation) -> None:
    """The list of somebody else, by the same strategy, and how many are in both."""
    opened = engine.workspace
    said = people.choose_other(opened)
    if said is None:
        return
    other = engine.recommend(people.query_of(opened, said, result.query.k), result.strategy)
    both = set(result.shown.index) & set(other.shown.index)
    shown = len(other.shown)
    nouns = opened.catalogue.about.get("nouns", "items")
    st.markdown(f"**{len(both)} of {shown} {nouns} are in both lists.** Those are bold.")
    data = {"rows": title_rows(other, both), "compact": True, "label": "The other person's list"}
    draw_results("new_user_other", data, _nothing)


def _nothing(what: str, id_: str) -> None:
    """What can be done in the other person's list."""
