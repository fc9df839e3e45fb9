"""Confidence sequences: intervals that hold at all times at once, however often one looks.

An ordinary 95 % interval is right 95 times in 100 if it is looked at once; who looks after every
fifty visitors and stops when it leaves 0 is wrong far more often. These are wider, and may be
watched. All functions take the looks as the last axis: many experiments are watched at once.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln

ALPHA = 0.05
"""How often a sequence may miss the truth, ever."""

PRIOR = 10.0
"""Both parameters of the mixture over shares: most of it lies between 0.3 and 0.7, where the
shares of an interleaving lie. Any value is valid; this one is quick."""

STEPS = 40
"""Halvings of an end of an interval of shares: it is then known to 12 digits."""


@dataclass(frozen=True, eq=False)
class Running:
    """One arm at each look: ``count`` of its visitors, ``mean`` and ``variance`` of the outcome,
    all (..., looks); NaN where nobody came yet."""

    count: np.ndarray
    mean: np.ndarray
    variance: np.ndarray


def running(outcomes: np.ndarray, chosen: np.ndarray, every: int) -> Running:
    """An arm as it stands after every ``every`` visitors of all arms, and after the last.

    ``outcomes`` (..., n) in the order in which they came; ``chosen`` (..., n) are the arm's own.
    """
    starts = np.arange(0, outcomes.shape[-1], every)
    own = np.where(chosen, outcomes, 0.0)
    count = np.add.reduceat(chosen, starts, axis=-1, dtype=float).cumsum(axis=-1)
    total = np.add.reduceat(own, starts, axis=-1).cumsum(axis=-1)
    squares = np.add.reduceat(own**2, starts, axis=-1).cumsum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / count
        variance = np.maximum(squares / count - mean**2, 0.0)
    return Running(count, mean, variance)


def tuned(visitors: float, alpha: float = ALPHA) -> float:
    """The square of rho with which ``radius`` is smallest after so many ``visitors``.

    Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, Time-uniform central limit theory and
    asymptotic confidence sequences, appendix B.2.
    """
    heavy = -2 * np.log(alpha)
    return float((heavy + np.log(heavy + 1)) / visitors)


def radius(t: np.ndarray, rho2: float, alpha: float = ALPHA) -> np.ndarray:
    """How far a mean of ``t`` values of deviation 1 may lie from the truth, at all ``t`` at once.

    The asymptotic confidence sequence of the same paper, theorem 2.2:
    sqrt(2 (t rho2 + 1) / (t**2 rho2) * log(sqrt(t rho2 + 1) / alpha)). In the unit of the values.

    >>> round(float(radius(np.array(100.0), 0.01)), 4)  # sqrt(0.04 * log(sqrt(2) / 0.05))
    0.3656
    """
    grown = t * rho2 + 1
    return np.sqrt(2 * grown / (t**2 * rho2) * np.log(np.sqrt(grown) / alpha))


def difference(
    one: Running, other: Running, planned: float, alpha: float = ALPHA
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How much better ``one`` does than ``other``, and the ends of the sequence: (..., looks) each.

    A visitor counts 1 / share of their arm times their outcome, with the sign of the arm: the mean
    of these is the difference, and its deviation that of the two arms' means. ``planned`` visitors
    of both arms together are those after which the interval is as narrow as it can be. NaN until
    both arms have a visitor.
    """
    t = one.count + other.count
    with np.errstate(invalid="ignore", divide="ignore"):
        gap = one.mean - other.mean
        # As if each arm had one value more half a unit away: no deviation of 0 at the first looks.
        spread = sum((arm.variance + 0.25 / arm.count) / arm.count for arm in (one, other))
        reach = radius(t, tuned(planned, alpha), alpha) * np.sqrt(t * spread)
    return gap, gap - reach, gap + reach


def share(
    wins: np.ndarray, losses: np.ndarray, alpha: float = ALPHA, prior: float = PRIOR
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the sequence for the share of wins; exact at all times for independent trials.

    All shares theta are in it whose likelihood is not beaten 1 / ``alpha`` times by the mixture of
    all: B(a + wins, a + losses) / B(a, a) < theta**wins (1 - theta)**losses / alpha, with a the
    ``prior`` (Robbins 1970, Statistical methods related to the law of the iterated logarithm;
    Ville's inequality).

    >>> share(np.array(1), np.array(0), prior=1.0)[0].round(6)  # 1/2 of theta / 0.05: 0.025
    np.float64(0.025)
    """
    wins, losses = np.asarray(wins, dtype=float), np.asarray(losses, dtype=float)
    mixed = betaln(prior + wins, prior + losses) - betaln(prior, prior)
    least = mixed + np.log(alpha)  # the log likelihood below which a share is out
    best = (wins + 1e-9) / (wins + losses + 2e-9)
    low = _end(wins, losses, least, np.zeros_like(best), best)
    return low, 1 - _end(losses, wins, least, np.zeros_like(best), 1 - best)


def _end(
    wins: np.ndarray, losses: np.ndarray, least: np.ndarray, out: np.ndarray, inside: np.ndarray
) -> np.ndarray:
    """The lower end: between ``out``, where the likelihood is too small, and ``inside``."""
    for _ in range(STEPS):
        middle = (out + inside) / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            likelihood = _times(wins, np.log(middle)) + _times(losses, np.log1p(-middle))
        inside = np.where(likelihood >= least, middle, inside)
        out = np.where(likelihood >= least, out, middle)
    return np.where(_times(wins, 1.0) == 0, 0.0, (out + inside) / 2)


def _times(count: np.ndarray, log: np.ndarray | float) -> np.ndarray:
    return np.where(count > 0, count * log, 0.0)
