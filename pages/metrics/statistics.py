"""The statistics behind a report: the verdict in words, every comparison, and the files."""

import streamlit as st

from pages.shared.text import escape
from recsys.reports import comparisons, figures, learning_curve
from recsys.reports import store as reports
from recsys.reports.store import Report
from recsys.reports.verdict import verdict


def show_verdict(report: Report, metric: str) -> None:
    """What was found, in words, and how sure that is."""
    with st.container(border=True, key="metrics_verdict"):
        st.markdown("**:material/balance: The verdict**")
        first, *others = map(escape, verdict(report, metric))
        st.markdown(f"**{first}**")
        for line in others:
            st.markdown(line)
        if said := learning_curve.worth_in_words(report, metric):
            st.markdown(f":material/touch_app: {escape(said)}")
        st.markdown(f":small[{escape(_how_sure(report, metric))}]")
    for note in report.body["notes"]:
        st.markdown(f":small[:material/info: {escape(note)}]")


def _how_sure(report: Report, metric: str) -> str:
    """What the brackets are, and what counts as clear."""
    many = comparisons.count(report, metric)
    return (
        "In brackets: 95 % bootstrap interval. Clear is p < 0.05 by a paired randomisation test"
        f" over {report.n:,} {report.who}, corrected after Holm for {many} comparisons: the more"
        " are made, the likelier one of them looks different by chance. Intervals are not"
        " corrected."
    )


def show_table(report: Report, metric: str) -> None:
    """Every strategy with its interval, and its difference from the usual with its own."""
    table = comparisons.table(report, metric).rename(index=figures.called)
    number = st.column_config.NumberColumn
    st.dataframe(
        table.reset_index(names="strategy"),
        hide_index=True,
        column_order=["strategy", "stands", *table.columns.drop("stands")],
        column_config={
            "strategy": "Strategy",
            "stands": "Against the usual it is",
            "mean": number(figures.label(metric), format="%.3f"),
            "low": number("from", format="%.3f", help="95 % bootstrap interval"),
            "high": number("to", format="%.3f", help="95 % bootstrap interval"),
            "difference": number("Less the usual", format="%+.3f"),
            "difference_low": number("from ", format="%+.3f", help="95 % bootstrap interval"),
            "difference_high": number("to ", format="%+.3f", help="95 % bootstrap interval"),
            "p": number("p alone", format="%.3f", help="As if nothing else had been compared"),
            "p_holm": number(
                "p corrected",
                format="%.3f",
                help=f"After Holm, for {comparisons.count(report, metric)} comparisons",
            ),
        },
        alt=f"Every strategy by {figures.label(metric)}",
    )


def show_exports(report: Report) -> None:
    """How the report was made, and the report as files."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download CSV",
            figures.table(report).to_csv(index=False),
            file_name=f"{report.name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Download JSON",
            reports.as_json(report),
            file_name=f"{report.name}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
    command = f" by “{report.body['command']}”" if "command" in report.body else ""
    took = "" if report.seconds is None else f" in {report.seconds:.0f} s"
    made = f"The report was made{command}, on {report.body['machine']}{took}."
    st.markdown(f":small[{escape(made)}]")
