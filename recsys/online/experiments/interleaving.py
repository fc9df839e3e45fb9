"""Team-draft interleaving: two strategies in one unmarked list, and whose items are liked.

Everybody compares both strategies at once, so what differs from visitor to visitor cancels out.
Radlinski, Kurup & Joachims 2008, How does clickthrough data reflect retrieval quality?
"""

import numpy as np

from recsys.errors import QueryError


def team_draft(
    one: np.ndarray, other: np.ndarray, k: int, coins: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(n, k) the items shown to each visitor, and (n, k) whose each is: 0 of ``one``, 1 of
    ``other``.

    ``one`` and ``other`` (n, m) are items, the best first, -1 for none; ``coins`` (n, k) of 0 and 1
    say who picks first in each round of two. Each picks the first of its list that is not in yet;
    whoever has none left leaves the place to the other. -1 in both where neither has any. Raises
    QueryError where the lists differ in number.

    >>> a, b = np.array([[1, 2, 3]]), np.array([[2, 4, 1]])
    >>> shown, team = team_draft(a, b, 4, np.array([[0, 0, 1, 1]]))
    >>> shown.tolist(), team.tolist()
    ([[1, 2, 4, 3]], [[0, 1, 1, 0]])
    """
    if len(one) != len(other) or len(one) != len(coins):
        raise QueryError(f"{len(one)}, {len(other)} lists and {len(coins)} coins do not match.")
    lists = np.stack([one, other])  # (2, n, m)
    free = lists >= 0
    people = np.arange(len(one))
    shown = np.full((len(one), k), -1, dtype=np.int64)
    team = np.full((len(one), k), -1, dtype=np.int64)
    for place in range(k):
        first = coins[:, place - place % 2]
        turn = first if place % 2 == 0 else 1 - first
        turn = np.where(free[turn, people].any(axis=1), turn, 1 - turn)
        left = free[turn, people].any(axis=1)
        position = free[turn, people].argmax(axis=1)
        picked = np.where(left, lists[turn, people, position], -1)
        shown[:, place], team[:, place] = picked, np.where(left, turn, -1)
        free &= lists != picked[:, None]
    return shown, team


def without_shared(
    one: np.ndarray, other: np.ndarray, shown: np.ndarray, team: np.ndarray
) -> np.ndarray:
    """(n, k) the teams, -1 for an item that both lists have at the same place: a coin alone decides
    whose it is, so a like of it says nothing.

    ``one`` and ``other`` (n, m), ``shown`` and ``team`` as ``team_draft`` gives them.
    """
    same = (one == other)[:, None, :] & (shown[:, :, None] == one[:, None, :])  # (n, k, m)
    return np.where(same.any(axis=-1), -1, team)


def preferences(liked: np.ndarray, team: np.ndarray) -> np.ndarray:
    """(n,) 1 for each visitor who likes more of the second's items, -1 more of the first's, 0 as
    many.

    ``liked`` (n, k) bool, ``team`` as ``team_draft`` gives it.
    """
    return np.sign((liked & (team == 1)).sum(axis=1) - (liked & (team == 0)).sum(axis=1))
