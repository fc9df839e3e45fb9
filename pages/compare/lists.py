"""The lists side by side, what they share, and what each is like."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.shared.drawing import PLAIN, ink
from pages.shared.text import escape
from recsys.charts import compare as charts
from recsys.charts.contributions import score_parts
from recsys.metrics.lists import popular
from recsys.ranking import compare
from recsys.ranking.engine import Engine, Recommendation
from recsys.store.workspace import Workspace

PICKED = "compare_here_item"
"""Key in the visit of the item, a row, that is taken apart."""


def show_lists(opened: Workspace, results: Sequence[Recommendation], ranks: pd.DataFrame) -> None:
    """The lists in columns; a click picks an item for the part that takes one apart."""
    titles = opened.catalogue.items["title"]
    k = results[0].query.k
    title = _title(ranks <= k, opened.catalogue.about.get("nouns", "items"))
    st.markdown(f"**{escape(title)}**")
    st.plotly_chart(
        charts.rank_lines(
            ranks,
            k,
            titles[ranks.index].to_dict(),
            [result.strategy.name for result in results],
            _hover(results, titles),
            ink(),
            narrow="Mobi" in st.context.headers.get("User-Agent", ""),
        ),
        key="compare_lines",
        on_select=_pick,
        selection_mode="points",
        config={
            "displayModeBar": True,
            "displaylogo": False,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": {"filename": f"thaw-{opened.name}-compare", "scale": 2},
        },
        alt=title,
    )


def show_share(engine: Engine, results: Sequence[Recommendation]) -> None:
    """Overlap, correlation, and what each list is like."""
    nouns = engine.workspace.catalogue.about.get("nouns", "items")
    names = [result.strategy.name for result in results]
    left, right = st.columns(2, gap="large")
    with left:
        title = f"Share of {nouns} that two top {results[0].query.k} have in common"
        figure = charts.heatmap(compare.overlap(results), names, 0, ".0%", "overlap")
        st.markdown(f"**{escape(title)}**")
        st.plotly_chart(figure, key="compare_overlap", config=PLAIN, alt=title)
    with right:
        title = "How far two agree on the order of all that is shown"
        figure = charts.heatmap(compare.correlation(results), names, -1, ".2f", "tau")
        st.markdown(f"**{escape(title)}**")
        st.plotly_chart(figure, key="compare_tau", config=PLAIN, alt=title)
    st.markdown("**What each list is like**")
    _show_traits(engine, results)
    st.caption(
        "Overlap is Jaccard's: shared over all in either. Agreement is Kendall's tau over what any"
        " list shows, from -1, the opposite order, to 1, the same."
    )


def _title(shown: pd.DataFrame, nouns: str) -> str:
    """How many items are everywhere, and in one list; ``shown``: whether an item is in a list."""
    everywhere = int(shown.all(axis=1).sum())
    alone = int((shown.sum(axis=1) == 1).sum())
    return f"{everywhere} of {len(shown)} {nouns} are in every list, {alone} in one only"


def _hover(results: Sequence[Recommendation], titles: pd.Series) -> dict[tuple[int, int], str]:
    """(item, list) -> what its place there is made of."""
    parts, said = score_parts(), {}
    for column, result in enumerate(results):
        for item in result.shown.index:
            line = result.ranking.loc[item]
            said[item, column] = charts.hover_text(titles[item], line, parts)
    return said


def _pick() -> None:
    points = st.session_state["compare_lines"]["selection"]["points"]
    if points and "customdata" in points[0]:
        item = points[0]["customdata"]
        st.session_state[PICKED] = int(item[0] if isinstance(item, list) else item)


def _show_traits(engine: Engine, results: Sequence[Recommendation]) -> None:
    workspace = engine.workspace
    names = [result.strategy.name for result in results]
    table = pd.DataFrame([compare.traits(engine, result) for result in results], index=names)
    most_liked = int(popular(workspace.interactions.popularity).sum())
    simulated = "simulated " if workspace.catalogue.about.get("simulated") else ""
    st.dataframe(
        table.rename_axis("strategy"),
        column_config={
            "strategy": "Strategy",
            "likes": st.column_config.NumberColumn(
                "Likes (median)", format="%.0f", help=f"How many {simulated}people like an item."
            ),
            "popular": st.column_config.ProgressColumn(
                f"Among the {most_liked} most liked", format="percent", min_value=0, max_value=1
            ),
            "variety": st.column_config.NumberColumn(
                "Variety", format="%.2f", help="Mean of 1 - cosine over all pairs of a list."
            ),
            "year": st.column_config.NumberColumn("Year (median)", format="%.0f"),
        },
    )
