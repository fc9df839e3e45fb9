"""A landing in small: what it is and who would like it, as Plotly figures of a given height."""

from html import escape
from textwrap import shorten
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS

ROWS = 8
"""Lines of a small picture of what it is."""

PER_RELATION = 3
"""At most so many of one relation."""

GROUPS = 5
"""Groups in a small picture of who would like it."""

LETTERS = 24
"""Of a name; the hover has the whole."""

BESIDE_ATTRIBUTE, BESIDE_SEGMENT = 48, 88
"""Pixels right of the bars, for what is written there."""

SURE, PERHAPS, PALE = 1.0, 0.6, 0.3
"""Opacity of what is likely or in the text, of what is perhaps, and of the rest."""


def opacity(line: Any) -> float:
    """How solid an attribute is drawn: likely and named, predicted, or only listed."""
    if line.likely or line.named:
        return SURE
    return PERHAPS if line.predicted else PALE


def chosen(frame: pd.DataFrame) -> pd.DataFrame:
    """The lines of ``frame`` (relation, probability, predicted, likely, named) for a small picture:
    of each relation the surest, a relation after the other."""
    surest = frame.assign(said=frame["likely"] | frame["named"])
    order = surest.sort_values(["said", "probability"], ascending=False, kind="stable")
    order = order[order["predicted"] | order["said"]]
    order = order[order.groupby("relation").cumcount() < PER_RELATION].head(ROWS)
    relations = list(dict.fromkeys(frame["relation"]))
    return order.sort_values("relation", key=lambda name: name.map(relations.index), kind="stable")


def attributes_in_small(frame: pd.DataFrame, height: int, ink: str) -> go.Figure:
    """Bars of probability, each with its relation; the dotted line is what a person calls likely.

    ``frame``: relation, name, probability, predicted, likely, named; ``height`` in pixels; ``ink``
    is the colour of text in the theme.
    """
    lines = list(chosen(frame).itertuples())
    labels = [
        f"{escape(shorten(line.name, LETTERS, placeholder='…'))}"
        f"<span style='font-size:12px'> {escape(line.relation)}</span>"
        for line in lines
    ]
    figure = go.Figure(
        go.Bar(
            x=[line.probability for line in lines],
            y=list(range(len(lines))),
            orientation="h",
            width=0.55,
            marker_color=COLOURS["blue"],
            marker_opacity=[opacity(line) for line in lines],
            marker_line_width=0,
            hovertext=[_hover(line) for line in lines],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.add_vline(x=0.5, line_width=1, line_dash="dot", line_color="gray", layer="below")
    for place, line in enumerate(lines):
        said = f"{line.probability:.0%}{' ”' if line.named else ''}"
        _write_beside(figure, place, said, ink)
    return _rows(figure, labels, [0, 1], height, BESIDE_ATTRIBUTE, ink)


def segments_in_small(frame: pd.DataFrame, height: int, ink: str) -> go.Figure:
    """The first groups: the share that would like it, with its interval, under each name.

    ``frame``: name, users, rate, lift, low, high; in this order, from the top;
    ``height`` and ``ink`` as above.
    """
    shown = frame.head(GROUPS)
    lines = list(shown.itertuples())
    figure = go.Figure(
        go.Bar(
            x=shown["rate"],
            y=list(range(len(lines))),
            orientation="h",
            width=0.3,
            offset=0.08,
            marker_color=COLOURS["green"],
            marker_opacity=[SURE if line.lift > 1 else PALE for line in lines],
            marker_line_width=0,
            error_x={
                "type": "data",
                "array": (shown["high"] - shown["rate"]).clip(lower=0),
                "arrayminus": (shown["rate"] - shown["low"]).clip(lower=0),
                "thickness": 1.5,
                "width": 3,
                "color": COLOURS["gray"],
            },
            hovertemplate=[
                f"{escape(line.name)}: {line.rate:.1%} [{line.low:.1%} to {line.high:.1%}]"
                "<extra></extra>"
                for line in lines
            ],
        )
    )
    most = max(float(shown["high"].max()), 0.02)
    for place, line in enumerate(lines):
        figure.add_annotation(
            x=0,
            y=place - 0.02,
            xanchor="left",
            yanchor="bottom",
            text=escape(shorten(line.name, 26, placeholder="…")),
            showarrow=False,
            font={"size": 14, "color": ink},
        )
        _write_beside(figure, place + 0.23, f"{line.rate:.0%} · ×{line.lift:.1f}", ink)
    return _rows(figure, [""] * len(lines), [0, most * 1.02], height, BESIDE_SEGMENT, ink)


def _hover(line: Any) -> str:
    said = " · in the text's own words" if line.named else ""
    return f"{escape(line.relation)}: {escape(line.name)}, {line.probability:.0%}{said}"


def _write_beside(figure: go.Figure, y: float, text: str, ink: str) -> None:
    """Right of the bars, where no bar can reach on however narrow a screen."""
    figure.add_annotation(
        xref="paper",
        x=1,
        y=y,
        xanchor="left",
        yanchor="middle",
        text=text,
        showarrow=False,
        font={"size": 14, "color": ink},
    )


def _rows(
    figure: go.Figure,
    labels: list[str],
    across: list[float],
    height: int,
    beside: int,
    ink: str,
) -> go.Figure:
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": beside, "t": 0, "b": 0},
        minreducedwidth=24,  # else a narrow screen cuts the names
        showlegend=False,
        hoverlabel={"namelength": -1, "align": "left"},
        dragmode=False,
        xaxis={"range": across, "visible": False, "fixedrange": True, "zeroline": False},
        yaxis={
            "tickvals": list(range(len(labels))),
            "ticktext": labels,
            "tickfont": {"size": 14, "color": ink},
            "range": [len(labels) - 0.45, -0.55],
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
    )
    return figure
