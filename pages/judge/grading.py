"""The list to grade: a component of our own, so that grades can be given by keys, one a second.

The browser counts what was done in it and sends all that the server has not yet said to have kept:
no grade is lost, however fast they come.
"""

from collections.abc import Mapping
from pathlib import Path
from textwrap import shorten
from typing import Any
from zlib import crc32

import streamlit as st

from pages.judge.asked import Asked
from pages.shared.text import escape, facts
from recsys.errors import ThawError
from recsys.store.judgements import Judgements
from recsys.store.workspace import Workspace

FAULT = "judge_here_fault"
"""Key in the visit of why a grade could not be kept."""

DONE = "judge_here_done"
"""Key in the visit of the number of the last grade that was kept, by the list."""

MEANING = {0: "not at all", 1: "a little", 2: "well", 3: "just right"}
"""Grade -> how an item fits."""

DESCRIPTION = 150
"""Letters of an item's text that stand in its row."""

_HERE = Path(__file__)
_LIST = st.components.v2.component(
    "thaw_grading",
    html="<section></section>\n",
    css=_HERE.with_suffix(".css").read_text("utf-8"),
    js=_HERE.with_suffix(".js").read_text("utf-8"),
)


def show_grading(opened: Workspace, name: str, asked: Asked, judge: str) -> None:
    """What is to be judged for the taste, with the grades that ``judge`` gave."""
    table = Judgements(opened.name).table(name)
    own = table[(table["taste"] == asked.text) & (table["judge"] == judge)]
    grades = dict(zip(own["item"], own["grade"], strict=True))
    items = opened.catalogue.items.loc[asked.pooled]
    rows = [_row(item, grades) for item in items.itertuples()]
    given = sum(row["grade"] is not None for row in rows)
    nouns = opened.catalogue.about.get("nouns", "items")
    key = f"judge_list_{crc32(repr((name, asked.text, judge)).encode())}"
    _LIST(
        key=key,
        data={
            "label": f"{nouns.capitalize()} to grade",
            "rows": rows,
            "given": f"{given} of {len(rows)} graded" if judge else "Type your name to grade",
            "meaning": MEANING,
            "locked": not judge,
            "done": st.session_state.get(DONE, {}).get(key, 0),
        },
        on_changes_change=lambda: _keep(key, opened.name, name, asked.text, judge),
    )


def show_fault() -> None:
    """Why the last grade could not be kept, if it could not."""
    if said := st.session_state.pop(FAULT, None):
        st.error(escape(said), title="That grade was not kept")


def _row(item: Any, grades: Mapping[str, int]) -> dict[str, Any]:
    grade = grades.get(item.id)
    return {
        "id": item.id,
        "title": item.title,
        "facts": facts(item),
        "text": shorten(item.text, DESCRIPTION, placeholder=" …"),
        "grade": None if grade is None else int(grade),
    }


def _keep(key: str, workspace: str, name: str, text: str, judge: str) -> None:
    """Keeps the changes that were not kept before; for callbacks."""
    state = st.session_state
    done = dict(state.get(DONE, {}))
    for change in state[key].get("changes") or []:
        if change["n"] <= done.get(key, 0):
            continue
        done[key] = change["n"]
        try:
            Judgements(workspace).judge(name, text, str(change["id"]), judge, change["grade"])
        except ThawError as error:
            state[FAULT] = str(error)
    state[DONE] = done
