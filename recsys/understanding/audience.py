"""Audiences: which items suit children, families or grandparents, as far as labels tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recsys.intents import Audience

MIN_MADE = 5
"""A catalogue tells what is made for an audience when so many items are labelled for it."""
MIN_TIES = 5
"""A label says something of an audience when so many items have it."""
SMOOTHING = 2.0
"""Items added to each count, half of them made for the audience."""
MADE_FIT = 1.0
"""How well an item suits that is labelled as made for the audience."""
LEARNED_FIT = 0.5
"""How well an item suits at most that only resembles those made for the audience."""


@dataclass(frozen=True, eq=False)
class Suits:
    """What an audience makes of each item.

    ``fit`` (n,) from 0 to 1 weighs; ``made`` (n,) bool are labelled for it; ``unfit`` (n,) bool
    have a label that does not suit it. ``known`` says whether the catalogue can tell.
    """

    fit: np.ndarray
    made: np.ndarray
    unfit: np.ndarray
    known: bool

    @property
    def allowed(self) -> np.ndarray:
        """(n,) bool: what may be shown to this audience."""
        return (self.made & ~self.unfit) if self.made.any() else ~self.unfit


class AudienceIndex:
    """What suits whom, from ``ties`` (n, labels) 0/1 and the labels of each audience."""

    def __init__(
        self,
        ties: sparse.csr_array,
        made: Mapping[str, Sequence[int]],
        unfit: Mapping[str, Sequence[int]],
    ):
        self._suits = {}
        for group in made:
            self._suits[group] = _suits(ties, made[group], unfit.get(group, ()))

    def suits(self, audience: Audience) -> Suits:
        """What this audience makes of each item."""
        return self._suits[audience.group]


def _suits(ties: sparse.csr_array, made: Sequence[int], unfit: Sequence[int]) -> Suits:
    count = ties.shape[0]
    labelled = _has(ties, made)
    wrong = _has(ties, unfit)
    enough = labelled.sum() >= MIN_MADE
    if not enough:
        labelled = np.zeros(count, dtype=bool)
    fit = np.zeros(count, dtype=np.float32)
    if enough:
        fit = np.where(labelled, MADE_FIT, LEARNED_FIT * _resembles(ties, labelled))
    elif len(unfit):
        fit = np.full(count, LEARNED_FIT, dtype=np.float32)
    fit = np.where(wrong, 0, fit).astype(np.float32)
    return Suits(fit, labelled, wrong, bool(enough or len(unfit)))


def _has(ties: sparse.csr_array, labels: Sequence[int]) -> np.ndarray:
    chosen = np.zeros(ties.shape[1], dtype=np.float32)
    chosen[list(labels)] = 1
    return np.asarray(ties @ chosen) > 0


def _resembles(ties: sparse.csr_array, made: np.ndarray) -> np.ndarray:
    """(n,) from 0 to 1: how much the labels of an item are those of items that are ``made``.

    The mean log odds of its labels, naive Bayes with smoothing, through a logistic function.
    """
    total = np.asarray(ties.sum(axis=0)).ravel()
    among = np.asarray(ties.T @ made.astype(np.float32)).ravel()
    share = made.mean()
    rate = (among + SMOOTHING * share) / (total + SMOOTHING)
    odds = np.log(rate / (1 - rate)) - np.log(share / (1 - share))
    odds = np.where(total >= MIN_TIES, odds, 0).astype(np.float32)
    degree = np.maximum(np.asarray(ties.sum(axis=1)).ravel(), 1)
    return 1 / (1 + np.exp(-np.asarray(ties @ odds) / np.sqrt(degree)))
