"""Metrics: how sure are we, and for whom?"""

import streamlit as st

from pages.metrics import parts, verdict
from pages.shared import address, workspaces
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.reports import learning_curve
from recsys.reports.store import find

TABS = ["What a text is worth", "For whom", "One by one", "Two runs"]

opened = workspaces.choose()
verdict.take_measured()

st.title("How sure are we, and for whom?")
found, faults = find(opened.name)
for fault in faults:
    st.warning(escape(fault), icon=":material/broken_image:")
verdict.show_missing(opened, found)
try:
    verdict.show_run(opened)
except ThawError as error:
    st.session_state["metrics_measuring"] = False
    st.error(escape(str(error)), title="Nothing was measured")
if not found:
    address.write(workspaces.in_address(opened))
    st.stop()

left, right = st.columns([2, 1])
with left:
    report = verdict.choose(found)
with right:
    metric = verdict.choose_metric(report)
verdict.go_to_compare(report)
address.write({"report": report.name, "metric": metric} | workspaces.in_address(opened))

verdict.show_verdict(report, metric)
left, right = st.columns(2, gap="large")
with left:
    verdict.show_strategies(report, metric)
with right:
    verdict.show_against(report, metric)
verdict.show_exports(report)

first = TABS[0] if learning_curve.worth(report, metric) else TABS[1]
curve, slices, people, runs = st.tabs(TABS, default=first, key="metrics_tab", on_change="rerun")
if curve.open:
    with curve:
        parts.show_warm_up(report, metric)
elif slices.open:
    with slices:
        parts.show_slices(report, metric)
elif people.open:
    with people:
        parts.show_people(report, metric, opened.catalogue.personas["name"])
elif runs.open:
    with runs:
        parts.show_two_runs(found, report, metric)
