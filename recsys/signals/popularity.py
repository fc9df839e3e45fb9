"""Popularity: what most people like."""

import numpy as np

from recsys.datatypes import EncodedQuery, Reason
from recsys.signals._brevity import request
from recsys.store.workspace import Workspace

TITLE = "Popularity"
TERM = "popularity prior"
HELP = (
    "How many people in this catalogue like it, on a log scale; it knows nothing of the newcomer."
)
DEFAULT_WEIGHT = 0.3
FEEDBACK = False
FROM_PEOPLE = True

MIN_EMPHASIS = 0.1
"""How far it is listened to where a request says all."""


class Signal:
    """log(likes + average likes), a like being worth the less the more its user likes: that one
    likes everything says little. The average keeps one like more from mattering much.

    Without a single like in the catalogue it has no opinion, and none of what was published, which
    nobody has had the chance to like.
    """

    def __init__(self, workspace: Workspace):
        self._likes = workspace.interactions.popularity  # (n,)
        likes = workspace.interactions.likes
        per_user = np.sqrt(np.maximum(np.diff(likes.indptr), 1))  # (u,)
        self._even = np.asarray(likes.T @ (1 / per_user)).ravel()  # (n,)
        self._built = self._likes[: workspace.built]
        self._kind = "simulated " if workspace.catalogue.about.get("simulated") else ""
        self._order = np.argsort(-self._built, kind="stable")

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        return self._order[:n] if self._likes.any() else self._order[:0]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        if not self._likes.any():
            return np.full(len(rows), np.nan, dtype=np.float32)
        score = np.log(self._even[rows] + self._even[: len(self._built)].mean())
        return np.where(rows < len(self._built), score, np.nan).astype(np.float32)

    def emphasis(self, query: EncodedQuery) -> float:
        """How far it is to be listened to: little where a request says what is wanted."""
        return 1 - (1 - MIN_EMPHASIS) * request(query)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        reasons = []
        for likes in self._likes[rows].tolist():
            people = "person" if likes == 1 else "people"
            said = f"liked by {likes:,} {self._kind}{people}"
            reasons.append(Reason(said) if likes else Reason())
        return reasons
