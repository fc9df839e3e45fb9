"""Why an item stands where it stands: everything behind its one sentence, for the card opened."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.shared.text import escape
from recsys.ranking.engine import Engine, Recommendation
from recsys.ranking.explain import clause_matches, nearest_liked, parts, paths


def show_why(engine: Engine, result: Recommendation, row: int, titles: Mapping[str, str]) -> None:
    """The parts of the score, then what was matched; ``titles`` names the signals."""
    table = parts(result, row)
    score = table["contribution"].sum()
    st.table(
        pd.DataFrame(
            {
                "Part": [titles[str(name)] for name in table.index],
                "Its own score": _numbers(table["score"], "{:.3f}"),
                "Weight": _numbers(table["weight"], "{:.2f}"),
                "Contribution": _numbers(table["contribution"], "{:+.3f}"),
            }
        ),
        border="horizontal",
        hide_index=True,
    )
    lines = [
        f"The contributions add up to the score, {score:.2f}. Each part's own score is in its own"
        " unit; – is no opinion."
    ]
    signs = {True: "+", False: "−"}
    near = [
        f"“{escape(match.clause)}” ({signs[match.wanted]}) {match.cosine:.2f}"
        for match in clause_matches(engine, result, row).head(4).itertuples()
    ]
    lines.append(f"**Nearness to each part (cosine):** {' · '.join(near)}")
    words = dict(zip(result.shown.index, result.evidence["lexical"], strict=True))[row]
    if words:
        lines.append(f"**{escape(words.capitalize())}**")
    if known := paths(engine, result, row):
        lines.append("  \n".join(["**Known facts:**", *map(escape, known)]))
    liked = nearest_liked(engine, result, row)
    if liked:
        named = " · ".join(f"{escape(title)} {cosine:.2f}" for title, cosine in liked)
        lines.append(f"**Nearest of the likes (cosine):** {named}")
    st.markdown("\n".join(f"- {line}" for line in lines))


def _numbers(column: pd.Series, form: str) -> list[str]:
    return ["–" if pd.isna(value) else form.format(value) for value in column]
