"""The map of a catalogue with a new item on it, as a Plotly figure."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS, TOPICS

MANY = 2_000
"""From so many items on, dots are smaller."""


def landscape(
    points: np.ndarray,
    topics: Sequence[str],
    titles: Sequence[str],
    neighbours: Sequence[int],
    point: np.ndarray,
    ink: str,
) -> go.Figure:
    """The map of the catalogue: its items pale, the ``neighbours`` (rows) ringed, the new a star.

    ``points`` (n, 2), NaN for an item that is not on it; ``topics`` (n,) the name that colours
    each, "" for none of them; ``point`` (2,); ``ink`` is the colour of text in the theme.
    """
    figure = go.Figure()
    names = np.asarray(titles, dtype=object)
    kinds = np.asarray(topics, dtype=object)
    colours = [COLOURS["gray"], *TOPICS]
    for topic, colour in zip(_shown_topics(kinds), colours, strict=False):
        rows = np.flatnonzero((kinds == topic) & np.isfinite(points[:, 0]))
        figure.add_scattergl(
            x=points[rows, 0],
            y=points[rows, 1],
            mode="markers",
            name=escape(topic) or "other",
            marker={
                "size": 5 if len(points) < MANY else 3,
                "color": colour,
                "opacity": 0.6,
            },
            **_hover(names[rows]),
        )
    near = np.asarray(neighbours, dtype=np.int64)
    figure.add_scattergl(
        x=points[near, 0],
        y=points[near, 1],
        mode="markers",
        name="neighbours",
        marker={"size": 11, "symbol": "circle-open", "color": ink, "line": {"width": 2}},
        **_hover(names[near]),
    )
    figure.add_scattergl(
        x=[point[0]],
        y=[point[1]],
        mode="markers",
        name="the new one",
        marker={
            "size": 20,
            "symbol": "star",
            "color": COLOURS["red"],
            "line": {"width": 1.5, "color": ink},
        },
        hovertemplate="the new one<extra></extra>",
    )
    hidden = {"visible": False}
    figure.update_layout(
        height=460,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=hidden,
        yaxis={**hidden, "scaleanchor": "x"},
        legend={"orientation": "h", "y": 0, "yanchor": "top", "title": None},
        hoverlabel={"namelength": -1},
        dragmode=False,
    )
    return figure


def landscape_in_small(
    points: np.ndarray,
    titles: Sequence[str],
    neighbours: Sequence[int],
    point: np.ndarray,
    ink: str,
    height: int,
) -> go.Figure:
    """The same without colours and legend; the first neighbours have their number.

    ``points`` (n, 2), ``point`` (2,), ``ink`` as for the ``landscape``; ``height`` in pixels.
    """
    figure = landscape(points, [""] * len(titles), titles, neighbours, point, ink)
    near = np.asarray(neighbours, dtype=np.int64)
    figure.data[0].marker.opacity = 0.35
    figure.data[1].update(
        mode="markers+text",
        text=[str(place) for place in range(1, len(near) + 1)],
        textposition="top center",
        textfont={"size": 14, "color": ink},
    )
    # The star stands where one of the nearest does: that one's ring and number go on top.
    figure.data[2].marker.size = 17
    figure.data = (figure.data[0], figure.data[2], figure.data[1])
    figure.update_layout(height=height, showlegend=False)
    return figure


def _hover(titles: Sequence[str] | np.ndarray) -> dict[str, Any]:
    return {
        "customdata": [escape(title) for title in titles],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _shown_topics(kinds: np.ndarray) -> list[str]:
    """What has no topic, then the topics, the most frequent first."""
    counted = pd.Series(kinds[kinds != ""]).value_counts()
    return ["", *counted.index]
