"""Which model is to be trained, and with which settings."""

from typing import Any

import streamlit as st

from pages.shared import address
from pages.shared.text import escape
from recsys.models import models, on_request
from recsys.models._settings import Setting, settings

SHOWN = (
    "form", "alpha", "beta", "gamma", "weighting", "balance", "epochs", "factors", "rate",
    "iterations", "regularisation", "confidence", "negatives", "likes_dropout", "length", "kl",
    "penalty", "min_queries", "min_gain",
)  # fmt: skip
"""Settings that can be turned here; the command line has them all."""

ACROSS = 3
"""So many stand in a line."""


def choose_model() -> str:
    """The model to train: one that no build trains."""
    known = [name for name in models() if name in on_request()]
    state = st.session_state
    if state.get("models_model") not in known:
        state["models_model"] = address.name("model", known, known[0])
    name = st.selectbox(
        "Train a model",
        known,
        key="models_model",
        format_func=lambda each: str(models()[each].TITLE),
        persist_state="session",
    )
    st.markdown(f":small[{escape(models()[name].HELP)}]")
    return str(name)


def show_settings(name: str) -> None:
    """The inputs for the settings of a model."""
    found = _shown(name)
    for start in range(0, len(found), ACROSS):
        line = found[start : start + ACROSS]
        for column, setting in zip(st.columns(ACROSS), line, strict=False):
            with column:
                _ask(_key(name, setting), setting)


def asked(name: str) -> dict[str, Any]:
    """What the inputs say that is not the usual; also for callbacks, before the page has run."""
    found = {}
    for setting in _shown(name):
        value = st.session_state[_key(name, setting)]
        if value is not None and value != setting.usual:
            found[setting.name] = value
    return found


def _shown(name: str) -> list[Setting]:
    return [own for own in settings(models()[name]).values() if own.name in SHOWN]


def _key(model: str, setting: Setting) -> str:
    return f"models_{model}_{setting.name}"


def _ask(key: str, setting: Setting) -> None:
    label = setting.name.replace("_", " ").capitalize()
    usual, about = setting.usual, escape(setting.about)
    if isinstance(usual, str):
        at = setting.choices.index(usual)
        st.selectbox(label, setting.choices, at, key=key, help=about, persist_state="session")
        return
    low, step, written = (1, 1, "%d") if isinstance(usual, int) else (0.0, usual / 10, "%g")
    st.number_input(
        label,
        min_value=low,
        value=usual,
        step=step,
        format=written,
        key=key,
        help=about,
        persist_state="session",
    )
