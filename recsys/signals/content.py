"""Meaning: how near an item's description is to what the newcomer says."""

from functools import lru_cache, partial

import numpy as np

from recsys.datatypes import EncodedQuery, Reason
from recsys.indexes import Index
from recsys.signals._brevity import request
from recsys.store.workspace import Workspace

TITLE = "Meaning"
TERM = "embedding similarity"
HELP = (
    "How close the description is to some part of what was typed, or to a liked item,"
    " as a language model reads both."
)
DEFAULT_WEIGHT = 0.27
FEEDBACK = True
FROM_PEOPLE = False

SHARPNESS = 0.1
"""In cosines: how far a second part may fall behind the best and still add (soft maximum)."""
LIKED_WEIGHT = 0.5
"""What nearness to a liked item counts beside nearness to a clause: two items speak the same
language, so they are always nearer to each other than either is to what somebody types."""
MIN_EMPHASIS = 0.15
"""How far it is listened to in the portrait of a person."""
NEGATIVE_WEIGHT = -0.5
"""What a full match with a part that is turned down adds to the score."""
DISLIKED_WEIGHT = -0.25
"""What a full match with a disliked item adds to the score."""
MANY = 0.3
"""From this share of the items on all are compared."""


class Signal:
    """Soft maximum of the similarity to the wanted parts, less the worst unwanted match.

    A part is a clause or a liked item. ``query.similarity`` says how a part and an item are
    compared, both less the average item; the parts have length 1, the items their own length,
    except for the cosine, which does not look at it.
    """

    def __init__(self, workspace: Workspace):
        self._vectors, self._lengths = workspace.vectors, workspace.lengths
        self._titles = workspace.catalogue.items["title"]
        self._nearest = lru_cache(maxsize=64)(partial(_nearest, workspace.index))

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        wanted = self._wanted(query)
        if not len(wanted):  # nothing is wanted: start as far as can be from what is not
            wanted = -self._unwanted(query)[0]
        if not len(wanted):
            return np.empty(0, dtype=np.int64)
        asked = wanted.astype(np.float32, copy=False)
        rows = np.unique(np.concatenate([self._nearest(part.tobytes(), n) for part in asked]))
        return rows[np.argsort(-self.score(query, rows), kind="stable")[:n]]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        wanted = self._wanted(query)  # (p, d)
        if not len(wanted) and not len(self._unwanted(query)[0]):
            return np.full(len(rows), np.nan, dtype=np.float32)
        score = np.zeros(len(rows), dtype=np.float32)
        if len(wanted):
            near = self._near(query, rows, wanted) / np.float32(SHARPNESS)  # (r, p)
            total = np.logaddexp.reduce(near, axis=1) - np.log(len(wanted))
            score = (SHARPNESS * total).astype(np.float32)
        unwanted, weight = self._unwanted(query)  # (u, d), (u,)
        if len(unwanted):
            match = np.maximum(self._cosines(rows, unwanted), 0)
            score = score + (weight * match).min(axis=1)
        return score

    def emphasis(self, query: EncodedQuery) -> float:
        """How far it is to be listened to: the portrait of a person is near to no item."""
        return MIN_EMPHASIS + (1 - MIN_EMPHASIS) * request(query)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        wanted = self._wanted(query)
        if not len(wanted):
            return [Reason()] * len(rows)
        parts = []
        for clause in query.clauses:
            if clause.wanted:
                parts.append(Reason(f"close in meaning to “{clause.text}”", (clause.text,)))
        for row in query.liked:
            parts.append(Reason(f"like {self._titles[row]}, which is liked"))
        best = self._near(query, rows, wanted).argmax(axis=1)
        return [parts[part] for part in best]

    def _wanted(self, query: EncodedQuery) -> np.ndarray:
        clauses = query.clause_vectors[[clause.wanted for clause in query.clauses]]
        return np.concatenate([clauses, self._vectors[list(query.liked)]])

    def _unwanted(self, query: EncodedQuery) -> tuple[np.ndarray, np.ndarray]:
        clauses = query.clause_vectors[[not clause.wanted for clause in query.clauses]]
        items = self._vectors[list(query.disliked)]
        weight = np.repeat([NEGATIVE_WEIGHT, DISLIKED_WEIGHT], [len(clauses), len(items)])
        return np.concatenate([clauses, items]), weight.astype(np.float32)

    def _near(self, query: EncodedQuery, rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        """(r, p) what each wanted part says of each item."""
        clauses = len(wanted) - len(query.liked)
        worth = np.repeat([1, LIKED_WEIGHT], [clauses, len(query.liked)]).astype(np.float32)
        return self._similarity(query, rows, wanted) * worth

    def _similarity(self, query: EncodedQuery, rows: np.ndarray, parts: np.ndarray) -> np.ndarray:
        """(r, p), higher is nearer, all of them in steps that mean as much as a cosine's."""
        if query.similarity == "cosine":
            return self._cosines(rows, parts)
        items = self._vectors[rows] * self._lengths[rows, None]
        if query.similarity == "dot":
            return items @ parts.T
        from scipy.spatial.distance import cdist  # a third of a second that few ask for

        if query.similarity == "euclidean":
            return -cdist(items, parts)
        return -cdist(items, parts, "cityblock") / np.sqrt(parts.shape[1])

    def _cosines(self, rows: np.ndarray, parts: np.ndarray) -> np.ndarray:
        """(r, p) of items and parts (p, d)."""
        if len(rows) < MANY * len(self._vectors):
            return self._vectors[rows] @ parts.T
        every = self._vectors @ parts.T  # to pick most vectors would cost more
        return every[rows]


def _nearest(index: Index, part: bytes, n: int) -> np.ndarray:
    """The n rows nearest to a part, whose float32 come as bytes: what can be remembered."""
    return index.search(np.frombuffer(part, np.float32), n)[0]
