"""What a new item is, from its title and text alone: genres, themes, moods, decade and such."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.knowledge.graph import kind
from recsys.knowledge.linking import PROPER
from recsys.learning import kernel_ridge
from recsys.models.new_item.kernel import ItemKernel

FEWEST = 10
"""Labels of fewer items are not predicted."""
MEANING = 0.1
"""Share of the meaning in the kernel; the rest are the words."""
RIDGE = 2.0
"""Penalty of the regression."""
THRESHOLDS = np.arange(0.1, 0.61, 0.01)
"""Probabilities from which an attribute may be said."""


def plain(title: str, text: str) -> str:
    """The text that is read: what the item is said to be may not be among it."""
    return f"{title}. {text}"


def fit(kernel: ItemKernel, known: np.ndarray, plains: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays that ``ItemAttributes`` reads, learned from the rows ``known`` (k,), of which
    ``plains`` (k, d) are the embeddings of ``plain``; empty where no label has FEWEST items.

    Multi-label kernel ridge regression. What it says of each item left out is turned into a
    probability, one logistic regression a label (Platt 1999), and the threshold of a relation is
    the one that serves these best: the largest micro F1. One threshold for all labels of a
    relation: one for each is tuned to noise.
    """
    tied = kernel.tied[known]
    kinds = kernel.labels["relation"].map(kind)
    told = (np.asarray(tied.sum(axis=0)).ravel() >= FEWEST) & ~kinds.isin(PROPER).to_numpy()
    told &= np.asarray(tied.sum(axis=0)).ravel() < len(known)
    codes = np.flatnonzero(told)
    if not len(codes):
        return {}
    truth = tied[:, codes].toarray()  # (k, a)
    mean, centre = truth.mean(axis=0), plains.mean(axis=0)
    meaning = _unit(plains - centre)
    words = kernel.features.words[known]
    alike = _alike(meaning, words, meaning, words)
    weights, alone = kernel_ridge.fit(alike, truth - mean, RIDGE)
    alone += mean
    slopes = np.stack([_platt(alone[:, a], truth[:, a]) for a in range(len(codes))])  # (a, 2)
    chance = _chance(alone, slopes)
    relation = kernel.labels["relation"].to_numpy()[codes]
    threshold = np.empty(len(codes), np.float32)
    for name in np.unique(relation):
        part = relation == name
        scores = [micro_f1(chance[:, part] >= t, truth[:, part] > 0) for t in THRESHOLDS]
        threshold[part] = THRESHOLDS[int(np.argmax(scores))]
    return {
        "known": known,
        "codes": codes,
        "centre": centre.astype(np.float32),
        "meaning": meaning.astype(np.float32),
        "weights": weights.astype(np.float32),
        "mean": mean.astype(np.float32),
        "slopes": slopes.astype(np.float32),
        "threshold": threshold,
    }


class ItemAttributes:
    """What ``fit`` learned, ready to be asked.

    ``labels``: name, relation, threshold, a line for each of the a attributes; ``codes`` (a,) are
    their columns among the kernel's labels.
    """

    def __init__(self, arrays: Mapping[str, np.ndarray], kernel: ItemKernel):
        self._arrays = arrays
        self.codes = arrays["codes"]
        self._words = kernel.features.words[arrays["known"]]
        said = kernel.labels.iloc[self.codes][["name", "relation"]]
        self.labels = said.reset_index(drop=True).assign(threshold=arrays["threshold"])

    def chances(self, plains: np.ndarray, words: sparse.csr_array) -> np.ndarray:
        """(m, a): the probability of each attribute, from the embeddings (m, d) of ``plain`` and
        the kernel's words (m, v)."""
        a = self._arrays
        meaning = _unit(plains - a["centre"])
        alike = _alike(meaning, words, a["meaning"], self._words)
        return _chance(alike @ a["weights"] + a["mean"], a["slopes"])

    def said(self, chances: np.ndarray) -> pd.DataFrame:
        """What ``chances`` (a,) of one item come to: relation, name, probability, said, code."""
        table = self.labels[["relation", "name"]].assign(
            probability=chances, said=chances >= self._arrays["threshold"], code=self.codes
        )
        return table.sort_values("probability", ascending=False, kind="stable")


def micro_f1(said: np.ndarray, true: np.ndarray) -> float:
    """F1 of all decisions (m, a) together: 2 hits over all said and all true."""
    return float(2 * (said & true).sum() / max(int(said.sum() + true.sum()), 1))


def macro_f1(said: np.ndarray, true: np.ndarray) -> float:
    """Mean F1 of the labels, the columns of (m, a), that are true of some item."""
    both, either = (said & true).sum(axis=0), said.sum(axis=0) + true.sum(axis=0)
    return float((2 * both / np.maximum(either, 1))[true.any(axis=0)].mean())


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def _alike(
    meaning: np.ndarray, words: sparse.csr_array, known: np.ndarray, known_words: sparse.csr_array
) -> np.ndarray:
    alike: np.ndarray = MEANING * (meaning @ known.T) + (1 - MEANING) * (
        known_words @ words.T
    ).toarray().T.astype(np.float32)
    return alike


def _platt(score: np.ndarray, true: np.ndarray) -> np.ndarray:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3).fit(score[:, None], true > 0)
    return np.array([model.coef_[0, 0], model.intercept_[0]])


def _chance(scores: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(scores * slopes[:, 0] + slopes[:, 1])))
