"""The room's list: everybody types a taste on a phone, and one list is fair to all."""

import numpy as np
import pandas as pd
import streamlit as st

from pages.experiments import rooms
from pages.shared import mapped, resources
from pages.shared.charts import show_chart
from pages.shared.drawing import PLAIN
from pages.shared.sentence import show_sentence
from pages.shared.text import escape
from recsys.charts import experiments as charts
from recsys.charts.landscape import NO_ROW, landscape
from recsys.datatypes import Query
from recsys.errors import ThawError
from recsys.new_item.judge import NewItems
from recsys.online.experiments.people import K
from recsys.ranking.group import RULES, fair_list, shares, utilities
from recsys.store.rooms import Rooms
from recsys.store.workspace import Workspace

ROOM = "experiments_here_together"
"""Key in the visit of the code of the room that was opened here."""

FAIREST = "Nash product"

KEPT = (
    "Kept until the room is closed, for a day at most: of each person a random name and the words"
    " that they typed, which everybody in the room can read here."
)


def show_together(opened: Workspace) -> None:
    """The room that was opened here, or the button that opens one."""
    code = st.session_state.get(ROOM)
    if code is None:
        st.markdown("Everybody in the room opens a link and types a taste. One list is for all.")
        st.button("Open a room", key="experiments_gather", icon=":material/groups:",
                  on_click=_open, args=(opened.name,))  # fmt: skip
        st.markdown(f":small[{KEPT}]")
        return
    st.segmented_control("Fair by", list(RULES), key="experiments_rule", default=FAIREST,
                         required=True, persist_state="session")  # fmt: skip
    _watch(opened, code)


@st.fragment(run_every=2)
def _watch(opened: Workspace, code: str) -> None:
    """The list as it stands; looks again every two seconds."""
    try:
        tastes = Rooms().tastes(code)
    except ThawError as error:
        rooms.show_gone(ROOM, error)
        return
    rooms.show_link(code, "say what you would like")
    if tastes:
        _show_list(opened, tastes)
    else:
        show_sentence("Nobody has said anything yet")
    rooms.show_close(ROOM, code)
    st.markdown(f":small[{KEPT}]")


def _show_list(opened: Workspace, tastes: list[str]) -> None:
    """The list by the rule that is chosen, and what each person gets by every rule."""
    scores = pd.DataFrame([_scores(str(opened.folder), taste, opened) for taste in tastes])
    worth = utilities(scores.to_numpy(float))
    lists = {rule: fair_list(worth, K, rule) for rule in RULES}
    gets = pd.DataFrame({rule: shares(worth, chosen) for rule, chosen in lists.items()})
    gets.index = pd.Index([f"{number}. {taste}" for number, taste in enumerate(tastes, start=1)])
    rule = st.session_state["experiments_rule"]
    worst = gets[rule].idxmin()
    show_sentence(f"{len(tastes)} tastes, one list: everybody gets at least {gets[rule].min():.0%}"
                  " of what a list of their own would give")  # fmt: skip
    left, right = st.columns(2)
    titles = opened.catalogue.items["title"].iloc[lists[rule]]
    with left:
        lines = [f"{number}. {escape(str(title))}" for number, title in enumerate(titles, start=1)]
        st.markdown("\n".join(lines))
    with right:
        title = f"Who gets what; least by {rule}: {worst}"
        show_chart(charts.portions(gets), title, "experiments_together")
    _show_map(opened, tastes, lists[rule].tolist())


def _show_map(opened: Workspace, tastes: list[str], listed: list[int]) -> None:
    """Where everybody's words stand among the items, and where the list does."""
    try:
        new_items = resources.new_items(opened)
    except ThawError:
        return  # a catalogue too small for a map has its list all the same
    points = new_items.points
    marks = []
    for taste in tastes:
        marks.append(("wanted", NO_ROW, taste, *_place(str(opened.folder), taste, new_items)))
    for rank, row in enumerate(listed, start=1):
        marks.append(("result", row, str(rank), *points[row]))
    table = pd.DataFrame(marks, columns=["kind", "row", "text", "x", "y"]).dropna()
    table = table.astype({"row": np.int64, "x": float, "y": float})
    found, regions = mapped.dots(opened, points)
    title = "Where everybody stands, and the list by its places"
    figure = landscape(found, table, regions, mapped.theme())
    st.markdown(f"**{title}**")
    st.plotly_chart(figure, key="experiments_map", config=PLAIN, alt=title)


@st.cache_data(max_entries=200, show_spinner=False)
def _place(folder: str, taste: str, _new_items: NewItems) -> tuple[float, float]:
    """Where a new item of these words would stand on the map."""
    embedding = _new_items.engine.encoder.encode([taste])
    x, y = _new_items.place(_new_items.workspace.centre(embedding))[0].tolist()
    return x, y


@st.cache_data(max_entries=200, show_spinner=False)
def _scores(folder: str, taste: str, _opened: Workspace) -> "pd.Series[float]":
    """The score of every item for somebody with this taste; NaN where it is ruled out."""
    ranking = resources.engine(_opened).recommend(Query(taste, k=K)).ranking
    every = np.arange(len(_opened.catalogue))
    return ranking["score"].reindex(every)


def _open(name: str) -> None:
    st.session_state[ROOM] = Rooms().open({"kind": rooms.TOGETHER, "workspace": name})
