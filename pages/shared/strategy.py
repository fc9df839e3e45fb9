"""The strategy on the page: how the signals are joined, what each weighs, and how varied."""

import secrets
from types import ModuleType
from typing import NamedTuple

import streamlit as st

from pages.shared import address
from recsys.datatypes import MOST_DIVERSE, SCALES, SIMILARITIES, Strategy
from recsys.fusion import fusions
from recsys.ranking.parts import part_modules
from recsys.registry import called
from recsys.signals import default_weights, signals


class Measure(NamedTuple):
    """A similarity: what a visitor calls it, the field's term, and what it looks at."""

    title: str
    term: str
    help: str


MEASURES = {
    "cosine": Measure("Same direction", "cosine", "The angle between two meanings."),
    "dot": Measure(
        "Direction and strength", "dot product", "The angle, and how distinct the text is."
    ),
    "euclidean": Measure("Straight distance", "Euclidean distance", "How far apart they are."),
    "manhattan": Measure("Distance in steps", "Manhattan distance", "The differences added up."),
}
"""How near in meaning two texts are, by the name of the similarity."""

SCALE_TITLES = {
    "z-score": "How unusual an opinion is",
    "min-max": "From least to most",
    "ranks": "Places only",
}
"""What a visitor calls a scale, by its name."""

SETTINGS = ("fusion", "similarity", "scale", "diversity", "curiosity")
"""Of a strategy, beside the weights: the rest of the keys of their widgets, and their names in an
address."""

DRAW = "visit_draw"
"""Key in the visit of which draw curiosity makes."""

VISIT = "visit_"
"""With this the keys of the visitor's own strategy begin."""


def show_strategy(prefix: str = VISIT) -> Strategy:
    """The controls; returns the Strategy that stands in them.

    Their keys begin with ``prefix``: several strategies fit on one page.
    """
    fusion = st.selectbox(
        "Strategy",
        list(fusions()),
        key=f"{prefix}fusion",
        format_func=lambda name: called(fusions()[name]),
        persist_state="session",
    )
    st.caption(fusions()[fusion].HELP)
    similarity = st.selectbox(
        "Near in meaning is",
        SIMILARITIES,
        key=f"{prefix}similarity",
        format_func=lambda name: f"{MEASURES[name].title} ({MEASURES[name].term})",
        persist_state="session",
    )
    st.caption(MEASURES[similarity].help)
    scale = st.selectbox(
        "On one scale by",
        SCALES,
        key=f"{prefix}scale",
        format_func=lambda name: f"{SCALE_TITLES[name]} ({name})",
        help="Signals have units of their own. A strategy that looks at places alone, or joins one"
        " long vector, has its own scale and does not ask.",
        persist_state="session",
    )
    diversity = st.slider(
        f"How varied ({part_modules()['diversity'].TERM})",
        0.0,
        MOST_DIVERSE,
        step=0.05,
        key=f"{prefix}diversity",
        help="0 keeps the best scores. The further right, the more an item gives way to one unlike"
        " those above it.",
        persist_state="session",
    )
    curiosity = st.slider(
        f"Sure … curious ({part_modules()['curiosity'].TERM})",
        0.0,
        1.0,
        step=0.1,
        key=f"{prefix}curiosity",
        help="0 shows what is most likely to please. The further right, the more of the places,"
        " from the last one up, go to what is not known well yet and might.",
        persist_state="session",
    )
    usual = {name: module for name, module in signals().items() if module.DEFAULT_WEIGHT}
    weights = {name: _show_weight(prefix, name, module) for name, module in usual.items()}
    with st.expander("Models on request"):
        for name, module in signals().items():
            if name not in usual:
                weights[name] = _show_weight(prefix, name, module)
    draw = own_draw() if curiosity else 0
    return Strategy("", fusion, weights, diversity, similarity, scale, curiosity, draw)


def own_draw() -> int:
    """Which draw curiosity makes: another for each visit, the same throughout it."""
    state = st.session_state
    if DRAW not in state:
        state[DRAW] = secrets.randbits(31)
    return int(state[DRAW])


def set_strategy() -> None:
    """Puts into the visit what the address says of the visitor's strategy, where it has none."""
    usual, state = Strategy(), st.session_state
    values = {
        "fusion": address.name("fusion", fusions(), usual.fusion),
        "similarity": address.name("similarity", SIMILARITIES, usual.similarity),
        "scale": address.name("scale", SCALES, usual.scale),
        "diversity": address.number("diversity", usual.diversity, 0.0, MOST_DIVERSE),
        "curiosity": address.number("curiosity", usual.curiosity, 0.0, 1.0),
    }
    for name, value in values.items():
        state.setdefault(f"{VISIT}{name}", value)
    for name, weight in default_weights().items():
        state.setdefault(weight_key(name), address.number(name, float(weight), 0.0, 1.0))


def put_strategy(prefix: str, strategy: Strategy) -> None:
    """Makes ``strategy`` the one that stands under ``prefix``."""
    state = st.session_state
    for name in SETTINGS:
        state[prefix + name] = getattr(strategy, name)
    for name, weight in (default_weights() | dict(strategy.weights)).items():
        state[weight_key(name, prefix)] = float(weight)


def standing_strategy(prefix: str = VISIT) -> Strategy:
    """The strategy that stands under ``prefix``, whether or not its controls are drawn."""
    state = st.session_state
    weights = {name: state[weight_key(name, prefix)] for name in signals()}
    parts = ("fusion", "diversity", "similarity", "scale", "curiosity")
    fusion, diversity, similarity, scale, curiosity = (state[prefix + part] for part in parts)
    draw = own_draw() if curiosity else 0
    return Strategy("", fusion, weights, diversity, similarity, scale, curiosity, draw)


def own_in_address() -> dict[str, address.Value]:
    """What the address should say of the visitor's own strategy: where it differs from the usual
    one."""
    own, usual, weights = standing_strategy(), Strategy(), default_weights()
    said: dict[str, address.Value] = {
        name: weight for name, weight in own.weights.items() if weight != weights[name]
    }
    for name in SETTINGS:
        if getattr(own, name) != getattr(usual, name):
            said[name] = getattr(own, name)
    return said


def weight_key(signal: str, prefix: str = VISIT) -> str:
    """The key of the weight of ``signal`` in the strategy under ``prefix``."""
    return f"{prefix}w_{signal}"


def _show_weight(prefix: str, signal: str, module: ModuleType) -> float:
    return st.slider(
        called(module),
        0.0,
        1.0,
        step=0.05,
        key=weight_key(signal, prefix),
        help=module.HELP,
        persist_state="session",
    )
