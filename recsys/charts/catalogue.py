"""What is in a catalogue and how sound its index is: frames to Plotly figures."""

from html import escape

import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS

HEIGHT = 320
"""Of every figure here, in pixels, so that two stand level side by side."""


def lengths(bins: pd.DataFrame, width: int, median: int, nouns: str) -> go.Figure:
    """Histogram of text lengths in words.

    ``bins``: words (the low end), count; each is ``width`` words wide. A line marks the median.
    """
    figure = go.Figure(
        go.Bar(
            x=bins["words"] + width / 2,
            y=bins["count"],
            width=width,
            customdata=[_span(words, width) for words in bins["words"]],
            marker_color=COLOURS["blue"],
            marker_line_width=0,
            hovertemplate="%{customdata} words: %{y:,}<extra></extra>",
        )
    )
    figure.add_vline(x=median, line_width=1, line_dash="dash", line_color="gray")
    return _finished(figure, "words in the text", escape(nouns))


def liked(ranked: pd.DataFrame, nouns: str) -> go.Figure:
    """Likes against rank, both logarithmic: a few are liked by many, most by few."""
    figure = go.Figure(
        go.Scatter(
            x=ranked["rank"],
            y=ranked["likes"],
            mode="lines+markers",
            marker={"size": 4},
            line={"color": COLOURS["green"], "width": 1.5},
            hovertemplate="number %{x:,}: %{y:,} likes<extra></extra>",
        )
    )
    axis = {"type": "log", "dtick": 1}
    figure.update_layout(xaxis=axis, yaxis=axis)
    return _finished(figure, f"{escape(nouns)}, the most liked first", "likes")


def years(counted: pd.DataFrame, step: int, nouns: str) -> go.Figure:
    """Items by year, or by decade where ``step`` is 10."""
    figure = go.Figure(
        go.Bar(
            x=counted["year"] + (step - 1) / 2,
            y=counted["count"],
            width=0.9 * step,
            customdata=[_span(year, step) for year in counted["year"]],
            marker_color=COLOURS["orange"],
            hovertemplate="%{customdata}: %{y:,}<extra></extra>",
        )
    )
    if counted["count"].max() < 5:  # no half items on the axis
        figure.update_yaxes(dtick=1)
    return _finished(figure, "decade" if step == 10 else "year", escape(nouns))


def most_used(counted: pd.DataFrame, colour: str, unit: str, most: int = 12) -> go.Figure:
    """Horizontal bars of the ``most`` names that are used most, and their counts."""
    top = counted.head(most).iloc[::-1]
    figure = go.Figure(
        go.Bar(
            x=top["count"],
            y=[escape(_short(name)) for name in top["name"]],
            orientation="h",
            marker_color=COLOURS[colour],
            hovertemplate=f"%{{y}}: %{{x:,}} {escape(unit)}<extra></extra>",
        )
    )
    figure.update_layout(yaxis={"type": "category", "automargin": True})
    return _finished(figure, escape(unit), "")


def trade(curve: pd.DataFrame, exact_ms: float, here: int, usual: int) -> go.Figure:
    """Index recall against milliseconds, one point an ef; ``here`` is ringed, ``usual`` in use.

    ``curve``: index ef; recall, milliseconds. The line across is what going through every vector
    takes, ``exact_ms``.
    """
    labels = {ef: str(ef) for ef in curve.index}
    labels[usual] = f"{usual} (in use)"
    beside = [labels[ef] for ef in curve.index]
    beside[curve.index.get_loc(here)] = ""  # it is named at its ring
    figure = go.Figure(
        go.Scatter(
            x=curve["milliseconds"],
            y=curve["recall"],
            mode="lines+markers+text",
            text=beside,
            textposition="bottom center",
            cliponaxis=False,
            marker={"size": 8},
            line={"color": COLOURS["blue"], "width": 2},
            customdata=curve.index,
            hovertemplate="ef %{customdata}: %{y:.1%} found in %{x:.3f} ms<extra></extra>",
        )
    )
    point = curve.loc[here]
    figure.add_scatter(
        x=[point["milliseconds"]],
        y=[point["recall"]],
        mode="markers+text",
        marker={
            "size": 18,
            "color": "rgba(0,0,0,0)",
            "line": {"color": COLOURS["red"], "width": 3},
        },
        text=[f"you are here: {labels[here]}"],
        textposition="top center",
        textfont_color=COLOURS["red"],
        cliponaxis=False,
        hoverinfo="skip",
    )
    figure.add_vline(
        x=exact_ms,
        line_dash="dash",
        line_color=COLOURS["gray"],
        annotation_text="going through all",
        annotation_position="bottom right",
    )
    low = min(0.9, float(curve["recall"].min()) - 0.02)
    slowest = max(float(curve["milliseconds"].max()), exact_ms)
    figure.update_layout(
        yaxis={"range": [low, 1 + (1 - low) * 0.15], "tickformat": ".0%"},
        xaxis={"range": [0, slowest * 1.15]},
    )
    return _finished(figure, "milliseconds a question", "true neighbours found")


def _finished(figure: go.Figure, across: str, up: str, height: int = HEIGHT) -> go.Figure:
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 10, "t": 10, "b": 0},
        showlegend=False,
        bargap=0.15,
        hoverlabel={"namelength": -1},
        dragmode=False,
    )
    figure.update_xaxes(title=across, fixedrange=True)
    figure.update_yaxes(title=up, fixedrange=True)
    return figure


def _span(first: int, width: int) -> str:
    return str(first) if width == 1 else f"{first} to {first + width - 1}"


def _short(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:27]}…"
