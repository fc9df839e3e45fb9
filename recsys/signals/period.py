"""Year: when something was made, where the newcomer says when."""

import numpy as np

from recsys.datatypes import EncodedQuery, Reason
from recsys.signals._brevity import request
from recsys.store.workspace import Workspace

TITLE = "Year"
TERM = "temporal fit"
HELP = "How well the year fits what was said of it: “from the 70s”, “recent”, “before 1960”."
DEFAULT_WEIGHT = 1.0
FEEDBACK = False
FROM_PEOPLE = False

MIN_EMPHASIS = 0.25
"""How far it is listened to in the portrait of a person: a time is true of a part of it."""

FIT_THRESHOLD = 0.99
"""A score from which the year is said to be the one asked for."""


class Signal:
    """1 inside a span that is asked for, falling outside; the reverse for one turned down.

    Nothing said of when, or no year known: no opinion.
    """

    def __init__(self, workspace: Workspace):
        self._year = workspace.catalogue.items["year"].to_numpy(np.float64, na_value=np.nan)

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        return np.empty(0, dtype=np.int64)  # a year alone makes nothing worth a look

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        if not len(query.in_time):
            return np.full(len(rows), np.nan, dtype=np.float32)
        return np.where(np.isnan(self._year[rows]), np.nan, query.in_time[rows]).astype(np.float32)

    def emphasis(self, query: EncodedQuery) -> float:
        """How far it is to be listened to: all the way where a request says when."""
        return MIN_EMPHASIS + (1 - MIN_EMPHASIS) * request(query)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        reasons = []
        for year, score in zip(self._year[rows], self.score(query, rows), strict=True):
            fits = score > FIT_THRESHOLD
            reasons.append(Reason(f"from {year:.0f}, as asked") if fits else Reason())
        return reasons
