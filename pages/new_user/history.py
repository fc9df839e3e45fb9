"""The steps of this visit, to go back and forward: what was typed, judged and set at each."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.shared import pulled, taste
from pages.shared.strategy import SETTINGS, VISIT, weight_key
from pages.shared.text import escape
from recsys.signals import signals

MOST = 50
"""So many steps are kept, the latest."""

STEPS = "new_user_here_steps"
"""Key in the visit of the steps, the first one first."""

AT = "new_user_here_step"
"""Key in the visit of the number of the step that is shown."""


@dataclass(frozen=True)
class Step:
    """What stood in the visit, by key, and what had been done to come there."""

    values: dict[str, Any]
    done: str


def note(done: str) -> None:
    """Keeps what stands in the visit as a new step, unless it is the step that is shown.

    ``done`` says what led here, such as "liking Heat". What had been undone before goes.
    """
    state = st.session_state
    values = {key: state[key] for key in _keys() if key in state}
    steps: list[Step] = state.get(STEPS, [])
    at = state.get(AT, -1)
    if steps and steps[at].values == values:
        return
    state[STEPS] = [*steps[: at + 1], Step(values, done)][-MOST:]
    state[AT] = len(state[STEPS]) - 1


def undo_label() -> str:
    """What a step back undoes, "" where there is none."""
    steps, at = st.session_state.get(STEPS, []), st.session_state.get(AT, 0)
    return f"Undo {steps[at].done or 'the last change'}" if at > 0 else ""


def redo_label() -> str:
    """What a step forward does again, "" where there is none."""
    steps, at = st.session_state.get(STEPS, []), st.session_state.get(AT, 0)
    return f"Again: {steps[at + 1].done or 'the next change'}" if at + 1 < len(steps) else ""


def go(by: int) -> None:
    """Goes ``by`` steps back (below 0) or forward, as far as there are any; for callbacks."""
    state = st.session_state
    steps: list[Step] = state.get(STEPS, [])
    if not steps:
        return
    state[AT] = min(max(state[AT] + by, 0), len(steps) - 1)
    for key, value in steps[state[AT]].values.items():
        state[key] = value


def show_steps() -> None:
    """The steps of this visit, the latest first, each to go to."""
    state = st.session_state
    steps: list[Step] = state.get(STEPS, [])
    with st.popover("Steps", type="tertiary", disabled=len(steps) < 2):
        for number in reversed(range(len(steps))):
            done = steps[number].done or ("a change" if number else "the start")
            st.button(
                escape(f"{number + 1} · {done}"),
                key=f"new_user_step_{number}",
                type="tertiary",
                disabled=number == state[AT],
                on_click=go,
                args=(number - state[AT],),
            )


def _keys() -> list[str]:
    lists = [taste.list_key(name) for name in taste.JUDGED]
    settings = [f"{VISIT}{name}" for name in SETTINGS]
    weights = [weight_key(name) for name in signals()]
    said = ["visit_taste", "visit_muted", "visit_softened", "visit_k", pulled.PULLED]
    return [*said, *lists, "visit_here_category", "visit_here_years", *settings, *weights]
