"""Whether this visitor's events are kept, and keeping them.

Nobody's are unless the host or the visitor says so. The visitor is a random id, which the tab keeps
over a reload with what was typed; it stands in no address and in no link.
"""

import re
import secrets
import time
from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.shared import address, tab
from pages.shared.strategy import own_in_address
from pages.shared.taste import JUDGED, list_key
from recsys.arrays import standardised
from recsys.errors import ThawError
from recsys.online.learn import learn
from recsys.ranking.engine import Engine, Recommendation
from recsys.store.events import LONGEST_ID, Event, EventLog, host_keeps, new_id
from recsys.store.workspace import Workspace

VISITOR = "visit_visitor"
"""Key in the visit of the visitor's random id; no widget's."""
KEEPS = "visit_keeps"
"""Key in the visit of whether the visitor's events are kept; no widget's."""
LIST = "visit_here_list"
"""Key in the visit of the list that was kept last: its id, what stood in it, and the workspace."""
NOWHERE: tuple[str, tuple[str, ...], str] = "", (), ""
"""No such list."""
DONE = "visit_here_done"
"""Key in the visit of what was judged when events were kept last."""
KINDS = {"liked": "like", "disliked": "dislike", "seen": "seen"}
"""List of the newcomer -> what putting an item there is called in the log."""
FAULT = "visit_here_fault"
"""Key in the visit of why the last events could not be kept."""


def visitor() -> str:
    """The id under which events are kept, "" where none are."""
    return known() if keeps() else ""


def keeps() -> bool:
    """Whether events of this visitor are kept: as they say, or else as the host does."""
    host, state = host_keeps(), st.session_state
    if host is False:
        return False
    if KEEPS not in state:
        said = {"yes": True, "no": False}
        state[KEEPS] = said.get(" ".join(tab.kept("keep")), bool(host))
    return bool(state[KEEPS])


def known() -> str:
    """The visitor's id, also of one whose events are kept no more; "" of one who never had any."""
    state = st.session_state
    if VISITOR not in state:
        said = " ".join(tab.kept("visitor"))
        state[VISITOR] = said if re.fullmatch("[0-9a-f]{32}", said) else ""
    if not state[VISITOR] and keeps():
        state[VISITOR] = secrets.token_hex(16)
    return str(state[VISITOR])


def say(yes: bool) -> None:
    """Has events of this visitor kept from now on, or no more; for callbacks."""
    st.session_state[KEEPS] = yes


def in_tab() -> dict[str, address.Value]:
    """What the tab keeps of it."""
    return {"visitor": known() or None, "keep": "yes" if keeps() else "no"}


def forget(opened: Workspace) -> int:
    """Deletes all that is kept of this visitor, who is somebody else from now on; how many events
    there were. What was learned from them is learned again without."""
    count = EventLog(opened.name).forget(known())
    learn(opened.name)
    st.session_state[VISITOR] = ""  # whoever is kept from now on is somebody else
    for key in (LIST, DONE):
        st.session_state.pop(key, None)
    return count


def keep_list(engine: Engine, result: Recommendation) -> None:
    """Keeps what is shown, and what was judged since the list before, and learns from it; nothing
    unless this visitor's events are kept. A log that cannot be written stops nobody."""
    if not visitor():
        return
    opened, state = engine.workspace, st.session_state
    judged = {name: tuple(state[list_key(name)]) for name in JUDGED}
    events = _judged(judged)
    if LIST not in state:
        _sweep(opened)
    listed = tuple(opened.catalogue.items["id"].loc[result.shown.index])
    if state.get(LIST, NOWHERE)[1] != listed:
        state[LIST] = new_id(), listed, opened.name
        events += _shown(engine, result, state[LIST][0], listed)
    state[DONE] = judged
    _append(opened.name, events)


def opened_item(id_: str) -> None:
    """Keeps that the visitor had the place of an item explained; for callbacks."""
    list_id, listed, name = st.session_state.get(LIST, NOWHERE)
    if visitor() and id_ in listed:
        _append(name, [_done("open", list_id, id_)])


def _append(name: str, events: Sequence[Event]) -> None:
    st.session_state.pop(FAULT, None)
    if not events:
        return
    try:
        EventLog(name).append(events)
        if any(event.kind == "like" for event in events):
            learn(name)
    except ThawError as error:
        st.session_state[FAULT] = str(error)


def _sweep(opened: Workspace) -> None:
    """Deletes what is older than it is kept, whenever a visitor sees the first list."""
    try:
        if EventLog(opened.name).sweep(time.time()):
            learn(opened.name)
    except ThawError as error:
        st.session_state[FAULT] = str(error)


def _judged(judged: dict[str, tuple[str, ...]]) -> list[Event]:
    """What was put into the lists of the newcomer since events were kept last. What stood there
    when the page was entered was no answer to a list."""
    before = st.session_state.get(DONE)
    list_id, listed, _ = st.session_state.get(LIST, NOWHERE)
    if before is None:
        return []
    events = []
    for name, kind in KINDS.items():
        for id_ in judged[name]:
            if id_ not in before[name]:
                events.append(_done(kind, list_id if id_ in listed else "", id_))
    return events


def _done(kind: str, list_id: str, item: str) -> Event:
    # What is done twice in a list counts once.
    id_ = f"{list_id} {kind} {item}"[:LONGEST_ID] if list_id else new_id()
    return Event(time.time(), visitor(), kind, list_id, item, id=id_)


def _shown(
    engine: Engine, result: Recommendation, list_id: str, listed: Sequence[str]
) -> list[Event]:
    """An impression of each item, with what each signal says of it, as far as it is listened to."""
    heard = [engine.emphasis(name, result.query) for name in result.scores]
    scores = standardised(result.scores.to_numpy()) * np.array(heard)  # (n, signals)
    places = result.scores.index.get_indexer(result.shown.index)
    said = own_in_address()
    strategy = address.query(said) if said else "usual"
    events = []
    rows = zip(listed, scores[places].round(3), engine.propensities(result), strict=True)
    for place, (item, values, propensity) in enumerate(rows, start=1):
        signals = dict(zip(result.scores, values.tolist(), strict=True))
        shown = (list_id, item, place, strategy, float(propensity), signals)
        events.append(Event(time.time(), visitor(), "impression", *shown))
    return events
