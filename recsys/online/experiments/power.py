"""Before an experiment: how many visitors it takes to find an effect that is there.

A watched experiment ends at the first look at which its interval leaves 0. In units of the planned
visitors, the sum of the outcomes is a Brownian motion with a drift, and the interval a curve that
it has to cross: the probability of having crossed follows from look to look (Armitage, McPherson &
Rowe 1969), and depends on the drift alone.
"""

from functools import cache

import numpy as np
from scipy import optimize, stats

from recsys.errors import QueryError
from recsys.online.experiments.sequences import ALPHA, radius, tuned

LOOKS = 4
"""Of a planned experiment, at equal distances: the fewest that are worth the name. Who looks more
often finds a little more than is promised (fifty looks: 84 instead of 80 of 100)."""

GRID = 401
"""Points between the ends of the interval, at which the sum's density is known."""

MAX_DRIFT = 12.0
"""Standard errors; with so large an effect, every experiment finds it."""


def visitors_needed(
    effect: float, deviation: float, power: float = 0.8, alpha: float = ALPHA
) -> int:
    """Visitors of both arms together with whom a difference of ``effect`` is found with ``power``.

    ``deviation`` is that of the outcome within an arm, in the unit of ``effect``; the arms are of
    equal size. Raises QueryError unless the effect and the deviation are above 0 and the power is
    between 0.05 and 0.99.
    """
    if not (effect > 0 and deviation > 0 and 0.05 <= power <= 0.99):
        raise QueryError(
            f"An effect and a deviation above 0 and a power from 0.05 to 0.99 are needed, not"
            f" {effect:g}, {deviation:g} and {power:g}."
        )
    # Of a visitor's signed outcome 2 y: twice the deviation.
    return int(np.ceil((drift_needed(power, alpha) * 2 * deviation / effect) ** 2))


def power_of(visitors: float, effect: float, deviation: float, alpha: float = ALPHA) -> float:
    """The probability that ``visitors`` of both arms together find a difference of ``effect``."""
    drift = min(abs(effect) * np.sqrt(visitors) / (2 * deviation), MAX_DRIFT)
    return float(crossed(drift, alpha)[-1])


@cache
def drift_needed(power: float, alpha: float = ALPHA) -> float:
    """The drift, in standard errors at the planned end, that is found with ``power``."""

    def lacking(drift: float) -> float:
        return float(crossed(drift, alpha)[-1] - power)

    return float(optimize.brentq(lacking, 0.0, MAX_DRIFT, xtol=1e-4))


def crossed(drift: float, alpha: float = ALPHA) -> np.ndarray:
    """(LOOKS,) the probability of having left the interval by each look of a planned experiment."""
    times = np.arange(1, LOOKS + 1) / LOOKS
    ends = times * radius(times, tuned(1.0, alpha), alpha)  # (LOOKS,) of the sum
    grid = np.linspace(-ends[-1], ends[-1], GRID)
    width, step = grid[1] - grid[0], 1 / LOOKS
    moves = stats.norm.pdf(grid[:, None], grid[None, :] + drift * step, np.sqrt(step)) * width
    within = stats.norm.pdf(grid, drift * step, np.sqrt(step)) * width
    found = np.empty(LOOKS)
    for look, end in enumerate(ends):
        within = within if look == 0 else moves @ within
        within = np.where(np.abs(grid) < end, within, 0.0)
        found[look] = 1 - within.sum()
    return np.clip(found, 0.0, 1.0)
