"""The heads of the columns: a strategy each, to rename, change, take away and add."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import strategies
from pages.shared.strategies import FEWEST, LONGEST_NAME, MOST
from pages.shared.strategy import show_strategy
from pages.shared.text import escape
from recsys.datatypes import Strategy

CHIPS = ("signal:content", "signal:popularity")
"""Keys of the presets that a click adds: the recipe, and the crowd."""

LIST_WIDTH = {2: 10, 3: 18, 4: 14}
"""Strategies -> the width of a list, in units of a quarter of the gap between two."""

SUMMARY_LENGTH = {2: 64, 3: 44, 4: 34}
"""Strategies -> letters of what one is that fit under its name."""


def widths(count: int) -> list[int]:
    """The widths of ``count`` lists and of the gaps between them, from left to right."""
    return [LIST_WIDTH[count], *[4, LIST_WIDTH[count]] * (count - 1)]


def show_heads() -> tuple[list[Strategy], list[DeltaGenerator]]:
    """The heads of the columns: names that open the controls, and the ways out.

    Returns the strategies, and the gaps between the heads, to be filled. Two that are called the
    same get a number.
    """
    slots = strategies.slots()
    columns = st.columns(widths(len(slots)), gap=None, vertical_alignment="center")
    found: list[Strategy] = []
    for column, slot in zip(columns[::2], slots, strict=True):
        with column.container(gap=None):
            found.append(_show(slot, found))
    return found, columns[1::2]


def show_more() -> None:
    """What else could stand there: a chip for the telling presets, a list of all."""
    if len(strategies.slots()) == MOST:
        return
    known = strategies.presets()
    chips = [key for key in CHIPS if key in known and not _stands(known[key])]
    if chips:
        st.pills(
            "Add",
            chips,
            format_func=lambda key: f":material/add: {escape(known[key].name)}",
            key="compare_chip",
            label_visibility="collapsed",
            width="content",
            on_change=_add_chosen,
            args=("compare_chip",),
        )
    st.selectbox(
        "Add a strategy",
        list(known),
        format_func=lambda key: known[key].name,
        index=None,
        key="compare_add",
        placeholder="Add another",
        label_visibility="collapsed",
        width=160,
        on_change=_add_chosen,
        args=("compare_add",),
    )


def _stands(strategy: Strategy) -> bool:
    """Whether it stands there, under whatever name."""
    named = [strategies.standing(slot) for slot in strategies.slots()]
    return strategies.whole(strategy) in [replace(each, name=strategy.name) for each in named]


def _add_chosen(key: str) -> None:
    """Adds the preset that was chosen in the widget of this ``key``; for callbacks."""
    chosen = st.session_state[key]
    if chosen in strategies.presets() and len(strategies.slots()) < MOST:
        strategies.add(strategies.presets()[chosen])
    st.session_state[key] = None


def _show(slot: int, before: Sequence[Strategy]) -> Strategy:
    prefix = strategies.prefix(slot)
    name = _name(st.session_state[f"{prefix}name"], before)
    with st.container(horizontal=True, wrap=False, gap="xsmall", vertical_alignment="center"):
        with st.popover(
            f"**{escape(name)}**",
            icon=":material/tune:",
            key=f"{prefix}change",
            wrap=False,
            width="stretch",
        ):
            st.text_input(
                "Name", key=f"{prefix}name", max_chars=LONGEST_NAME, persist_state="session"
            )
            strategy = replace(show_strategy(prefix), name=name)
        st.button(
            "",
            key=f"{prefix}remove",
            icon=":material/close:",
            type="tertiary",
            help=f"Take {escape(name)} away",
            disabled=len(strategies.slots()) <= FEWEST,
            on_click=strategies.remove,
            args=(slot,),
        )
    said, longest = strategies.summary(strategy), SUMMARY_LENGTH[len(strategies.slots())]
    cut = said if len(said) <= longest else f"{said[: longest - 1]}…"
    st.markdown(f":small[{escape(cut)}]")
    return strategy


def _name(typed: str, before: Sequence[Strategy]) -> str:
    """The name of a strategy: as it was typed, with a number where one ``before`` has it."""
    taken = {other.name for other in before}
    wanted = strategies.clean(typed) or f"Strategy {len(before) + 1}"
    numbered = (f"{wanted} ({number})" for number in range(2, MOST + 2))
    return next(name for name in (wanted, *numbered) if name not in taken)
