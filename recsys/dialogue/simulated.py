"""Simulated answers: what somebody of whom some likes are known would say to a question."""

from collections.abc import Collection

import numpy as np

from recsys.dialogue.facets import Facet

MORE = 1.25
"""Who likes a facet so many times as often as everybody does asks for more of it."""
LESS = 0.25
"""And who likes it at most so many times as often asks for less."""


class Simulated:
    """Somebody who likes the rows ``liked``; they say nothing of what they do not know.

    A documented model of answers, not what people said: of a facet they want more, or less, when
    their likes have it more, or less, often than the likes of everybody do, ``likes`` (n,) of each
    item. Of two items they choose the one nearer to their likes, ``nearness`` (n,).
    """

    def __init__(self, liked: Collection[int], likes: np.ndarray, nearness: np.ndarray):
        self._liked, self._likes, self._nearness = list(liked), likes, nearness

    def wants(self, facet: Facet) -> bool | None:
        """Whether they want more of it; None for either way."""
        own = float(facet.fit[self._liked].mean()) if self._liked else np.nan
        usual = float(facet.fit @ self._likes) / max(float(self._likes.sum()), 1e-12)
        if own >= MORE * usual:
            return True
        return False if own <= LESS * usual else None

    def prefers(self, one: int, other: int) -> int:
        """The one of two rows that they choose."""
        return one if self._nearness[one] >= self._nearness[other] else other
