"""Popularity: what most people like."""

from functools import cached_property

import numpy as np

from recsys.datatypes import EncodedQuery, Reason
from recsys.models.new_item.predicted import predicted_likes
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

    What was published, and nobody has had the chance to like, has the likes that are predicted of
    it. Without a single like in the catalogue, and without a prediction: no opinion.
    """

    def __init__(self, workspace: Workspace):
        self._workspace = workspace
        self._likes = workspace.interactions.popularity  # (n,)
        self._kind = "simulated " if workspace.catalogue.about.get("simulated") else ""
        self._order = np.argsort(-self._likes[: workspace.built], kind="stable")

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        return self._order[:n] if self._likes.any() else self._order[:0]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return self._scores[rows]

    @cached_property
    def _scores(self) -> np.ndarray:
        """(n,) of every item."""
        built, likes = self._workspace.built, self._workspace.interactions.likes
        scores = np.full(len(self._likes), np.nan, dtype=np.float32)
        if not self._likes.any():
            return scores
        worth = 1 / np.sqrt(np.maximum(np.diff(likes.indptr), 1))  # (u,)
        even = np.asarray(likes.T @ worth).ravel()[:built]
        scores[:built] = np.log(even + even.mean())
        if new := predicted_likes(self._workspace):
            expected = worth @ new.of(np.arange(len(worth)))
            scores[new.rows] = np.log(expected + even.mean())
        return scores

    def emphasis(self, query: EncodedQuery) -> float:
        """How far it is to be listened to: little where a request says what is wanted."""
        return 1 - (1 - MIN_EMPHASIS) * request(query)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        expected = self._expected
        reasons = []
        for row, likes in zip(rows.tolist(), self._likes[rows].tolist(), strict=True):
            if row in expected:
                likes, said = expected[row], "predicted to be liked by about"
            else:
                said = "liked by"
            reasons.append(Reason(f"{said} {likes:,} {self._people(likes)}") if likes else Reason())
        return reasons

    @cached_property
    def _expected(self) -> dict[int, int]:
        """Row -> how many are predicted to like it, of the items whose likes nobody knows."""
        new = predicted_likes(self._workspace)
        if new is None:
            return {}
        counts = np.rint(new.share * len(self._workspace.interactions.users)).astype(int)
        return dict(zip(new.rows.tolist(), counts.tolist(), strict=True))

    def _people(self, count: int) -> str:
        return self._kind + ("person" if count == 1 else "people")
