"""Weights as learned from use: an offer in the strategy."""

from collections.abc import Mapping

import streamlit as st

from pages.shared.strategy import weight_key
from recsys.errors import ThawError
from recsys.online.offer import offered
from recsys.store.learned import Learned
from recsys.store.workspace import Workspace


def show_offer(opened: Workspace) -> None:
    """A button that sets the weights to what was learned; nothing where too little was."""
    try:
        _, state = Learned(opened.name).newest()
    except ThawError:  # the page Trust tells of a damaged log
        return
    found = offered(state)
    if found is not None:
        st.button(
            "Weights as learned from use",
            key="new_user_offer",
            icon=":material/school:",
            help=f"What {state.choices:,} likes in lists that were shown here have taught.",
            on_click=_take,
            args=(found,),
        )


def _take(weights: Mapping[str, float]) -> None:
    for name, weight in weights.items():
        st.session_state[weight_key(name)] = weight
