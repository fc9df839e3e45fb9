"""Behaviour: what people like who like what was typed."""

from functools import lru_cache

import numpy as np

from recsys.arrays import greatest
from recsys.datatypes import EncodedQuery, Reason
from recsys.models.behaviour import Behaviour
from recsys.models.new_item.predicted import predicted_likes
from recsys.store.workspace import Workspace

TITLE = "Liked by the same people"
TERM = "collaborative filtering"
HELP = (
    "What is liked by people who like what these words find: learned from those who have a history."
)
DEFAULT_WEIGHT = 0.8
FEEDBACK = False
FROM_PEOPLE = True

LIKED_WEIGHT = 0.3
"""What an item that is liked counts beside all that one signal proposes."""
DISLIKED_WEIGHT = -0.15
"""What an item that is disliked counts beside it."""
MIN_EMPHASIS = 0.2
"""How far it is listened to where no item is known to be liked, and words alone start the walk."""
MIN_SHARED = 0.2
"""Least share of an item's fans who like another for that to be a reason."""


class Signal:
    """EASE fold-in of the feedback and the likes; its few giants are brought in by arcsinh.

    Of what was published, by who is predicted to like it. Without a trained model: no opinion.
    """

    def __init__(self, workspace: Workspace):
        arrays = workspace.models.get("behaviour")
        self._model = Behaviour(arrays) if arrays else None
        self._vectors, self._built = workspace.vectors, workspace.built
        self._workspace = workspace
        self._titles = workspace.catalogue.items["title"]
        self._kind = "simulated " if workspace.catalogue.about.get("simulated") else ""
        self._likers = workspace.interactions.likes.T.tocsr()  # (n, u)
        self._fans = workspace.interactions.popularity
        self._all = lru_cache(maxsize=8)(self._score_all)

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        return greatest(self._all(query), n)

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return self._all(query)[rows]

    def emphasis(self, query: EncodedQuery) -> float:
        """How far it is to be listened to: the more is known to be liked, the further."""
        return 1 - (1 - MIN_EMPHASIS) / (1 + len(query.liked))

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        if self._model is None:
            return [Reason()] * len(rows)
        profile = self._profile(query)  # (n,)
        known = np.flatnonzero(profile > 0)
        together = (self._likers[rows] @ self._likers[known].T).toarray()  # (r, known)
        weight = together * profile[known] * (rows[:, None] != known)
        reasons = []
        for row, line, both in zip(rows.tolist(), weight, together, strict=True):
            best = int(line.argmax()) if len(line) else 0
            fans = self._fans[row]
            if not len(line) or line[best] <= 0 or both[best] < MIN_SHARED * fans:
                reasons.append(Reason())
                continue
            title = self._titles[known[best]]
            said = f"{both[best]:.0f} of the {fans:,} {self._kind}people who like it like {title}"
            reasons.append(Reason(said))
        return reasons

    def _score_all(self, query: EncodedQuery) -> np.ndarray:
        scores = np.full(len(self._vectors), np.nan, dtype=np.float32)
        if self._model is None or not (query.feedback.any() or query.liked or query.disliked):
            return scores
        profile = self._profile(query)[: self._model.count]
        fold_in = self._model.fold_in(profile)[: self._built]
        mean, deviation = fold_in.mean(), max(float(fold_in.std()), 1e-12)
        some = np.flatnonzero(fold_in != 0)  # the others are all the same
        drawn = np.arcsinh((np.append(fold_in[some], np.float32(0)) - mean) / deviation)
        scores[: self._built] = drawn[-1]
        scores[some] = drawn[:-1]
        if new := predicted_likes(self._workspace):
            found = self._model.predict(profile, new.of(self._model.users))
            scores[new.rows] = np.arcsinh((found - mean) / deviation)
        return scores

    def _profile(self, query: EncodedQuery) -> np.ndarray:
        """(n,) what each item counts as liked."""
        profile = query.feedback.copy()
        profile[list(query.liked)] += LIKED_WEIGHT
        profile[list(query.disliked)] += DISLIKED_WEIGHT
        return profile
