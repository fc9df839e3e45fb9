"""Metric against metric; a click opens a strategy in Compare."""

import pandas as pd
import streamlit as st

from pages.metrics.first import looks
from pages.metrics.source import BARS, source
from pages.shared import strategies
from pages.shared.charts import inked, show_looks
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.charts import metrics as metrics_charts
from recsys.charts import metrics_scatter
from recsys.reports import figures
from recsys.reports.comparisons import standing
from recsys.reports.store import Report

HOLLOW = (
    "Hollow dots are for measuring only and cannot be opened. Of dots close to each other, one is"
    " named."
)
"""Said under the scatter."""


def show_against(report: Report, metric: str) -> None:
    """Metric against metric, and the strategies that can be opened."""
    drawn = st.container()
    across, up = _choose_axes(report, metric)
    columns = {"x": figures.figures(report, across), "y": figures.figures(report, up)}
    table = pd.concat([part.add_prefix(f"{axis}_") for axis, part in columns.items()], axis=1)
    table = table.rename(columns={"x_mean": "x", "y_mean": "y"})
    opens = [figures.called(name) for name in table.index if figures.strategy_of(report, name)]
    labels = (figures.label(across), figures.label(up))
    title = f"{labels[1][:1].upper()}{labels[1][1:]} against {labels[0]}: a dot is a strategy"
    table = table.rename(index=figures.called)
    stand = looks(report, up)
    with drawn:
        st.markdown(f"**{escape(title)}**")
        show_looks({stand.get(name, metrics_charts.NOT_TESTED) for name in table.index})
        st.plotly_chart(
            inked(metrics_scatter.against(table, stand, opens, labels)),
            key="metrics_chart_against",
            on_select=_pick,
            selection_mode="points",
            config=PLAIN,
            alt=title,
        )
    st.selectbox(
        "Open a strategy in Compare",
        opens,
        index=None,
        key="metrics_to_compare",
        placeholder="Click a dot, or choose one here, to open it in Compare",
        label_visibility="collapsed",
        on_change=_ask,
    )
    st.markdown(f":small[{source(report, f'{BARS} {_colours(report, up)} {HOLLOW}')}]")


def _choose_axes(report: Report, metric: str) -> tuple[str, str]:
    """The metrics across and up: to begin with, the one chosen against how various lists are."""
    known = figures.measured(report)
    state = st.session_state
    various = next((each for each in known if each.startswith("diversity")), known[-1])
    for key, usual in (("metrics_across", various), ("metrics_up", metric)):
        if state.get(key) not in known:
            state[key] = usual
    chosen = []
    for column, said, key in zip(
        st.columns(2), ("Across", "Up"), ("metrics_across", "metrics_up"), strict=True
    ):
        chosen.append(
            column.selectbox(
                said, known, key=key, format_func=figures.label, persist_state="session"
            )
        )
    return chosen[0], chosen[1]


def _colours(report: Report, up: str) -> str:
    """What the colours of the dots say: they follow the metric that runs up."""
    if standing(report, up).empty:
        return f"Nothing was compared with the usual by {figures.label(up)}: one colour for all."
    return f"Colours say how each stands to the usual by {figures.label(up)}."


def go_to_compare(report: Report) -> None:
    """Opens the strategy that was clicked, if any, in Compare."""
    asked = st.session_state.pop("metrics_asked", None)
    chosen = next((name for name in report.lines if figures.called(name) == asked), None)
    if chosen is None:
        return
    if strategy := figures.strategy_of(report, chosen):
        strategies.put(strategy)
        st.switch_page("pages/compare/page.py")
    st.toast(escape(f"“{asked}” is for measuring only: no setting of the app does that."))


def _pick() -> None:
    points = st.session_state["metrics_chart_against"]["selection"]["points"]
    if points and "customdata" in points[0]:
        st.session_state["metrics_asked"] = points[0]["customdata"][0]


def _ask() -> None:
    st.session_state["metrics_asked"] = st.session_state["metrics_to_compare"]
    st.session_state["metrics_to_compare"] = None
