"""Stated: how much an item has of what was said: people, themes, moods, places, words."""

import numpy as np

from recsys.arrays import greatest
from recsys.datatypes import EncodedQuery, Reason
from recsys.signals._brevity import brevity
from recsys.store.workspace import Workspace

TITLE = "What was said"
TERM = "attribute matching"
HELP = (
    "How much of what was said an item has, by its facts or else by its own words. It counts for a"
    " short request, and fades as a text becomes the portrait of a person."
)
DEFAULT_WEIGHT = 1.0
FEEDBACK = False
FROM_PEOPLE = False

FIT_THRESHOLD = 0.5
"""From this fit on an item is said to have what was said."""
MAX_PHRASES = 3
"""So many phrases make a reason."""


class Signal:
    """The mean fit of all that is wanted, by its strength. Where nothing is, no opinion."""

    def __init__(self, workspace: Workspace):
        self._titles = workspace.catalogue.items["title"]

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        fit = np.flatnonzero(query.stated > 0)
        return fit[greatest(query.stated[fit], n)]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        if not query.stated.any():
            return np.full(len(rows), np.nan, dtype=np.float32)
        return query.stated[rows].astype(np.float32)

    def emphasis(self, query: EncodedQuery) -> float:
        """How far it is to be listened to: the shorter the text, the further."""
        return brevity(query)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        reasons = []
        for row in rows:
            phrases = [phrase for phrase, fit in query.aspects if fit[row] >= FIT_THRESHOLD]
            phrases = list(dict.fromkeys(phrases))[:MAX_PHRASES]
            quoted = " and ".join(f"“{phrase}”" for phrase in phrases)
            reasons.append(Reason(f"fits {quoted}", tuple(phrases)) if phrases else Reason())
        return reasons
