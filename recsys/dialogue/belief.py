"""Which item is meant, as far as can be told: a distribution over the items, and what an answer is
expected to tell of it."""

from collections.abc import Sequence

import numpy as np

from recsys.datatypes import Ranking

FLATTEST = 10
"""Ranks that are believed in nearly alike, the first ones. Of shares that fall with the score, in
several shapes, and with the rank, 1 / (rank + 10) was among the likeliest given what the personas
of both bundled worlds and 60 people like, for long texts and for short ones."""
SLIP = 0.2
"""The chance that an answer does not fit the item that is meant: people like more than one kind."""
SHARPNESS = 10.0
"""What a difference in similarity of 1 is worth in the log-odds of a choice between two items."""


def belief(
    ranking: Ranking, count: int, answers: Sequence[tuple[np.ndarray, bool]] = ()
) -> np.ndarray:
    """(count,) the probability of each item to be the one that is meant; sums to 1.

    In proportion to 1 / (rank + FLATTEST), 0 for what is not ranked, and for each of the
    ``answers`` (fit (count,) of a facet, whether more of it was wanted) to how likely it is of
    somebody who means the item: Bayes' rule, each facet apart from the others.
    """
    found = np.zeros(count)
    found[ranking.index] = 1 / (ranking["rank"].to_numpy(dtype=np.float64) + FLATTEST)
    for fit, more in answers:
        found *= _likelihood(fit if more else 1 - fit)
    return found / found.sum()


def still_open(probability: np.ndarray) -> float:
    """How many items it could still be: the perplexity, from 1 to as many as there are.

    >>> still_open(np.array([0.25, 0.25, 0.25, 0.25, 0.0]))
    4.0
    """
    return float(np.exp(np.log(2) * entropy(probability[None])[0]))


def entropy(probability: np.ndarray) -> np.ndarray:
    """(m,) in bits, of m distributions (m, n)."""
    safe = np.where(probability > 0, probability, 1)
    return -(probability * np.log2(safe)).sum(axis=1)


def facet_gains(probability: np.ndarray, fits: np.ndarray) -> np.ndarray:
    """(m,) bits that asking for each of m facets, ``fits`` (m, n), is expected to tell of which
    item is meant, believed with ``probability`` (n,): the mutual information of item and answer.

    >>> even = np.full(4, 0.25)
    >>> facet_gains(even, np.array([[1, 1, 0, 0], [1, 1, 1, 1.0]])).round(2).tolist()
    [0.28, 0.0]
    """
    return _gains(probability, _likelihood(fits))


def pair_gains(probability: np.ndarray, similarity: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """(m,) bits that a choice between two items is expected to tell, for ``pairs`` (m, 2) of rows
    of ``similarity`` (r, n), of r items to all."""
    ahead = similarity[pairs[:, 0]] - similarity[pairs[:, 1]]  # (m, n)
    return _gains(probability, _likelihood(1 / (1 + np.exp(-SHARPNESS * ahead))))


def _likelihood(fit: np.ndarray) -> np.ndarray:
    """How likely who means an item that fits so well says yes."""
    return SLIP + (1 - 2 * SLIP) * fit


def _gains(probability: np.ndarray, yes: np.ndarray) -> np.ndarray:
    """(m,) of m questions that are answered with yes with the chances (m, n)."""
    return _binary(yes @ probability) - _binary(yes) @ probability


def _binary(chance: np.ndarray) -> np.ndarray:
    """The entropy in bits of an event of such a chance, strictly between 0 and 1."""
    inside = np.clip(chance, 1e-12, 1 - 1e-12)
    bits: np.ndarray = -(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside))
    return bits
