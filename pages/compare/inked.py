"""Charts whose words are as easy to read as those around them."""

import plotly.graph_objects as go

from pages.shared.drawing import ink

SIZE = 13
"""Of the words in a chart, in pixels."""


def inked(figure: go.Figure) -> go.Figure:
    """The figure with its words in the colour of the theme's text: Streamlit's grey is faint."""
    words = {"color": ink(), "size": SIZE}
    figure.update_layout(font=words, legend_font=words)
    figure.update_xaxes(tickfont=words, title_font=words)
    figure.update_yaxes(tickfont=words, title_font=words)
    return figure
