"""Popularity: what most people like."""

import numpy as np

from recsys.datatypes import EncodedQuery, Reason
from recsys.store.workspace import Workspace

TITLE = "Popularity"
HELP = (
    "How many people in this catalogue like it, on a log scale; it knows nothing of the newcomer."
)
DEFAULT_WEIGHT = 0.15
FEEDBACK = False


class Signal:
    """log(likes + average likes): counting the average in keeps one like more from mattering much.

    Without a single like in the catalogue it has no opinion, and none of what was published, which
    nobody has had the chance to like.
    """

    def __init__(self, workspace: Workspace):
        self._likes = workspace.interactions.popularity  # (n,)
        self._built = self._likes[: workspace.built]
        self._kind = "simulated " if workspace.catalogue.about.get("simulated") else ""
        self._order = np.argsort(-self._built, kind="stable")

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        return self._order[:n] if self._likes.any() else self._order[:0]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        if not self._likes.any():
            return np.full(len(rows), np.nan, dtype=np.float32)
        score = np.log(self._likes[rows] + self._built.mean())
        return np.where(rows < len(self._built), score, np.nan).astype(np.float32)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        reasons = []
        for likes in self._likes[rows].tolist():
            people = "person" if likes == 1 else "people"
            said = f"liked by {likes:,} {self._kind}{people}"
            reasons.append(Reason(said) if likes else Reason())
        return reasons
