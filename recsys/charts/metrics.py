"""How sure and for whom: frames of a report to Plotly figures."""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import BAD, COLOURS, GOOD

BLUE = COLOURS["blue"]
"""The usual."""

GREEN = GOOD
"""Better."""

AMBER = COLOURS["orange"]
"""Not clear; and what the usual is held against."""

GREY = COLOURS["gray"]
"""Worse, and lines that only help to read."""

RED = BAD
"""Who loses."""

DEFAULT_LOOK = "the usual"
NOT_TESTED = "not compared"
LOOKS = {
    DEFAULT_LOOK: (BLUE, "diamond", 13, "◆"),
    "clearly better": (GREEN, "triangle-up", 12, "▲"),
    "not clearly different": (AMBER, "circle", 10, "●"),
    "clearly worse": (GREY, "triangle-down", 11, "▼"),
    NOT_TESTED: (GREY, "square", 9, "■"),
}
"""How a strategy stands to the default: colour, mark, its size, and what stands for it in text.

No figure has a legend of it: in text it has room on any screen.
"""

TEXT = 14
"""Size of the names beside a chart, in pixels."""

ROW = 22
"""Height of a strategy, in pixels."""

HEIGHT = 300
"""Of the charts that stand beside the strategies on the first screen, in pixels."""


def forest(
    figures: pd.DataFrame, looks: Mapping[str, str], said: Mapping[str, str], label: str
) -> go.Figure:
    """A dot with its interval for each strategy, in the order of the frame from the top.

    ``figures``: index the names to show; mean, low, high. ``looks``: name -> one of LOOKS;
    ``said``: name -> what a hover says of it beside its figures.
    """
    figure = go.Figure()
    for look, (colour, mark, size, _) in LOOKS.items():
        part = figures[[looks.get(name, NOT_TESTED) == look for name in figures.index]]
        if part.empty:
            continue
        figure.add_scatter(
            x=part["mean"],
            y=[escape(name) for name in part.index],
            error_x=bars(part, colour),
            mode="markers",
            marker={"color": colour, "symbol": mark, "size": size},
            customdata=[
                [low, high, escape(said.get(name, ""))]
                for name, low, high in part[["low", "high"]].itertuples()
            ],
            hovertemplate="%{y}: %{x:.3f} (%{customdata[0]:.3f} to %{customdata[1]:.3f})"
            "<br>%{customdata[2]}<extra></extra>",
            name=look,
            showlegend=False,
        )
    names = [escape(name) for name in figures.index]
    figure = finished(figure, escape(label), None, max(56 + ROW * len(figures), 200))
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], automargin=True, dtick=1)
    return figure


def learning_curve(curve: pd.DataFrame, worth: float, label: str) -> go.Figure:
    """The learning curve over known likes, with the text and without.

    A dotted line leads from the text alone to the number of likes that it is ``worth``, if any.
    ``curve``: likes, text, mean, low, high.
    """
    figure = go.Figure()
    for text, colour, name in ((True, BLUE, "with the text"), (False, AMBER, "likes alone")):
        part = curve[curve["text"] == text].sort_values("likes")
        figure.add_scatter(
            x=[*part["likes"], *part["likes"][::-1]],
            y=[*part["high"], *part["low"][::-1]],
            mode="lines",
            fill="toself",
            fillcolor=see_through(colour, "0.16"),
            line={"width": 0},
            hoverinfo="skip",
            showlegend=False,
        )
        figure.add_scatter(
            x=part["likes"],
            y=part["mean"],
            mode="lines+markers",
            line={"color": colour, "width": 2.5},
            marker={"size": 9, "symbol": "circle" if text else "square"},
            customdata=part[["low", "high"]],
            hovertemplate=f"{name}, %{{x}} likes: %{{y:.3f}}"
            " (%{customdata[0]:.3f} to %{customdata[1]:.3f})<extra></extra>",
            name=name,
        )
    alone = curve.loc[curve["text"] & (curve["likes"] == 0), "mean"]
    if len(alone):
        level, end = float(alone.iloc[0]), float(curve["likes"].max())
        meets = min(worth, end)
        figure.add_scatter(
            x=[0, meets], y=[level, level], mode="lines", hoverinfo="skip", name="the text alone",
            line={"color": GREY, "dash": "dot", "width": 2},
        )  # fmt: skip
        if 0 < worth <= end:
            figure.add_annotation(x=meets, y=level, text=f"worth {worth:.1f} likes", ax=36, ay=36)
    figure = finished(figure, "likes known", escape(label), HEIGHT)
    figure.update_xaxes(tickvals=sorted(curve["likes"].unique()))
    return figure


def slices(parts: pd.DataFrame, names: Sequence[str], label: str) -> go.Figure:
    """Dots with intervals, a line a slice, the ``names`` of strategies one above the other.

    ``parts``: slice, n, strategy, mean, low, high.
    """
    order = list(dict.fromkeys(parts["slice"]))
    figure = go.Figure()
    for place, (name, colour, mark) in enumerate(
        zip(names, (BLUE, AMBER), ("diamond", "circle"), strict=True)
    ):
        part = parts[parts["strategy"] == name]
        lines = np.array([order.index(each) for each in part["slice"]])
        figure.add_scatter(
            x=part["mean"],
            y=lines + (0.14 if place else -0.14),
            error_x=bars(part, colour),
            mode="markers",
            marker={"color": colour, "symbol": mark, "size": 10},
            customdata=part[["low", "high", "n"]],
            hovertemplate="%{x:.3f} (%{customdata[0]:.3f} to %{customdata[1]:.3f}),"
            " n = %{customdata[2]:,}<extra></extra>",
            name=escape(name),
        )
    counts = parts.drop_duplicates("slice").set_index("slice")["n"]
    figure = finished(figure, escape(label), None, 110 + 46 * len(order))
    figure.update_yaxes(
        tickvals=list(range(len(order))),
        ticktext=[f"{escape(each)} (n = {counts[each]:,})" for each in order],
        range=[len(order) - 0.5, -0.5],
        automargin=True,
    )
    return figure


def gains(table: pd.DataFrame, mean: Mapping[str, float], label: str, who: str) -> go.Figure:
    """A bar for each user, who gains most first, and their mean with its interval.

    ``table``: index user, gain; ``mean``: mean, low, high of the gain; ``who`` they are.
    """
    gain = table["gain"]
    figure = go.Figure(
        go.Bar(
            x=list(range(1, len(table) + 1)),
            y=gain,
            marker={"color": np.where(gain >= 0, GREEN, RED), "line": {"width": 0}},
            customdata=[escape(str(user)) for user in table.index],
            hovertemplate="%{customdata}: %{y:+.3f}<extra></extra>",
            showlegend=False,
        )
    )
    said = "mean {mean:+.3f} ({low:+.3f} to {high:+.3f})".format(**mean).replace("-", "−")
    figure.add_hrect(
        y0=mean["low"], y1=mean["high"], line_width=0, fillcolor=see_through(BLUE, "0.25"),
        layer="above",
    )  # fmt: skip
    figure.add_hline(
        y=mean["mean"], line_dash="dot", line_color=BLUE, annotation_text=said,
        annotation_position="top right", annotation_font_size=TEXT,
    )  # fmt: skip
    figure.add_hline(y=0, line_width=1, line_color=GREY)
    across = f"{escape(who)}, who gains most first"
    return finished(figure, across, f"gain in {escape(label)}", HEIGHT)


def see_through(colour: str, opacity: str) -> str:
    """The colour with an opacity.

    >>> see_through("#1f78c8", "0.16")
    'rgba(31, 120, 200, 0.16)'
    """
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgba({red}, {green}, {blue}, {opacity})"


def bars(part: pd.DataFrame, colour: str, thickness: float = 2) -> dict[str, object]:
    """Error bars from low to high; none where they are unknown."""
    return {
        "type": "data",
        "array": (part["high"] - part["mean"]).fillna(0),
        "arrayminus": (part["mean"] - part["low"]).fillna(0),
        "color": colour,
        "thickness": thickness,
        "width": 0,
    }


def finished(figure: go.Figure, across: str, up: str | None, height: int) -> go.Figure:
    """The figure with what all of them have in common: its height, axes and legend."""
    legend = any(trace.showlegend is not False for trace in figure.data)
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 10, "t": 30 if legend else 6, "b": 0},
        font={"size": TEXT},
        legend={"orientation": "h", "xref": "container", "x": 0, "yref": "container", "y": 1,
                "yanchor": "top", "title": None, "itemclick": False, "itemdoubleclick": False,
                "font": {"size": TEXT}},
        hoverlabel={"namelength": -1},
        hovermode="closest",
        dragmode=False,
        bargap=0.1,
    )  # fmt: skip
    figure.update_xaxes(title=across, fixedrange=True, zeroline=False, tickfont_size=TEXT)
    figure.update_yaxes(title=up, fixedrange=True, zeroline=False, tickfont_size=TEXT)
    return figure
