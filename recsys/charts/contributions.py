"""The parts of a score: how each looks on every page, and frames of them to Plotly figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS, NEAR
from recsys.ranking.parts import part_modules
from recsys.signals import default_weights

HATCHES = ("", "/", "x", ".")
"""Plotly's patterns: of the parts that have a plain colour, then of the others, in turns."""

FILLS = (
    "{colour}",
    "repeating-linear-gradient(135deg, {colour} 0 3px, {colour}66 3px 6px)",
    "repeating-linear-gradient(45deg, {colour} 0 2px, transparent 2px 5px),"
    " repeating-linear-gradient(135deg, {colour} 0 2px, {colour}40 2px 5px)",
    "radial-gradient({colour} 1.4px, transparent 1.7px) 0 0 / 5px 5px, {colour}55",
)
"""What the CSS property ``background`` has to be for each of the HATCHES."""


@dataclass(frozen=True)
class Part:
    """A part of a score: what a page calls it, and how it is drawn on every page.

    ``colour`` is one of COLOURS, ``hatch`` one of HATCHES.
    """

    title: str
    colour: str
    hatch: str

    @property
    def hex(self) -> str:
        """The colour as a figure wants it."""
        return COLOURS[self.colour]

    @property
    def css(self) -> str:
        """Colour and hatch as the CSS property ``background`` wants them."""
        return FILLS[HATCHES.index(self.hatch)].format(colour=self.hex)


def looks(titles: Mapping[str, str], weights: Mapping[str, float] | None = None) -> dict[str, Part]:
    """Name -> Part, each told apart from all others by a colour, and a hatch where those run out.

    ``titles``: name -> what a page calls it, as they follow each other in a bar. The weightiest
    have the plain colours, or the first among equals. Raises ValueError for more than can be told
    apart.

    >>> found = looks({"content": "Meaning", "graph": "Facts"})
    >>> found["graph"]
    Part(title='Facts', colour='green', hatch='')
    """
    colours = list(COLOURS)
    most = len(colours) * len(HATCHES)
    if len(titles) > most:
        raise ValueError(f"{len(titles)} parts of a score; at most {most} can be told apart.")
    known, names = weights or {}, list(titles)
    heaviest = sorted(titles, key=lambda name: -known.get(name, 0.0))[: len(colours)]
    plain = dict(zip((name for name in titles if name in heaviest), colours, strict=False))
    hatched: dict[str, list[str]] = {colour: [] for colour in reversed(colours)}
    found: dict[str, Part] = {}
    for place, (name, title) in enumerate(titles.items()):
        if name in plain:
            found[name] = Part(title, plain[name], HATCHES[0])
            continue
        beside = [found[names[place - 1]].colour] if place else []
        beside += [plain[after] for after in names[place + 1 : place + 2] if after in plain]
        counts = {colour: len(taken) for colour, taken in hatched.items()}
        colour = min(counts, key=lambda colour: _unlikely(colour, counts[colour], beside))
        turn = sum(counts.values()) % len(HATCHES[1:])
        turned = HATCHES[1:][turn:] + HATCHES[1:][:turn]
        hatch = next(hatch for hatch in turned if hatch not in hatched[colour])
        hatched[colour].append(hatch)
        found[name] = Part(title, colour, hatch)
    return found


def _unlikely(colour: str, taken: int, beside: Sequence[str]) -> tuple[bool, bool, int]:
    """What speaks against a colour that so many hatched parts have, next to those ``beside``."""
    near = any(colour == other or frozenset((colour, other)) in NEAR for other in beside)
    return taken == len(HATCHES) - 1, near, taken


def score_parts() -> dict[str, Part]:
    """Every part that a score can have: the signals in the registry's order, then what the words
    rule out, the diversity, and the curiosity."""
    titles = {name: module.TITLE for name, module in part_modules().items()}
    return looks(titles, default_weights())


def contribution_pair(
    contributions: pd.DataFrame, parts: Mapping[str, Part], names: tuple[str, str]
) -> go.Figure:
    """Two bars a part, side by side: the contributions to two items.

    ``contributions``: index part, one column an item; ``parts`` says how each is drawn, ``names``
    what the items are called. The first item is drawn solid, the second pale.
    """
    drawn = [parts[str(name)] for name in contributions.index]
    labels = [part.title for part in drawn]
    colours = [part.hex for part in drawn]
    hatches = [part.hatch for part in drawn]
    figure = go.Figure()
    for column, name, opacity in zip(contributions.columns, names, (1, 0.4), strict=True):
        figure.add_bar(
            x=contributions[column],
            y=labels,
            orientation="h",
            name=escape(name),
            marker={
                "color": colours,
                "opacity": opacity,
                "line": {"color": colours, "width": 1},
                "pattern": {"shape": hatches},
            },
            hovertemplate=f"{escape(name)}<br>%{{y}}: %{{x:+.2f}}<extra></extra>",
        )
    figure.add_vline(x=0, line_width=1, line_color="gray")
    figure.update_layout(
        barmode="group",
        height=60 + 46 * len(contributions),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        xaxis={"title": "Contribution to the score", "fixedrange": True, "zeroline": False},
        yaxis={"autorange": "reversed", "fixedrange": True},
        hoverlabel={"namelength": -1},
    )
    return figure
