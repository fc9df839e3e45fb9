"""The map of a catalogue as a Plotly figure: pale dots, names of regions, and what is marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS, TOPICS
from recsys.charts.spread import clear, spread

MANY = 2_000
"""From so many items on, dots are smaller."""
COLOURED = len(TOPICS)
"""So many categories, the most used, have a colour on the map."""
APART = 25
"""Pixels between the middles of two marks that are moved apart."""
LETTER = 7.2
"""Width of a letter on the map, in pixels."""
LINE = 17
"""Height of a line, in pixels."""
LEGEND = 40
"""Height of the legend, in pixels."""
SHIFTED = 4
"""A mark that was moved by more pixels than these is tied to its place by a line."""
MARGIN = 0.06
"""Of the map, around the dots."""
LONGEST = 20
"""Letters of a text that stands beside its mark."""
NO_ROW = -1
"""Of a mark that is no item."""


@dataclass(frozen=True)
class Look:
    """How marks of one kind are drawn: ``colour`` is one of COLOURS, or "ink".

    Its text where that is ``told``, else ``glyph``, stands in the mark, or above it where it is not
    ``inside``. What is not ``moved`` stays where it is, though marks cover one another."""

    title: str
    symbol: str
    size: int
    colour: str
    glyph: str = ""
    told: bool = False
    inside: bool = True
    moved: bool = True


LOOKS = {
    "neighbour": Look("neighbours", "circle-open", 11, "ink", moved=False),
    "new": Look("the new one", "star", 20, "red", moved=False),
    "refused": Look("turned down", "diamond-x-open", 15, "red", told=True, inside=False),
    "wanted": Look("part of the taste", "diamond", 14, "red", told=True, inside=False),
    "taste": Look("the taste", "star", 24, "red", glyph="the taste", inside=False),
    "disliked": Look("disliked", "square", 18, "orange", glyph="✕"),
    "liked": Look("liked", "circle", 19, "green", glyph="♥\ufe0e"),
    "result": Look("one of the results", "circle", 20, "ink", told=True),
}
"""Kind of a mark -> its look; the last are drawn above the others."""

MOVED = {kind: look.moved for kind, look in LOOKS.items()}
"""Kind of a mark -> whether it is moved from what it would cover."""


@dataclass(frozen=True)
class Theme:
    """The colours of text and of the page, in the theme that the visitor sees."""

    ink: str
    ground: str


def landscape(
    dots: pd.DataFrame, marks: pd.DataFrame, regions: pd.DataFrame, theme: Theme, height: int = 460
) -> go.Figure:
    """The map: its dots, above them what is marked on it and the names of its regions.

    ``dots``: index row; x, y (NaN for what is not on the map), topic (the name that colours it, ""
    for none), title. ``marks``: kind (one of LOOKS), row (NO_ROW for words), text, x, y.
    ``regions``: x, y, name. ``height`` in pixels. The customdata of a point is its row.
    """
    figure = go.Figure(_dots(dots))
    across, up = _range(dots["x"]), _range(dots["y"])
    pixel = (up[1] - up[0]) / (height - LEGEND)
    marks = _moved(marks, pixel)
    figure.add_traces(_ties(marks, theme, pixel))
    for kind, look in LOOKS.items():
        own = marks[marks["kind"] == kind]
        if len(own):
            figure.add_trace(_marks(own, dots["title"], look, theme))
    figure.update_layout(annotations=_texts(marks, regions, theme, pixel))
    hidden = {"visible": False}
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={**hidden, "range": across},
        yaxis={**hidden, "range": up, "scaleanchor": "x"},
        legend={
            "orientation": "h",
            "y": 0,
            "yanchor": "top",
            "title": None,
            "font": {"size": 12},
            "itemsizing": "constant",
        },
        hoverlabel={"namelength": -1},
        hovermode="closest",
        dragmode=False,
        uirevision="map",
    )
    return figure


def topics(categories: Sequence[Sequence[str]], most_used: Sequence[str]) -> list[str]:
    """For each item the first of its categories that is one of the ``most_used``, "" for none."""
    own = pd.Series(list(categories)).explode()
    kept = own[own.isin(most_used[:COLOURED])]
    first = kept[~kept.index.duplicated()]
    return first.reindex(range(len(categories)), fill_value="").tolist()


def _dots(dots: pd.DataFrame) -> list[go.Scattergl]:
    """A trace for what has no topic, then one for each topic, the most frequent first."""
    drawn = dots[dots["x"].notna()]
    kinds = dots.loc[dots["topic"] != "", "topic"].value_counts()
    colours = [COLOURS["gray"], *TOPICS]
    size = 5 if len(dots) < MANY else 3
    traces = []
    for topic, colour in zip(["", *kinds.index], colours, strict=False):
        own = drawn[drawn["topic"] == topic]
        traces.append(
            go.Scattergl(
                x=own["x"],
                y=own["y"],
                mode="markers",
                name=escape(topic) or "other",
                marker={"size": size, "color": colour, "opacity": 0.6},
                selected={"marker": {"size": 13, "opacity": 1}},
                unselected={"marker": {"opacity": 0.6}},
                **_hover(own.index, own["title"]),
            )
        )
    return traces


def _range(places: pd.Series) -> tuple[float, float]:
    low, high = float(places.min()), float(places.max())
    margin = MARGIN * max(high - low, 1e-9)
    return low - margin, high + margin


def _moved(marks: pd.DataFrame, pixel: float) -> pd.DataFrame:
    """The marks with at_x and at_y, where they are drawn."""
    places = np.array(marks[["x", "y"]], dtype=float)
    moved = marks["kind"].map(MOVED).to_numpy(dtype=bool)
    places[moved] = spread(places[moved], APART * pixel)
    return marks.assign(at_x=places[:, 0], at_y=places[:, 1])


def _texts(
    marks: pd.DataFrame, regions: pd.DataFrame, theme: Theme, pixel: float
) -> list[dict[str, Any]]:
    """What is written in the marks; then beside them, and the names of the regions, where these
    cover no mark."""
    found, beside = [], []
    for kind, text, x, y in marks[["kind", "text", "at_x", "at_y"]].itertuples(index=False):
        look = LOOKS[kind]
        said = _short(text if look.told else look.glyph)
        if said and look.inside:
            found.append(_text(escape(said), (x, y), 12, theme.ground, ""))
        elif said:
            beside.append((f"<i>{escape(said)}</i>", len(said), 1, x, y + APART * pixel))
    for name, x, y in regions.loc[regions["name"] != "", ["name", "x", "y"]].itertuples(
        index=False
    ):
        parts = name.split(" · ")
        said = f"<b>{',<br>'.join(map(escape, parts))}</b>"
        beside.append((said, max(map(len, parts)), len(parts), x, y))
    texts = pd.DataFrame(beside, columns=["text", "letters", "lines", "x", "y"])
    sizes = texts[["letters", "lines"]].to_numpy(dtype=float) * [LETTER * pixel, LINE * pixel]
    taken = marks[["at_x", "at_y"]].to_numpy(dtype=float)
    centres = texts[["x", "y"]].to_numpy(dtype=float)
    places = clear(centres, sizes, taken, APART * pixel, LINE / 2 * pixel)
    for text, place in zip(texts["text"], places, strict=True):
        found.append(_text(text, place, 13, theme.ink, theme.ground))
    return found


def _text(
    text: str, place: Sequence[float] | np.ndarray, size: int, ink: str, halo: str
) -> dict[str, Any]:
    """A text in the middle of a place, which lets clicks through to what is below it."""
    shadow = ", ".join([f"0 0 3px {halo}"] * 4) if halo else "none"
    return {
        "text": text,
        "x": float(place[0]),
        "y": float(place[1]),
        "showarrow": False,
        "font": {"size": size, "color": ink, "shadow": shadow},
    }


def _ties(marks: pd.DataFrame, theme: Theme, pixel: float) -> list[go.Scattergl]:
    """A line from each mark that was moved to the place that it is of."""
    shift = np.hypot(marks["x"] - marks["at_x"], marks["y"] - marks["at_y"])
    far = marks[shift > SHIFTED * pixel]
    if far.empty:
        return []
    gap = np.full(len(far), np.nan)
    lines = go.Scattergl(
        x=np.stack([far["x"], far["at_x"], gap], axis=1).ravel(),
        y=np.stack([far["y"], far["at_y"], gap], axis=1).ravel(),
        mode="lines",
        name="places",
        line={"width": 1, "color": theme.ink},
        hoverinfo="skip",
        showlegend=False,
    )
    return [lines]


def _marks(own: pd.DataFrame, titles: pd.Series, look: Look, theme: Theme) -> go.Scattergl:
    colour = theme.ink if look.colour == "ink" else COLOURS[look.colour]
    open_ = look.symbol.endswith("open")
    told = own["row"].map(titles).fillna(own["text"])
    told = (told + f"\n{look.title}").where(told != "", look.title)
    return go.Scattergl(
        x=own["at_x"],
        y=own["at_y"],
        mode="markers",
        name=look.title,
        marker={
            "symbol": look.symbol,
            "size": look.size,
            "color": colour,
            "opacity": 1,
            "line": {"width": 2 if open_ else 1, "color": colour if open_ else theme.ground},
        },
        selected={"marker": {"opacity": 1, "size": look.size + 8}},
        unselected={"marker": {"opacity": 1}},
        showlegend=not look.moved,
        **_hover(own["row"], told),
    )


def _hover(rows: pd.Index | pd.Series, titles: pd.Series) -> dict[str, Any]:
    return {
        "customdata": rows.to_numpy(),
        "hovertext": titles.map(_lines).to_numpy(),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
