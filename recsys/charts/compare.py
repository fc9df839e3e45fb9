"""Lists side by side: frames to Plotly figures."""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import BAD, COLOURS, GOOD
from recsys.charts.contributions import Part

MOVES = {
    "rises": (GOOD, "solid"),
    "falls": (BAD, "dash"),
    "same place": (COLOURS["blue"], "solid"),
    "only here": (COLOURS["gray"], "dot"),
}
"""What becomes of an item from one list to the next: its colour and line."""

WIDE = {2: (0.40, 34), 3: (0.42, 23), 4: (0.49, 18)}
"""Columns -> the part of a column that its titles take, and letters in a line of a title."""

NARROW = {2: (0.78, 21), 3: (0.80, 14), 4: (0.80, 10)}
"""The same on a phone: there is room for no more than the lines between two columns."""

ROW = 38
"""Height of a rank, in pixels: two lines of a title."""

CURVE = np.linspace(0, 1, 13)
"""Where a line between two columns has its points, from one to the other."""

STUB = 0.05
"""How long a stub is, in columns."""

END = 0.97
"""Where the lines end, in columns."""

BLUES = [(0, "#e4eef7"), (1, COLOURS["blue"])]
"""From next to nothing to much."""

BOTH_WAYS = [(0, COLOURS["red"]), (0.5, "#eef1f3"), (1, COLOURS["blue"])]
"""From much of the opposite over next to nothing to much."""


def rank_lines(
    places: pd.DataFrame,
    k: int,
    titles: Mapping[int, str],
    names: Sequence[str],
    hover: Mapping[tuple[int, int], str],
    ink: str,
    narrow: bool = False,
) -> go.Figure:
    """Lists in columns; lines join an item to its place in the next list.

    ``places``: index item, a column a list, from 1; what is above ``k`` is not in that list.
    ``hover`` says of (item, column) what its place is made of; ``ink`` is the colour of the titles
    that several lists show, those of one list are grey. A point's ``customdata`` is its item. Grey
    stubs lead to the place where the next list has an item that it does not show. ``narrow`` is
    for a phone.
    """
    width, letters = (NARROW if narrow else WIDE)[len(names)]
    shown = places.to_numpy() <= k
    figure = go.Figure(_lines(places, shown, width))
    if not narrow:
        figure.add_trace(_stub_labels(places, shown, width))
    figure.add_traces(_titles(places, shown, titles, hover, ink, letters))
    for column, name in enumerate(names):
        head = "<br>".join(map(escape, _lines_of(name, letters)))
        figure.add_annotation(
            x=column, y=0.3, text=f"<b>{head}</b>", showarrow=False, align="left", xanchor="left",
            yanchor="bottom", font={"size": 14, "color": ink},
        )  # fmt: skip
    last = min(k, int(places.where(shown).max().max()))
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(
        height=ROW * (last + 1) + 70,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        xaxis={**hidden, "range": [-0.02, len(names) - 1 + width + 0.02]},
        yaxis={**hidden, "range": [last + 0.7, -0.7]},
        legend={"orientation": "h", "y": 0, "yanchor": "top", "itemclick": False,
                "itemdoubleclick": False, "title": None},
        hovermode="closest",
        hoverdistance=120,
        hoverlabel={"namelength": -1, "align": "left"},
        dragmode=False,
        clickmode="event+select",
    )  # fmt: skip
    return figure


def _lines(places: pd.DataFrame, shown: np.ndarray, width: float) -> list[go.Scatter]:
    """One trace a move: curves between neighbouring columns, and stubs for what has no partner."""
    points: dict[str, list[tuple[float | None, float | None]]] = {move: [] for move in MOVES}
    smooth = CURVE**2 * (3 - 2 * CURVE)
    for row, column in _gaps(shown):
        start, end = column + width, column + END
        here, there = places.iloc[row, column], places.iloc[row, column + 1]
        if shown[row, column] and shown[row, column + 1]:
            move = "same place" if here == there else "rises" if there < here else "falls"
            ys = here + (there - here) * smooth
            points[move] += [*zip(start + (end - start) * CURVE, ys, strict=True), (None, None)]
        elif shown[row, column]:
            points["only here"] += [(start, here), (start + STUB, here), (None, None)]
        else:
            points["only here"] += [(end - STUB, there), (end, there), (None, None)]
    return [
        go.Scatter(
            x=[x for x, _ in points[move]] or [None],
            y=[y for _, y in points[move]] or [None],
            mode="lines",
            name=move,
            line={"color": colour, "dash": dash, "width": 2.2},
            hoverinfo="skip",
        )
        for move, (colour, dash) in MOVES.items()
    ]


def _stub_labels(places: pd.DataFrame, shown: np.ndarray, width: float) -> go.Scatter:
    """Beside each stub, the place in the list that does not show the item."""
    x, y, text, side = [], [], [], []
    for row, column in _gaps(shown):
        here, there = places.iloc[row, column], places.iloc[row, column + 1]
        if shown[row, column] and shown[row, column + 1]:
            continue
        goes = shown[row, column]
        x.append(column + (width + STUB + 0.01 if goes else END - STUB - 0.01))
        y.append(here if goes else there)
        text.append(f"→ {there:,}" if goes else f"{here:,} →")
        side.append("middle right" if goes else "middle left")
    return go.Scatter(
        x=x, y=y, text=text, textposition=side, mode="text", showlegend=False, hoverinfo="skip",
        textfont={"size": 11, "color": COLOURS["gray"]},
    )  # fmt: skip


def _gaps(shown: np.ndarray) -> list[tuple[int, int]]:
    """(row, column) where the column or the next one shows the item."""
    either = shown[:, :-1] | shown[:, 1:]
    return [(int(row), int(column)) for row, column in zip(*np.nonzero(either), strict=True)]


def _titles(
    places: pd.DataFrame,
    shown: np.ndarray,
    titles: Mapping[int, str],
    hover: Mapping[tuple[int, int], str],
    ink: str,
    letters: int,
) -> list[go.Scatter]:
    """Two traces: what several lists show, and, in grey, what one shows."""
    alone = shown.sum(axis=1) == 1
    traces = []
    for own, colour in ((~alone, ink), (alone, COLOURS["gray"])):
        where = [
            (row, column) for row, column in zip(*np.nonzero(shown & own[:, None]), strict=True)
        ]
        items = [int(places.index[row]) for row, _ in where]
        ranks = [int(places.iloc[row, column]) for row, column in where]
        traces.append(
            go.Scatter(
                x=[column for _, column in where],
                y=ranks,
                text=[
                    f"<b>{rank}</b>  {_wrapped(titles[item], letters)}"
                    for item, rank in zip(items, ranks, strict=True)
                ],
                mode="text",
                textposition="middle right",
                textfont={"size": 13, "color": colour},
                cliponaxis=False,
                customdata=items,
                hovertext=[
                    hover[item, int(column)] for item, (_, column) in zip(items, where, strict=True)
                ],
                hoverinfo="text",
                unselected={"textfont": {"color": COLOURS["gray"]}},
                showlegend=False,
            )
        )
    return traces


def hover_text(title: str, line: pd.Series, parts: Mapping[str, Part]) -> str:
    """What a place is made of: title, place and score, and the parts that are not 0."""
    contributions = line.drop(["rank", "score"])
    largest = contributions[contributions != 0].sort_values(ascending=False, key=abs)
    head = f"<b>{escape(title)}</b><br>place {line['rank']:.0f}, score {line['score']:.2f}"
    said = [f"{value:+.2f} {escape(parts[name].title)}" for name, value in largest.items()]
    return "<br>".join([head, *said])


def heatmap(
    matrix: pd.DataFrame, names: Sequence[str], low: float, number: str, what: str
) -> go.Figure:
    """A square of ``names`` against ``names``, from ``low`` to 1, with its numbers in it.

    ``number`` is the format of a cell, ``what`` a cell stands for in the words of its hover.
    """
    labels = ["<br>".join(map(escape, _lines_of(name, 12))) for name in names]
    figure = go.Figure(
        go.Heatmap(
            z=matrix.to_numpy(),
            x=list(range(len(labels))),
            y=list(range(len(labels))),
            zmin=low,
            zmax=1,
            colorscale=BLUES if low == 0 else BOTH_WAYS,
            showscale=False,
            xgap=3,
            ygap=3,
            texttemplate=f"%{{z:{number}}}",
            textfont={"size": 15},
            customdata=[[f"{escape(a)} and {escape(b)}" for b in names] for a in names],
            hovertemplate=f"%{{customdata}}: {what} %{{z:{number}}}<extra></extra>",
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
    """Grouped bars: what each part adds to one item in each list.

    ``contributions``: a row a list, in the order of ``names``, a column a part; NaN where a list
    has no such part. ``parts`` says how each is drawn, and in which order.
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
                hovertemplate=f"{escape(part.title)}: %{{y:+.2f}}<extra></extra>",
            )
    figure.add_hline(y=0, line_width=1, line_color="gray")
    figure.update_layout(
        barmode="group",
        height=340,
        margin={"l": 0, "r": 0, "t": 10, "b": 0},
        xaxis={"tickvals": list(range(len(labels))), "ticktext": labels, "fixedrange": True},
        yaxis={"title": "part of the score", "fixedrange": True},
        legend={"orientation": "h", "y": -0.12, "yanchor": "top", "title": None},
        dragmode=False,
    )
    return figure


def _wrapped(title: str, letters: int) -> str:
    """The title in at most two lines, indented as the number before it."""
    return "<br>     ".join(map(escape, _lines_of(title, letters)))


def _lines_of(text: str, letters: int) -> list[str]:
    """The text in at most two lines."""
    first, *rest = wrap(text, letters) or [""]
    return [first, _short(" ".join(rest), letters)] if rest else [first]


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"
