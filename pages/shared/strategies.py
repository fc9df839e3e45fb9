"""The strategies that stand side by side on Compare: kept for the visit, and in its link.

Each has a slot, a number; the keys of its widgets begin with ``prefix(slot)``.
"""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.shared.strategy import (
    put_strategy,
    set_strategy,
    standing_strategy,
)
from recsys.datatypes import MOST_DIVERSE, SCALES, SIMILARITIES, Strategy
from recsys.fusion import fusions
from recsys.signals import default_weights, signals

FEWEST = 2
"""Fewer strategies than these are no comparison."""

MOST = 4
"""So many strategies fit side by side."""

LONGEST_NAME = 40
"""Letters that a name may have."""

PARAMETER = "s"
"""The address has one of these for each strategy."""

SEPARATOR = "|"
"""Between the parts of a strategy in an address."""

ON_SCALE = "@"
"""Between a fusion and its scale in an address."""

CURIOUS = "~"
"""Between how varied and how curious in an address."""

SLOTS = "compare_slots"
"""Key in the visit of the numbers of the strategies that stand there, in their order."""

USUAL = "usual"
"""Key of the preset that everyone starts with."""

TELLING = "signal:lexical"
"""Key of the preset beside the usual one: a search for the words, which shares some of its list."""


def presets() -> dict[str, Strategy]:
    """Strategies to begin with, by key: the usual one, each signal alone, each other fusion.

    The key of a signal alone is ``signal:NAME``, of another fusion ``fusion:NAME``: titles are
    for people to read.
    """
    found = {USUAL: Strategy("The usual")}
    for name, module in signals().items():
        alone = {other: float(other == name) for other in signals()}
        measure = f" ({Strategy.similarity})" if name == "content" else ""
        found[f"signal:{name}"] = Strategy(f"{module.TITLE} only{measure}", "weighted", alone)
    for name, module in fusions().items():
        if name != found[USUAL].fusion:
            found[f"fusion:{name}"] = Strategy(module.TITLE, name)
    return found


def telling() -> list[Strategy]:
    """What the page opens with: the visitor's own, and one that shares some of its list."""
    own, known = _own(), presets()
    usual = known[USUAL]
    return [own, known.get(TELLING, usual) if own.name == usual.name else usual]


def to_link(strategy: Strategy) -> str:
    """The strategy in a parameter of an address; the name comes last, as it may be anything.

    >>> to_link(Strategy("Mine", "weighted", {"content": 0.6, "graph": 0.0}, 0.25))
    'weighted|0.25|cosine|content:0.6,graph:0|Mine'
    """
    weights = ",".join(f"{name}:{weight:g}" for name, weight in strategy.weights.items())
    # The usual scale goes without saying: old links have none.
    usual = strategy.scale == Strategy.scale
    fusion = strategy.fusion if usual else f"{strategy.fusion}{ON_SCALE}{strategy.scale}"
    drawn = f"{CURIOUS}{strategy.curiosity:g}" if strategy.curiosity else ""
    parts = (fusion, f"{strategy.diversity:g}{drawn}", strategy.similarity, weights)
    return SEPARATOR.join((*parts, strategy.name))


def from_link(said: str) -> Strategy | None:
    """The strategy that ``to_link`` wrote, or None for anything else.

    >>> from_link("weighted|0.25|cosine|content:0.6|Mine").name
    'Mine'
    >>> from_link("weighted|7|cosine|content:0.6|Mine") is None
    True
    """
    try:
        fusion, diversity, similarity, listed, name = said.split(SEPARATOR, 4)
        fusion, _, scale = fusion.partition(ON_SCALE)
        pairs = [pair.split(":") for pair in listed.split(",")]
        weights = {signal: float(weight) for signal, weight in pairs}
        diversity, _, drawn = diversity.partition(CURIOUS)
        varied, curiosity = float(diversity), float(drawn or 0)
    except ValueError:
        return None
    fits = (
        fusion in fusions()
        and similarity in SIMILARITIES
        and (scale or Strategy.scale) in SCALES
        and 0 <= varied <= MOST_DIVERSE
        and 0 <= curiosity <= 1
        and weights.keys() <= signals().keys()
        and all(0 <= weight <= 1 for weight in weights.values())
    )
    if not fits:
        return None
    scale = scale or Strategy.scale
    return Strategy(clean(name), fusion, weights, varied, similarity, scale, curiosity)


def put(strategy: Strategy) -> None:
    """Adds ``strategy`` to those that stand there, unless it is one of them.

    It stands beside the visitor's own where nothing stands there yet, and in the place of the last
    where no more fit.
    """
    if SLOTS not in st.session_state:
        st.session_state[SLOTS] = []
        own = _own()
        for each in telling() if own.name == strategy.name else [own]:
            add(each)
    if whole(strategy) in map(standing, slots()):
        return
    if len(slots()) == MOST:
        remove(slots()[-1])
    add(strategy)


def in_address(strategies: Sequence[Strategy]) -> dict[str, list[str]]:
    """What the address should say of the strategies."""
    return {PARAMETER: [to_link(strategy) for strategy in strategies]}


def summary(strategy: Strategy) -> str:
    """What a strategy is, in a line: its fusion, then what is unusual about it."""
    said = [fusions()[strategy.fusion].TITLE]
    usual, modules = default_weights(), signals()
    loud = [name for name, weight in strategy.weights.items() if weight]
    changed = {n: weight for n, weight in strategy.weights.items() if weight != usual[n]}
    if len(loud) == 1:
        said.append(f"{modules[loud[0]].TITLE.lower()} alone")
    elif changed:
        said.append(", ".join(f"{modules[n].TITLE.lower()} {w:g}" for n, w in changed.items()))
    else:
        said.append("usual weights")
    if strategy.diversity:
        said.append(f"varied {strategy.diversity:g}")
    if strategy.curiosity:
        said.append(f"curious {strategy.curiosity:g}")
    if strategy.similarity != Strategy.similarity:
        said.append(strategy.similarity)
    if strategy.scale != Strategy.scale:
        said.append(strategy.scale)
    return " · ".join(said)


def slots() -> list[int]:
    """The numbers of the strategies that stand there, in their order."""
    if SLOTS not in st.session_state:
        st.session_state[SLOTS] = []
        said = [from_link(text) for text in st.query_params.get_all(PARAMETER)]
        linked = [strategy for strategy in said if strategy][:MOST]
        for strategy in linked if len(linked) >= FEWEST else telling():
            add(strategy)
    return st.session_state[SLOTS]


def add(strategy: Strategy) -> None:
    """Gives a strategy the first slot that is free."""
    state = st.session_state
    slot = next(number for number in range(1, MOST + 1) if number not in state[SLOTS])
    state[f"{prefix(slot)}name"] = strategy.name
    put_strategy(prefix(slot), strategy)
    state[SLOTS] = [*state[SLOTS], slot]


def standing(slot: int) -> Strategy:
    """The strategy in a slot, under its name."""
    name = st.session_state[f"{prefix(slot)}name"]
    return replace(standing_strategy(prefix(slot)), name=name)


def whole(strategy: Strategy) -> Strategy:
    """The same with every weight said."""
    return replace(strategy, weights=default_weights() | dict(strategy.weights))


def remove(slot: int) -> None:
    """Takes a strategy away; for callbacks."""
    st.session_state[SLOTS] = [other for other in slots() if other != slot]


def _own() -> Strategy:
    """What is set on the new-user page, under a name that says whether that is the usual."""
    set_strategy()
    strategy = standing_strategy()
    usual = strategy == Strategy("", weights=default_weights())
    return replace(strategy, name=presets()[USUAL].name if usual else "As on New user")


def prefix(slot: int) -> str:
    """With this the keys of a strategy's widgets begin."""
    return f"compare_s{slot}_"


def clean(name: str) -> str:
    """The name without what cannot be seen, and no longer than a name may be."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME]
