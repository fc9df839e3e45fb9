"""A chart of this page: its title above, its words in the colour of the text."""

import plotly.graph_objects as go
import streamlit as st

from pages.shared.drawing import PLAIN, ink
from pages.shared.text import escape


def show_chart(figure: go.Figure, title: str, key: str) -> None:
    """The figure under its title, which is also what a screen reader says of it."""
    st.markdown(f"**{escape(title)}**")
    st.plotly_chart(inked(figure), key=key, config=PLAIN, alt=title)


def inked(figure: go.Figure) -> go.Figure:
    """The figure, its words in the colour of the page's."""
    colour = {"color": ink()}
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(tickfont=colour, title_font=colour)
    figure.update_annotations(font=colour)
    return figure.update_layout(legend_font=colour)
