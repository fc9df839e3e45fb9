"""The ranking on the page: notices, the list, and what can be done with a row of it."""

import streamlit as st

from pages.new_user import history
from pages.new_user.network import ASKED
from pages.shared import nodes, taste, use
from pages.shared.moves import Moves
from pages.shared.results import draw_results
from pages.shared.rows import legend, list_rows, share_line, title_rows
from pages.shared.text import escape
from pages.shared.why import explanation
from recsys.ranking.engine import Engine, Recommendation

WHY = "new_user_here_why"
"""Key in the visit of the id of the item whose place is explained in full."""

PRESENT = "new_user_present"
"""Key in the visit of whether the page is shown to a room."""

BEHIND = "new_user_behind"
"""Key in the visit of what stands beside the list."""

LIST = "new_user_list"
"""Key of the list."""


def show_ranking(engine: Engine, result: Recommendation, moves: Moves) -> None:
    """The notices, and the list with what the last change did."""
    for notice in result.notices:
        st.info(escape(notice), icon=":material/info:")
    about = engine.workspace.catalogue.about
    nouns = about.get("nouns", "items")
    data = {
        "count": f"{len(result.shown)} of {len(engine.workspace.catalogue):,} {nouns}",
        "label": f"Ranked {nouns}",
        "moved": moves.line(nouns) or "nothing to compare with yet",
        "undo": history.undo_label(),
        "redo": history.redo_label(),
        "share": share_line(result),
        "legend": legend(result),
        "rows": list_rows(result, moves),
        "open": explanation(engine, result, st.session_state.get(WHY)),
        "present": bool(st.session_state.get(PRESENT)),
        "main": True,
    }
    draw_results(LIST, data, act)


def show_titles(engine: Engine, result: Recommendation) -> None:
    """The list reduced to titles, beside something else."""
    nouns = engine.workspace.catalogue.about.get("nouns", "items")
    data = {
        "rows": title_rows(result),
        "compact": True,
        "main": True,
        "label": f"Ranked {nouns}",
    }
    draw_results(LIST, data, act)


def act(what: str, id_: str) -> None:
    """Does ``what`` with the item ``id_``, or with the whole page; for callbacks."""
    state = st.session_state
    if what in taste.JUDGED:
        taste.judge(what, id_)
    elif what == "why":
        state[WHY] = None if state.get(WHY) == id_ else id_
        if state[WHY]:
            use.opened_item(id_)
    elif what in ("undo", "redo"):
        history.go(-1 if what == "undo" else 1)
    elif what == "present":
        state[PRESENT] = not state.get(PRESENT)
    elif what == "neighbours":
        state[ASKED] = id_
        state[BEHIND] = "network"
    elif what == "graph":
        nodes.ask_for_path(f"item:{id_}")
