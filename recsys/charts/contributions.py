"""Frames to Plotly figures."""

from collections.abc import Mapping
from html import escape
from itertools import cycle

import pandas as pd
import plotly.graph_objects as go

COLOURS = {
    "blue": "#1f78c8",
    "orange": "#e08a00",
    "green": "#12a07a",
    "violet": "#c26aa6",
    "red": "#d4552a",
    "yellow": "#9c8500",
    "gray": "#808890",
}
"""One a signal, in the order of the signals' names, on every page: they read on light and on dark
and for the colour-blind (after Okabe & Ito 2008). The theme's text colours have the same names."""


def span(contributions: pd.DataFrame) -> tuple[float, float]:
    """The x range, in score units, on which every row of ``contributions`` can be compared."""
    low = contributions.clip(upper=0).sum(axis=1).min()
    high = contributions.clip(lower=0).sum(axis=1).max()
    margin = 0.02 * max(high - low, 1e-9)
    return float(low - margin), float(high + margin)


def contribution_bar(
    contributions: pd.Series, titles: Mapping[str, str], across: tuple[float, float]
) -> go.Figure:
    """One stacked bar: the parts of an item's score, those below zero to the left.

    ``titles`` names each signal; ``across`` is the range from ``span``.
    """
    figure = go.Figure(
        [
            go.Bar(
                x=[value],
                y=[""],
                orientation="h",
                name=titles[name],
                marker_color=colour,
                hovertemplate=f"{titles[name]}: %{{x:+.2f}}<extra></extra>",
            )
            for (name, value), colour in zip(contributions.items(), cycle(COLOURS.values()))
        ]
    )
    figure.add_vline(x=0, line_width=1, line_color="gray")
    figure.update_layout(
        barmode="relative",
        height=28,
        margin={"l": 0, "r": 0, "t": 2, "b": 2, "pad": 0},
        showlegend=False,
        xaxis={"range": across, "visible": False, "fixedrange": True},
        yaxis={"visible": False, "fixedrange": True},
        hoverlabel={"namelength": -1},
    )
    return figure


def contribution_pair(
    parts: pd.DataFrame, titles: Mapping[str, str], names: tuple[str, str]
) -> go.Figure:
    """Two bars a signal, side by side: the contributions to two items.

    ``parts``: index signal, one column an item; ``titles`` names each signal, ``names`` each item.
    The first item is drawn solid, the second pale.
    """
    labels = [titles[str(name)] for name in parts.index]
    colours = [colour for _, colour in zip(parts.index, cycle(COLOURS.values()))]
    figure = go.Figure(
        [
            go.Bar(
                x=parts[column],
                y=labels,
                orientation="h",
                name=escape(name),
                marker={
                    "color": colours,
                    "opacity": opacity,
                    "line": {"color": colours, "width": 1},
                },
                hovertemplate=f"{escape(name)}<br>%{{y}}: %{{x:+.2f}}<extra></extra>",
            )
            for column, name, opacity in zip(parts.columns, names, (1, 0.4), strict=True)
        ]
    )
    figure.add_vline(x=0, line_width=1, line_color="gray")
    figure.update_layout(
        barmode="group",
        height=60 + 46 * len(parts),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        xaxis={"title": "Contribution to the score", "fixedrange": True, "zeroline": False},
        yaxis={"autorange": "reversed", "fixedrange": True},
        hoverlabel={"namelength": -1},
    )
    return figure
