"""What the attention fusion has learned from, and letting it learn from a set."""

import streamlit as st

from pages.shared import resources
from pages.shared.text import escape
from recsys.building.build import retrain
from recsys.datatypes import Progress
from recsys.models import gate
from recsys.reports.jobs import Job
from recsys.store.judged import of_table
from recsys.store.judgements import Judgements
from recsys.store.workspace import Workspace

GATE = "gate"
"""The model that attention asks."""


def show_attention(opened: Workspace, name: str) -> None:
    """Whether attention was trained, by whom, and the button that trains it on this set."""
    st.markdown("**Attention: which signals to listen to, by the taste**")
    st.markdown(_learned(opened))
    kept = Judgements(opened.name)
    useful = len(of_table(opened.catalogue, name, kept.table(name)).useful)
    least = gate.Config.min_queries
    job = resources.jobs().last(_kind(opened))
    if job is not None and job.running:
        _watch(opened)
        return
    if job is not None and job.fault:
        st.error(escape(job.fault), title="Attention was not trained; the old one is in use")
    if useful < least:
        st.markdown(
            f":small[This set has {useful} tastes with something above 0; it takes {least} to learn"
            " what would hold for another.]"
        )
    st.button(
        "Let it learn from this set",
        key="judge_teach",
        icon=":material/school:",
        disabled=useful < least,
        help="Trains attention alone and makes a new version of the workspace for everybody; builds"
        " go on learning from this set. The page can be used meanwhile.",
        on_click=_start,
        args=(opened, name),
    )


def _learned(opened: Workspace) -> str:
    arrays = opened.models.get(GATE)
    if arrays is None:
        return "Not trained here: every signal counts by its weight alone."
    source, count = gate.learned_from(arrays)
    by = f"Learned from {escape(source)}: {count} tastes." if source else "Trained."
    if gate.is_even(arrays):
        return f"{by} Nothing was clearly better than the weights alone, so these stand."
    return by


def _kind(opened: Workspace) -> tuple[str, str]:
    return opened.name, "attention"


def _start(opened: Workspace, name: str) -> None:
    encoder = resources.encoder(opened.manifest.encoder)

    def learn(progress: Progress) -> str:
        kept = Judgements(opened.name)
        before = kept.teaching
        kept.teach(name)
        try:
            workspace, _ = retrain(opened.name, encoder, progress, also=[GATE])
        except BaseException:
            kept.teach(before)
            raise
        workspace.close()
        return name

    resources.jobs().start(_kind(opened), learn)


@st.fragment(run_every=1)
def _watch(opened: Workspace) -> None:
    """How far the training is; the whole page runs again when it is over."""
    job = resources.jobs().last(_kind(opened))
    if job is None or not job.running:
        st.rerun()
    st.progress(*_so_far(job))


def _so_far(job: Job) -> tuple[float, str]:
    if not job.total:
        return 0.0, "Asking the judged tastes"
    return min(job.done / job.total, 1.0), f"{job.what.capitalize()}: {job.done} of {job.total}"
