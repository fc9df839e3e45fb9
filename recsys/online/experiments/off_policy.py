"""What if another strategy had chosen? Its value, from what was logged while this one chose.

Each line of the log is one place of one list: what was shown there, with which probability (the
propensity), and whether it was liked. Who would have shown it with another probability counts it
the more or the less for that. Without a chance of being shown, nothing can be said of an item.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.errors import DataError, QueryError

SURE = 1.96
"""Standard errors on each side of an estimate: 95 %."""

MIN_EFFECTIVE = 100.0
"""Below such an effective sample size an estimate hangs on a few lines."""

MAX_WEIGHT = 20.0
"""Above such a weight, one line counts as much as so many."""


@dataclass(frozen=True, eq=False)
class Log:
    """What was logged, a line each: ``context`` (n,) who asked, ``action`` (n,) what was shown,
    both counted from 0; ``reward`` (n,); ``propensity`` (n,) of showing it, above 0.

    Raises QueryError where the lengths differ or a propensity is not above 0 and at most 1.
    """

    context: np.ndarray
    action: np.ndarray
    reward: np.ndarray
    propensity: np.ndarray

    def __post_init__(self) -> None:
        lengths = {len(each) for each in vars(self).values()}
        if len(lengths) != 1:
            raise QueryError(f"A log has as many of everything, not {sorted(lengths)}.")
        wrong = self.propensity[~((self.propensity > 0) & (self.propensity <= 1))]
        if len(wrong):
            raise QueryError(f"A propensity is {wrong[0]}; it must be above 0 and at most 1.")


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Overlap:
    """How far the log tells of the other strategy: the ``effective`` sample size (Kish) of its
    lines, the ``largest`` weight, and a ``warning`` where that is poor, else ""."""

    effective: float
    largest: float
    warning: str


def weights(log: Log, target: np.ndarray) -> np.ndarray:
    """(n,) how much the more often the ``target`` (contexts, actions) would have shown what was
    shown; a row of it sums to 1."""
    return target[log.context, log.action] / log.propensity


def ips(log: Log, target: np.ndarray) -> Estimate:
    """Inverse propensity scoring: the mean of weight times reward (Horvitz & Thompson 1952)."""
    return _mean(weights(log, target) * log.reward)


def snips(log: Log, target: np.ndarray) -> Estimate:
    """Self-normalised: over the sum of the weights (Swaminathan & Joachims 2015), with the
    interval of a ratio (delta method).

    Raises QueryError where nothing that was shown would have been shown.
    """
    weight = weights(log, target)
    if not weight.any():
        raise QueryError("The other strategy would have shown nothing of what was shown.")
    value = float((weight * log.reward).sum() / weight.sum())
    deviation = (weight * (log.reward - value)).std(ddof=1) / weight.mean()
    return _around(value, deviation / np.sqrt(len(weight)))


def doubly_robust(log: Log, target: np.ndarray, predicted: np.ndarray) -> Estimate:
    """What ``predicted`` (n, actions) rewards say, put right by the weighted errors on the log:
    unbiased where either the propensities or the predictions are right (Dudik et al. 2014).

    Line i of ``predicted`` must not have learned from line i: see ``cross_fitted``.
    """
    said = (target[log.context] * predicted).sum(axis=1)
    error = log.reward - predicted[np.arange(len(log.action)), log.action]
    return _mean(said + weights(log, target) * error)


def cross_fitted(log: Log, contexts: int, actions: int, rng: np.random.Generator) -> np.ndarray:
    """(n, actions) the reward to expect of each action, learned from the other half of the log.

    The mean of the pair of context and action, drawn to that of the action by one line's weight,
    and that to the mean of all.
    """
    half = rng.permutation(len(log.reward)) % 2
    found = np.empty((len(log.reward), actions))
    for own in (0, 1):
        rest = half != own
        found[~rest] = _means(log, rest, contexts, actions)[log.context[~rest]]
    return found


def overlap(log: Log, target: np.ndarray) -> Overlap:
    """Whether the log can tell of the ``target`` at all."""
    weight = weights(log, target)
    squares = float((weight**2).sum())
    effective = float(weight.sum() ** 2 / squares) if squares else 0.0
    largest = float(weight.max(initial=0.0))
    warning = ""
    if effective < MIN_EFFECTIVE:
        warning = (
            f"{len(weight):,} lines tell as much of this strategy as {effective:,.0f} of its own"
            " would: it shows what was hardly ever shown."
        )
    elif largest > MAX_WEIGHT:
        warning = f"One line counts {largest:,.0f} times: what happened there by chance decides."
    return Overlap(effective, largest, warning)


def from_events(events: pd.DataFrame) -> tuple[Log, pd.Index, pd.Index]:
    """The log in ``events`` (at, visitor, kind, list_id, item, place, strategy, propensity), and
    the visitors and items that it counts.

    An impression is rewarded by a like of the same item in the same list. Raises DataError where
    no impression has a propensity.
    """
    shown = events[(events["kind"] == "impression") & events["propensity"].notna()]
    if shown.empty:
        raise DataError("No impression in the log has a propensity: nothing can be said of it.")
    likes = events.loc[events["kind"] == "like", ["list_id", "item"]].drop_duplicates()
    rewarded = shown.merge(likes.assign(liked=1.0), on=["list_id", "item"], how="left")
    context, visitors = pd.factorize(rewarded["visitor"], sort=True)
    action, items = pd.factorize(rewarded["item"], sort=True)
    reward = rewarded["liked"].fillna(0.0).to_numpy(float)
    log = Log(context, action, reward, rewarded["propensity"].to_numpy(float))
    return log, pd.Index(visitors), pd.Index(items)


def _means(log: Log, rest: np.ndarray, contexts: int, actions: int) -> np.ndarray:
    """(contexts, actions) shrunken means of the lines ``rest``."""
    cell = log.context[rest] * actions + log.action[rest]
    count = np.bincount(cell, minlength=contexts * actions).reshape(contexts, actions)
    total = np.bincount(cell, log.reward[rest], contexts * actions).reshape(contexts, actions)
    everything = total.sum() / max(count.sum(), 1)
    action = (total.sum(axis=0) + everything) / (count.sum(axis=0) + 1)  # (actions,)
    return (total + action) / (count + 1)


def _mean(values: np.ndarray) -> Estimate:
    return _around(float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values))))


def _around(value: float, error: float) -> Estimate:
    return Estimate(value, value - SURE * error, value + SURE * error)
