"""Where a new item would stand in people's lists: shares of places, and a Plotly figure."""

from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS

PER_DECADE = 3
"""Bars from one place to ten times as far: equal steps of a logarithmic scale."""


def place_bins(n_candidates: int) -> list[tuple[int, int]]:
    """First and last place of each bar, each reaching 2.15 times as far as the one before.

    Ten and a hundred end a bar; the last one ends with the list, of ``n_candidates`` + 1.

    >>> place_bins(60)
    [(1, 2), (3, 4), (5, 10), (11, 21), (22, 46), (47, 61)]
    """
    last = n_candidates + 1
    steps = np.arange(1, PER_DECADE * len(str(last)) + 1)
    reached = np.floor(10 ** (steps / PER_DECADE) + 1e-9).astype(int).tolist()
    ends = [end for end in reached if end < last] + [last]
    return list(zip([1, *(end + 1 for end in ends)], ends, strict=False))


def place_shares(places: np.ndarray, n_candidates: int) -> pd.Series:
    """The share of ``places`` (m,) in each of the ``place_bins``, by its name."""
    bins = place_bins(n_candidates)
    counts, _ = np.histogram(places, [first for first, _ in bins] + [n_candidates + 2])
    return pd.Series(counts / max(len(places), 1), index=_names(bins))


def chance_shares(candidates: np.ndarray, n_candidates: int) -> pd.Series:
    """The share that each of the ``place_bins`` would have by chance, of people whose lists have so
    many other items, ``candidates`` (m,).

    >>> chance_shares(np.array([9]), 9).round(2).tolist()
    [0.2, 0.2, 0.6]
    """
    length = candidates + 1
    shares = []
    for first, last in place_bins(n_candidates):
        within = np.clip(np.minimum(last, length) - first + 1, 0, None)
        shares.append(float((within / length).mean()))
    return pd.Series(shares, index=_names(place_bins(n_candidates)))


def places(
    chosen: np.ndarray, everyone: np.ndarray, candidates: np.ndarray, n_candidates: int, who: str
) -> go.Figure:
    """The places in the lists of the ``chosen`` people as bars; of ``everyone``, and what chance
    would give, as lines.

    Both are (m,) from 1; ``candidates`` (m,) are the other items in the lists of the chosen. The
    bar that holds the median of the chosen stands out.
    """
    shares = place_shares(chosen, n_candidates)
    ends = np.array([last for _, last in place_bins(n_candidates)])
    middle = int(np.searchsorted(ends, np.median(chosen)))
    colours = [COLOURS["orange"] if i == middle else COLOURS["blue"] for i in range(len(shares))]
    figure = go.Figure(
        go.Bar(
            x=shares.index,
            y=shares,
            name=escape(who),
            marker_color=colours,
            marker_line_width=0,
            hovertemplate=f"place %{{x}}: %{{y:.1%}} of {escape(who)}<extra></extra>",
        )
    )
    if len(chosen) != len(everyone):
        everybody = place_shares(everyone, n_candidates)
        _add_line(figure, everybody, "everyone", COLOURS["green"], "dot")
    chance = chance_shares(candidates, n_candidates)
    _add_line(figure, chance, "by chance", COLOURS["gray"], "dash")
    figure.add_annotation(
        x=shares.index[middle],
        y=float(shares.iloc[middle]),
        yanchor="bottom",
        text=f"median: {np.median(chosen):,.0f}",
        showarrow=False,
        font={"color": COLOURS["orange"], "size": 14},
    )
    figure.update_layout(
        height=320,
        margin={"l": 0, "r": 10, "t": 24, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "title": None},
        bargap=0.12,
        hoverlabel={"namelength": -1},
        dragmode=False,
        font_size=14,
        xaxis={
            "title": f"its place of {n_candidates + 1:,}; each bar reaches 2.15 times as far",
            "type": "category",
            "tickangle": 0,
            "tickfont_size": 12,
            "fixedrange": True,
        },
        yaxis={"title": "share of people", "tickformat": ".0%", "fixedrange": True},
    )
    return figure


def _add_line(figure: go.Figure, shares: pd.Series, name: str, colour: str, dash: str) -> None:
    figure.add_scatter(
        x=shares.index,
        y=shares,
        name=name,
        mode="lines+markers",
        line={"color": colour, "width": 2, "dash": dash},
        hovertemplate=f"place %{{x}}: %{{y:.1%}} {name}<extra></extra>",
    )


def _names(bins: list[tuple[int, int]]) -> list[str]:
    return [f"{a:,}" if a == b else f"{a:,}\N{EN DASH}{b:,}" for a, b in bins]
