"""An A/B test as it is watched: the difference at every look, and what may be said of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.errors import QueryError
from recsys.online.experiments import sequences
from recsys.online.experiments.assignment import SAMPLE_RATIO_ALPHA, sample_ratio

RUNNING = "running"
BETTER = "better"
WORSE = "worse"
SAME = "same"
OPEN = "open"
HARM = "harm"
UNEQUAL = "unequal"

FEWEST, MOST = 2, 4
"""Strategies of one experiment."""


@dataclass(frozen=True)
class Plan:
    """What is settled before anybody is asked.

    ``strategies``: the first is what the others are compared with. ``outcome`` in words.
    ``smallest``: the smallest difference that matters, in the outcome's unit. ``visitors`` in all,
    after whom it ends; ``every``: visitors between two looks. ``margin``: how much more of what
    does harm is still put up with. Raises QueryError where that is no experiment.
    """

    strategies: tuple[str, ...]
    outcome: str
    smallest: float
    visitors: int
    margin: float
    every: int = 50
    alpha: float = sequences.ALPHA

    def __post_init__(self) -> None:
        if not FEWEST <= len(set(self.strategies)) == len(self.strategies) <= MOST:
            raise QueryError(
                f"An experiment compares {FEWEST} to {MOST} different strategies, not"
                f" {', '.join(self.strategies) or 'none'}."
            )
        if not (self.smallest > 0 and self.visitors >= self.every > 0 and self.margin >= 0):
            raise QueryError("The smallest difference and the visitors must be above 0.")

    @property
    def pair(self) -> float:
        """Visitors planned for two strategies together."""
        return self.visitors * 2 / len(self.strategies)

    @property
    def shared_alpha(self) -> float:
        """What each comparison may miss, so that all hold together (Bonferroni)."""
        return self.alpha / (len(self.strategies) - 1)


@dataclass(frozen=True)
class Verdict:
    """``state`` is one of the constants above, in ``words``; ``visitors`` were asked until then."""

    state: str
    visitors: int
    words: str


def watch(plan: Plan, arms: np.ndarray, outcomes: np.ndarray) -> pd.DataFrame:
    """A line for each strategy but the first and each look: visitors (of all arms), mean, of_first,
    difference, low, high.

    ``arms`` (n,) of the visitors in the order in which they came, ``outcomes`` (n,) of each.
    """
    looks = _looks(len(arms), plan.every)
    found = [
        sequences.running(outcomes, arms == arm, plan.every) for arm in range(len(plan.strategies))
    ]
    parts = []
    for name, own in zip(plan.strategies[1:], found[1:], strict=True):
        gap, low, high = sequences.difference(own, found[0], plan.pair, plan.shared_alpha)
        lines = {"strategy": name, "visitors": looks, "mean": own.mean, "of_first": found[0].mean}
        parts.append(pd.DataFrame(lines | {"difference": gap, "low": low, "high": high}))
    return pd.concat(parts, ignore_index=True)


def decided(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """(...,) the first look at which the interval leaves 0, -1 where none does; (..., looks)."""
    out = (low > 0) | (high < 0)
    return np.where(out.any(axis=-1), out.argmax(axis=-1), -1)


def verdict(plan: Plan, name: str, seen: pd.DataFrame, harm: pd.DataFrame) -> Verdict:
    """What may be said of the strategy ``name`` so far, and at which look.

    ``seen`` and ``harm`` are of ``watch``, of the outcome and of the guardrail. The first look
    decides at which the guardrail's interval lies above the margin, or the outcome's leaves 0, or
    lies between the smallest differences that matter; the guardrail comes first.
    """
    own, guard = seen[seen["strategy"] == name], harm[harm["strategy"] == name]
    low, high = own["low"].to_numpy(), own["high"].to_numpy()
    harmful = guard["low"].to_numpy() > plan.margin
    same = (low > -plan.smallest) & (high < plan.smallest)
    stops = harmful | (low > 0) | (high < 0) | same
    visitors = own["visitors"].to_numpy()
    if not stops.any():
        state = OPEN if len(visitors) and visitors[-1] >= plan.visitors else RUNNING
        return Verdict(state, int(visitors[-1]) if len(visitors) else 0, _WORDS[state])
    at = int(stops.argmax())
    state = HARM if harmful[at] else BETTER if low[at] > 0 else WORSE if high[at] < 0 else SAME
    return Verdict(state, int(visitors[at]), _WORDS[state])


def check_split(arms: np.ndarray, strategies: Sequence[str]) -> tuple[float, Verdict | None]:
    """The p value of the split, and the verdict where it did not go as it was meant."""
    counts = np.bincount(arms, minlength=len(strategies))
    p = sample_ratio(counts)
    failed = p < SAMPLE_RATIO_ALPHA
    return p, Verdict(UNEQUAL, len(arms), _WORDS[UNEQUAL]) if failed else None


_WORDS = {
    RUNNING: "undecided so far: the interval still holds 0",
    BETTER: "better: the interval has left 0 above, and may be believed whenever it is looked at",
    WORSE: "worse: the interval has left 0 below, and may be believed whenever it is looked at",
    SAME: "no difference that matters: the interval lies within the smallest one that does",
    OPEN: "undecided: all visitors that were planned have come, and the interval still holds 0",
    HARM: "stopped by the guardrail: it does more harm than was agreed to put up with",
    UNEQUAL: "not to be believed: the visitors were not split as was meant",
}


def _looks(visitors: int, every: int) -> np.ndarray:
    """(looks,) how many visitors had come at each: every so many, and the last."""
    return np.minimum(np.arange(every, visitors + every, every), visitors)
