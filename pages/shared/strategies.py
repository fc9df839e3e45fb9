"""The strategies that stand side by side: kept for the visit, and in the link of the page.

Each has a slot, a number; the keys of its widgets begin with ``_prefix(slot)``.
"""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.shared.strategy import set_strategy, show_strategy
from pages.shared.text import escape
from recsys.datatypes import MOST_DIVERSE, SIMILARITIES, Strategy
from recsys.fusion import fusions
from recsys.signals import default_weights, signals

FEWEST, MOST = 2, 4
LONGEST_NAME = 40
PARAMETER = "s"
"""The address has one of these for each strategy."""
SEPARATOR = "|"


def presets() -> dict[str, Strategy]:
    """Strategies to begin with: the usual one, each signal alone, each other fusion."""
    found = [Strategy("The usual")]
    for name, module in signals().items():
        alone = {other: float(other == name) for other in signals()}
        measure = f" ({Strategy.similarity})" if name == "content" else ""
        found.append(Strategy(f"{module.TITLE} only{measure}", "weighted", alone))
    found += [
        Strategy(module.TITLE, name)
        for name, module in fusions().items()
        if name != found[0].fusion
    ]
    return {strategy.name: strategy for strategy in found}


def telling() -> list[Strategy]:
    """What the page opens with: the visitor's own, the recipe everyone starts with, the crowd."""
    alone = {f"{kind} only" for kind in ("Popularity", "Meaning")}
    known = [s for name, s in presets().items() if name.split(" (")[0] in alone]
    return [_own(), *known]


def to_link(strategy: Strategy) -> str:
    """The strategy in a parameter of an address; the name comes last, as it may be anything.

    >>> to_link(Strategy("Mine", "weighted", {"content": 0.6, "graph": 0.0}, 0.25))
    'weighted|0.25|cosine|content:0.6,graph:0|Mine'
    """
    weights = ",".join(f"{name}:{weight:g}" for name, weight in strategy.weights.items())
    parts = (strategy.fusion, f"{strategy.diversity:g}", strategy.similarity, weights)
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
        pairs = [pair.split(":") for pair in listed.split(",")]
        weights = {signal: float(weight) for signal, weight in pairs}
        varied = float(diversity)
    except ValueError:
        return None
    fits = (
        fusion in fusions()
        and similarity in SIMILARITIES
        and 0 <= varied <= MOST_DIVERSE
        and weights.keys() <= signals().keys()
        and all(0 <= weight <= 1 for weight in weights.values())
    )
    return Strategy(_clean(name), fusion, weights, varied, similarity) if fits else None


def show_strategies() -> list[Strategy]:
    """A box for each: its name, what it is, its controls, and the way out; returns them all.

    Two that are called the same get a number.
    """
    slots = _slots()
    found: list[Strategy] = []
    for column, slot in zip(st.columns(len(slots)), slots, strict=True):
        with column.container(border=True, gap="small"):
            found.append(_show(slot, found))
    if len(slots) < MOST:
        st.selectbox(
            "Add a strategy",
            list(presets()),
            index=None,
            key="add",
            placeholder=f"Add another: up to {MOST} fit side by side",
            label_visibility="collapsed",
            width=360,
            on_change=_add_chosen,
        )
    return found


def put(strategy: Strategy) -> None:
    """Adds ``strategy`` to those that stand there, unless it is one of them.

    It stands beside the visitor's own where nothing stands there yet, and in the place of the last
    where no more fit.
    """
    if "slots" not in st.session_state:
        st.session_state["slots"] = []
        own = _own()
        for each in telling() if own.name == strategy.name else [own]:
            _add(each)
    whole = replace(strategy, weights=default_weights() | dict(strategy.weights))
    if whole in map(_standing, _slots()):
        return
    if len(_slots()) == MOST:
        _remove(_slots()[-1])
    _add(strategy)


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
    if strategy.similarity != Strategy.similarity:
        said.append(strategy.similarity)
    return " · ".join(said)


def _show(slot: int, before: Sequence[Strategy]) -> Strategy:
    prefix = _prefix(slot)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        name = st.text_input(
            "Name",
            key=f"{prefix}name",
            max_chars=LONGEST_NAME,
            label_visibility="collapsed",
            placeholder="Name",
            persist_state="session",
        )
        st.button(
            "",
            key=f"{prefix}remove",
            icon=":material/close:",
            type="tertiary",
            help=f"Take {escape(_clean(name) or 'this one')} away",
            disabled=len(_slots()) <= FEWEST,
            on_click=_remove,
            args=(slot,),
        )
    about = st.empty()
    with st.popover("Change", icon=":material/tune:", width="stretch", key=f"{prefix}change"):
        strategy = show_strategy(prefix)
    about.caption(escape(summary(strategy)))
    taken = {other.name for other in before}
    wanted = _clean(name) or f"Strategy {len(before) + 1}"
    numbered = (f"{wanted} ({number})" for number in range(2, MOST + 2))
    return replace(strategy, name=next(n for n in (wanted, *numbered) if n not in taken))


def _slots() -> list[int]:
    if "slots" not in st.session_state:
        st.session_state["slots"] = []
        said = [from_link(text) for text in st.query_params.get_all(PARAMETER)]
        linked = [strategy for strategy in said if strategy][:MOST]
        for strategy in linked if len(linked) >= FEWEST else telling():
            _add(strategy)
    return st.session_state["slots"]


def _add(strategy: Strategy) -> None:
    """Gives a strategy the first slot that is free."""
    state = st.session_state
    slot = next(number for number in range(1, MOST + 1) if number not in state["slots"])
    prefix = _prefix(slot)
    state[f"{prefix}name"] = strategy.name
    for name in ("fusion", "similarity", "diversity"):
        state[prefix + name] = getattr(strategy, name)
    for name, weight in (default_weights() | dict(strategy.weights)).items():
        state[f"{prefix}w_{name}"] = float(weight)
    state["slots"] = [*state["slots"], slot]


def _add_chosen() -> None:
    chosen = st.session_state["add"]
    if chosen in presets() and len(_slots()) < MOST:
        _add(presets()[chosen])
    st.session_state["add"] = None


def _standing(slot: int) -> Strategy:
    state, prefix = st.session_state, _prefix(slot)
    weights = {name: state[f"{prefix}w_{name}"] for name in signals()}
    name, fusion, diversity, similarity = (
        state[prefix + part] for part in ("name", "fusion", "diversity", "similarity")
    )
    return Strategy(name, fusion, weights, diversity, similarity)


def _remove(slot: int) -> None:
    st.session_state["slots"] = [other for other in _slots() if other != slot]


def _own() -> Strategy:
    """What is set on the new-user page, under a name that says whether that is the usual."""
    set_strategy()
    state = st.session_state
    weights = {name: state[f"w_{name}"] for name in signals()}
    strategy = Strategy("", state["fusion"], weights, state["diversity"], state["similarity"])
    usual = strategy == Strategy("", weights=default_weights())
    return replace(strategy, name="The usual" if usual else "As on New user")


def _prefix(slot: int) -> str:
    return f"s{slot}_"


def _clean(name: str) -> str:
    """The name without what cannot be seen, and no longer than a name may be."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME]
