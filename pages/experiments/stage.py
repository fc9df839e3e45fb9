"""A duel on stage: the room votes on one unmarked list, until the interval has left one half."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from pages.experiments import rooms
from pages.shared import resources, taste
from pages.shared.charts import show_chart
from pages.shared.sentence import show_sentence
from pages.shared.text import escape
from recsys.charts import experiments as charts
from recsys.datatypes import Strategy
from recsys.errors import ThawError
from recsys.online.experiments.people import K
from recsys.online.experiments.trial import Duel, duel
from recsys.store.rooms import Rooms
from recsys.store.workspace import Workspace

ROOM = "experiments_here_room"
"""Key in the visit of the code of the room that was opened here."""

KEPT = (
    "Kept until the room is closed, for a day at most: the taste, the two lists, and of each vote a"
    " random name and which strategy was preferred. No name, no address, no single like."
)


def show_stage(opened: Workspace, compared: Sequence[Strategy]) -> None:
    """The room that was opened here, or the button that opens one for the first two strategies."""
    code = st.session_state.get(ROOM)
    if code is None:
        st.markdown(
            f"Everybody in the room opens a link and votes on one list, in which"
            f" **{escape(compared[0].name)}** and **{escape(compared[1].name)}** take turns without"
            " a mark. The taste is the one on New user."
        )
        st.button("Open a room", key="experiments_open", icon=":material/groups:",
                  on_click=_open, args=(opened, compared))  # fmt: skip
        st.markdown(f":small[{KEPT}]")
        return
    _watch(code)


@st.fragment(run_every=2)
def _watch(code: str) -> None:
    """The duel as it stands; looks again every two seconds."""
    try:
        about, votes = Rooms().find(code).about, Rooms().votes(code)
    except ThawError as error:
        rooms.show_gone(ROOM, error)
        return
    rooms.show_link(code, "vote")
    found = duel(votes, every=1) if len(votes) else None
    show_sentence(_standing(about, found))
    if found is not None:
        title = f"How many of those who prefer one prefer {about['names'][1]}"
        show_chart(charts.leaning(_table(found), max(len(votes), 20)), title, "experiments_stage")
    rooms.show_close(ROOM, code)
    st.markdown(f":small[{KEPT}]")


def _standing(about: Mapping, found: Duel | None) -> str:
    if found is None:
        return "Nobody has voted yet"
    first, second = about["names"]
    votes = f"{len(found.visitors)} vote{'s' if len(found.visitors) > 1 else ''}"
    said = f"{found.wins[-1]} for {second}, {found.losses[-1]} for {first}"
    decided = np.flatnonzero((found.low > 0.5) | (found.high < 0.5))
    if not len(decided):
        return f"Undecided after {votes}: {said}"
    better = second if found.low[decided[0]] > 0.5 else first
    return f"{better} is preferred, decided after {found.visitors[decided[0]]} votes: {said}"


def _table(found: Duel) -> pd.DataFrame:
    decided = np.maximum(found.wins + found.losses, 1)
    return pd.DataFrame(
        {
            "visitors": found.visitors,
            "share": 100 * np.where(found.wins + found.losses, found.wins / decided, np.nan),
            "low": 100 * found.low,
            "high": 100 * found.high,
        }
    )


def _open(opened: Workspace, compared: Sequence[Strategy]) -> None:
    """Opens a room for the first two strategies; for callbacks."""
    engine, query = resources.engine(opened), taste.newcomer(opened)
    ids = opened.catalogue.items["id"]
    lists = []
    for strategy in compared[:2]:
        shown = engine.recommend(query, strategy).shown.index[:K]
        lists.append(ids.loc[shown].tolist())
    names = [strategy.name for strategy in compared[:2]]
    about = {
        "kind": rooms.DUEL,
        "workspace": opened.name,
        "taste": query.text,
        "names": names,
        "lists": lists,
    }
    st.session_state[ROOM] = Rooms().open(about)
