"""Where a new item would land: frames to Plotly figures."""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import shorten, wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import BAD, COLOURS, GOOD
from recsys.charts.new_item_pictures import PALE, SURE, opacity

ROW = 26
"""Height of a bar and the gap below it, in pixels."""

MIN_NAMES = 6
"""Of a relation, so many names are drawn, and all that are predicted."""

MAX_TITLES = 4
"""So many titles are named in a hover."""

LETTERS = 32
"""Letters in a line of a sentence beside its bar."""

NAME = 26
"""Letters in a line of a group's name."""


def attributes(frame: pd.DataFrame, titles: Sequence[str]) -> go.Figure:
    """Bars of probability, a group a relation, whose heading has the threshold of "perhaps".

    What is likely, beyond the dotted line, or in the text is solid, what is not even perhaps is
    pale. ``frame``: relation, name, threshold, probability, predicted, likely, named, neighbours
    (rows); ``titles`` names the rows.
    """
    labels: list[str] = []
    bars: list[Any] = []  # None where a heading stands
    for relation, group in frame.groupby("relation", sort=False):
        least = f"perhaps from {group['threshold'].iloc[0]:.0%}"
        labels.append(f"<b>{escape(str(relation).capitalize())}</b>, {least}")
        bars.append(None)
        for line in drawn(group).itertuples():
            labels.append(escape(shorten(line.name, 26, placeholder="…")))
            bars.append(line)
    places = [place for place, line in enumerate(bars) if line is not None]
    shown = [line for line in bars if line is not None]
    figure = go.Figure(
        go.Bar(
            x=[line.probability for line in shown],
            y=places,
            orientation="h",
            width=0.7,
            marker_color=COLOURS["blue"],
            marker_opacity=[opacity(line) for line in shown],
            marker_line_width=0,
            text=[_percent(line) for line in shown],
            textposition="outside",
            cliponaxis=False,
            customdata=[_named(line.neighbours, titles) for line in shown],
            hovertext=[escape(line.name) for line in shown],
            hovertemplate="%{hovertext}: %{x:.0%}<br>%{customdata}<extra></extra>",
        )
    )
    figure.add_vline(x=0.5, line_width=1, line_dash="dot", line_color="gray", layer="below")
    return _rows(figure, labels, [0, 1.35])


def drawn(group: pd.DataFrame) -> pd.DataFrame:
    """The lines of one relation that are drawn: what is said, and the likeliest."""
    first = np.arange(len(group)) < MIN_NAMES
    return group[first | (group["predicted"] | group["named"]).to_numpy(bool)]


def _percent(line: Any) -> str:
    return f"{line.probability:.0%}{' in its words' if line.named else ''}"


def segments(frame: pd.DataFrame) -> go.Figure:
    """A bar a segment: its lift, from 1, which is the average item; above it solid, below pale.

    ``frame``: name, users, expected, rate, lift, and low and high of the rate, which are drawn; in
    this order, from the top.
    """
    labels = [_two_lines(name, NAME) for name in frame["name"]]
    usual = frame["rate"] / frame["lift"].clip(lower=1e-9)  # of the average item
    ends = frame[["low", "high"]].div(usual.clip(lower=1e-9), axis=0)
    most = float(max(ends["high"].max(), 1.2))
    figure = go.Figure(
        go.Bar(
            x=frame["lift"],
            y=np.arange(len(frame)),
            orientation="h",
            width=0.7,
            marker_color=COLOURS["green"],
            marker_opacity=np.where(frame["lift"] > 1, SURE, PALE),
            marker_line_width=0,
            error_x={
                "type": "data",
                "array": (ends["high"] - frame["lift"]).clip(lower=0),
                "arrayminus": (frame["lift"] - ends["low"]).clip(lower=0),
                "thickness": 1.5,
                "width": 3,
                "color": COLOURS["gray"],
            },
            customdata=frame[["rate", "low", "high"]],
            hovertext=[escape(name) for name in frame["name"]],
            hovertemplate="%{hovertext}: %{customdata[0]:.1%} would like it"
            " (%{customdata[1]:.1%} to %{customdata[2]:.1%}),"
            " %{x:.2f} times the average item<extra></extra>",
        )
    )
    figure.add_scatter(
        x=ends["high"].clip(lower=1),  # beside the lines, not across them
        y=np.arange(len(frame)),
        mode="text",
        text=[
            f" ×{line.lift:.1f} · {line.expected:,.0f} of {line.users:,}"
            for line in frame.itertuples()
        ],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )
    figure.add_vline(x=1, line_width=1, line_dash="dot", line_color="gray", layer="below")
    tall = any("<br>" in label for label in labels)
    return _rows(figure, labels, [0, most * 1.8], row=ROW + 8 if tall else ROW)


def sentences(frame: pd.DataFrame, people: str) -> go.Figure:
    """A bar a sentence: the likes that it brings, green, or costs, red; in the text's order.

    ``frame``: sentence; likes and top, what it adds to them; low and high, the interval of the
    likes; gains and loses, names that it adds and takes away.
    """
    worth = frame["likes"].to_numpy(float)
    hover = [escape(_besides(line)) for line in frame.to_dict("records")]
    labels = [_two_lines(text, LETTERS) for text in frame["sentence"]]
    figure = go.Figure(
        go.Bar(
            x=worth,
            y=np.arange(len(frame)),
            orientation="h",
            width=0.6,
            marker_color=[GOOD if value >= 0 else BAD for value in worth],
            marker_line_width=0,
            error_x={
                "type": "data",
                "array": (frame["high"] - worth).clip(lower=0),
                "arrayminus": (worth - frame["low"]).clip(lower=0),
                "thickness": 1.5,
                "width": 3,
                "color": COLOURS["gray"],
            },
            customdata=hover,
            hovertemplate=f"brings %{{x:+,.1f}} {escape(people)}<br>%{{customdata}}<extra></extra>",
        )
    )
    figure.add_scatter(
        x=frame["high"].clip(lower=worth).clip(lower=0),
        y=np.arange(len(frame)),
        mode="text",
        text=[f" {value:+,.1f}" for value in worth],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )
    figure.add_vline(x=0, line_width=1, line_color="gray")
    low = min(float(frame["low"].min()), 0.0)
    high = max(float(frame["high"].max()), 0.0)
    spare = 0.6 * max(high - low, 1e-9)
    across = [low - 0.05 * spare, high + spare]
    return _rows(figure, labels, across, row=ROW * 2)


def moved(frame: pd.DataFrame) -> go.Figure:
    """From the first version (hollow) to the second (full), a line each: green up, red down.

    ``frame``: name, before, after; both from 0 to 1; where it has low and high, the interval of
    the second is drawn.
    """
    figure = go.Figure()
    for place, line in enumerate(frame.itertuples() if "low" in frame else ()):
        figure.add_scatter(
            x=[line.low, line.high],
            y=[place, place],
            mode="lines",
            line={"color": COLOURS["gray"], "width": 1.5},
            hoverinfo="skip",
        )
    for place, line in enumerate(frame.itertuples()):
        colour = GOOD if line.after >= line.before else BAD
        figure.add_scatter(
            x=[line.before, line.after],
            y=[place, place],
            mode="lines+markers",
            line={"color": colour, "width": 3},
            marker={
                "size": 11,
                "symbol": ["circle-open", "circle"],
                "color": colour,
                "line": {"width": 2, "color": colour},
            },
            hovertemplate=f"{escape(line.name)}: {line.before:.1%} → {line.after:.1%}"
            "<extra></extra>",
        )
    ends = frame.select_dtypes("number").to_numpy()
    low, high = float(ends.min()), float(ends.max())
    spare = 0.15 * max(high - low, 0.02)
    labels = [escape(shorten(name, 24, placeholder="…")) for name in frame["name"]]
    figure = _rows(figure, labels, [low - spare, high + spare])
    figure.update_xaxes(visible=True, tickformat=".0%", showgrid=True, nticks=4, tickangle=0)
    figure.update_traces(cliponaxis=False)
    figure.update_layout(height=figure.layout.height + 30)
    return figure


def _rows(
    figure: go.Figure, labels: Sequence[str], across: Sequence[float], row: int = ROW
) -> go.Figure:
    """Lines one below the other, each with its label on the left."""
    figure.update_layout(
        height=row * len(labels) + 16,
        margin={"l": 0, "r": 0, "t": 4, "b": 4},
        showlegend=False,
        hoverlabel={"namelength": -1, "align": "left"},
        dragmode=False,
        xaxis={"range": list(across), "visible": False, "fixedrange": True, "zeroline": False},
        yaxis={
            "tickvals": list(range(len(labels))),
            "ticktext": list(labels),
            "range": [len(labels) - 0.4, -0.6],
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
    )
    return figure


def _named(rows: Sequence[int], titles: Sequence[str]) -> str:
    more = f" and {len(rows) - MAX_TITLES} more" if len(rows) > MAX_TITLES else ""
    named = ", ".join(titles[row] for row in rows[:MAX_TITLES])
    return escape(f"as are {named}{more}") if rows else "from the words alone"


def _besides(line: Mapping[str, Any]) -> str:
    """What else the sentence does."""
    said = {"makes it": line["gains"], "keeps it from being": line["loses"]}
    lists = [f"{what} {', '.join(names)}" for what, names in said.items() if names]
    return "; ".join([f"among the first 100 of {line['top']:+.1%} of people", *lists])


def _two_lines(text: str, letters: int) -> str:
    lines = wrap(text, letters, max_lines=2, placeholder=" …")
    return "<br>".join(map(escape, lines))
