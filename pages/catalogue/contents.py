"""What a catalogue is made of, in pictures: likes, texts, years, categories, facts."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.catalogue.counts import counted
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.charts import catalogue as charts
from recsys.store import browse
from recsys.store.browse import Counts
from recsys.store.workspace import Workspace

Titled = tuple[str, go.Figure]
"""What a figure says, and the figure."""


def show_contents(opened: Workspace, counts: Counts) -> None:
    """A figure for each side that the catalogue has, two in a row."""
    nouns = opened.catalogue.about.get("nouns", "items")
    if not counts.interactions:
        st.info(
            "Every ranking comes from words and facts, until people and their likes are added.",
            title=f"Nobody has liked any of these {escape(nouns)} yet",
            icon=":material/heart_broken:",
        )
    sides = [
        _likes(opened, counts, nouns),
        texts(opened, nouns),
        years(opened, nouns),
        categories(opened, nouns),
        _facts(opened, counts),
    ]
    figures = [side for side in sides if side]
    for first in range(0, len(figures), 2):
        columns = st.columns(2, gap="large")
        for column, (title, figure) in zip(columns, figures[first : first + 2], strict=False):
            with column:
                st.markdown(f"**{escape(title)}**")
                st.plotly_chart(figure, config=PLAIN, alt=title)


def _likes(opened: Workspace, counts: Counts, nouns: str) -> Titled | None:
    ranked = counted(opened, browse.likes_by_rank)
    if ranked.empty:
        return None
    most = ranked["likes"].iloc[0]
    title = f"A few are liked by many: the first by {most:,}, and {counts.cold:,} by nobody"
    return title, charts.liked(ranked, nouns)


def texts(opened: Workspace, nouns: str) -> Titled:
    """How long the texts are."""
    lengths = counted(opened, browse.text_lengths)
    title = f"Half of the texts have {lengths.median:,} words or fewer"
    if lengths.median == 0:
        title = "Half or more have no text: names, kinds and facts stand for them"
    return title, charts.lengths(lengths.bins, lengths.width, lengths.median, nouns)


def years(opened: Workspace, nouns: str) -> Titled | None:
    """When they are from, where that is known."""
    dated, step = counted(opened, browse.years)
    if dated.empty:
        return None
    top = dated.loc[dated["count"].idxmax()]
    when = f"The {top['year']:.0f}s have" if step == 10 else f"{top['year']:.0f} has"
    title = f"{when} the most {nouns}: {top['count']:,.0f}"
    if (dated["count"] == top["count"]).sum() > 1:  # no year stands out
        title = f"The {nouns} are from {dated['year'].min():.0f} to {_last(dated, step):.0f}"
    return title, charts.years(dated, step, nouns)


def categories(opened: Workspace, nouns: str, most: int = 12) -> Titled | None:
    """The ``most`` used categories, where there are any."""
    named = counted(opened, browse.categories)
    if named.empty:
        return None
    top, kind = named.iloc[0], opened.catalogue.about.get("category", "category")
    title = f"{top['name']} is the most common {kind}: {top['count']:,} {nouns}"
    if (named["count"] == top["count"]).sum() > 1:
        title = f"No {kind} has more than {top['count']:,} {nouns}"
    return title, charts.most_used(named, "violet", nouns, most)


def _facts(opened: Workspace, counts: Counts) -> Titled | None:
    related = counted(opened, browse.relations).replace({"name": "_"}, {"name": " "}, regex=True)
    if related.empty:
        return None
    top = related.iloc[0]
    title = f"{counts.triples:,} facts, most of them of the kind “{top['name']}”"
    return title, charts.most_used(related, "red", "facts")


def _last(dated: pd.DataFrame, step: int) -> float:
    """The last year there is, or that of the last decade."""
    return float(dated["year"].max()) + step - 1
