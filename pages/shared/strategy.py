"""The strategy on the page: how the signals are joined, what each weighs, and how varied."""

import streamlit as st

from pages.shared import address
from recsys.datatypes import MOST_DIVERSE, SIMILARITIES, Strategy
from recsys.fusion import fusions
from recsys.signals import default_weights, signals

MEASURES = {
    "cosine": ("Same direction", "the angle between two meanings (cosine)"),
    "dot": ("Direction and strength", "the angle, and how distinct the text is (dot product)"),
    "euclidean": ("Straight distance", "how far apart they are (Euclidean distance)"),
    "manhattan": ("Distance in steps", "the differences added up (Manhattan distance)"),
}
"""Similarity -> what a visitor calls it, and what it looks at."""


def show_strategy(prefix: str = "", usual: Strategy = Strategy()) -> Strategy:
    """The controls; returns the Strategy that stands in them.

    Their keys, and their names in the address, begin with ``prefix``: several strategies fit on
    one page. ``usual`` is what stands there when neither the visit nor the address says otherwise.
    """
    set_strategy(prefix, usual)
    fusion = st.selectbox(
        "Strategy",
        list(fusions()),
        key=f"{prefix}fusion",
        format_func=lambda name: fusions()[name].TITLE,
        help="  \n".join(f"**{each.TITLE}**: {each.HELP}" for each in fusions().values()),
        persist_state="session",
    )
    similarity = st.selectbox(
        "Near in meaning is",
        SIMILARITIES,
        key=f"{prefix}similarity",
        format_func=lambda name: MEASURES[name][0],
        help="  \n".join(f"**{title}**: {what}." for title, what in MEASURES.values()),
        persist_state="session",
    )
    diversity = st.slider(
        "How varied",
        0.0,
        MOST_DIVERSE,
        step=0.05,
        key=f"{prefix}diversity",
        help="0 keeps the best scores. The further right, the more an item gives way to one unlike"
        " those above it (maximal marginal relevance).",
        persist_state="session",
    )
    weights = {
        name: st.slider(
            module.TITLE,
            0.0,
            1.0,
            step=0.05,
            key=f"{prefix}w_{name}",
            help=module.HELP,
            persist_state="session",
        )
        for name, module in signals().items()
    }
    return Strategy("", fusion, weights, diversity, similarity)


def set_strategy(prefix: str = "", usual: Strategy = Strategy()) -> None:
    """Puts into the visit what the address says of the strategy, or ``usual``, if it has none."""
    said, state = f"{prefix}{{}}".format, st.session_state
    values = {
        "fusion": address.name(said("fusion"), fusions(), usual.fusion),
        "similarity": address.name(said("similarity"), SIMILARITIES, usual.similarity),
        "diversity": address.number(said("diversity"), usual.diversity, 0.0, MOST_DIVERSE),
    }
    for name, weight in (default_weights() | dict(usual.weights)).items():
        values[f"w_{name}"] = address.number(said(name), float(weight), 0.0, 1.0)
    for name, value in values.items():
        state.setdefault(said(name), value)


def strategy_in_address(
    strategy: Strategy, prefix: str = "", usual: Strategy = Strategy()
) -> dict[str, address.Value]:
    """What the address should say of ``strategy``: only where it differs from ``usual``."""
    weights = default_weights() | dict(usual.weights)
    said: dict[str, address.Value] = {
        name: weight for name, weight in strategy.weights.items() if weight != weights[name]
    }
    for name in ("fusion", "similarity", "diversity"):
        if getattr(strategy, name) != getattr(usual, name):
            said[name] = getattr(strategy, name)
    return {f"{prefix}{name}": value for name, value in said.items()}
