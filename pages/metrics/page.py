"""Metrics: how sure are we, and for whom?"""

import streamlit as st

from pages.metrics import parts as report_parts
from pages.metrics import verdict as reports
from pages.shared import address, workspaces
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.reports import learning_curve as warm_up
from recsys.reports.store import find

TABS = {
    "warm_up": "What a text is worth",
    "slices": "For whom",
    "people": "One by one",
    "runs": "Two runs",
}

opened = workspaces.choose()
state = st.session_state
if made := state.pop("report_made", None):
    state["report"] = made
    st.toast("Measured and kept.", icon=":material/check_circle:")

st.title("How sure are we, and for whom?")
found, faults = find(opened.name)
for fault in faults:
    st.warning(escape(fault), icon=":material/broken_image:")
if not any(report.workspace == opened.name for report in found):
    more = " What follows was measured elsewhere, on another catalogue." if found else ""
    how = (
        f"python -m recsys evaluate --help says how to measure {opened.name}."
        if opened.catalogue.personas.empty
        else "The button measures it in some seconds."
    )
    st.info(
        escape(f"{how}{more}"),
        title=f"Nothing was measured on {opened.name} yet",
        icon=":material/straighten:",
    )
try:
    reports.show_run(opened)
except ThawError as error:
    state["measuring"] = False
    st.error(escape(str(error)), title="Nothing was measured")
if not found:
    address.write({"workspace": opened.name if opened.name != workspaces.DEFAULT else None})
    st.stop()

state.setdefault("report", address.text("report", ""))
state.setdefault("metric", address.text("metric", ""))
left, right = st.columns([2, 1])
with left:
    report = reports.choose(found)
with right:
    metric = reports.choose_metric(report)
reports.go_to_compare(report)
address.write(
    {
        "report": report.name,
        "metric": metric,
        "workspace": opened.name if opened.name != workspaces.DEFAULT else None,
    }
)

reports.show_verdict(report, metric)
left, right = st.columns(2, gap="large")
with left:
    reports.show_strategies(report, metric)
with right:
    reports.show_against(report, metric)
reports.show_exports(report)

first = "warm_up" if warm_up.worth(report, metric) else "slices"
curve, slices, people, runs = st.tabs(
    list(TABS.values()), default=TABS[first], key="asked_for", on_change="rerun"
)
if curve.open:
    with curve:
        report_parts.show_warm_up(report, metric)
elif slices.open:
    with slices:
        report_parts.show_slices(report, metric)
elif people.open:
    with people:
        report_parts.show_people(report, metric, opened.catalogue.personas["name"])
elif runs.open:
    with runs:
        report_parts.show_two_runs(found, report, metric)
