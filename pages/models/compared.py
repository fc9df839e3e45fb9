"""Was it worth it: what ranks, beside what was measured of it on the open workspace."""

import pandas as pd
import streamlit as st

from pages.shared.text import escape
from recsys.reports import figures
from recsys.reports.store import Report, find
from recsys.store.workspace import Workspace


def show_compared(opened: Workspace) -> None:
    """A line for each strategy and a column for each benchmark of the workspace."""
    st.markdown("**Was it worth it?**")
    found, _ = find(opened.name)  # what is no whole report is named on the page of metrics
    latest: dict[str, Report] = {}
    for report in found:
        if report.workspace == opened.name:
            latest.setdefault(report.protocol, report)
    if not latest:
        st.info(
            "Metrics has a button that measures it, or: python -m recsys evaluate --help",
            title=f"Nothing was measured on {opened.name} yet",
            icon=":material/straighten:",
        )
        return
    table = pd.DataFrame({_head(report): _column(report) for report in latest.values()})
    st.dataframe(
        table.sort_values(table.columns[0], ascending=False, kind="stable").reset_index(
            names="strategy"
        ),
        hide_index=True,
        column_config={"strategy": "Strategy"},
        alt=f"Every strategy on {opened.name}, by benchmark",
    )
    said = " ".join(map(_source, latest.values()))
    st.markdown(f":small[{escape(f'Mean [95 % bootstrap interval]. {said}')}]")


def _column(report: Report) -> pd.Series:
    """Index strategy as the pages call it: its mean with the interval."""
    metric = report.metrics[0]
    names = [name for name in report.lines if not figures.on_curve(name)]
    table = figures.line_figures(report, metric, names).dropna().rename(index=figures.called)
    return pd.Series([figures.spread(line) for _, line in table.iterrows()], table.index, dtype=str)


def _head(report: Report) -> str:
    return f"{report.protocol}: {figures.label(report.metrics[0])}"


def _source(report: Report) -> str:
    took = "" if report.seconds is None else f" in {report.seconds:.0f} s"
    made = f"{report.made:%-d %B %Y}"
    return f"{report.protocol}: {report.n:,} {report.who}, {report.source}{took}, {made}."
