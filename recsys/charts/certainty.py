"""How far a conversation has come: how many items could still be meant after each turn."""

from collections.abc import Sequence

import plotly.graph_objects as go

from recsys.charts.colours import COLOURS

HEIGHT = 110
"""In pixels."""


def certainty(could_be: Sequence[float], nouns: str) -> go.Figure:
    """A line over the turns, from 0, on a logarithmic axis; ``nouns`` are what is counted."""
    figure = go.Figure(
        go.Scatter(
            y=list(could_be),
            mode="lines+markers",
            line={"color": COLOURS["blue"]},
            marker={"size": 8},
            hovertemplate=f"after %{{x}} turns: about %{{y:.0f}} {nouns}<extra></extra>",
        )
    )
    figure.update_xaxes(title="turns", dtick=1, fixedrange=True)
    figure.update_yaxes(type="log", fixedrange=True, tickformat="~s", nticks=3)
    return figure.update_layout(
        height=HEIGHT, margin={"l": 0, "r": 8, "t": 4, "b": 0}, showlegend=False, dragmode=False
    )
