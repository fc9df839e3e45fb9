"""Rates that are observed a few times only, drawn towards what was predicted of them.

A Beta prior whose mean is the prediction; its strength, in showings, is the one under which the
outcomes of all items together are likeliest (empirical Bayes; Efron 2010, chapter 1).
"""

import numpy as np

USUAL_STRENGTH = 20.0
"""A prediction counts as much as so many showings, as long as nothing is known of it."""
STRENGTHS = np.geomspace(1, 1000, 61)
"""Those that are tried."""
SPREAD = 1.0
"""Natural logarithms that the strength may be expected to be away from the usual one."""
LEAST_RATE = 0.002
"""No rate is predicted to be lower, nor higher than 1 less it: a prior must be able to learn."""


def prior(predicted: np.ndarray, strength: float | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two parameters, (n,) each, of the Beta priors of these rates (n,).

    >>> [each.tolist() for each in prior(np.array([0.1, 0.5]), 20)]
    [[2.0, 10.0], [18.0, 10.0]]
    """
    mean = np.clip(predicted, LEAST_RATE, 1 - LEAST_RATE)
    return mean * strength, (1 - mean) * strength


def estimate_strength(predicted: np.ndarray, shown: np.ndarray, liked: np.ndarray) -> float:
    """How many showings a prediction is worth: where the outcomes, ``liked`` of ``shown`` (n,), are
    likeliest (beta-binomial), and the usual one likely beforehand (log-normal)."""
    from scipy.special import betaln

    tried = STRENGTHS[:, None]
    a, b = prior(predicted, tried)  # (t, n)
    likelihood = (betaln(a + liked, b + shown - liked) - betaln(a, b)).sum(axis=1)
    away = np.log(STRENGTHS / USUAL_STRENGTH) / SPREAD
    return float(STRENGTHS[np.argmax(likelihood - away**2 / 2)])


def interval(a: np.ndarray, b: np.ndarray, level: float = 0.8) -> tuple[np.ndarray, np.ndarray]:
    """The ends, (n,) each, of the central intervals of Beta distributions."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    return betaincinv(a, b, tail), betaincinv(a, b, 1 - tail)
