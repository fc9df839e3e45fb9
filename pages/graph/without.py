"""What leaving a fact out does to the list: before and after, side by side."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.graph.ranked import ALONE, OWN, SIGNAL, moved_words, strategies
from pages.shared import pulled, resources, taste
from pages.shared.text import escape
from recsys.datatypes import Query
from recsys.errors import ThawError
from recsys.ranking.engine import Engine, Recommendation
from recsys.ranking.explain import paths
from recsys.signals import signals
from recsys.store.workspace import Workspace

BY_FACTS = "graph_here_alone"
"""Key in the visit: the list is ranked by known facts alone."""


def show_without(opened: Workspace) -> None:
    """The list as it was and as it is without what is left out, and the ways of each."""
    if not st.session_state[pulled.PULLED]:
        st.caption(
            "Click a node or a tie in the picture, and Leave out: the list that the taste gets is"
            " ranked as if that were not known, and both stand here."
        )
        return
    st.toggle(ALONE, key=BY_FACTS, help="The other signals read texts and likes.")
    try:
        engine = resources.engine(opened)
        query = taste.newcomer(opened)
        before, after = _both(engine, query)
    except ThawError as error:
        st.warning(escape(str(error)), title="Nothing to rank")
        return
    st.markdown(f"**{escape(_verdict(before, after))}** :small[For “{escape(query.text)}”.]")
    table = _table(engine, before, after)
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "place": st.column_config.NumberColumn("Now", width=50),
            "before": st.column_config.NumberColumn("Before", width=60),
            "moved": st.column_config.TextColumn("Moved", width=70),
            "title": st.column_config.TextColumn("Title", width=220),
            "facts": st.column_config.NumberColumn("Facts add now", format="%+.3f", width=100),
            "facts before": st.column_config.NumberColumn("Before", format="%+.3f", width=80),
            "others": st.column_config.NumberColumn("All others", format="%+.3f", width=90),
            "score": st.column_config.NumberColumn(
                "Score", format="%.3f", width=70, help="What facts add and all others, added up."
            ),
            "way": st.column_config.TextColumn("The way there now"),
        },
        alt="The list without what is left out, and its places before",
    )


def _both(engine: Engine, query: Query) -> tuple[Recommendation, Recommendation]:
    """The list with every fact, and without what is left out, each with the other's items."""
    strategy = strategies()[ALONE if st.session_state[BY_FACTS] else OWN]
    before = engine.recommend(replace(query, without=()), strategy)
    return before, engine.recommend(query, strategy)


def _verdict(before: Recommendation, after: Recommendation) -> str:
    """What changed, in words."""
    old, new = before.shown.index.tolist(), after.shown.index.tolist()
    moved = sum(row in old and old.index(row) != place for place, row in enumerate(new))
    came = sum(row not in old for row in new)
    if not moved and not came:
        return f"The first {len(new)} stay: {signals()[SIGNAL].TITLE} had little say in them"
    return f"Of the first {len(new)}, {moved} moved and {came} came in"


def _table(engine: Engine, before: Recommendation, after: Recommendation) -> pd.DataFrame:
    shown = after.shown
    rows = shown.index.tolist()
    ranks = before.ranking["rank"].reindex(rows)
    facts = shown[SIGNAL] if SIGNAL in shown else pd.Series(0.0, shown.index)
    ways = [paths(engine, after, row, 1) for row in rows]
    return pd.DataFrame(
        {
            "place": shown["rank"].to_numpy(),
            "before": ranks.astype("Int64").to_numpy(),
            "moved": [moved_words(was, now) for was, now in zip(ranks, shown["rank"], strict=True)],
            "title": engine.workspace.catalogue.items["title"].loc[rows].to_numpy(),
            "facts": facts.to_numpy(),
            "facts before": before.ranking[SIGNAL].reindex(rows).to_numpy(),
            "others": (shown["score"] - facts).to_numpy(),
            "score": shown["score"].to_numpy(),
            "way": [way[0] if way else "" for way in ways],
        }
    )
