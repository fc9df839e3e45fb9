"""What is kept, of how many; on or off for this visitor; forget me, export, and for how long."""

from datetime import UTC, datetime

import streamlit as st

from pages.shared import use
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.online.learn import learn
from recsys.store.events import HOST, MAX_DAYS, EventLog, host_keeps
from recsys.store.workspace import Workspace

FORGOTTEN = "trust_here_forgotten"
"""Key in the visit of how many events were just deleted."""
SWITCH = "trust_keep"
"""Key of the switch."""


def show_kept(opened: Workspace) -> None:
    """All that this workspace keeps of anybody, and what the visitor can do about it."""
    log = EventLog(opened.name)
    st.markdown("**What is kept**")
    _show_switch()
    if use.FAULT in st.session_state:
        st.warning(escape(st.session_state[use.FAULT]), title="The last events were not kept")
    whole = log.summary()
    if not whole.events:
        st.markdown("Nothing is kept of anybody here.")
    else:
        days = " to ".join(dict.fromkeys([_day(whole.first), _day(whole.last)]))
        kinds = ", ".join(f"{count:,} × {kind}" for kind, count in whole.kinds.items())
        people = "visitor" if whole.visitors == 1 else "visitors"
        st.markdown(f"{whole.events:,} events of {whole.visitors:,} {people}, {days}: {kinds}.")
    st.markdown(
        ":small[An event is when, a random id, which item at which place of a list, and what each"
        " signal said of it: no name, no address, and not what was typed.]"
    )
    _show_own(opened, log)
    _show_days(opened, log)


def _show_switch() -> None:
    host = host_keeps()
    st.session_state[SWITCH] = use.keeps()
    st.toggle(
        "Keep what I am shown and what I like",
        key=SWITCH,
        disabled=host is False,
        on_change=_switch,
        help="So that lists learn from it. Off unless you or whoever runs this says otherwise.",
    )
    says = {
        None: "On since you say so." if use.keeps() else "Off until you switch it on.",
        True: f"Whoever runs this keeps events ({HOST}=1), yours too unless you switch it off.",
        False: f"Whoever runs this keeps no events ({HOST}=0).",
    }
    st.markdown(f":small[{escape(says[host])}]")


def _switch() -> None:
    use.say(bool(st.session_state[SWITCH]))


def _show_own(opened: Workspace, log: EventLog) -> None:
    """What is kept of this visitor, to take along or to have deleted."""
    own = log.table(visitor=use.known()) if use.known() else log.table(limit=0)
    if FORGOTTEN in st.session_state:
        count = st.session_state.pop(FORGOTTEN)
        st.success(
            f"{count:,} events of yours are deleted, and what was learned from them.",
            icon=":material/delete_forever:",
        )
    st.markdown(f"Of you: {len(own):,} events.")
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Forget me",
            key="trust_forget",
            icon=":material/delete_forever:",
            disabled=own.empty,
            on_click=_forget,
            args=(opened,),
        )
        st.download_button(
            "CSV",
            lambda: own.to_csv(index=False),
            file_name="thaw-mine.csv",
            mime="text/csv",
            disabled=own.empty,
            on_click="ignore",
            help="All that is kept of you",
        )
        st.download_button(
            "Parquet",
            lambda: own.to_parquet(index=False),
            file_name="thaw-mine.parquet",
            mime="application/vnd.apache.parquet",
            disabled=own.empty,
            on_click="ignore",
            help="The same, for a program",
        )


def _forget(opened: Workspace) -> None:
    try:
        st.session_state[FORGOTTEN] = use.forget(opened)
    except ThawError as error:
        st.session_state[use.FAULT] = str(error)


def _show_days(opened: Workspace, log: EventLog) -> None:
    if not log.path.exists():
        st.markdown(f":small[What is kept is deleted after {log.days:,} days.]")
        return
    st.session_state["trust_here_days"] = log.days
    st.number_input(
        "Deleted after so many days",
        1,
        MAX_DAYS,
        key="trust_here_days",
        on_change=_keep_for,
        args=(opened,),
        width=230,
    )


def _keep_for(opened: Workspace) -> None:
    log = EventLog(opened.name)
    log.keep_for(int(st.session_state["trust_here_days"]))
    if log.sweep(datetime.now(UTC).timestamp()):
        learn(opened.name)


def _day(at: float | None) -> str:
    return f"{datetime.fromtimestamp(at or 0, UTC):%-d %b %Y}"
