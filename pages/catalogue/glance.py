"""A catalogue at a glance: its sizes, and two pictures of what is in it."""

import streamlit as st

from pages.catalogue.contents import Titled, categories, texts, years
from pages.catalogue.counts import show_counts
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.store.browse import Counts
from recsys.store.workspace import Workspace

HEIGHT = 150
"""Of each picture, in pixels."""
BARS = 6
"""So many categories have room in it."""


def show_glance(opened: Workspace, counts: Counts) -> None:
    """The sizes, and beside them two pictures: of categories, years or the texts' lengths."""
    nouns = opened.catalogue.about.get("nouns", "items")
    sides = [categories(opened, nouns, BARS), years(opened, nouns), texts(opened, nouns)]
    figures = [side for side in sides if side][:2]
    numbers, *places = st.columns(1 + len(figures), gap="large")
    with numbers:
        show_counts(opened, counts, 3)
    for place, figure in zip(places, figures, strict=True):
        with place:
            _show(figure)


def _show(titled: Titled) -> None:
    title, figure = titled
    figure.update_layout(height=HEIGHT)
    figure.update_yaxes(title="")
    figure.update_xaxes(title="")
    st.markdown(f"**{escape(title)}**")
    st.plotly_chart(figure, config=PLAIN, alt=title)
