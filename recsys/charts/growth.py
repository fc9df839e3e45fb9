"""How what a catalogue costs grows with its items."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS

HEIGHT = 320
"""In pixels."""

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross")
"""Of the lines, which are told apart without their colour too."""


def growth(costs: pd.DataFrame, names: Mapping[str, str], unit: str) -> go.Figure:
    """A line for each column of ``costs`` over its index, the number of items; both axes are
    logarithmic, so that what grows with the items is a straight line.

    ``names`` calls the columns for people, in the order of the legend; ``unit`` is that of all.
    """
    figure = go.Figure()
    for (column, name), colour, symbol in zip(
        names.items(), COLOURS.values(), SYMBOLS, strict=False
    ):
        known = costs[column].dropna()
        figure.add_scatter(
            x=known.index,
            y=known,
            name=name,
            mode="lines+markers",
            line={"color": colour},
            marker={"symbol": symbol, "size": 9},
            hovertemplate=f"{name}: %{{y:.3~g}} {unit} at %{{x:,}} items<extra></extra>",
        )
    figure.update_xaxes(type="log", title="items", dtick=1, tickformat=",~s")
    figure.update_yaxes(type="log", title=unit, dtick=1)
    return figure.update_layout(height=HEIGHT, margin={"l": 0, "r": 0, "t": 8, "b": 0})
