"""Multi-label kernel ridge regression from title and text alone to what an item is: genres,
themes, moods, decade and such. What the text names counts beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.knowledge.graph import kind
from recsys.knowledge.names import PROPER
from recsys.learning import kernel_ridge
from recsys.models.new_item import named as naming
from recsys.models.new_item.kernel import ItemKernel

LIKELY = 0.5
"""From this probability on a person would call an attribute likely."""

TO_BE_NAMED = frozenset({"country"})
"""Kinds that no text shows without naming them: what is only guessed of them is never likely. A
tram driver in Trieste was of France, at more than a half, since such stories often are."""


@dataclass(frozen=True)
class Config:
    """How attributes are learned."""

    min_items: int = 10
    """Labels of fewer items are not predicted."""
    meaning_share: float = 0.1
    """Share of the meaning in the kernel; the rest are the words."""
    ridge: float = 2.0
    """Penalty of the regression."""
    min_threshold: float = 0.1
    """The least probability that is tried as the one from which an attribute is predicted."""
    max_threshold: float = 0.61
    """All that are tried lie below it."""
    threshold_step: float = 0.01
    """How far one lies from the next."""
    min_named: int = 20
    """Of a relation that texts name less often, it is not learned what naming is worth."""

    @property
    def thresholds(self) -> np.ndarray:
        """(t,): the probabilities that are tried."""
        return np.arange(self.min_threshold, self.max_threshold, self.threshold_step)


def fit(
    kernel: ItemKernel,
    known: np.ndarray,
    texts: np.ndarray,
    named: sparse.csr_array,
    config: Config = Config(),
) -> dict[str, np.ndarray]:
    """The arrays that ``ItemAttributes`` reads, learned from the rows ``known`` (k,), of which
    ``texts`` (k, d) are the embeddings of ``title_and_text`` and ``named`` (k, all labels) what the
    texts name; empty where no label has enough.

    The leave-one-out prediction of each item is turned into a probability, one logistic regression
    a label (Platt 1999), and then by what the text names, one a relation. The threshold of a
    relation is the one that serves these best: the largest micro F1. One threshold for all labels
    of a relation: one for each is tuned to noise.
    """
    tied = kernel.tied[known]
    codes = _predictable(kernel, tied, config.min_items)
    if not len(codes):
        return {}
    truth = tied[:, codes].toarray()  # (k, a)
    mean = truth.mean(axis=0)
    centre = texts.mean(axis=0)
    meaning = _unit(texts - centre)
    words = kernel.features.words[known]
    similarity = _kernel(meaning, words, meaning, words, config)  # (k, k)
    weights, loo = kernel_ridge.fit(similarity, truth - mean, config.ridge)
    loo += mean
    labels = range(len(codes))
    slopes = np.stack([_platt(loo[:, label], truth[:, label]) for label in labels])  # (a, 2)
    probability = _probability(loo, slopes)
    relation = kernel.labels["relation"].to_numpy()[codes]
    said = named[:, codes].toarray()  # (k, a)
    evidence = naming.fit(probability, said, truth, relation, config.min_named)
    probability = naming.weighed(probability, said, relation, evidence)
    return {
        "known": known,
        "codes": codes,
        "centre": centre.astype(np.float32),
        "meaning": meaning.astype(np.float32),
        "weights": weights.astype(np.float32),
        "mean": mean.astype(np.float32),
        "slopes": slopes.astype(np.float32),
        "evidence": evidence,
        "threshold": _thresholds(probability, truth, relation, config.thresholds),
    }


class ItemAttributes:
    """What ``fit`` learned, ready to be asked.

    ``labels``: name, relation, threshold, a line for each of the a attributes; ``codes`` (a,) are
    their columns among the kernel's labels.
    """

    def __init__(
        self, arrays: Mapping[str, np.ndarray], kernel: ItemKernel, config: Config = Config()
    ):
        self._arrays, self._config = arrays, config
        self.codes = arrays["codes"]
        self._words = kernel.features.words[arrays["known"]]
        named = kernel.labels.iloc[self.codes][["name", "relation"]]
        self.labels = named.reset_index(drop=True).assign(threshold=arrays["threshold"])

    def probabilities(
        self, texts: np.ndarray, words: sparse.csr_array, named: sparse.csr_array
    ) -> np.ndarray:
        """(m, a): the probability of each attribute, from the embeddings (m, d) of
        ``title_and_text``, and the kernel's words (m, v) and what it finds ``named`` (m, all)."""
        a = self._arrays
        meaning = _unit(texts - a["centre"])
        similarity = _kernel(meaning, words, a["meaning"], self._words, self._config)  # (m, k)
        probability = _probability(similarity @ a["weights"] + a["mean"], a["slopes"])
        relation = self.labels["relation"].to_numpy()
        return naming.weighed(probability, named[:, self.codes].toarray(), relation, a["evidence"])

    def by_word(self, words: sparse.csr_array) -> np.ndarray:
        """(w, a): what each of the kernel's w words in ``words`` (1, v) adds to the score of each
        attribute; with the meaning's part and the mean they are the score."""
        own = self._words[:, words.indices].T @ self._arrays["weights"]  # (w, a)
        return (1 - self._config.meaning_share) * words.data[:, None] * own

    def predicted(self, probabilities: np.ndarray, named: sparse.csr_array) -> pd.DataFrame:
        """What ``probabilities`` (a,) of one item come to: relation, name, probability, threshold
        (of the relation), predicted (whether it reaches that), likely (whether a person would call
        it so), named (by the text, as ``named`` (1, all) says), code; the most probable first."""
        said = named[:, self.codes].toarray()[0] > 0
        shown = said | ~self.labels["relation"].map(kind).isin(TO_BE_NAMED).to_numpy()
        table = self.labels.assign(
            probability=probabilities,
            predicted=probabilities >= self._arrays["threshold"],
            likely=(probabilities >= LIKELY) & shown,
            named=said,
            code=self.codes,
        )
        return table.sort_values("probability", ascending=False, kind="stable")


def micro_f1(predicted: np.ndarray, true: np.ndarray) -> float:
    """F1 of all decisions (m, a) together: 2 hits over all predicted and all true."""
    hits = (predicted & true).sum()
    return float(2 * hits / max(int(predicted.sum() + true.sum()), 1))


def macro_f1(predicted: np.ndarray, true: np.ndarray) -> float:
    """Mean F1 of the labels, the columns of (m, a), that are true of some item."""
    hits = (predicted & true).sum(axis=0)
    either = predicted.sum(axis=0) + true.sum(axis=0)
    each = 2 * hits / np.maximum(either, 1)
    return float(each[true.any(axis=0)].mean())


def _predictable(kernel: ItemKernel, tied: sparse.csr_array, min_items: int) -> np.ndarray:
    """The labels (codes) that enough of the items (k, a) have, and not all of them, but for names:
    nobody can tell from a text who will direct it."""
    count = np.asarray(tied.sum(axis=0)).ravel()  # (a,)
    kinds = kernel.labels["relation"].map(kind)
    common = ~kinds.isin(PROPER).to_numpy()
    return np.flatnonzero((count >= min_items) & common & (count < tied.shape[0]))


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def _kernel(
    meaning: np.ndarray,
    words: sparse.csr_array,
    known: np.ndarray,
    known_words: sparse.csr_array,
    config: Config,
) -> np.ndarray:
    """(m, k): the weighted mean of the cosines of meaning and of words."""
    by_meaning = config.meaning_share * (meaning @ known.T)
    cosine = known_words @ words.T  # sparse, and faster with the smaller on the right
    by_words = (1 - config.meaning_share) * cosine.toarray().T.astype(np.float32)
    return by_meaning + by_words


def _platt(score: np.ndarray, true: np.ndarray) -> np.ndarray:
    """(2,): slope and intercept of the log-odds of one label, by its scores (k,)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3).fit(score[:, None], true > 0)
    return np.array([model.coef_[0, 0], model.intercept_[0]])


def _probability(scores: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(scores * slopes[:, 0] + slopes[:, 1])))


def _thresholds(
    probability: np.ndarray, truth: np.ndarray, relation: np.ndarray, tried: np.ndarray
) -> np.ndarray:
    """(a,): of each relation (a,) the first of the ``tried`` with the largest micro F1, by
    ``probability`` (k, a) and ``truth`` (k, a)."""
    thresholds = np.empty(len(relation), np.float32)
    for name in np.unique(relation):
        own = relation == name
        scores = [micro_f1(probability[:, own] >= each, truth[:, own] > 0) for each in tried]
        thresholds[own] = tried[int(np.argmax(scores))]
    return thresholds
