"""Why an item stands where it stands: everything behind its one sentence, for the card opened."""

import pandas as pd
import streamlit as st

from pages.shared.text import escape
from recsys.charts.contributions import score_parts
from recsys.ranking.engine import Engine, Recommendation
from recsys.ranking.explain import clause_matches, nearest_liked, parts, paths

MOST_CLAUSES = 4
"""So many parts of the taste are named, the nearest."""


def show_why(engine: Engine, result: Recommendation, place: int) -> None:
    """The parts of the score of the item at ``place`` (from 0), then what was matched."""
    row = int(result.shown.index[place])
    table = parts(result, row)
    titles = score_parts()
    st.table(
        pd.DataFrame(
            {
                "Part": [titles[str(name)].title for name in table.index],
                "Its own score": _numbers(table["score"], "{:.3f}"),
                "Weight": _numbers(table["weight"], "{:.2f}"),
                "Contribution": _numbers(table["contribution"], "{:+.3f}"),
            }
        ),
        border="horizontal",
        hide_index=True,
    )
    lines = [
        f"The contributions add up to the score, {table['contribution'].sum():.2f}. Each part's"
        " own score is in its own unit; – is no opinion.",
    ]
    if near := _nearness(engine, result, row):
        lines.append(f"**Nearness to each part (cosine):** {near}")
    if words := result.evidence["lexical"][place]:
        lines.append(f"**{escape(words.text.capitalize())}**")
    if known := paths(engine, result, row):
        lines.append("  \n".join(["**Known facts:**", *map(escape, known)]))
    if liked := nearest_liked(engine, result, row):
        named = " · ".join(f"{escape(title)} {cosine:.2f}" for title, cosine in liked)
        lines.append(f"**Nearest of the likes (cosine):** {named}")
    st.markdown("\n".join(f"- {line}" for line in lines))


def _nearness(engine: Engine, result: Recommendation, row: int) -> str:
    """The parts of the taste nearest to ``row``, + for what is wanted, - for what is not; "" where
    the text has none with a meaning of its own, such as "I have seen Heat"."""
    signs = {True: "+", False: "−"}
    nearest = clause_matches(engine, result, row).head(MOST_CLAUSES)
    said = [
        f"“{escape(match.clause)}” ({signs[match.wanted]}) {match.cosine:.2f}"
        for match in nearest.itertuples()
    ]
    return " · ".join(said)


def _numbers(column: pd.Series, form: str) -> list[str]:
    return ["–" if pd.isna(value) else form.format(value) for value in column]
