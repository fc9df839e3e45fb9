"""Experiments as they are watched, and what another strategy would be worth: frames to Figures."""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS

HUES = ("blue", "orange", "violet")
"""Of the strategies that are compared with the first; the kind of line tells them apart, too."""

DASHES = ("solid", "dash", "dot")

HEIGHT = 290
"""In pixels."""

MOST_LETTERS = 24
"""Of what a person said, beside their bars."""


def closing(seen: pd.DataFrame, visitors: int, unit: str) -> go.Figure:
    """The difference to the first strategy with its interval, look by look, around a line at 0.

    ``seen``: strategy, visitors; difference, low, high of a hundred visitors. The axis runs to
    ``visitors``, so that it stays where it is while the interval closes.
    """
    figure = go.Figure()
    for (name, own), hue, dash in zip(
        seen.groupby("strategy", sort=False), HUES, DASHES, strict=False
    ):
        _add_band(figure, own.dropna(), escape(str(name)), COLOURS[hue], dash)
    figure.add_hline(y=0, line_width=1, line_color=COLOURS["gray"])
    return _finished(figure, visitors, unit, 20)


def leaning(duel: pd.DataFrame, visitors: int) -> go.Figure:
    """The share of visitors who prefer the second strategy, with its interval, around one half.

    ``duel``: visitors; share, low, high of a hundred.
    """
    figure = go.Figure()
    own = duel.rename(columns={"share": "difference"})
    _add_band(figure, own.dropna(), "interleaved", COLOURS["blue"], "solid")
    figure.add_hline(y=50, line_width=1, line_color=COLOURS["gray"])
    figure = _finished(figure, visitors, "of 100 who prefer one, the second", 50)
    return figure.update_yaxes(range=[0, 100])


def worth(estimates: pd.DataFrame, marks: Mapping[str, float]) -> go.Figure:
    """Estimates with their intervals, a line each from the top, and values known as lines across.

    ``estimates``: index their names; value, low, high. ``marks``: what is said of a value -> it.
    """
    names: Sequence[str] = [escape(str(name)) for name in estimates.index]
    figure = go.Figure(
        go.Scatter(
            x=estimates["value"],
            y=names,
            mode="markers",
            error_x={
                "type": "data",
                "symmetric": False,
                "array": estimates["high"] - estimates["value"],
                "arrayminus": estimates["value"] - estimates["low"],
                "color": COLOURS["blue"],
            },
            marker={"size": 12, "color": COLOURS["blue"]},
            hovertemplate="%{y}: %{x:.3f}<extra></extra>",
            showlegend=False,
        )
    )
    for (said, value), dash in zip(marks.items(), DASHES, strict=False):
        figure.add_scatter(
            x=[value, value],
            y=[names[0], names[-1]],
            mode="lines",
            line={"color": COLOURS["gray"], "dash": dash, "width": 2},
            name=f"{escape(said)}: {value:.3f}",
            hoverinfo="skip",
        )
    figure.update_yaxes(autorange="reversed", fixedrange=True)
    figure.update_xaxes(title="likes a visitor", rangemode="tozero", fixedrange=True)
    return _framed(figure)


def portions(gets: pd.DataFrame) -> go.Figure:
    """What each person gets by each rule, over what their own list gives: a bar each.

    ``gets``: index what each person said; a column a rule, from 0 to 1.
    """
    figure = go.Figure()
    names = [escape(_short(str(name))) for name in gets.index]
    for rule, hue in zip(gets, HUES, strict=False):
        figure.add_bar(
            y=names,
            x=gets[rule],
            orientation="h",
            name=str(rule),
            marker_color=COLOURS[hue],
            hovertemplate=f"%{{y}}, {rule}: %{{x:.0%}}<extra></extra>",
        )
    figure.update_yaxes(autorange="reversed", fixedrange=True)
    figure.update_xaxes(range=[0, 1], tickformat=".0%", fixedrange=True)
    figure = _framed(figure)
    return figure.update_layout(barmode="group", height=max(HEIGHT, 70 * len(gets)))


def _short(name: str) -> str:
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"


def _add_band(figure: go.Figure, own: pd.DataFrame, name: str, colour: str, dash: str) -> None:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    x = own["visitors"].to_numpy()
    figure.add_scatter(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([own["high"], own["low"][::-1]]),
        fill="toself",
        fillcolor=f"rgba({red}, {green}, {blue}, 0.18)",
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=x,
        y=own["difference"],
        mode="lines",
        line={"color": colour, "dash": dash, "width": 2.5},
        customdata=own[["low", "high"]],
        hovertemplate=f"{name} after %{{x:,}}: %{{y:.1f}}"
        " (%{customdata[0]:.1f} to %{customdata[1]:.1f})<extra></extra>",
        name=name,
    )


def _finished(figure: go.Figure, visitors: int, unit: str, reach: float) -> go.Figure:
    figure.update_xaxes(title="visitors", range=[0, visitors], tickformat=",", fixedrange=True)
    figure.update_yaxes(title=unit, range=[-reach, reach], fixedrange=True)
    return _framed(figure)


def _framed(figure: go.Figure) -> go.Figure:
    return figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 10, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
        dragmode=False,
    )
