"""What a text says in so many words: which labels it names, and what that is worth."""

from collections.abc import Sequence
from types import ModuleType

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.knowledge.graph import kind
from recsys.knowledge.linking import Linker
from recsys.knowledge.names import PROPER

AS_PREDICTED = (1.0, 0.0, 0.0, 0.0)
"""The evidence of a relation that is hardly ever named: log-odds stay as they are."""


class NamedLabels:
    """Finds those of the ``labels`` (name, relation; a lines) that a text in ``language`` names.

    By the name or another word for it; what a clause turns down is not named. Proper names (people,
    places) are not looked for.
    """

    def __init__(self, labels: pd.DataFrame, language: ModuleType):
        kinds = labels["relation"].map(kind)
        self._codes = np.flatnonzero(~kinds.isin(PROPER))
        self._language, self._count = language, len(labels)
        nodes = pd.DataFrame({"name": labels["name"], "kind": kinds, "degree": 0})
        nodes = nodes.iloc[self._codes].reset_index(drop=True)
        # By letters alone: without topics no clause needs a meaning.
        self._linker = Linker(nodes, (), np.arange(0), np.zeros((0, 1), np.float32), language)

    def of(self, texts: Sequence[str]) -> sparse.csr_array:
        """(m, a) 0/1: which labels each of the ``texts`` names."""
        named = sparse.lil_array((len(texts), self._count), dtype=np.float32)
        for row, text in enumerate(texts):
            clauses = [(each.text, each.wanted) for each in self._language.split_clauses(text)]
            links = self._linker.link(text, clauses, np.zeros((len(clauses), 1), np.float32))
            for node in {link.node for link in links if link.wanted}:
                named[row, self._codes[node]] = 1
        return sparse.csr_array(named)


def fit(
    probability: np.ndarray,
    named: np.ndarray,
    truth: np.ndarray,
    relation: np.ndarray,
    min_named: int,
) -> np.ndarray:
    """(a, 4): of each label what ``weighed`` needs, one logistic regression a relation.

    From the ``probability`` (k, a) that a model gave each label without the item, which labels the
    text ``named`` (k, a), and the ``truth`` (k, a). A relation of which fewer than ``min_named``
    are named stays as predicted.
    """
    from sklearn.linear_model import LogisticRegression

    evidence = np.tile(np.array(AS_PREDICTED, np.float32), (len(relation), 1))
    for name in np.unique(relation):
        own = np.flatnonzero(relation == name)
        if named[:, own].sum() < min_named:
            continue
        inputs = _inputs(probability[:, own], named[:, own]).reshape(-1, 3)
        model = LogisticRegression(C=1e3, max_iter=1000).fit(inputs, truth[:, own].ravel() > 0)
        evidence[own] = [*model.coef_[0], model.intercept_[0]]
    return evidence


def weighed(
    probability: np.ndarray, named: np.ndarray, relation: np.ndarray, evidence: np.ndarray
) -> np.ndarray:
    """(m, a): the ``probability`` (m, a) once it counts what the text ``named`` (m, a), the label
    itself or another of its ``relation`` (a,), by the ``evidence`` of ``fit``."""
    found = np.empty_like(probability)
    for name in np.unique(relation):
        own = np.flatnonzero(relation == name)
        *slopes, intercept = evidence[own[0]]
        odds = _inputs(probability[:, own], named[:, own]) @ np.array(slopes) + intercept
        found[:, own] = 1 / (1 + np.exp(-odds))
    return found


def _inputs(probability: np.ndarray, named: np.ndarray) -> np.ndarray:
    """(m, a, 3) of one relation: log-odds, whether it is named, and whether only another is."""
    safe = np.clip(probability, 1e-6, 1 - 1e-6)
    named = named > 0
    another = named.any(axis=1, keepdims=True) & ~named
    return np.stack([np.log(safe / (1 - safe)), named, another], axis=-1)
