"""The visitor's own list beside the best order of what was judged for the taste."""

import numpy as np
import pandas as pd
import streamlit as st

from pages.judge.asked import Asked
from pages.shared import strategies
from pages.shared.text import escape
from recsys.ranking import sweep
from recsys.ranking.engine import Engine
from recsys.ranking.judging import beside_ideal, ndcg_of
from recsys.store.judged import JudgedTaste, of_table
from recsys.store.judgements import Judgements

HEIGHT = 386
"""Pixels of ten rows and their head."""


def show_ideal(engine: Engine, name: str, asked: Asked) -> None:
    """Both lists, place by place, and the figure that follows."""
    opened = engine.workspace
    table = Judgements(opened.name).table(name)
    own = of_table(opened.catalogue, name, table[table["taste"] == asked.text]).tastes
    nothing = JudgedTaste(asked.text, asked.text, np.zeros(0, dtype=np.int64), np.zeros(0))
    taste = own[0] if own else nothing
    found = beside_ideal(asked.ranked, pd.Series(taste.worth, taste.rows))
    st.markdown(_said(engine, asked, taste, found))
    st.dataframe(
        _titled(opened.catalogue.items["title"], found),
        height=HEIGHT,
        column_config={
            "place": st.column_config.NumberColumn("#", width=30),
            "item": st.column_config.TextColumn("Your strategy", width=156),
            "grade": st.column_config.TextColumn("Grade", width=54),
            "ideal": st.column_config.TextColumn("Best order", width=156),
            "ideal_grade": st.column_config.TextColumn("Grade", width=54),
        },
    )
    st.markdown(
        ":small[An empty grade: nobody judged it. NDCG@10 puts what was judged in the strategy's"
        " order, 1 is the best order. The strategy is set on New user.]"
    )


def _said(engine: Engine, asked: Asked, taste: JudgedTaste, found: pd.DataFrame) -> str:
    """The figure in a sentence, and what it does not know."""
    shown = found["item"] >= 0
    unjudged = int(found["grade"][shown].isna().sum())
    left = f"{unjudged} of the first {int(shown.sum())} unjudged"
    if not taste.useful:
        return f"**Grade something above 0 to see a figure** · {left}"
    query = sweep.score_query(engine, taste, asked.strategy.similarity, whole=False)
    figure = ndcg_of(engine, query, asked.strategy)
    said = escape(strategies.summary(asked.strategy))
    return f"**NDCG@10 {figure:.3f}** · {left}  \n:small[{said}]"


def _titled(titles: pd.Series, found: pd.DataFrame) -> pd.DataFrame:
    """The table in words: titles for rows, and grades, "" for none."""
    named = found.copy()
    for column in ("item", "ideal"):
        named[column] = [titles[row] if row >= 0 else "" for row in found[column]]
    for column in ("grade", "ideal_grade"):
        named[column] = ["" if np.isnan(grade) else f"{grade:.2g}" for grade in found[column]]
    return named
