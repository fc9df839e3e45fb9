"""What has changed since events are kept, when, and what to do about it."""

from datetime import UTC, datetime

import streamlit as st

from pages.shared.text import escape
from recsys.online.drift import LIKES, SIGNAL, TASTES, Drift, drifts, streams
from recsys.signals import signals
from recsys.store.events import EventLog
from recsys.store.workspace import Workspace

LATEST = 50_000
"""So many events are looked at, the latest."""


def show_drift(opened: Workspace) -> None:
    """What has changed, or that nothing has; nothing without events."""
    log = EventLog(opened.name)
    count = log.count()
    if not count:
        return
    st.markdown("**Has anything changed?**")
    found = _drifts(opened, log, log.stamp())
    if not found:
        st.markdown(
            f"No change in what was shown and liked in the last {min(count, LATEST):,} events."
        )
        return
    for drift in found:
        st.warning(escape(_line(drift)), icon=":material/trending_up:")
    st.markdown("What was learned from older likes may no longer fit: train the models again.")
    st.page_link("pages/models/page.py", label="Train again", icon=":material/school:")


def _drifts(opened: Workspace, log: EventLog, stamp: object) -> list[Drift]:
    kept = st.session_state.get("trust_here_drifts")
    if kept is None or kept[0] != stamp:
        table = log.table(after=max(log.newest() - LATEST, 0))
        kept = st.session_state["trust_here_drifts"] = stamp, drifts(streams(table, opened))
    return kept[1]


def _line(drift: Drift) -> str:
    when = f"{datetime.fromtimestamp(drift.at, UTC):%-d %b %Y, %H:%M} UTC"
    if drift.stream == LIKES:
        return (
            f"Lists are liked otherwise since {when}: {drift.before:.1%} of what was shown before,"
            f" {drift.after:.1%} since."
        )
    if drift.stream == TASTES:
        return (
            f"Tastes have changed since {when}: what is liked is {drift.after / drift.before:.2f}"
            " times as far from the average."
        )
    title = signals()[drift.stream.removeprefix(SIGNAL)].TITLE
    return (
        f"“{title}” says otherwise of what is shown since {when}: {drift.before:+.2f} before,"
        f" {drift.after:+.2f} since (standard deviations)."
    )
