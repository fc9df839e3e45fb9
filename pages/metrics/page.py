"""Metrics: how sure are we, and for whom?"""

import streamlit as st

from pages.metrics import choice, costs, first, measuring, parts, scatter, statistics
from pages.shared import address, judged, workspaces
from pages.shared.text import escape
from recsys.reports.store import find

TABS = ["For whom", "One by one", "Two runs", "Statistics", "What it costs"]

opened = workspaces.choose()
measuring.take_measured(opened)

workspaces.show_head(opened, "How sure are we, and for whom?")
found, faults = find(opened.name)
for fault in faults:
    st.warning(escape(fault), icon=":material/broken_image:")
measuring.show_missing(opened, found)
measuring.show_fault(opened)
if not found:
    measuring.show_measuring(opened, found)
    address.write(workspaces.in_address(opened))
    st.stop()

report, metric = choice.chosen(found)
scatter.go_to_compare(report)
shown = {"report": report.name, "metric": metric}
address.write(shown | workspaces.in_address(opened) | judged.in_address(opened))

first.show_sentence(report, metric)
with st.container(horizontal=True, vertical_alignment="center", key="metrics_bar"):
    first.show_source(report)
    st.space("stretch")
    choice.show_choice(found, report)
    measuring.show_measuring(opened, found)
names = opened.catalogue.personas["name"].to_dict() if report.workspace == opened.name else {}
left, right = st.columns(2, gap="large")
with left:
    first.show_strategies(report, metric)
with right:
    first.show_beside(report, metric, names)

whom, people, runs, behind, cost = st.tabs(TABS, key="metrics_tab", on_change="rerun")
if whom.open:
    with whom:
        parts.show_slices(report, metric)
elif people.open:
    with people:
        parts.show_people(report, metric, names)
elif runs.open:
    with runs:
        parts.show_two_runs(found, report, metric)
elif behind.open:
    with behind:
        statistics.show_verdict(report, metric)
        statistics.show_table(report, metric)
        scatter.show_against(report, metric)
        statistics.show_exports(report)
elif cost.open:
    with cost:
        costs.show_costs()
