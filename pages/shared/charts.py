"""A chart: its title above, its words in the colour of the text."""

from collections.abc import Collection

import plotly.graph_objects as go
import streamlit as st

from pages.shared.drawing import PLAIN, ink
from pages.shared.text import escape
from recsys.charts.metrics import LOOKS


def show_chart(figure: go.Figure, title: str, key: str, looks: Collection[str] = ()) -> None:
    """The figure under its title, which is also what a screen reader says of it.

    ``looks`` are those of metrics_charts.LOOKS that stand in it.
    """
    st.markdown(f"**{escape(title)}**")
    if looks:
        show_looks(looks)
    st.plotly_chart(inked(figure), key=key, config=PLAIN, alt=title)


def show_looks(looks: Collection[str]) -> None:
    """What the marks of strategies say, in one line that breaks where the screen ends."""
    said = []
    for look, (colour, _, _, glyph) in LOOKS.items():
        if look in looks:
            mark = f'<span style="color:{colour}">{glyph}</span>'
            said.append(f'<span style="white-space:nowrap">{mark} {look}</span>')
    st.html(f'<div style="font-size:0.875rem">{"&emsp;".join(said)}</div>')


def inked(figure: go.Figure) -> go.Figure:
    """The figure, its words in the colour of the page's."""
    colour = {"color": ink()}
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(tickfont=colour, title_font=colour)
    figure.update_annotations(font=colour)
    figure.update_traces(textfont=colour, selector={"mode": "markers+text"})
    return figure.update_layout(legend_font=colour)
