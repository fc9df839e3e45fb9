"""Behaviour: what people like who like what was typed."""

from functools import lru_cache

import numpy as np

from recsys.datatypes import EncodedQuery, Reason
from recsys.models.behaviour import Behaviour
from recsys.store.workspace import Workspace

TITLE = "Behaviour of others"
HELP = (
    "What is liked by people who like what these words ask for, and by people who would have said"
    " something like it: learned from those who have a history."
)
DEFAULT_WEIGHT = 1.0
FEEDBACK = False

LIKED_WEIGHT = 0.3
"""What an item that is liked counts beside all that one signal proposes."""
DISLIKED_WEIGHT = -0.15
"""What an item that is disliked counts beside it."""
NEGATIVE_WEIGHT = -0.5
"""What a clause that is turned down counts beside one that is wanted, in the Rocchio vector."""
TEXT_WEIGHT = 0.5
"""What those who would have said it count beside those who like what it asks for."""


class Signal:
    """EASE fold-in of the feedback and the likes, and ridge regression from the text to likes.

    Both are standardised over the built items and added. Without a trained model, and of what was
    published: no opinion.
    """

    def __init__(self, workspace: Workspace):
        arrays = workspace.models.get("behaviour")
        self._model = Behaviour(arrays) if arrays else None
        self._vectors, self._built = workspace.vectors, workspace.built
        self._titles = workspace.catalogue.items["title"]
        self._kind = "simulated " if workspace.catalogue.about.get("simulated") else ""
        self._likes = workspace.interactions.likes
        self._all = lru_cache(maxsize=8)(self._score_all)

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        scores = self._all(query)
        if np.isnan(scores).all():
            return np.empty(0, dtype=np.int64)
        n = min(n, self._built)
        best = np.argpartition(-scores[: self._built], n - 1)[:n]
        return best[np.argsort(-scores[best], kind="stable")]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return self._all(query)[rows]

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        if self._model is None:
            return [Reason()] * len(rows)
        profile = self._profile(query)  # (n,)
        known = np.flatnonzero(profile > 0)
        together = (self._likes[:, rows].T @ self._likes[:, known]).toarray()  # (r, known)
        weight = together * profile[known] * (rows[:, None] != known)
        reasons = []
        for line in weight:
            best = [known[i] for i in np.argsort(-line)[:2] if line[i] > 0]
            names = " and ".join(self._titles[row] for row in best)
            said = f"liked by {self._kind}people who like {names}"
            reasons.append(Reason(said) if names else Reason())
        return reasons

    def _score_all(self, query: EncodedQuery) -> np.ndarray:
        scores = np.full(len(self._vectors), np.nan, dtype=np.float32)
        if self._model is None or not (len(query.clauses) or query.liked or query.disliked):
            return scores
        parts = (
            self._model.fold_in(self._profile(query)[: self._model.count])[: self._built],
            self._model.text_model(self._rocchio(query))[: self._built],
        )
        fold_in, text_model = ((part - part.mean()) / max(part.std(), 1e-12) for part in parts)
        scores[: self._built] = fold_in + TEXT_WEIGHT * text_model
        return scores

    def _rocchio(self, query: EncodedQuery) -> np.ndarray:
        """(d,) the Rocchio vector, unit: what is wanted and liked, less what is turned down."""
        signs = [1 if clause.wanted else NEGATIVE_WEIGHT for clause in query.clauses]
        vector = np.array(signs, dtype=np.float32) @ query.clause_vectors
        vector = vector + self._vectors[list(query.liked)].sum(axis=0)
        unit: np.ndarray = vector / max(float(np.linalg.norm(vector)), 1e-12)
        return unit

    def _profile(self, query: EncodedQuery) -> np.ndarray:
        """(n,) what each item counts as liked."""
        profile = query.feedback.copy()
        profile[list(query.liked)] += LIKED_WEIGHT
        profile[list(query.disliked)] += DISLIKED_WEIGHT
        return profile
