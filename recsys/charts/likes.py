"""From which value on an interaction is a like: frames to Plotly figures."""

import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS

HEIGHT = 200
"""In pixels."""


def values(counted: pd.DataFrame, like_from: float, called: str) -> go.Figure:
    """Bars of how often each value comes, those of likes in green.

    ``counted``: start, end, count, as ``feedback.bins`` gives them; ``called`` is the column.
    """
    spans = list(map(_span, counted["start"], counted["end"]))
    liked = counted["start"] >= like_from
    figure = go.Figure(
        go.Bar(
            x=spans,
            y=counted["count"],
            marker_color=[COLOURS["green"] if like else COLOURS["gray"] for like in liked],
            marker_line_width=0,
            hovertemplate="%{x}: %{y:,}<extra></extra>",
        )
    )
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 10, "t": 10, "b": 0},
        showlegend=False,
        bargap=0.1,
        dragmode=False,
    )
    figure.update_xaxes(title=called, type="category", fixedrange=True)
    figure.update_yaxes(title="rows", fixedrange=True)
    if not liked.all():
        edge = int((~liked).sum()) - 0.5
        figure.add_vline(x=edge, line_width=1, line_dash="dash", line_color=COLOURS["gray"])
    return figure


def _span(start: float, end: float) -> str:
    return f"{start:g}" if start >= end else f"{start:g} to {end:g}"
