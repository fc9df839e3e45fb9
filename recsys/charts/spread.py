"""Marks and names that would cover one another, moved apart."""

import numpy as np

ROUNDS = 200
"""Of pushing; most marks are apart after a few."""
RINGS = 10
"""So many steps away from its centre a box may stand."""


def spread(points: np.ndarray, distance: float) -> np.ndarray:
    """(m, 2): the ``points`` (m, 2) moved as little as leaves any two at least about ``distance``
    apart; those that are far enough from all others stay.

    >>> spread(np.array([[0.0, 5], [1, 5], [9, 9]]), 2).round(2).tolist()
    [[-0.5, 5.0], [1.5, 5.0], [9.0, 9.0]]
    """
    moved = np.array(points, dtype=float)
    count = len(moved)
    # Two at one place part in a direction of their own, the same each time.
    angle = np.arange(count) * np.pi * (3 - np.sqrt(5))
    nudge = np.stack([np.cos(angle), np.sin(angle)], axis=1) * 1e-6
    for _ in range(ROUNDS):
        away = (moved + nudge)[:, None] - (moved + nudge)  # (m, m, 2)
        length = np.linalg.norm(away, axis=2)
        np.fill_diagonal(length, np.inf)
        lacking = np.maximum(distance - length, 0)
        if lacking.max(initial=0) < distance * 1e-3:
            break
        push = away / np.maximum(length, 1e-12)[..., None] * (lacking / 2)[..., None]
        moved += push.sum(axis=1)
    return moved


def clear(
    centres: np.ndarray, sizes: np.ndarray, taken: np.ndarray, around: float, step: float
) -> np.ndarray:
    """(r, 2): the middles of boxes of these ``sizes`` (r, 2), as near to their ``centres`` (r, 2)
    as they cover neither another box nor the squares of side ``around`` at ``taken`` (m, 2).

    They are moved by ``step`` at a time; where there is no room within RINGS steps, to where they
    cover least.

    >>> clear(np.zeros((1, 2)), np.array([[2.0, 1]]), np.zeros((1, 2)), 0, 0.3).round(2).tolist()
    [[0.0, 0.6]]
    """
    offsets = _rings() * step  # (o, 2), the nearest first
    found = np.array(centres, dtype=float)
    middles = np.concatenate([taken, np.empty((0, 2))])
    room = np.full((len(middles), 2), around / 2)  # half the size of what is taken
    for number, half in enumerate(sizes / 2):
        tried = centres[number] + offsets  # (o, 2)
        apart = np.abs(tried[:, None] - middles)  # (o, m, 2)
        covered = (apart < room + half).all(axis=2).sum(axis=1)  # (o,)
        found[number] = tried[covered.argmin()]
        middles, room = np.vstack([middles, found[number]]), np.vstack([room, half])
    return found


def _rings() -> np.ndarray:
    """(1 + 8 RINGS, 2) no offset, then eight directions on each ring, up and down first."""
    eighth = np.pi / 4
    angle = np.array([2, 6, 0, 4, 1, 3, 5, 7]) * eighth
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)  # (8, 2)
    rings = [ring * circle for ring in range(1, RINGS + 1)]
    return np.concatenate([np.zeros((1, 2)), *rings])
