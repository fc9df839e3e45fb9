"""Described: a text taken for the description of one item: a short one, or the item's own."""

import re
from functools import lru_cache

import numpy as np

from recsys.arrays import greatest
from recsys.datatypes import EncodedQuery, Reason
from recsys.signals._brevity import brevity
from recsys.store.workspace import Workspace

TITLE = "Described by it"
TERM = "known-item search"
HELP = (
    "What meaning, words, facts and the year agree on, as far as the text is so short that it"
    " rather describes one item than a person; and an item whose own description is repeated."
)
DEFAULT_WEIGHT = 0.5
FEEDBACK = False
FROM_PEOPLE = False

RUN = 4
"""Words in a run of the text that is looked for in an item's own."""
QUOTED_SHARE = 0.5
"""An item is quoted when more than this share of the text's runs are its own."""
MAX_QUOTED = 10
"""So many items are looked at for that, those that most proposed."""
QUOTED = Reason("the words are its own description")


class Signal:
    """Pseudo-relevance feedback: what several sides propose weighs most; but where the text is an
    item's own, 1 for what it quotes and 0 for the others."""

    def __init__(self, workspace: Workspace):
        self._texts = workspace.catalogue.items["text"]
        self._quoted = lru_cache(maxsize=8)(self._find_quoted)

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        scores = self._scores(query)
        found = np.flatnonzero(scores > 0)
        return found[greatest(scores[found], n)]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        scores = self._scores(query)
        return scores[rows] if scores.any() else np.full(len(rows), np.nan, np.float32)

    def emphasis(self, query: EncodedQuery) -> float:
        """How far it is to be listened to: the shorter the text, the further, and all the way for
        an item's own."""
        return 1.0 if len(self._quoted(query)) else brevity(query)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        quoted = set(self._quoted(query).tolist())
        return [QUOTED if row in quoted else Reason() for row in rows.tolist()]

    def _scores(self, query: EncodedQuery) -> np.ndarray:
        """(n,) how much each item is described; all 0 for no opinion."""
        quoted = self._quoted(query)
        if not len(quoted):
            nothing = query.clauses and not query.wanted_text
            return np.zeros_like(query.feedback) if nothing else self._in_time(query)
        scores = np.zeros(len(query.feedback), dtype=np.float32)
        scores[quoted] = 1
        return scores

    def _in_time(self, query: EncodedQuery) -> np.ndarray:
        """(n,) the feedback, as far as the year agrees where something is said of when."""
        said = query.in_time
        if not len(said) or np.isnan(said).any():
            return query.feedback
        fits = np.clip(said - said.max() + 1, 0, 1)
        return query.feedback * fits

    def _find_quoted(self, query: EncodedQuery) -> np.ndarray:
        """Rows of the items whose own words the text is, to a large part."""
        said = _runs(query.text)
        asked = greatest(query.feedback, MAX_QUOTED)
        own = np.array([len(said & _runs(self._texts[row])) for row in asked])
        found: np.ndarray = asked[own > max(QUOTED_SHARE * len(said), 0)] if said else asked[:0]
        return found


@lru_cache(maxsize=4_096)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(zip(*(words[start:] for start in range(RUN)), strict=False))
