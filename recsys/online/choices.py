"""Weights from choices, one at a time: which of those that were shown is liked.

Conditional logit (McFadden 1974): of what was shown, an item is chosen with a probability
proportional to exp(w x). Each choice moves the weights by one step of Newton's method on all
choices so far, so that a single pass comes as near to the best weights as the data allows (online
Newton step; Murata & Amari 1999), which stochastic gradient descent does only with a rate that is
tuned to the data.
"""

import numpy as np

PRIOR_PRECISION = 10.0
"""How sure the first weights are: as sure as after about so many choices."""


def choose(
    weights: np.ndarray, precision: np.ndarray, shown: np.ndarray, chosen: int
) -> tuple[np.ndarray, np.ndarray]:
    """The weights (s,) and their precision (s, s) after the row ``chosen`` of ``shown`` (m, s) was
    chosen.

    >>> even = np.zeros(1), np.eye(1)
    >>> weights, precision = choose(*even, np.array([[1.0], [-1.0]]), 0)
    >>> weights.tolist(), precision.tolist()
    ([0.5], [[2.0]])
    """
    logits = shown @ weights
    probability = np.exp(logits - logits.max())
    probability /= probability.sum()
    mean = probability @ shown
    away = shown - mean
    precision = precision + (away * probability[:, None]).T @ away
    return weights + np.linalg.solve(precision, shown[chosen] - mean), precision
