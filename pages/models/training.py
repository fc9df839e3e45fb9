"""Training a model in the background, with its curve, while the pages stay as they are."""

import streamlit as st

from pages.models.settings import asked
from pages.shared import resources
from pages.shared.charts import show_chart
from pages.shared.text import escape
from recsys.building.on_request import curve_so_far, train_on_request
from recsys.charts.training import epochs
from recsys.datatypes import Progress
from recsys.models import models, on_request
from recsys.reports.jobs import Job
from recsys.store.workspace import Workspace


def show_training(opened: Workspace, name: str) -> None:
    """A button that trains the model ``name``, or how far a training is; the curve of the last."""
    running = _running(opened)
    if running is not None:
        _watch(opened, running)
        return
    st.button(
        "Train it here" if name not in opened.models else "Train it again",
        key="models_train",
        icon=":material/school:",
        help="Makes a new version of the workspace for everybody, when it is trained. The pages can"
        " be used meanwhile; the model that is in service stays until then, and where it fails.",
        on_click=_start,
        args=(opened, name),
    )
    _show_end(opened, name)
    history = opened.models.get(name, {}).get("history")
    if history is None:
        if name in opened.models:
            st.markdown(":small[It is not learned by epochs: there is no curve.]")
        return
    show_chart(epochs(history), "The one in service: the starred epoch is kept", "models_curve")


def _show_end(opened: Workspace, name: str) -> None:
    """Why the last training has brought nothing, if it has not."""
    job = resources.jobs().last(_kind(opened, name))
    if job is None or not job.fault:
        return
    kept = "the one in service stays" if name in opened.models else "nothing was changed"
    if job.stopping:
        st.info(
            escape("Started again with the same settings, it goes on after its last whole epoch."),
            title=f"Stopped; {kept}",
            icon=":material/stop_circle:",
        )
    else:
        st.error(escape(job.fault), title=f"Not trained; {kept}", icon=":material/error:")


def _start(opened: Workspace, name: str) -> None:
    if _running(opened) is not None:  # another visitor's
        return
    encoder, settings = resources.encoder(opened.manifest.encoder), asked(name)

    def train(progress: Progress) -> str:
        train_on_request(opened.name, name, encoder, settings, progress)
        return name

    resources.jobs().start(_kind(opened, name), train)


@st.fragment(run_every=1)
def _watch(opened: Workspace, name: str) -> None:
    """How far the training of ``name`` is, and its curve; the whole page runs again at its end."""
    job = resources.jobs().last(_kind(opened, name))
    if job is None or not job.running:
        st.rerun()
    st.markdown(f"**{escape(models()[name].TITLE)} is being trained**")
    st.progress(*_so_far(job))
    st.button(
        "Stop",
        key="models_stop",
        icon=":material/stop_circle:",
        disabled=job.stopping,
        on_click=job.stop,
    )
    history = curve_so_far(opened.name, name)
    if len(history):
        show_chart(epochs(history), f"Whole epochs: {len(history)}", "models_curve")


def _so_far(job: Job) -> tuple[float, str]:
    if job.stopping:
        return 0.0, "Stopping"
    if not job.total:
        return 0.0, "Reading what is liked"
    return min(job.done / job.total, 1.0), escape(job.what[:1].upper() + job.what[1:])


def _running(opened: Workspace) -> str | None:
    """The model of the workspace that is being trained: one at a time."""
    for name in models():
        job = resources.jobs().last(_kind(opened, name)) if name in on_request() else None
        if job is not None and job.running:
            return name
    return None


def _kind(opened: Workspace, name: str) -> tuple[str, str, str]:
    return opened.name, "model", name
