"""Where a new item would land: frames to Plotly figures."""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import shorten, wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import BAD, COLOURS, GOOD

ROW = 26
"""Height of a bar and the gap below it, in pixels."""

SOLID = 1.0
"""Opacity of what is predicted."""

PALE = 0.4
"""Opacity of what is only likely."""

MIN_NAMES = 6
"""Of a relation, so many names are drawn, and all that are predicted."""

MAX_TITLES = 4
"""So many titles are named in a hover."""

STEPS = (1, 2, 5)
"""Places are counted up to these times a power of ten."""

LETTERS = 32
"""Letters in a line of a sentence beside its bar."""

NAME = 26
"""Letters in a line of a group's name."""


def attributes(frame: pd.DataFrame, titles: Sequence[str]) -> go.Figure:
    """Bars of probability, a group a relation; what is said is solid, the rest pale.

    ``frame``: relation, name, probability, predicted, neighbours (rows); ``titles`` names the rows.
    """
    labels: list[str] = []
    bars: list[Any] = []  # None where a heading stands
    for relation, group in frame.groupby("relation", sort=False):
        labels.append(f"<b>{escape(str(relation).capitalize())}</b>")
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
            marker_opacity=[SOLID if line.predicted else PALE for line in shown],
            marker_line_width=0,
            text=[f"{line.probability:.0%}" for line in shown],
            textposition="outside",
            cliponaxis=False,
            customdata=[_named(line.neighbours, titles) for line in shown],
            hovertext=[escape(line.name) for line in shown],
            hovertemplate="%{hovertext}: %{x:.0%}<br>%{customdata}<extra></extra>",
        )
    )
    return _rows(figure, labels, [0, 1.35])


def drawn(group: pd.DataFrame) -> pd.DataFrame:
    """The lines of one relation that are drawn: what is said, and the likeliest."""
    first = np.arange(len(group)) < MIN_NAMES
    return group[first | group["predicted"].to_numpy(bool)]


def segments(frame: pd.DataFrame) -> go.Figure:
    """A bar a segment: its lift, from 1, which is the average item; above it solid, below pale.

    ``frame``: name, users, expected, rate, lift; in this order, from the top.
    """
    labels = [_two_lines(name, NAME) for name in frame["name"]]
    most = float(max(frame["lift"].max(), 1.2))
    figure = go.Figure(
        go.Bar(
            x=frame["lift"],
            y=np.arange(len(frame)),
            orientation="h",
            width=0.7,
            marker_color=COLOURS["green"],
            marker_opacity=np.where(frame["lift"] > 1, SOLID, PALE),
            marker_line_width=0,
            customdata=frame["rate"],
            hovertext=[escape(name) for name in frame["name"]],
            hovertemplate="%{hovertext}: %{customdata:.1%} would like it,"
            " %{x:.2f} times the average item<extra></extra>",
        )
    )
    figure.add_scatter(
        x=frame["lift"].clip(lower=1),  # beside the line, not across it
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


def place_bins(n_candidates: int) -> list[tuple[int, int]]:
    """First and last place of each bar: 1, 2 to 5, 6 to 10, 11 to 20, ..., ``n_candidates`` + 1.

    >>> place_bins(60)
    [(1, 1), (2, 5), (6, 10), (11, 20), (21, 50), (51, 61)]
    """
    powers = range(len(str(n_candidates + 1)))
    ends = [step * 10**power for power in powers for step in STEPS if step * 10**power != 2]
    ends = [end for end in ends if end <= n_candidates] + [n_candidates + 1]
    return list(zip([1, *(end + 1 for end in ends)], ends, strict=False))


def place_shares(places: np.ndarray, n_candidates: int) -> pd.Series:
    """The share of ``places`` (m,) in each of the ``place_bins``, by its name."""
    bins = place_bins(n_candidates)
    counts, _ = np.histogram(places, [first for first, _ in bins] + [n_candidates + 2])
    names = [f"{a:,}" if a == b else f"{a:,}\N{EN DASH}{b:,}" for a, b in bins]
    return pd.Series(counts / max(len(places), 1), index=names)


def places(chosen: np.ndarray, everyone: np.ndarray, n_candidates: int, who: str) -> go.Figure:
    """The places in the lists of the ``chosen`` people as bars, of ``everyone`` as a line.

    Both are (m,) from 1; the bar that holds the median of the chosen stands out.
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
        figure.add_scatter(
            x=shares.index,
            y=place_shares(everyone, n_candidates),
            name="everyone",
            mode="lines+markers",
            line={"color": COLOURS["gray"], "width": 2, "dash": "dot"},
            hovertemplate="place %{x}: %{y:.1%} of everyone<extra></extra>",
        )
    figure.add_annotation(
        x=shares.index[middle],
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"median: {np.median(chosen):,.0f}",
        showarrow=False,
        font_color=COLOURS["orange"],
    )
    figure.update_layout(
        height=300,
        margin={"l": 0, "r": 10, "t": 24, "b": 0},
        showlegend=False,
        bargap=0.12,
        hoverlabel={"namelength": -1},
        dragmode=False,
        xaxis={
            "title": f"its place: up to … of {n_candidates + 1:,}",
            "type": "category",
            "tickvals": list(shares.index),
            "ticktext": [f"{end // 1000}k" if end % 1000 == 0 else f"{end:,}" for end in ends],
            "tickangle": 0,
            "fixedrange": True,
        },
        yaxis={"title": "share of people", "tickformat": ".0%", "fixedrange": True},
    )
    return figure


def sentences(frame: pd.DataFrame, people: str) -> go.Figure:
    """A bar a sentence: the likes that it brings, green, or costs, red; in the text's order.

    ``frame``: sentence; likes and top, what it adds to them; gains and loses, names that it adds
    and takes away.
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
            text=[f"{value:+,.1f}" for value in worth],
            textposition="outside",
            cliponaxis=False,
            customdata=hover,
            hovertemplate=f"brings %{{x:+,.1f}} {escape(people)}<br>%{{customdata}}<extra></extra>",
        )
    )
    figure.add_vline(x=0, line_width=1, line_color="gray")
    low, high = min(float(worth.min()), 0.0), max(float(worth.max()), 0.0)
    spare = 0.6 * max(high - low, 1e-9)
    across = [low - spare * (low < 0), high + spare]
    return _rows(figure, labels, across, row=ROW * 2)


def moved(frame: pd.DataFrame) -> go.Figure:
    """From the first version (hollow) to the second (full), a line each: green up, red down.

    ``frame``: name, before, after; both from 0 to 1.
    """
    figure = go.Figure()
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
    ends = frame[["before", "after"]].to_numpy()
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
