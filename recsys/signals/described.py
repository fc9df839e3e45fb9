"""Described: a text taken for the description of one item: a short one, or the item's own."""

import re
from functools import lru_cache

import numpy as np

from recsys.datatypes import EncodedQuery, Reason
from recsys.store.workspace import Workspace

TITLE = "Described by it"
HELP = (
    "What meaning, words and facts agree on, when the text is so short that it rather describes one"
    " item than a person; and an item whose own description is repeated. On any other text it has"
    " no opinion."
)
DEFAULT_WEIGHT = 1.0
FEEDBACK = False

MAX_WORDS = 14
"""Of a text that describes one item: who speaks of themselves takes more."""
RUN = 4
"""Words in a run of the text that is looked for in an item's own."""
QUOTED_SHARE = 0.5
"""An item is quoted when more than this share of the text's runs are its own."""
MAX_QUOTED = 10
"""So many items are looked at for that, those that most proposed."""
SAID = Reason("it is what the words describe")


class Signal:
    """For a short text its pseudo-relevance feedback: what several sides propose weighs most. For a
    longer one, 1 for what it quotes and 0 for the others; no opinion when it quotes nothing."""

    def __init__(self, workspace: Workspace):
        self._texts = workspace.catalogue.items["text"]

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        scores = self._scores(query)
        best = np.argsort(-scores, kind="stable")[:n]
        return best[scores[best] > 0]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        scores = self._scores(query)
        return scores[rows] if scores.any() else np.full(len(rows), np.nan, np.float32)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        scores = self._scores(query)
        said = (scores[rows] > 0) & (scores[rows] > scores.max() / 2)
        return [SAID if one else Reason() for one in said]

    def _scores(self, query: EncodedQuery) -> np.ndarray:
        """(n,) how much each item is described; all 0 for no opinion."""
        words = len(query.wanted_text.split())
        if 0 < words <= MAX_WORDS:
            return query.feedback
        scores = np.zeros(len(query.feedback), dtype=np.float32)
        if words:
            said = _runs(query.text)
            asked = np.argsort(-query.feedback, kind="stable")[:MAX_QUOTED]
            own = [len(said & _runs(self._texts[row])) for row in asked]
            scores[asked[np.array(own) > QUOTED_SHARE * len(said)]] = 1
        return scores


@lru_cache(maxsize=4_096)
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(zip(*(words[start:] for start in range(RUN)), strict=False))
