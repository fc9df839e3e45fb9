"""The knowledge graph as a picture to click in: nodes and edges to the options of an ECharts graph.

Where a node stands is worked out here, the same at every drawing, so that nothing jumps.
"""

from collections.abc import Mapping, Sequence
from itertools import cycle, product
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS, NODES, RELATIONS
from recsys.knowledge.explore import Route
from recsys.knowledge.graph import INVERSE

DASHES = ("solid", "dashed", "dotted")
SIZES = {0: 30, 1: 15, 2: 9}
"""Of a node in pixels, by its ring."""
BROKEN = {"width": 150, "overflow": "break", "lineHeight": 17}
"""How the label of a centre, in large letters, is broken into lines."""
LONGEST = 26
"""Letters of a label."""
ROUNDS = 200
"""Of the springs."""
GRAVITY = 0.05
"""How strongly any two attract each other, so that nothing flies away."""
LAPTOP, PHONE = (250.0, 220.0), (120.0, 150.0)
"""Half the width and the height of the picture in pixels, as it is drawn there: ECharts cuts lines
where symbols of this scale begin."""

Style = tuple[str, str]
"""Hue and dash of a relation."""


def styles(relations: Sequence[str]) -> dict[str, Style]:
    """The style of each of the ``relations``, hues by turns, then the next dash; and of what one is
    called from its other end."""
    pairs = cycle((hue, dash) for dash, hue in product(DASHES, RELATIONS))
    found = dict(zip(relations, pairs, strict=False))
    return {INVERSE[name]: found[name] for name in found if name in INVERSE} | found


def around(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    styles: Mapping[str, Style],
    ink: str,
    half: tuple[float, float] = LAPTOP,
) -> dict[str, Any]:
    """The picture of a neighbourhood, as ``explore.neighbourhood`` gives it."""
    return _option(nodes, edges, springs(nodes, edges) * half, styles, ink)


def along(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    routes: Sequence[Route],
    styles: Mapping[str, Style],
    ink: str,
    half: tuple[float, float] = LAPTOP,
) -> dict[str, Any]:
    """The picture of ways from the left to the right, one below the other, the best on top.

    ``nodes`` have ring 0 at the ends, 1 between; ``edges`` are those of the ``routes``.
    """
    places: dict[int, tuple[float, float]] = {}
    sides: dict[int, str] = {}  # of the labels, by turns, as names are longer than steps
    for number, route in enumerate(routes):
        trail = [route.hops[0][0], *(hop[2] for hop in route.hops)]
        for step, node in enumerate(trail):
            places.setdefault(node, (2 * step / (len(trail) - 1) - 1, float(number)))
            sides.setdefault(node, "top" if step % 2 else "bottom")
    ends = nodes["node"][nodes["ring"] == 0].tolist()
    for end in ends:
        own = [number for number, route in enumerate(routes) if end in _ends(route)]
        places[end] = (places[end][0], float(np.mean(own)))
    where = np.array([places[node] for node in nodes["node"]])
    where[:, 1] *= 2 / max(len(routes) - 1, 1)
    return _option(nodes.assign(side=nodes["node"].map(sides)), edges, where * half, styles, ink)


def _ends(route: Route) -> tuple[int, int]:
    return route.hops[0][0], route.hops[-1][2]


def springs(nodes: pd.DataFrame, edges: pd.DataFrame) -> np.ndarray:
    """(n, 2) where each node stands, from -1 to 1: the centres in the middle, the rings around.

    Nodes push each other away and ties pull (Fruchterman & Reingold 1991), from circles on.
    """
    count = len(nodes)
    number = {node: i for i, node in enumerate(nodes["node"])}
    tied = np.zeros((count, count))
    ends = edges["source"].map(number), edges["target"].map(number)
    tied[ends] = tied[ends[::-1]] = 1
    ring = nodes["ring"].to_numpy()
    place = _circles(ring, tied)
    ties = np.maximum(tied.sum(axis=1), 1)
    pull = tied / np.sqrt(np.outer(ties, ties))  # what has many ties is not torn to all of them
    apart = 2 / np.sqrt(max(count, 1))
    for heat in np.linspace(0.1, 0.005, ROUNDS):
        away = place[:, None] - place[None, :]  # (n, n, 2)
        far = np.maximum(np.linalg.norm(away, axis=2), 1e-3)
        force = (apart / far) ** 2 - pull * far / apart - GRAVITY  # (n, n)
        move = (away * force[:, :, None]).sum(axis=1)
        length = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), 1e-9)
        place += move / length * np.minimum(length, heat)
    low, high = place.min(axis=0), place.max(axis=0)
    return (2 * place - low - high) / np.maximum(high - low, 1e-9)


def _circles(ring: np.ndarray, tied: np.ndarray) -> np.ndarray:
    """(n, 2) each ring on a circle; the outer one in the order of what its nodes are tied to."""
    place = np.zeros((len(ring), 2))
    several = (ring == 0).sum() > 1
    for which in range(3):
        own = np.flatnonzero(ring == which)
        if which:
            towards = tied[own] @ place  # (r, 2)
            own = own[np.argsort(np.arctan2(towards[:, 1], towards[:, 0]), kind="stable")]
        angle = 2 * np.pi * (np.arange(len(own)) + 0.5) / max(len(own), 1)
        radius = (0.3 if several else 0, 0.6, 1.0)[which]
        place[own] = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    return place


def _option(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    place: np.ndarray,
    styles: Mapping[str, Style],
    ink: str,
) -> dict[str, Any]:
    hues = _hues(edges, styles)
    parts = zip(nodes.to_dict("records"), place.tolist(), strict=True)
    series = {
        "type": "graph",
        "id": "graph",
        "layout": "none",
        "data": [_point(node, where, hues, ink) for node, where in parts],
        "links": [_line(edge, styles) for edge in edges.to_dict("records")],
        "selectedMode": "single",
        "roam": True,
        "preserveAspect": True,
        "nodeScaleRatio": 0,
        "scaleLimit": {"min": 0.5, "max": 4},
        "labelLayout": {"hideOverlap": True},
        "emphasis": {"focus": "adjacency", "lineStyle": {"width": 3}},
        "select": {"itemStyle": {"borderColor": COLOURS["red"], "borderWidth": 4}},
        "left": 60,
        "right": 60,
        "top": 24,
        "bottom": 24,
        "animation": False,
    }
    return {"series": [series], "tooltip": {"formatter": "{c}", "confine": True}}


def _hues(edges: pd.DataFrame, styles: Mapping[str, Style]) -> dict[int, str]:
    """Node -> the hue of one of its ties."""
    found: dict[int, str] = {}
    for source, target, relation in edges[["source", "target", "relation"]].itertuples(index=False):
        for node in (source, target):
            found.setdefault(node, styles[relation][0])
    return found


def _point(
    node: Mapping[Any, Any], where: Sequence[float], hues: Mapping[int, str], ink: str
) -> dict[str, Any]:
    is_item, is_centre = node["kind"] == "item", node["ring"] == 0
    hue = NODES["neighbour"] if is_item else hues.get(node["node"], COLOURS["gray"])
    name = node["name"]
    return {
        "id": str(node["node"]),
        "name": name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…",
        "value": f"{name}: {node['told']}",
        "x": round(where[0], 1),
        "y": round(where[1], 1),
        "symbol": "roundRect" if is_item else "circle",
        "symbolSize": SIZES[node["ring"]],
        "itemStyle": {
            "color": NODES["item"] if is_centre else hue,
            "borderColor": ink,
            "borderWidth": 0.5,
        },
        "label": {
            "show": True,
            "position": node.get("side", "bottom"),
            "distance": 3,
            "color": ink,
            "fontSize": 15 if is_centre else 12,
            "fontWeight": "bold" if is_centre else "normal",
            **(BROKEN if is_centre else {}),
        },
    }


def _line(edge: Mapping[Any, Any], styles: Mapping[str, Style]) -> dict[str, Any]:
    hue, dash = styles[edge["relation"]]
    return {
        "source": str(edge["source"]),
        "target": str(edge["target"]),
        "value": edge["relation"],
        "lineStyle": {"color": hue, "type": dash, "width": 1.5, "opacity": 0.75},
    }


def degree_plot(counts: pd.DataFrame, nouns: str) -> go.Figure:
    """How many items and entities have so many ties, both on scales of logarithms.

    ``counts`` as ``explore.degree_counts`` gives them; what has no tie is not drawn.
    """
    figure = go.Figure()
    marks = {
        "items": (nouns, NODES["neighbour"], "square"),
        "entities": ("entities", NODES["item"], "circle"),
    }
    tied = counts[counts["degree"] > 0]
    for column, (name, hue, symbol) in marks.items():
        own = tied[tied[column] > 0]
        figure.add_scatter(
            x=own["degree"],
            y=own[column],
            mode="markers",
            name=name,
            marker={"color": hue, "symbol": symbol, "size": 6},
            hovertemplate=f"%{{y:,}} {name} have %{{x:,}} ties<extra></extra>",
        )
    figure.update_xaxes(type="log", title="ties")
    figure.update_yaxes(type="log", title="how many have so many")
    legend = {"orientation": "h", "y": 1.12}
    figure.update_layout(height=300, margin={"l": 0, "r": 0, "t": 8, "b": 0}, legend=legend)
    return figure
