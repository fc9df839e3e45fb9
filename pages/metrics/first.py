"""What the room reads: one sentence, and two charts beside each other."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.metrics.source import BARS, source
from pages.shared import sentence
from pages.shared.charts import show_chart
from pages.shared.text import escape
from recsys.charts import metrics as metrics_charts
from recsys.reports import figures, learning_curve
from recsys.reports.comparisons import BETTER, pairs, spread_of, standing
from recsys.reports.differences import gains, mean_gain
from recsys.reports.headline import headline, in_figures, rival
from recsys.reports.names import DEFAULT
from recsys.reports.store import Report

MOST_DRAWN = 11
"""So many strategies have room on the first screen."""


def show_sentence(report: Report, metric: str) -> None:
    """What was found, in one sentence, and the figures behind it."""
    with st.container(key="metrics_headline", gap="small"):
        sentence.show_sentence(headline(report, metric))
        st.markdown(escape(in_figures(report, metric)))


def show_source(report: Report) -> None:
    """Who was measured, when and where; that they are simulated, where they are."""
    if report.simulated:
        st.markdown(":material/smart_toy: **Simulated people**", width="content")
    st.markdown(f":small[{source(report)}]", width="content")


def show_strategies(report: Report, metric: str) -> None:
    """The strategies with their intervals, the best on top, as many as there is room for."""
    whole = figures.figures(report, metric)
    better = int((standing(report, metric) == BETTER).sum())
    label = figures.label(metric)
    title = (
        f"{figures.USUAL} is number {figures.place(whole)} of {len(whole)} by {label};"
        f" {better or 'none'} {'are' if better > 1 else 'is'} clearly better"
    )
    table = figures.leading(whole, MOST_DRAWN).rename(index=figures.called)
    said = {
        figures.called(pair["name"]): f"against the usual: {spread_of(pair)}"
        for pair in pairs(report, metric)
    }
    stand = looks(report, metric)
    figure = metrics_charts.forest(table, stand, said, label)
    drawn = {stand.get(name, metrics_charts.NOT_TESTED) for name in table.index}
    show_chart(figure, title, "metrics_chart_forest", drawn)
    st.markdown(f":small[{escape(f'{BARS} {_left_out(report, len(whole) - len(table))}')}]")


def _left_out(report: Report, count: int) -> str:
    """Which strategies the chart does not draw, and why."""
    said = []
    if count:
        said.append(f"{count} more stand under Statistics.")
    if alike := [f"“{figures.called(name)}”" for name in figures.twins(report)]:
        does = "do" if len(alike) > 1 else "does"
        said.append(f"{figures.listed(alike)} {does} here what the usual does: one line.")
    return " ".join(said)


def show_beside(report: Report, metric: str, names: Mapping[str, str]) -> None:
    """The learning curve; where the report has none, who gains against what is known anyway."""
    found = learning_curve.worth(report, metric)
    if found is None:
        show_gains(report, metric, rival(report), names, "metrics_chart_beside")
        return
    label = figures.label(metric)
    title = f"{label} by likes known, with the text and without"
    curve = learning_curve.curve(report, metric)
    figure = metrics_charts.learning_curve(curve, found[0], label)
    show_chart(figure, title, "metrics_chart_warm_up")
    st.markdown(
        ":small[What the usual does once so many likes are known. Bands are 95 % bootstrap"
        " intervals.]"
    )


def show_gains(
    report: Report, metric: str, other: str, names: Mapping[str, str], key: str
) -> pd.DataFrame:
    """Who gains and who loses by the default against another, a bar each, and their mean.

    ``names`` are those of users who have one. Returns what is drawn, see ``gains``.
    """
    table = gains(report, other, metric).rename(index=names)
    up, down = int((table["gain"] > 0).sum()), int((table["gain"] < 0).sum())
    title = (
        f"Against “{figures.called(other)}”, {up:,} of {len(table):,} gain by"
        f" “{figures.USUAL}” and {down:,} lose"
    )
    mean = mean_gain(report, other, metric)
    figure = metrics_charts.gains(table, mean, figures.label(metric), report.who)
    show_chart(figure, title, key)
    st.markdown(
        ":small[A bar is one of them; the blue band is the 95 % bootstrap interval of the mean.]"
    )
    return table


def looks(report: Report, metric: str) -> dict[str, str]:
    """Shown name -> how the strategy stands to the default, a key of metrics_charts.LOOKS."""
    stands = standing(report, metric).rename(figures.called).to_dict()
    return {**stands, figures.called(DEFAULT): metrics_charts.DEFAULT_LOOK}
