"""Behind the sentence of a report: for whom, one by one, and two runs."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.metrics.first import show_gains
from pages.metrics.source import BARS, source
from pages.shared.charts import show_chart
from pages.shared.text import escape
from recsys.charts import metrics as metrics_charts
from recsys.reports import differences, figures
from recsys.reports.comparisons import spread_of
from recsys.reports.names import DEFAULT
from recsys.reports.store import Report

APART = (
    "The intervals of differences take the two as measured on different people (Zou & Donner 2008):"
    " on the same people, who mostly agree, they are wider than need be."
)
"""Said under differences that no report holds one by one."""

ITEM_SLICES = ("likes", "category")
"""The kinds of slices that are of items, not of people."""

MOST_LISTED = 5
"""So many of those who gain most, and of those who lose most, are listed."""


def choose_other(report: Report, metric: str) -> str:
    """The strategy to hold against the default."""
    others = [name for name in figures.figures(report, metric).index if name != DEFAULT]
    if st.session_state.get("metrics_other") not in others:
        st.session_state["metrics_other"] = next(iter({*others} & {"popularity"}), others[0])
    return str(
        st.selectbox(
            f"{figures.USUAL}, against",
            others,
            key="metrics_other",
            format_func=figures.called,
            width=360,
            persist_state="session",
        )
    )


def show_slices(report: Report, metric: str) -> None:
    """For whom, and for which items: the default and another in parts of the whole."""
    kinds = figures.slice_kinds(report, metric)
    if not kinds:
        st.info(f"This report has no slices by {escape(figures.label(metric))}.")
        return
    if st.session_state.get("metrics_sliced") not in kinds:
        st.session_state["metrics_sliced"] = kinds[0]
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        other = choose_other(report, metric)
    with right:
        kind = st.segmented_control(
            "In slices by", kinds, key="metrics_sliced", format_func=figures.SLICES.__getitem__,
            required=True, persist_state="session",
        )  # fmt: skip
    names = (DEFAULT, other)
    parts = differences.slices(report, str(kind), metric, names)
    both = differences.in_slices(parts, names)
    title = _where_most(both, figures.called(other))
    left, right = st.columns(2, gap="medium")
    with left:
        parts["strategy"] = parts["strategy"].map(figures.called)
        pair = [figures.called(name) for name in names]
        figure = metrics_charts.slices(parts, pair, figures.label(metric))
        show_chart(figure, title, "metrics_chart_slices")
    with right:
        st.dataframe(
            both.drop(columns="n").reset_index(),
            hide_index=True,
            column_config={
                "slice": "Slice",
                "first": st.column_config.NumberColumn(pair[0], format="%.3f", width="small"),
                "second": st.column_config.NumberColumn(pair[1], format="%.3f", width="small"),
                **_interval_columns(),
            },
            alt=title,
        )
    items = "Only the items of a slice count as liked there." if kind in ITEM_SLICES else ""
    st.markdown(f":small[{source(report, f'{BARS} {APART} {items}')}]")


def _where_most(both: pd.DataFrame, other: str) -> str:
    """Where the usual leads most and least, by ``in_slices``, with intervals."""
    if both.empty:
        return "Nothing is known of both in any slice"
    best, least = both["difference"].idxmax(), both["difference"].idxmin()
    most, fewest = (_difference(both.loc[name]) for name in (best, least))
    return f"{figures.USUAL} leads “{other}” most for {best} ({most}), least for {least} ({fewest})"


def _difference(line: pd.Series) -> str:
    """A difference with its interval, where that is known."""
    if pd.isna(line["low"]):
        return figures.signed(line["difference"])
    return spread_of({"mean": line["difference"], "low": line["low"], "high": line["high"]})


def _interval_columns() -> dict[str, Any]:
    """How the columns difference, low and high look in a table."""
    number = st.column_config.NumberColumn
    said = "95 % interval of the difference"
    return {
        "difference": number("Difference", format="%+.3f", width="small"),
        "low": number("from", format="%+.3f", width="small", help=said),
        "high": number("to", format="%+.3f", width="small", help=said),
    }


def show_people(report: Report, metric: str, names: Mapping[str, str]) -> None:
    """Who gains and who loses by the default; ``names`` are those of users who have one."""
    other = choose_other(report, metric)
    table = show_gains(report, metric, other, names, "metrics_chart_gains")
    left, right = st.columns(2, gap="large")
    for column, part, heading in (
        (left, table[table["gain"] > 0].head(MOST_LISTED), "gain most"),
        (right, table[table["gain"] < 0][::-1].head(MOST_LISTED), "lose most"),
    ):
        with column:
            st.markdown(f"**Who {heading}s**" if part.empty else f"**These {heading}**")
            if part.empty:
                st.markdown("Nobody.")
                continue
            st.dataframe(
                part.reset_index(names="user"),
                hide_index=True,
                column_config={
                    "user": "Who",
                    "usual": st.column_config.NumberColumn(figures.USUAL, format="%.3f"),
                    "other": st.column_config.NumberColumn(figures.called(other), format="%.3f"),
                    "gain": st.column_config.NumberColumn("Difference", format="%+.3f"),
                },
                alt=f"Those who {heading}",
            )
    said = f"{figures.label(metric)} of each; one person alone has no interval."
    st.markdown(f":small[{source(report, said)}]")


def show_two_runs(found: list[Report], report: Report, metric: str) -> None:
    """The same strategies in this run and in another."""
    others = {
        other.name: other
        for other in found
        if other.name != report.name
        and other.body["protocol"] == report.body["protocol"]
        and metric in figures.measured(other)
    }
    if not others:
        st.info(
            f"It takes a second report of the same kind by {escape(figures.label(metric))}: measure"
            " again, after a change say.",
            title="Nothing to compare with yet",
            icon=":material/compare:",
        )
        return
    if st.session_state.get("metrics_second") not in others:
        st.session_state["metrics_second"] = next(iter(others))
    second = others[
        st.selectbox(
            "This report, against",
            list(others),
            key="metrics_second",
            format_func=lambda name: others[name].title,
            persist_state="session",
        )
    ]
    names = [f"{run.name} {run.made}" for run in (second, report)]
    table = _two_runs(names, metric, second, report)
    own, same = table.loc[DEFAULT], differences.same_users(second, report)
    title = (
        f"{figures.USUAL} has {own['second']:.3f} here and {own['first']:.3f} there:"
        f" {_difference(own)}"
        if not pd.isna(own["difference"])
        else "The usual is unknown in one of them"
    )
    st.markdown(f"**{escape(title)}**")
    number = st.column_config.NumberColumn
    p = ["p"] if same else []
    st.dataframe(
        table.rename(index=figures.called).reset_index(names="strategy"),
        hide_index=True,
        column_order=["strategy", "second", "first", "difference", "low", "high", *p],
        column_config={
            "strategy": "Strategy",
            "second": number("This report", format="%.3f"),
            "first": number("The other", format="%.3f"),
            **_interval_columns(),
            "p": number("p (Holm)", format="%.3f"),
        },
        alt=title,
    )
    said = (
        "Both measured the same people: intervals and p are of their paired differences."
        if same
        else f"They measured other people. {APART}"
    )
    for line in (escape(said), source(report, "This report:"), source(second, "The other:")):
        st.markdown(f":small[{line}]")


@st.cache_data(max_entries=32, show_spinner="Comparing")
def _two_runs(names: list[str], metric: str, _first: Report, _second: Report) -> pd.DataFrame:
    return differences.two_runs(_first, _second, metric)
