"""Year: when something was made, where the newcomer says when."""

import numpy as np

from recsys.datatypes import EncodedQuery, Reason
from recsys.store.workspace import Workspace

TITLE = "Year"
HELP = "How well the year fits what was said of it: “from the 70s”, “recent”, “before 1960”."
DEFAULT_WEIGHT = 0.4
FEEDBACK = False

SOFTNESS = 5.0
"""Years outside of a span after which a fit falls to 1 / e."""
FIT_THRESHOLD = 0.99
"""A score from which the year is said to be the one asked for."""


class Signal:
    """1 inside a span that is asked for, falling outside; the reverse for one turned down.

    Where several spans are asked for, the best counts. Nothing said of when, or no year known:
    no opinion.
    """

    def __init__(self, workspace: Workspace):
        self._language = workspace.language
        self._year = workspace.catalogue.items["year"].to_numpy(np.float64, na_value=np.nan)
        known = self._year[~np.isnan(self._year)]
        self._newest = int(known.max()) if len(known) else 0

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        return np.empty(0, dtype=np.int64)  # a year alone makes nothing worth a look

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        fits: dict[bool, list[np.ndarray]] = {True: [], False: []}
        for clause in query.clauses:
            for low, high in self._language.spans(clause.text, self._newest):
                away = np.maximum(np.maximum(low - self._year[rows], self._year[rows] - high), 0)
                fits[clause.wanted].append(np.exp(-away / SOFTNESS))
        if not (fits[True] or fits[False]):
            return np.full(len(rows), np.nan, dtype=np.float32)
        wanted = np.max(fits[True], axis=0) if fits[True] else np.zeros(len(rows))
        unwanted = np.max(fits[False], axis=0) if fits[False] else np.zeros(len(rows))
        return (wanted - unwanted).astype(np.float32)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        reasons = []
        for year, score in zip(self._year[rows], self.score(query, rows), strict=True):
            fits = score > FIT_THRESHOLD
            reasons.append(Reason(f"from {year:.0f}, as asked") if fits else Reason())
        return reasons
