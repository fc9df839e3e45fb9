"""Index recall: what the index finds of the true neighbours, and how quickly."""

import numpy as np
import streamlit as st

from pages.shared import address
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.charts import catalogue as charts
from recsys.evaluation import index_recall
from recsys.indexes import indexes
from recsys.store.workspace import Workspace

SAMPLE = 500
"""Questions put to the index."""

SOUND_RECALL = 0.95
"""From here on, what the index misses is hardly seen in a ranking."""


def show_health(opened: Workspace) -> None:
    """The width of the search, what it finds and takes, and whether that will do."""
    nouns = escape(opened.catalogue.about.get("nouns", "items"))
    usual = indexes()[opened.manifest.index].WIDTH
    if usual is None:
        st.success(
            f"Its index goes through all {nouns}.",
            title="Nothing is missed",
            icon=":material/check_circle:",
        )
        return
    _set(usual)
    st.markdown(
        f"Searching for the {nouns} nearest in meaning, the index looks at some of them instead of"
        " all, and may miss a few. The wider it looks, the fewer it misses and the longer it takes."
    )
    with st.skeleton(height=520):
        found = _measured(opened.name, opened.manifest.version, opened)
    here = _show_figures(found, usual)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_curve(found, here, usual)
    with right:
        _show_verdict(found, usual, nouns)
        st.button("Measure again", icon=":material/refresh:", on_click=_measured.clear)


def health_in_address() -> dict[str, address.Value]:
    """What the address should say of the search that is looked at."""
    return {"ef": st.session_state.get("catalogue_ef")}


def _set(usual: int) -> None:
    """Puts into the visit the width that the address says, where the visit has none."""
    widths = index_recall.WIDTHS
    asked = address.number("ef", usual, min(widths), max(widths))
    st.session_state.setdefault("catalogue_ef", asked if asked in widths else usual)


@st.cache_data(max_entries=16, show_spinner=False)
def _measured(name: str, version: str, _workspace: Workspace) -> index_recall.IndexRecall:
    """Recall and milliseconds on this machine, for all visitors."""
    rng = np.random.default_rng(0)
    return index_recall.recall(
        _workspace.vectors, _workspace.index, index_recall.WIDTHS, SAMPLE, rng
    )


def _show_figures(found: index_recall.IndexRecall, usual: int) -> int:
    """The slider, and the figures at the width on it, which is returned."""
    chosen, *slots = st.columns([4, 3, 3, 3], gap="medium")
    here: int = chosen.select_slider(
        "Width of the search",
        index_recall.WIDTHS,
        key="catalogue_ef",
        help=f"Candidates kept in hand while searching (HNSW's ef). Rankings use {usual}.",
        persist_state="session",
    )
    line = found.curve.loc[here]
    slots[0].metric("Neighbours found", f"{line['recall']:.1%}")
    slots[1].metric("Time with the index", f"{line['milliseconds']:.3f} ms")
    slots[2].metric("Time through all", f"{found.exact_ms:.3f} ms")
    return here


def _show_curve(found: index_recall.IndexRecall, here: int, usual: int) -> None:
    share = found.curve["recall"]
    title = f"{share.min():.1%} to {share.max():.1%} of the true neighbours are found"
    st.markdown(f"**{title}**")
    alt = f"{title}, against milliseconds, for widths from {share.index[0]} to {share.index[-1]}"
    st.plotly_chart(charts.trade(found.curve, found.exact_ms, here, usual), config=PLAIN, alt=alt)


def _show_verdict(found: index_recall.IndexRecall, usual: int, nouns: str) -> None:
    recall, took = found.curve.loc[usual]
    words = f"At the width in use, {usual}, it finds {recall:.1%} of the true neighbours."
    if recall >= SOUND_RECALL:
        st.success(words, title="The index is sound", icon=":material/check_circle:")
    else:
        st.warning(
            f"{words} Some rankings lack what belongs there.",
            title="The index misses too much",
            icon=":material/warning:",
        )
    if found.exact_ms < took:
        st.markdown(
            f"Among {found.n_items:,} {nouns}, going through all is quicker still: an index pays"
            " where there are tens of thousands."
        )
    st.caption(
        f"{found.n_queries:,} points, each halfway between two {nouns} drawn at random, looked for"
        f" their {found.k} nearest of {found.n_items:,} (recall@{found.k}). Times are"
        " medians of one search at a time, on this machine."
    )
