"""Which report is shown, and by which metric: chosen here, in a link, or the first."""

import streamlit as st

from pages.shared import address
from recsys.reports import figures
from recsys.reports.store import Report


def chosen(found: list[Report]) -> tuple[Report, str]:
    """The report and the metric that the visit or the address names, or the first."""
    named = {report.name: report for report in found}
    state = st.session_state
    state.setdefault("metrics_report", address.text("report", ""))
    if state["metrics_report"] not in named:
        state["metrics_report"] = found[0].name
    report = named[state["metrics_report"]]
    state.setdefault("metrics_metric", address.text("metric", ""))
    if state["metrics_metric"] not in report.metrics:
        state["metrics_metric"] = report.metrics[0]
    return report, str(state["metrics_metric"])


def show_choice(found: list[Report], report: Report) -> None:
    """What else can be shown, behind a button: another report, or another metric."""
    titles = {each.name: each.title for each in found}
    with st.popover("Report and measure", icon=":material/tune:"):
        st.selectbox(
            "Report",
            list(titles),
            key="metrics_report",
            format_func=titles.__getitem__,
            width=520,
            persist_state="session",
        )
        st.segmented_control(
            "Measured by",
            report.metrics,
            key="metrics_metric",
            format_func=figures.label,
            required=True,
            on_change=_follow,
            persist_state="session",
        )
        for metric in report.metrics:
            meaning = figures.MEANING[metric.partition("@")[0]]
            st.markdown(f":small[**{figures.label(metric)}**: {meaning}.]")


def _follow() -> None:
    """The scatter shows the metric that was chosen, until another one is chosen there."""
    st.session_state.pop("metrics_up", None)
