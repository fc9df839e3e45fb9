"""What ties an item to a taste: nodes and edges of the knowledge graph to a Plotly figure."""

from html import escape
from itertools import cycle
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts.colours import COLOURS, NODES, RELATIONS

ROLES = {
    "item": ("this one", "star", 26, NODES["item"]),
    "said": ("you named it", "diamond", 17, NODES["said"]),
    "liked": ("you liked it", "square", 17, NODES["liked"]),
    "neighbour": ("also like this", "circle", 14, NODES["neighbour"]),
    "entity": ("what ties them", "circle-open", 11, COLOURS["gray"]),
}
"""Role -> its name in the legend, symbol, size and colour."""

OUTER = 1.0
"""How far from the item in the middle other items stand."""

INNER = (0.48, 0.72)
"""And what ties them to it, by turns."""

MAX_RELATIONS = 8
"""Relations with a line of their own in the legend; the rarer ones share one."""

HEIGHT = 520
"""Of the figure, in pixels."""


def network(nodes: pd.DataFrame, edges: pd.DataFrame) -> go.Figure:
    """The neighbourhood of an item, drawn around it.

    ``nodes``: node, name, kind, role, weight; ``edges``: source, target, relation; both as
    ``explore.between`` gives them. A point's ``customdata`` is its node and its kind.
    """
    place = dict(zip(nodes["node"].tolist(), layout(nodes, edges), strict=True))
    figure = go.Figure([*_lines(edges, place), *_points(nodes, place)])
    name = escape(_short(nodes.loc[nodes["role"] == "item", "name"].iloc[0]))
    hidden = {"visible": False, "fixedrange": True, "range": [-1.2, 1.2]}
    figure.update_layout(
        title={
            "text": f"What {name} shares with what you said, liked, and others",
            "font": {"size": 15},
        },
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 36, "b": 0},
        xaxis=hidden,
        yaxis=hidden,
        legend={
            "orientation": "h",
            "y": -0.02,
            "yanchor": "top",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        hoverlabel={"namelength": -1},
        dragmode=False,
        clickmode="event+select",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    return figure


def layout(nodes: pd.DataFrame, edges: pd.DataFrame, rounds: int = 8) -> np.ndarray:
    """(n, 2) where each node stands: the item in the middle, other items on a ring around it, and
    between them what ties them, evenly spread.

    Each ring is ordered by where its nodes' ties lead (barycentres, Sugiyama et al. 1981), so that
    lines cross little.
    """
    number = {node: i for i, node in enumerate(nodes["node"])}
    tied = np.zeros((len(nodes), len(nodes)))
    ends = edges["source"].map(number), edges["target"].map(number)
    tied[ends] = tied[ends[::-1]] = 1
    middle = (nodes["role"] == "item").to_numpy()
    outer = np.flatnonzero((nodes["kind"] == "item").to_numpy() & ~middle)
    inner = np.flatnonzero((nodes["kind"] != "item").to_numpy() & ~middle)
    tied[:, middle] = 0
    place = np.zeros((len(nodes), 2))
    place[outer] = _circle(len(outer))
    for _ in range(rounds):
        for ring, others in ((inner, outer), (outer, inner)):
            towards = tied[np.ix_(ring, others)] @ place[others]  # (r, 2)
            order = np.argsort(np.arctan2(towards[:, 1], towards[:, 0]), kind="stable")
            place[ring[order]] = _circle(len(ring))
    turns = np.argsort(np.argsort(np.arctan2(place[inner, 1], place[inner, 0]))) % len(INNER)
    place[inner] *= np.array(INNER)[turns][:, None]
    place[outer] *= OUTER
    return place


def _circle(count: int) -> np.ndarray:
    """(count, 2) points from the left, anticlockwise."""
    angle = -np.pi + 2 * np.pi * (np.arange(count) + 0.5) / max(count, 1)
    return np.column_stack([np.cos(angle), np.sin(angle)])


def _lines(edges: pd.DataFrame, place: dict[int, np.ndarray]) -> list[go.Scatter]:
    used = edges["relation"].value_counts().index.tolist()
    shown = edges["relation"].where(edges["relation"].isin(used[:MAX_RELATIONS]), "other ties")
    traces = []
    styles = zip(dict.fromkeys(shown.value_counts().index), cycle(RELATIONS), strict=False)
    for number, (relation, colour) in enumerate(styles):
        ends = edges[shown == relation]
        points: list[Any] = []
        for source, target in zip(ends["source"], ends["target"], strict=True):
            points += [place[source], place[target], (None, None)]  # a gap after each line
        traces.append(
            go.Scatter(
                x=[x for x, _ in points],
                y=[y for _, y in points],
                mode="lines",
                name=escape(relation),
                line={
                    "color": colour,
                    "width": 1.4,
                    "dash": "solid" if number < len(RELATIONS) else "dot",
                },
                opacity=0.85,
                hoverinfo="skip",
            )
        )
    return traces


def _points(nodes: pd.DataFrame, place: dict[int, np.ndarray]) -> list[go.Scatter]:
    traces = []
    for role, (title, symbol, size, colour) in ROLES.items():
        own = nodes[nodes["role"] == role]
        if own.empty:
            continue
        where = np.array([place[node] for node in own["node"]])
        traces.append(
            go.Scatter(
                x=where[:, 0],
                y=where[:, 1],
                mode="markers+text",
                name=title,
                marker={
                    "symbol": symbol,
                    "size": size,
                    "color": colour,
                    "line": {
                        "width": 2 if symbol.endswith("open") else 1,
                        "color": COLOURS["gray"],
                    },
                },
                text=[escape(_short(name)) for name in own["name"]],
                textposition=[_side(x, y) for x, y in where],
                textfont={"size": 13 if role == "item" else 11},
                cliponaxis=False,
                customdata=own[["node", "kind"]].to_numpy().tolist(),
                hovertext=[
                    f"{escape(name)}<br>{escape(kind)}, {title}"
                    for name, kind in zip(own["name"], own["kind"], strict=True)
                ],
                hoverinfo="text",
            )
        )
    return traces


def _side(x: float, y: float) -> str:
    """Labels stand outward, where there is room."""
    up = "top" if y >= 0 else "bottom"
    return f"{up} center" if abs(x) < 0.8 else f"{up} {'left' if x > 0 else 'right'}"


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"
