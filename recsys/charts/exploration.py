"""What a first look costs: likes lost by each way to fill a list, and where a new item stands."""

import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS

HEIGHT = 280
"""In pixels."""
LOOKS = {"Thompson": ("blue", "solid"), "greedy": ("orange", "dash"), "random": ("gray", "dot")}
"""Way -> colour and kind of line."""
MOST_TICKS = 8
"""About so many numbers of showings stand under an axis, all whole."""
POINTS = 200
"""So many points of a line are drawn."""


def regret(table: pd.DataFrame) -> go.Figure:
    """A line for each way (column) over the rounds (index); both axes are logarithmic, since by
    chance so much more is lost."""
    figure = go.Figure()
    drawn = table.iloc[:: max(len(table) // POINTS, 1)]
    for way, (colour, dash) in LOOKS.items():
        figure.add_scatter(
            x=drawn.index,
            y=drawn[way],
            name=way,
            mode="lines",
            line={"color": COLOURS[colour], "dash": dash},
            hovertemplate=f"{way}: %{{y:,.0f}} likes lost after %{{x:,}} lists<extra></extra>",
        )
    figure.update_xaxes(type="log", title="lists shown", dtick=1, tickformat=",~s")
    figure.update_yaxes(type="log", title="likes lost", dtick=1)
    return figure.update_layout(height=HEIGHT, margin={"l": 0, "r": 0, "t": 8, "b": 0})


def settling(table: pd.DataFrame) -> go.Figure:
    """The expected rate of an item over its showings, with its 80 % interval; ``predicted`` is a
    line of its own. ``table``: index showings, columns rate, low, high, predicted."""
    colour = COLOURS["blue"]
    band = [*table["high"], *table["low"][::-1]]
    figure = go.Figure()
    figure.add_scatter(
        x=[*table.index, *table.index[::-1]],
        y=band,
        mode="lines",
        fill="toself",
        fillcolor=f"{colour}33",
        line={"width": 0},
        hoverinfo="skip",
        name="80 % interval",
    )
    figure.add_scatter(
        x=table.index,
        y=table["rate"],
        name="expected by then",
        mode="lines",
        line={"color": colour},
        hovertemplate="%{y:.0%} after %{x} showings<extra></extra>",
    )
    figure.add_scatter(
        x=table.index,
        y=table["predicted"],
        name="predicted",
        mode="lines",
        line={"color": COLOURS["gray"], "dash": "dash"},
        hovertemplate="predicted: %{y:.0%}<extra></extra>",
    )
    step = max(int(table.index.max()) // MOST_TICKS, 1)
    figure.update_xaxes(title="times shown", rangemode="tozero", dtick=step)
    figure.update_yaxes(title="who likes it", tickformat=".0%", rangemode="tozero")
    return figure.update_layout(height=HEIGHT, margin={"l": 0, "r": 0, "t": 8, "b": 0})
