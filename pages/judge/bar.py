"""What is judged, above the list: the set, the taste and who judges."""

from textwrap import shorten

import streamlit as st

from pages.shared import judged
from recsys.datatypes import clean_text
from recsys.errors import QueryError
from recsys.store.judgements import LONGEST_NAME, Judgements
from recsys.store.workspace import Workspace

TASTE = "judge_here_taste"
"""Key in the visit of the taste that is judged for."""

JUDGE = "judge_name"
"""Key in the visit of who judges."""

SHOWN = 70
"""Letters of a taste that the list of tastes shows."""


def chosen_set(opened: Workspace) -> str:
    """The set that is judged for, "" where there is none; the bundled people judge no more."""
    known = list(Judgements(opened.name).sets().index)
    name = judged.chosen_name(opened)
    return name if name in known and name else next(iter(known), "")


def show_bar(opened: Workspace, name: str) -> tuple[str, str]:
    """The set, the taste and the judge to choose; returns the taste and the judge."""
    known = list(Judgements(opened.name).sets().index)
    table = Judgements(opened.name).table(name)
    graded = table.groupby("taste")["item"].nunique()
    state = st.session_state
    tastes = list(dict.fromkeys([*graded.index, *offered(opened)]))
    if not state.get(TASTE):
        state[TASTE] = state["visit_taste"] if _readable(state["visit_taste"]) else tastes[0]
    state["judge_here_set"] = name
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="judge_bar"):
        st.selectbox(
            "Taste",
            list(dict.fromkeys([state[TASTE], *tastes])),
            key=TASTE,
            accept_new_options=True,
            format_func=lambda text: _called(text, int(graded.get(text, 0))),
            help="One of the set, an example, or type another and press Enter.",
            persist_state="session",
        )
        st.text_input(
            "You are",
            key=JUDGE,
            placeholder="Your name",
            max_chars=LONGEST_NAME,
            width=150,
            help="Stands beside your grades: several judges can be compared.",
            persist_state="session",
        )
        st.selectbox(
            "Set",
            known,
            key="judge_here_set",
            width=190,
            on_change=lambda: judged.choose(state["judge_here_set"]),
        )
    return clean_text(str(state[TASTE])), " ".join(str(state[JUDGE]).split())


def offered(opened: Workspace) -> list[str]:
    """Tastes to begin with: that of the visit, and the examples of the workspace."""
    examples = opened.catalogue.about.get("examples", [])
    return [text for text in [st.session_state["visit_taste"], *examples] if _readable(text)]


def _readable(text: str) -> bool:
    try:
        clean_text(text)
    except QueryError:
        return False
    return True


def _called(text: str, graded: int) -> str:
    said = shorten(text, SHOWN, placeholder=" …")
    return f"{said} · {graded} graded" if graded else said
