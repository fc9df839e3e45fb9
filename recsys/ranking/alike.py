"""What is near an item in three ways: by its text, by what is known of it, by who likes it."""

import numpy as np

from recsys.arrays import greatest
from recsys.knowledge.graph import Graph
from recsys.store.workspace import Workspace

WAYS = ("text", "facts", "audience")
"""By the cosine of the embeddings; by the weight of the facts they share; by the cosine of who
likes them."""
MIN_SHARED = 2
"""Two audiences that share fewer people are not compared."""


def alike(workspace: Workspace, graph: Graph, row: int, most: int) -> dict[str, np.ndarray]:
    """The rows nearest to ``row`` by each of WAYS, the nearest first, at most ``most`` each.

    ``graph`` is that of the workspace, or what is left of it. Fewer where nothing more is near: an
    item without facts, or whom nobody likes, has none.
    """
    return {
        "text": _first(_by_text(workspace, row), row, most),
        "facts": graph.neighbours(row, most),
        "audience": _first(_by_audience(workspace, row), row, most),
    }


def agreement(near: dict[str, np.ndarray]) -> dict[int, tuple[str, ...]]:
    """Each row that any way names, with the ways that do: of more first, then the better placed."""
    ways: dict[int, tuple[str, ...]] = {}
    places: dict[int, int] = {}
    for way, rows in near.items():
        for place, row in enumerate(rows.tolist()):
            ways[row] = (*ways.get(row, ()), way)
            places[row] = min(place, places.get(row, place))
    order = sorted(ways, key=lambda row: (-len(ways[row]), places[row]))
    return {row: ways[row] for row in order}


def _by_text(workspace: Workspace, row: int) -> np.ndarray:
    cosine: np.ndarray = workspace.vectors @ workspace.vectors[row]
    return cosine


def _by_audience(workspace: Workspace, row: int) -> np.ndarray:
    likes = workspace.interactions.likes  # (users, items)
    fans = likes[:, [row]].nonzero()[0]
    shared = np.bincount(likes[fans].indices, minlength=likes.shape[1])
    counts = np.maximum(workspace.interactions.popularity, 1)
    cosine: np.ndarray = shared / np.sqrt(counts * counts[row])
    return np.where(shared >= MIN_SHARED, cosine, 0)


def _first(score: np.ndarray, row: int, most: int) -> np.ndarray:
    """The rows of the greatest scores above 0, without ``row``, the greatest first."""
    others = score.copy()
    others[row] = 0
    found = greatest(others, most)
    return found[others[found] > 0]
