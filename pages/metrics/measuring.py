"""Measuring the open workspace in the background, while the page stays as it is."""

import math
import shlex

import streamlit as st

from pages.shared import judged as judged_tastes
from pages.shared import resources
from pages.shared.text import escape
from recsys.datatypes import Progress
from recsys.protocols.judged import judged
from recsys.protocols.personas import personas
from recsys.reports import store as reports
from recsys.reports.jobs import Job
from recsys.reports.store import Report
from recsys.store.workspace import Workspace

PERSONAS, JUDGED = "personas", "judged"
"""Protocols that can be measured from here: they need nothing but what the workspace holds."""

PACE = (0.4, 2.0)
"""Seconds for each taste on two cores, idle and busy: 24 of them took 9 to 47."""


def take_measured(opened: Workspace) -> None:
    """Chooses the report of the measurement that this visit has seen running, once it is there."""
    job = _last(opened)
    state = st.session_state
    if job is None or job.running or state.get("metrics_here_watched") != job.number:
        return
    del state["metrics_here_watched"]
    if job.report:
        state["metrics_report"] = job.report
        st.toast("Measured and kept.", icon=":material/check_circle:")


def show_missing(opened: Workspace, found: list[Report]) -> None:
    """Says so where nothing was measured on the open workspace, and how that is done."""
    if any(report.workspace == opened.name for report in found):
        return
    more = " What follows was measured elsewhere, on another catalogue." if found else ""
    how = (
        f"python -m recsys evaluate --help says how to measure {opened.name}."
        if judged_tastes.chosen_name(opened) is None
        else f"The button measures it. {_how_long(opened, found)}"
    )
    st.info(
        escape(f"{how}{more}"),
        title=f"Nothing was measured on {opened.name} yet",
        icon=":material/straighten:",
    )


def show_measuring(opened: Workspace, found: list[Report]) -> None:
    """A button that measures the open workspace on the judged tastes that are chosen, or how far
    that is; the way to judge some, where there are none."""
    if judged_tastes.chosen_name(opened) is None:
        st.page_link("pages/judge/page.py", label="Judge some tastes", icon=":material/gavel:")
        return
    count = len(judged_tastes.chosen(opened).useful)
    job = _last(opened)
    if job is not None and job.running:
        _watch(opened)
        return
    judged_tastes.show_choice(opened, "metrics")
    whose = judged_tastes.title(opened, judged_tastes.chosen_name(opened) or "")
    st.button(
        "Measure now",
        key="metrics_measure",
        icon=":material/speed:",
        disabled=not count,
        help=f"Ranks what was judged for each of {count} tastes ({escape(whose)}), by the taste"
        f" alone. {escape(_how_long(opened, found))} The page can be used meanwhile. The result is"
        " kept beside the workspaces of this machine.",
        on_click=_start,
        args=(opened,),
    )


def show_fault(opened: Workspace) -> None:
    """Why the last measurement has brought nothing, if it has not."""
    job = _last(opened)
    if job is not None and job.fault:
        st.error(escape(job.fault), title="Nothing was measured", icon=":material/error:")


@st.fragment(run_every=1)
def _watch(opened: Workspace) -> None:
    """How far the measurement is; the whole page runs again when it is over."""
    job = _last(opened)
    if job is None or not job.running:
        st.rerun()
    st.session_state["metrics_here_watched"] = job.number
    with st.container(width=300):
        st.progress(*_so_far(job))


def _so_far(job: Job) -> tuple[float, str]:
    if not job.total:
        return 0.0, "Reading the tastes"
    if job.done < job.total:
        return 0.9 * job.done / job.total, f"{job.what.capitalize()}: {job.done} of {job.total}"
    return 0.9, "Working out how sure that is"


def _last(opened: Workspace) -> Job | None:
    return resources.jobs().last(_kind(opened))


def _kind(opened: Workspace) -> tuple[str, str, str]:
    return opened.name, opened.manifest.version, judged_tastes.chosen_name(opened) or ""


def _protocol(opened: Workspace) -> str:
    return JUDGED if judged_tastes.chosen_name(opened) else PERSONAS


def _start(opened: Workspace) -> None:
    name = judged_tastes.chosen_name(opened)
    words = ["python", "-m", "recsys", "evaluate", _protocol(opened), "--workspace", opened.name]
    command = shlex.join([*words, "--set", name] if name else words)

    def measure(progress: Progress) -> str:
        engine = resources.loaded_engine(opened)
        found = judged(engine, name, progress=progress) if name else personas(engine, progress)
        return reports.save(found | {"command": command})

    job = resources.jobs().start(_kind(opened), measure)
    st.session_state["metrics_here_watched"] = job.number


def _how_long(opened: Workspace, found: list[Report]) -> str:
    """How long it took the last time, or what to expect where it never was measured."""
    for report in found:
        same = report.workspace == opened.name and report.body["protocol"] == _protocol(opened)
        if same and report.seconds is not None:
            where = "on this machine" if report.here else "elsewhere"
            return f"The last time it took {report.seconds:.0f} s, {where}."
    count = len(judged_tastes.chosen(opened).useful)
    low, high = (math.ceil(pace * count) for pace in PACE)
    return f"On two cores it takes about {low} to {high} s."
