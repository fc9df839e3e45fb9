"""Described: what a short text says, taken for the description of one item."""

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.workspace import Workspace

TITLE = "Described by it"
HELP = (
    "What meaning, words and facts agree on, when the text is so short that it rather describes one"
    " item than a person. On a longer text it has no opinion."
)
DEFAULT_WEIGHT = 1.0
SEEDS = False

BRIEF = 14
"""Words; who speaks of themselves takes more."""


class Signal:
    """The query's seeds: what is proposed from several sides weighs most."""

    def __init__(self, workspace: Workspace):
        pass  # all that it reads is in the query

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        if not _describes(query):
            return np.empty(0, dtype=np.int64)
        best = np.argsort(-query.seeds, kind="stable")[:n]
        return best[query.seeds[best] > 0]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return query.seeds[rows] if _describes(query) else np.full(len(rows), np.nan, np.float32)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[str]:
        said = _describes(query) & (query.seeds[rows] > query.seeds.max() / 2)
        return ["it is what the words describe" if one else "" for one in said]


def _describes(query: EncodedQuery) -> bool:
    return bool(0 < len(query.wanted_text.split()) <= BRIEF and query.seeds.any())
