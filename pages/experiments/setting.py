"""The question of an experiment, and what it takes to answer it."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.shared import address, strategies, tab
from pages.shared.text import escape
from recsys.datatypes import Strategy
from recsys.online.experiments.experiment import Plan
from recsys.online.experiments.power import power_of, visitors_needed

OUTCOME = "visitors who like something"
VISITORS = (1_000, 2_000, 5_000, 10_000, 20_000)
"""How many may be asked."""

USUAL_VISITORS = 10_000

SMALLEST = (1, 2, 5, 10)
"""Points of a hundred visitors; the smallest difference that matters."""

USUAL_SMALLEST = 5

MARGIN = 0.05
"""So many more of a hundred visitors may dislike something, over 100."""

RATE = 0.4
"""About so many like something, over 1: on simulated people of the bundled films."""


def choose(compared: Sequence[Strategy]) -> Plan:
    """The plan that stands in the controls, at first as the address says."""
    state = st.session_state
    state.setdefault("experiments_visitors", address.number("visitors", USUAL_VISITORS, 1, 10**6))
    state.setdefault("experiments_smallest", address.number("smallest", USUAL_SMALLEST, 1, 100))
    for key, known, usual in (
        ("experiments_visitors", VISITORS, USUAL_VISITORS),
        ("experiments_smallest", SMALLEST, USUAL_SMALLEST),
    ):
        if state[key] not in known:
            state[key] = usual
    with st.popover("The plan", icon=":material/edit:") if tab.is_narrow() else st.container():
        visitors = st.select_slider(
            "Visitors to ask",
            VISITORS,
            key="experiments_visitors",
            format_func=lambda count: f"{count:,}",
            persist_state="session",
        )
        smallest = st.select_slider(
            "Smallest difference that matters",
            SMALLEST,
            key="experiments_smallest",
            format_func=lambda points: f"{points} of 100 visitors",
            persist_state="session",
        )
    names = tuple(strategy.name for strategy in compared)
    return Plan(names, OUTCOME, smallest / 100, visitors, MARGIN)


def show_question(compared: Sequence[Strategy]) -> None:
    """What is asked, and between which strategies."""
    first, *others = [f"**{escape(strategy.name)}**" for strategy in compared]
    st.markdown(f"Do more visitors like something with {' or '.join(others)} than with {first}?")
    if not tab.is_narrow():
        said = [f"{each.name}: {strategies.summary(each)}" for each in compared]
        st.markdown("  \n".join(f":small[{escape(line)}]" for line in said))
    st.page_link("pages/compare/page.py", label="Change the strategies", icon=":material/tune:")


def show_power(plan: Plan) -> None:
    """What the plan promises before anybody is asked."""
    deviation = float(np.sqrt(RATE * (1 - RATE)))
    power = power_of(plan.pair, plan.smallest, deviation, plan.shared_alpha)
    pair = visitors_needed(plan.smallest, deviation, alpha=plan.shared_alpha)
    needed = int(np.ceil(pair * len(plan.strategies) / 2))
    points = f"{100 * plan.smallest:.0f} of 100"
    st.markdown(
        f"This finds a difference of {points} in **{power:.0%}** of cases;"
        f" for 80 % it takes **{needed:,}** visitors."
    )


def in_address(plan: Plan) -> dict[str, address.Value]:
    """What the address should say of the plan."""
    smallest = round(100 * plan.smallest)
    return {
        "visitors": str(plan.visitors) if plan.visitors != USUAL_VISITORS else None,
        "smallest": str(smallest) if smallest != USUAL_SMALLEST else None,
    }
