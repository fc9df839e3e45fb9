"""How sure and for whom: frames of a report to Plotly figures."""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import shorten

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import BAD, COLOURS, GOOD

DEFAULT_LOOK = "the usual"
LOOKS = {
    DEFAULT_LOOK: ("blue", "diamond", 13),
    "clearly better": ("green", "circle", 10),
    "not clearly different": ("orange", "circle", 10),
    "clearly worse": ("gray", "circle", 10),
}
"""How a strategy stands to the default: colour, mark and its size."""
ROW = 26
"""Height of a strategy, in pixels."""
LETTER_WIDTH = 0.022
"""Room that a letter of a label takes in the scatter, as a part of its width."""

LINE_HEIGHT = 0.06
"""Room that a line of a label takes in the scatter, as a part of its height."""


def forest(figures: pd.DataFrame, looks: Mapping[str, str], label: str) -> go.Figure:
    """A dot with its interval for each strategy, in the order of the frame from the top.

    ``figures``: index the names to show; mean, low, high. ``looks``: name -> one of LOOKS.
    """
    figure = go.Figure()
    for look, (colour, mark, size) in LOOKS.items():
        part = figures[[looks.get(name, "clearly worse") == look for name in figures.index]]
        if part.empty:
            continue
        figure.add_scatter(
            x=part["mean"],
            y=[escape(name) for name in part.index],
            error_x=_bars(part, COLOURS[colour]),
            mode="markers",
            marker={"color": COLOURS[colour], "symbol": mark, "size": size},
            customdata=part[["low", "high"]],
            hovertemplate="%{y}: %{x:.3f} (%{customdata[0]:.3f} to %{customdata[1]:.3f})"
            "<extra></extra>",
            name=look,
        )
    names = [escape(name) for name in figures.index]
    figure = _finished(figure, escape(label), None, 90 + ROW * len(figures))
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], automargin=True)
    # The best stand on top, so that the lower right is free.
    figure.update_layout(
        legend={"orientation": "v", "x": 1, "xanchor": "right", "y": 0},
        margin={"t": 10},
    )
    return figure


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
    for look, (colour, mark, size) in LOOKS.items():
        part = figures[[looks.get(name, "clearly worse") == look for name in figures.index]]
        if part.empty:
            continue
        pale = _see_through(COLOURS[colour], ".4")
        figure.add_scatter(
            x=part["x"],
            y=part["y"],
            error_x=_bars(_axis(part, "x"), pale, 1),
            error_y=_bars(_axis(part, "y"), pale, 1),
            mode="markers+text",
            text=part.index.map(_short).where(part.index.isin(named), ""),
            textposition=np.where(_right(part, figures), "top left", "top right"),
            textfont={"size": 12},
            marker={
                "color": COLOURS[colour],
                "symbol": np.where(part.index.isin(opens), mark, f"{mark}-open"),
                "size": size,
                "line": {"width": 2, "color": COLOURS[colour]},
            },
            customdata=[[name, escape(name), _click(name in opens)] for name in part.index],
            hovertemplate=f"<b>%{{customdata[1]}}</b><br>{escape(labels[0])} %{{x:.3f}}<br>"
            f"{escape(labels[1])} %{{y:.3f}}<br>%{{customdata[2]}}<extra></extra>",
            cliponaxis=False,
            name=look,
            unselected={"marker": {"opacity": 1}},
        )
    figure = _finished(figure, escape(labels[0]), escape(labels[1]), 440)
    figure.update_layout(clickmode="event+select")
    return figure


def learning_curve(curve: pd.DataFrame, worth: float, label: str) -> go.Figure:
    """The learning curve over known likes, with the text and without.

    A dotted line leads from the text alone to the number of likes that it is ``worth``, if any.
    ``curve``: likes, text, mean, low, high.
    """
    figure = go.Figure()
    for text, colour, name in ((True, "blue", "with the text"), (False, "orange", "likes alone")):
        part = curve[curve["text"] == text].sort_values("likes")
        figure.add_scatter(
            x=[*part["likes"], *part["likes"][::-1]],
            y=[*part["high"], *part["low"][::-1]],
            mode="lines",
            fill="toself",
            fillcolor=_see_through(COLOURS[colour], "0.16"),
            line={"width": 0},
            hoverinfo="skip",
            showlegend=False,
        )
        figure.add_scatter(
            x=part["likes"],
            y=part["mean"],
            mode="lines+markers",
            line={"color": COLOURS[colour], "width": 2.5},
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
            line={"color": COLOURS["gray"], "dash": "dot", "width": 2},
        )  # fmt: skip
        if 0 < worth <= end:
            figure.add_annotation(x=meets, y=level, text=f"worth {worth:.1f} likes", ax=36, ay=36)
    figure = _finished(figure, "likes known", escape(label), 400)
    figure.update_xaxes(tickvals=sorted(curve["likes"].unique()))
    return figure


def slices(parts: pd.DataFrame, names: Sequence[str], label: str) -> go.Figure:
    """Dots with intervals, a line a slice, the ``names`` of strategies one above the other.

    ``parts``: slice, n, strategy, mean, low, high.
    """
    order = list(dict.fromkeys(parts["slice"]))
    figure = go.Figure()
    for place, (name, colour, mark) in enumerate(
        zip(names, ("blue", "orange"), ("diamond", "circle"), strict=True)
    ):
        part = parts[parts["strategy"] == name]
        lines = np.array([order.index(each) for each in part["slice"]])
        figure.add_scatter(
            x=part["mean"],
            y=lines + (0.14 if place else -0.14),
            error_x=_bars(part, COLOURS[colour]),
            mode="markers",
            marker={"color": COLOURS[colour], "symbol": mark, "size": 10},
            customdata=part[["low", "high", "n"]],
            hovertemplate="%{x:.3f} (%{customdata[0]:.3f} to %{customdata[1]:.3f}),"
            " n = %{customdata[2]:,}<extra></extra>",
            name=escape(name),
        )
    counts = parts.drop_duplicates("slice").set_index("slice")["n"]
    figure = _finished(figure, escape(label), None, 110 + 46 * len(order))
    figure.update_yaxes(
        tickvals=list(range(len(order))),
        ticktext=[f"{escape(each)} (n = {counts[each]:,})" for each in order],
        range=[len(order) - 0.5, -0.5],
        automargin=True,
    )
    return figure


def gains(table: pd.DataFrame, label: str, who: str) -> go.Figure:
    """A bar for each user, who gains most first; ``table``: index user, gain; ``who`` they are."""
    figure = go.Figure(
        go.Bar(
            x=list(range(1, len(table) + 1)),
            y=table["gain"],
            marker={
                "color": np.where(table["gain"] >= 0, GOOD, BAD),
                "line": {"width": 0},
            },
            customdata=[escape(str(user)) for user in table.index],
            hovertemplate="%{customdata}: %{y:+.3f}<extra></extra>",
            showlegend=False,
        )
    )
    mean = float(table["gain"].mean())
    figure.add_hline(
        y=mean, line_dash="dot", line_color=COLOURS["blue"],
        annotation_text=f"mean {mean:+.3f}".replace("-", "−"),
        annotation_font_color=COLOURS["blue"],
    )  # fmt: skip
    figure.add_hline(y=0, line_width=1, line_color="gray")
    return _finished(
        figure, f"{escape(who)}, who gains most first", f"gain in {escape(label)}", 340
    )


def _see_through(colour: str, opacity: str) -> str:
    """
    >>> _see_through("#0c66f4", "0.16")
    'rgba(12, 102, 244, 0.16)'
    """
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgba({red}, {green}, {blue}, {opacity})"


def _axis(part: pd.DataFrame, axis: str) -> pd.DataFrame:
    named = {axis: "mean", f"{axis}_low": "low", f"{axis}_high": "high"}
    return part[list(named)].rename(columns=named)


def _bars(part: pd.DataFrame, colour: str, thickness: float = 2) -> dict[str, object]:
    """Error bars from low to high; none where they are unknown."""
    return {
        "type": "data",
        "array": (part["high"] - part["mean"]).fillna(0),
        "arrayminus": (part["mean"] - part["low"]).fillna(0),
        "color": colour,
        "thickness": thickness,
        "width": 0,
    }


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


def _finished(figure: go.Figure, across: str, up: str | None, height: int) -> go.Figure:
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 10, "t": 30, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "title": None,
                "itemclick": False, "itemdoubleclick": False},
        hoverlabel={"namelength": -1},
        hovermode="closest",
        dragmode=False,
        bargap=0.1,
    )  # fmt: skip
    figure.update_xaxes(title=across, fixedrange=True, zeroline=False)
    figure.update_yaxes(title=up, fixedrange=True, zeroline=False)
    return figure
