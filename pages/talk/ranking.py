"""The list beside the conversation, and how certain it is."""

import streamlit as st

from pages.shared import nodes, taste, use
from pages.shared.charts import inked
from pages.shared.drawing import PLAIN
from pages.shared.moves import Moves
from pages.shared.results import draw_results
from pages.shared.rows import legend, list_rows, share_line
from pages.shared.text import escape
from pages.shared.why import explanation
from pages.talk import turns
from recsys.charts.certainty import certainty
from recsys.ranking.engine import Engine, Recommendation
from recsys.store.workspace import Workspace

LIST = "talk_list"
"""Key of the list."""

WHY = "talk_here_why"
"""Key in the visit of the id of the item whose place is explained in full."""


def show_ranking(engine: Engine, result: Recommendation, moved: Moves, at: turns.Standing) -> None:
    """The notices, and the list with what the last turn did."""
    for notice in result.notices:
        st.info(escape(notice), icon=":material/info:")
    nouns = result.workspace.catalogue.about.get("nouns", "items")
    items = result.workspace.catalogue.items.loc[result.shown.index]
    titles = dict(zip(items["id"], items["title"], strict=True))

    def act(what: str, id_: str) -> None:
        state = st.session_state
        if what in taste.JUDGED:
            turns.judge(what, id_, titles.get(id_, id_), at)
        elif what == "why":
            state[WHY] = None if state.get(WHY) == id_ else id_
            if state[WHY]:
                use.opened_item(id_)
        elif what == "undo":
            turns.take_back()
        elif what in ("neighbours", "graph"):
            nodes.ask_for_path(f"item:{id_}")

    data = {
        "count": f"{len(result.shown)} of {len(engine.workspace.catalogue):,} {nouns}",
        "label": f"Ranked {nouns}",
        "moved": moved.line(nouns) or "nothing to compare with yet",
        "undo": "Take back the last turn" if turns.turns() else "",
        "redo": "",
        "share": share_line(result),
        "legend": legend(result),
        "rows": list_rows(result, moved),
        "open": explanation(engine, result, st.session_state.get(WHY)),
        "main": True,
    }
    draw_results(LIST, data, act)


def show_certainty(opened: Workspace, found: list[turns.Turn], at: turns.Standing) -> None:
    """How many items it could still be, and from the first turn on how that came."""
    nouns = opened.catalogue.about.get("nouns", "items")
    said = f"It could still be any of about {at.could_be:,.0f} of {len(opened.catalogue):,} {nouns}"
    st.markdown(
        f":small[{said} (perplexity of what the list believes; one answer in five is taken to be"
        " wrong).]"
    )
    if found:
        figure = certainty([*(turn.could_be for turn in found), at.could_be], nouns)
        st.plotly_chart(inked(figure), key="talk_certainty", config=PLAIN, alt=said)
