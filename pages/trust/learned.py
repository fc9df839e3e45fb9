"""What was learned from use: how items were received, weights as an offer, and the way back."""

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared.charts import show_chart
from pages.shared.choose import item_labels
from pages.shared.reception import reception_line
from pages.shared.strategy import standing_strategy
from pages.shared.text import escape
from recsys.charts.exploration import settling
from recsys.errors import ThawError
from recsys.metrics.shrinkage import interval, prior
from recsys.online.learn import learn
from recsys.online.offer import MIN_CHOICES, offered
from recsys.signals import signals
from recsys.signals.reception import Rates, rates_of
from recsys.store.learned import Learned, State, Version
from recsys.store.workspace import Workspace

LISTED = 200
"""So many items can be looked at, those that differ most from what was predicted."""


def show_learned(opened: Workspace) -> None:
    """What the events taught, and what can be done about it."""
    st.markdown("**What was learned**")
    kept, rates = Learned(opened.name), rates_of(opened)
    rows = np.argsort(-np.abs(rates.lift), kind="stable")
    rows = rows[rates.shown[rows] > 0][:LISTED]
    if not len(rows):
        st.markdown("Nothing yet: no list that was shown has been kept and learned from.")
        return
    _show_item(opened, rates, rows)
    _, state = kept.newest()
    _show_weights(state)
    _show_versions(opened, kept)


def _show_item(opened: Workspace, rates: Rates, rows: np.ndarray) -> None:
    labels = item_labels(opened)
    published = [row for row in rows.tolist() if row >= opened.built]
    options = [*published, *(row for row in rows.tolist() if row < opened.built)]
    key = "trust_here_item"
    if st.session_state.get(key) not in options:
        st.session_state[key] = options[0]
    row = st.selectbox(
        "How this one was received", options, format_func=lambda each: labels[each], key=key
    )
    line = reception_line(rates, row)
    shown, liked = rates.shown[row], rates.liked[row]
    title = f"{labels[row]}: {line}"
    show_chart(settling(_course(rates, row)), title, "trust_settling")
    st.markdown(
        f":small[{liked:,.0f} of {shown:,.0f} who were shown it liked it; 80 % intervals. A"
        f" prediction counts as much as {rates.strength:,.0f} showings here. The line assumes that"
        " the likes were spread evenly over the showings.]"
    )


def _course(rates: Rates, row: int) -> pd.DataFrame:
    shown = np.unique(np.linspace(0, rates.shown[row], 60).round())
    a, b = prior(rates.predicted[row], rates.strength)
    liked = shown * rates.liked[row] / rates.shown[row]
    a, b = a + liked, b + shown - liked
    low, high = interval(a, b)
    table = {"rate": a / (a + b), "low": low, "high": high, "predicted": rates.predicted[row]}
    return pd.DataFrame(table, index=shown)


def _show_weights(state: State) -> None:
    found = offered(state)
    if found is None:
        st.markdown(
            f":small[Weights are offered once {MIN_CHOICES:,} likes in lists have taught them;"
            f" there are {state.choices:,}.]"
        )
        return
    own = standing_strategy().weights
    titles = {name: module.TITLE for name, module in signals().items()}
    moved = sorted(found, key=lambda name: -abs(found[name] - own[name]))[:3]
    said = ", ".join(f"{titles[name]} {own[name]:.2f} → {found[name]:.2f}" for name in moved)
    st.markdown(f"Weights as learned from {state.choices:,} likes: {escape(said)}, …")


def _show_versions(opened: Workspace, kept: Learned) -> None:
    versions, frozen = kept.versions(), kept.frozen
    newest = versions[0]
    st.markdown(
        f":small[State {newest.number}, up to event {newest.upto:,}, {newest.hash}, made"
        f" {newest.made:%-d %b %Y, %H:%M} UTC{'; it stands still' if frozen else ''}.]"
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.button(
            "Go on learning" if frozen else "Freeze",
            key="trust_freeze",
            icon=":material/play_arrow:" if frozen else ":material/ac_unit:",
            on_click=_freeze,
            args=(opened, not frozen),
        )
        older = versions[1:]
        if older:
            with st.popover("Go back", icon=":material/history:"):
                st.selectbox("To the state", older, format_func=_called, key="trust_here_state")
                st.button("Go back to it", key="trust_back", on_click=_back, args=(opened,))


def _called(version: Version) -> str:
    return f"{version.number}: up to event {version.upto:,}, {version.made:%-d %b %Y, %H:%M} UTC"


def _freeze(opened: Workspace, frozen: bool) -> None:
    Learned(opened.name).freeze(frozen)
    learn(opened.name)


def _back(opened: Workspace) -> None:
    try:
        Learned(opened.name).back_to(st.session_state["trust_here_state"].number)
    except ThawError as error:  # another visitor went back further
        st.toast(escape(str(error)))
