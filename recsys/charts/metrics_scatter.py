"""Metric against metric: a dot a strategy, as a Plotly figure."""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import shorten

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.metrics import DEFAULT_LOOK, LOOKS, NOT_TESTED, TEXT, bars, finished, see_through

LETTER_WIDTH = 0.025
"""Room that a letter of a label takes in the scatter, as a part of its width."""

LINE_HEIGHT = 0.06
"""Room that a line of a label takes in the scatter, as a part of its height."""


def against(
    figures: pd.DataFrame, looks: Mapping[str, str], opens: Sequence[str], labels: tuple[str, str]
) -> go.Figure:
    """Metric against metric: a dot a strategy, hollow where it is not in ``opens``.

    ``figures``: index name; x, x_low, x_high, y, y_low, y_high. A dot's ``customdata`` begins with
    its name. Of dots close to each other, one is labelled.
    """
    figures = figures.dropna(subset=["x", "y"])
    # Who can be opened comes first, so that the legend shows a full dot; the default leads all.
    ahead = [(looks.get(name) != DEFAULT_LOOK, name not in opens) for name in figures.index]
    figures = figures.iloc[sorted(range(len(figures)), key=ahead.__getitem__)]
    named = _apart(figures)
    figure = go.Figure()
    for look, (colour, mark, size, _) in LOOKS.items():
        part = figures[[looks.get(name, NOT_TESTED) == look for name in figures.index]]
        if part.empty:
            continue
        pale = see_through(colour, ".4")
        figure.add_scatter(
            x=part["x"],
            y=part["y"],
            error_x=bars(_axis(part, "x"), pale, 1),
            error_y=bars(_axis(part, "y"), pale, 1),
            mode="markers+text",
            text=part.index.map(_short).where(part.index.isin(named), ""),
            textposition=np.where(_right(part, figures), "top left", "top right"),
            textfont={"size": TEXT},
            marker={
                "color": colour,
                "symbol": np.where(part.index.isin(opens), mark, f"{mark}-open"),
                "size": size,
                "line": {"width": 2, "color": colour},
            },
            customdata=[[name, escape(name), _click(name in opens)] for name in part.index],
            hovertemplate=f"<b>%{{customdata[1]}}</b><br>{escape(labels[0])} %{{x:.3f}}<br>"
            f"{escape(labels[1])} %{{y:.3f}}<br>%{{customdata[2]}}<extra></extra>",
            cliponaxis=False,
            name=look,
            showlegend=False,
            unselected={"marker": {"opacity": 1}},
        )
    figure = finished(figure, escape(labels[0]), escape(labels[1]), 440)
    figure.update_layout(clickmode="event+select")
    return figure


def _axis(part: pd.DataFrame, axis: str) -> pd.DataFrame:
    named = {axis: "mean", f"{axis}_low": "low", f"{axis}_high": "high"}
    return part[list(named)].rename(columns=named)


def _click(opens: bool) -> str:
    return "click to open in Compare" if opens else "only here"


def _apart(figures: pd.DataFrame) -> set[str]:
    """The names whose labels would not lie on another's, taken from the first on."""
    x, y = figures["x"].to_numpy(), figures["y"].to_numpy()
    wide, high = max(np.ptp(x), 1e-9), max(np.ptp(y), 1e-9)
    taken: list[tuple[float, float, float]] = []
    named = set()
    for name, right, across, up in zip(
        figures.index, _right(figures, figures), x / wide, y / high, strict=True
    ):
        length = LETTER_WIDTH * len(_short(name))
        start = across - length if right else across
        clear = all(
            abs(up - other) > LINE_HEIGHT or start > end or begin > start + length
            for begin, end, other in taken
        )
        if clear:
            taken.append((start, start + length, up))
            named.add(name)
    return named


def _right(part: pd.DataFrame, whole: pd.DataFrame) -> list[bool]:
    """Whether each dot lies in the right half, so that its label fits to its left."""
    middle = (whole["x"].max() + whole["x"].min()) / 2
    return (part["x"] > middle).tolist()


def _short(name: str) -> str:
    return escape(shorten(name, 30, placeholder="…"))
