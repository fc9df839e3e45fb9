"""Lists side by side: how they agree, and one item's parts in each; frames to Plotly figures."""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from recsys.charts.contributions import Part

BOTH_WAYS = [(0, "#e9a48f"), (0.5, "#eef1f3"), (1, "#8fbde6")]
"""From much of the opposite over next to nothing to much: dark words read on each."""

DARK = "#1d2730"
"""The words on BOTH_WAYS."""


def agreement(matrix: pd.DataFrame, names: Sequence[str]) -> go.Figure:
    """A square of ``names`` against ``names``, each cell Kendall's tau, from -1 to 1."""
    labels = ["<br>".join(map(escape, _lines_of(name, 12))) for name in names]
    figure = go.Figure(
        go.Heatmap(
            z=matrix.to_numpy(),
            x=list(range(len(labels))),
            y=list(range(len(labels))),
            zmin=-1,
            zmax=1,
            colorscale=BOTH_WAYS,
            showscale=False,
            xgap=3,
            ygap=3,
            texttemplate="%{z:.2f}",
            textfont={"size": 15, "color": DARK},
            customdata=[[f"{escape(a)} and {escape(b)}" for b in names] for a in names],
            hovertemplate="%{customdata}: tau %{z:.2f}<extra></extra>",
        )
    )
    ticks = {"tickvals": list(range(len(labels))), "ticktext": labels, "showgrid": False,
             "zeroline": False, "fixedrange": True}  # fmt: skip
    figure.update_layout(
        height=80 + 62 * len(labels),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={**ticks, "side": "top", "automargin": True, "tickangle": 0},
        yaxis={**ticks, "autorange": "reversed", "automargin": True},
        dragmode=False,
    )
    return figure


def side_by_side(
    contributions: pd.DataFrame, parts: Mapping[str, Part], names: Sequence[str]
) -> go.Figure:
    """Grouped bars: what each part adds to one item in each list, on one scale.

    ``contributions``: a row a list, in the order of ``names``, a column a part, in per cent of that
    list's best score; NaN where a list has no such part. ``parts`` says how each is drawn, and in
    which order.
    """
    labels = [escape(_short(name, 22)) for name in names]
    figure = go.Figure()
    for name, part in parts.items():
        if name in contributions:
            figure.add_bar(
                x=list(range(len(labels))),
                y=contributions[name],
                name=escape(part.title),
                marker={"color": part.hex, "pattern_shape": part.hatch},
                hovertemplate=f"{escape(part.title)}: %{{y:+.0f}} %<extra></extra>",
            )
    figure.add_hline(y=0, line_width=1, line_color="gray")
    figure.update_layout(
        barmode="group",
        height=340,
        margin={"l": 0, "r": 0, "t": 10, "b": 0},
        xaxis={"tickvals": list(range(len(labels))), "ticktext": labels, "fixedrange": True},
        yaxis={"title": "% of the list's best score", "fixedrange": True},
        legend={"orientation": "h", "y": -0.12, "yanchor": "top", "title": None},
        dragmode=False,
    )
    return figure


def _lines_of(text: str, letters: int) -> list[str]:
    """The text in at most two lines."""
    first, *rest = wrap(text, letters) or [""]
    return [first, _short(" ".join(rest), letters)] if rest else [first]


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"
