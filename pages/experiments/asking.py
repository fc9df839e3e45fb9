"""Asking simulated people: the button, and which experiment stands on the page."""

import streamlit as st

from pages.shared import address

RUN = "experiments_run"
"""Key in the visit of the number of the simulated experiment, 0 for none."""

ANIMATED = "experiments_animated"
"""Key in the visit that is there while the interval is yet to close."""

MODEL = (
    "Each simulated visitor is one of the people whose taste is known here, types it, and sees ten"
    " places. The taste for an item is how near it is, in the knowledge graph, to what that person"
    " judged, plus the visitor's mood and chance. The place decides how often it is looked at; most"
    " visitors say little, a few say much. No real person was asked."
)
"""What the simulation does, in short: recsys/online/experiments/people.py has it whole."""


def show_start() -> int:
    """The button; the number of the experiment that was run, 0 for none."""
    st.session_state.setdefault(RUN, address.number("run", 0, 0, 10**6))
    st.button(
        "Run on simulated people",
        key="experiments_start",
        type="primary",
        icon=":material/smart_toy:",
        on_click=_start,
    )
    with st.popover("How they are simulated", icon=":material/info:", type="tertiary"):
        st.markdown(MODEL)
    return int(st.session_state[RUN])


def show_nobody_yet() -> None:
    """What stands there before anybody was asked."""
    st.info(
        "The button asks simulated people. The interval closes as they come, and the verdict"
        " stands above it.",
        title="Nobody was asked yet",
        icon=":material/science:",
    )


def animated() -> bool:
    """Whether the interval is to close before the visitor's eyes: once an experiment."""
    return bool(st.session_state.pop(ANIMATED, False))


def in_address() -> dict[str, address.Value]:
    """What the address should say of the experiment."""
    return {"run": str(st.session_state[RUN]) if st.session_state[RUN] else None}


def _start() -> None:
    st.session_state[RUN] += 1
    st.session_state[ANIMATED] = True
