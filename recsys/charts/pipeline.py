"""The steps of a recommendation, one after the other, with the time that each takes."""

from collections.abc import Sequence

import plotly.graph_objects as go

from recsys.charts.colours import COLOURS


def pipeline(steps: Sequence[tuple[str, str, float]], ink: str) -> go.Figure:
    """One bar a step, from top to bottom: its name, what it makes, its milliseconds.

    ``steps`` are (name, what it makes, milliseconds), ``ink`` is the colour of the text.
    """
    names = [f"{number}  {name}" for number, (name, _, _) in enumerate(steps, start=1)]
    figure = go.Figure(
        go.Bar(
            x=[took for _, _, took in steps],
            y=names,
            orientation="h",
            marker_color=COLOURS["blue"],
            text=[f"{took:.1f} ms: {makes}" for _, makes, took in steps],
            textposition="outside",
            textfont={"color": ink, "size": 13},
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    longest = max(took for _, _, took in steps)
    figure.update_layout(
        height=30 + 32 * len(steps),
        width=560,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"visible": False, "fixedrange": True, "range": (0, 3 * max(longest, 1e-9))},
        yaxis={"autorange": "reversed", "fixedrange": True, "tickfont": {"size": 14, "color": ink}},
    )
    return figure
