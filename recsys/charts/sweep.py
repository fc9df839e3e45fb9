"""Quality against weights, and against sameness: frames to Plotly figures."""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS

HERE = "you are here"
"""What marks the setting that stands now."""

HEIGHT = 400
"""Of a figure, in pixels."""

RING = {"size": 20, "color": "rgba(0,0,0,0)", "line": {"width": 3, "color": COLOURS["red"]}}
"""The marker around it."""


def along(curve: pd.DataFrame, here: float, control: str) -> go.Figure:
    """NDCG@10 along a control: a line in the band of its interval, and where it stands now.

    ``curve``: index the control's values; mean, low, high.
    """
    x = curve.index.tolist()
    band = go.Scatter(
        x=[*x, *x[::-1]],
        y=[*curve["high"], *curve["low"][::-1]],
        fill="toself",
        fillcolor="rgba(12, 102, 244, 0.18)",
        line={"width": 0},
        hoverinfo="skip",
        name="95 % interval",
    )
    line = go.Scatter(
        x=x,
        y=curve["mean"],
        mode="lines+markers",
        line={"color": COLOURS["blue"], "width": 2.5},
        marker_size=6,
        customdata=curve[["low", "high"]],
        hovertemplate=f"{escape(control)} %{{x:.2f}}: %{{y:.3f}}"
        " (%{customdata[0]:.3f} to %{customdata[1]:.3f})<extra></extra>",
        name="mean",
    )
    figure = go.Figure([band, line])
    figure.add_vline(x=here, line_dash="dash", line_color=COLOURS["red"], annotation_text=HERE,
                     annotation_font_color=COLOURS["red"])  # fmt: skip
    return _finished(figure, escape(control), "NDCG@10 on the judged tastes")


def ternary(
    points: Sequence[tuple[float, ...]],
    worth: np.ndarray,
    here: tuple[float, ...],
    titles: Sequence[str],
) -> go.Figure:
    """A triangle: each corner is one signal alone, each point a share of three, its colour NDCG."""
    a, b, c = zip(*points, strict=True)
    names = [escape(title) for title in titles]
    shares = [f"{name} %{{{axis}:.0%}}" for name, axis in zip(names, "abc", strict=True)]
    hover = "<br>".join(shares)
    figure = go.Figure(
        go.Scatterternary(
            a=a,
            b=b,
            c=c,
            mode="markers",
            marker={
                "size": 15,
                "color": worth,
                "colorscale": "Cividis",
                "line": {"width": 0.5, "color": COLOURS["gray"]},
                "colorbar": {
                    "title": {"text": "NDCG@10", "side": "top"},
                    "orientation": "h",
                    "y": -0.12,
                    "yanchor": "top",
                    "thickness": 10,
                    "len": 0.7,
                    "tickformat": ".2f",
                },
            },
            customdata=worth,
            showlegend=False,
            hovertemplate=f"{hover}<br>NDCG@10 %{{customdata:.3f}}<extra></extra>",
            cliponaxis=False,
        )
    )
    figure.add_scatterternary(
        a=here[:1], b=here[1:2], c=here[2:], mode="markers", marker=RING, name=HERE,
        showlegend=True, hoverinfo="skip", cliponaxis=False,
    )  # fmt: skip
    # A corner's name stands clear of the corner's point.
    corners = [f"{names[0]}<br> ", *(f"<br>{name}" for name in names[1:])]
    axis = {"showticklabels": False, "ticks": "", "gridcolor": "rgba(128,136,144,0.3)",
            "linecolor": "rgba(128,136,144,0.6)"}  # fmt: skip
    figure.update_layout(
        height=HEIGHT + 40,
        margin={"l": 50, "r": 50, "t": 50, "b": 20},
        legend={"x": 0, "y": 1.12, "itemclick": False, "title": None},
        ternary={
            "sum": 1,
            "bgcolor": "rgba(0,0,0,0)",
            **{
                f"{letter}axis": {**axis, "title": {"text": text, "font": {"size": 13}}}
                for letter, text in zip("abc", corners, strict=True)
            },
        },
    )
    return figure


def trade_off(table: pd.DataFrame, here: int, control: str, up: str) -> go.Figure:
    """Personal against good: mean overlap of two top tens against ``up``, a column of ``table``.

    ``table``: index the control's values; overlap, popular, ndcg. A point's colour is the share of
    places that goes to the most liked.
    """
    labels: Mapping[str, str] = {
        "ndcg": "NDCG@10 on the judged tastes",
        "popular": "share of the most liked",
    }
    ends = [""] * len(table)
    for position in (0, -1):  # the first and the last are named
        ends[position] = f"{table.index[position]:g}"
    figure = go.Figure(
        go.Scatter(
            x=table["overlap"],
            y=table[up],
            showlegend=False,
            mode="lines+markers+text",
            line={"color": COLOURS["gray"], "width": 1.5},
            marker={
                "size": 14,
                "color": table["popular"],
                "colorscale": "Cividis",
                "line": {"width": 0.5, "color": COLOURS["gray"]},
                "colorbar": {
                    "title": "most liked fill", "thickness": 12, "len": 0.9, "tickformat": ".0%",
                },
            },
            text=ends,
            textposition="bottom center",
            cliponaxis=False,
            customdata=table.reset_index().to_numpy(),
            hovertemplate=f"{escape(control)} %{{customdata[0]:.2f}}<br>overlap %{{x:.3f}}"
            "<br>most liked %{customdata[2]:.0%}<br>NDCG@10 %{customdata[3]:.3f}<extra></extra>",
        )
    )  # fmt: skip
    point = table.iloc[here]
    figure.add_scatter(
        x=[point["overlap"]], y=[point[up]], mode="markers", marker=RING, name=HERE,
        showlegend=True, hoverinfo="skip", cliponaxis=False,
    )  # fmt: skip
    figure = _finished(figure, "overlap of two tastes' top tens (left is more personal)",
                       labels[up])  # fmt: skip
    figure.update_layout(xaxis={"rangemode": "tozero"})
    return figure


def _finished(figure: go.Figure, across: str, up: str) -> go.Figure:
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 10, "t": 24, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "title": None},
        hoverlabel={"namelength": -1},
        dragmode=False,
    )
    figure.update_xaxes(title=across, fixedrange=True)
    figure.update_yaxes(title=up, fixedrange=True)
    return figure
