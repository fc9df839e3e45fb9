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

USUAL_SHOWINGS = 100.0
"""The odds of all predictions together are believed as if after so many showings."""
MOST_SHIFT = 8.0
"""Natural logarithms that they are shifted by at most."""
BISECTIONS = 40
"""Halvings of twice that."""


def prior(predicted: np.ndarray, strength: float | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two parameters, (n,) each, of the Beta priors of these rates (n,).

    >>> [each.tolist() for each in prior(np.array([0.1, 0.5]), 20)]
    [[2.0, 10.0], [18.0, 10.0]]
    """
    mean = np.clip(predicted, LEAST_RATE, 1 - LEAST_RATE)
    return mean * strength, (1 - mean) * strength


def shifted_odds(predicted: np.ndarray, shown: np.ndarray, liked: np.ndarray) -> np.ndarray:
    """The rates (n,), all odds so many times as great that those ``shown`` would have been
    ``liked`` (n,) as often as they were.

    Who is shown something it may suit likes it more often than anybody, or says so less often: that
    is no merit of an item. What is seen seldom moves them little, as if USUAL_SHOWINGS had gone
    as predicted before.

    >>> shifted_odds(np.array([0.5, 0.2]), np.array([100, 0]), np.array([0, 0])).round(2).tolist()
    [0.25, 0.08]
    """
    rates = np.clip(predicted, LEAST_RATE, 1 - LEAST_RATE)
    if not shown.any():
        return rates
    logits = np.append(np.log(rates / (1 - rates)), 0.0)
    usual = shown @ rates / shown.sum()
    logits[-1] = np.log(usual / (1 - usual))
    weight = np.append(shown, USUAL_SHOWINGS)
    wanted = liked.sum() + USUAL_SHOWINGS * usual
    low, high = -MOST_SHIFT, MOST_SHIFT
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if weight @ (1 / (1 + np.exp(-logits - middle))) < wanted:
            low = middle
        else:
            high = middle
    shifted = 1 / (1 + np.exp(-logits[:-1] - middle))
    found: np.ndarray = np.clip(shifted, LEAST_RATE, 1 - LEAST_RATE)
    return found


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
