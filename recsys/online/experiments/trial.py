"""An experiment on simulated people: an A/B test, an interleaving, or the log of one strategy."""

from dataclasses import dataclass

import numpy as np

from recsys.online.experiments.interleaving import preferences, team_draft, without_shared
from recsys.online.experiments.off_policy import Log
from recsys.online.experiments.people import People, arrive, like_probability, react
from recsys.online.experiments.sequences import ALPHA, share

CURIOUS = 0.3
"""How often the simulated log shows any item of the strategies' lists, all as likely."""

PATIENCE = 3.0
"""Places by which the chance of being shown in the log falls by two thirds."""


@dataclass(frozen=True, eq=False)
class Trial:
    """What visitors did, in the order in which they came: ``arms`` (n,), whether each ``liked``
    (n,) and ``disliked`` (n,) anything, and ``likes`` (n,), the share of places they liked."""

    arms: np.ndarray
    liked: np.ndarray
    disliked: np.ndarray
    likes: np.ndarray


@dataclass(frozen=True, eq=False)
class Duel:
    """An interleaving at each look: ``visitors``, how many preferred the second (``wins``) and the
    first (``losses``), and the sequence of the second's share of these: ``low``, ``high``."""

    visitors: np.ndarray
    wins: np.ndarray
    losses: np.ndarray
    low: np.ndarray
    high: np.ndarray


def ab_test(people: People, lists: np.ndarray, visitors: int, rng: np.random.Generator) -> Trial:
    """``visitors`` split evenly among the strategies of ``lists`` (p, strategies, k)."""
    who = arrive(people, visitors, rng)
    arms = rng.integers(0, lists.shape[1], visitors)
    said = react(people, who, lists[who, arms], rng)
    liked, disliked = said.liked.any(axis=1), said.disliked.any(axis=1)
    return Trial(arms, liked.astype(float), disliked.astype(float), said.liked.mean(axis=1))


def interleaved(
    people: People,
    who: np.ndarray,
    one: np.ndarray,
    other: np.ndarray,
    every: int,
    rng: np.random.Generator,
) -> Duel:
    """Two lists, ``one`` and ``other`` (n, k), in one for each of the visitors ``who`` (n,)."""
    shown, team = team_draft(one, other, one.shape[1], rng.integers(0, 2, one.shape))
    liked = react(people, who, shown, rng).liked
    preferred = preferences(liked, without_shared(one, other, shown, team))
    return duel(preferred, every)


def duel(preferred: np.ndarray, every: int, alpha: float = ALPHA) -> Duel:
    """An interleaving as it is watched; ``preferred`` (n,) as ``preferences`` gives it."""
    starts = np.arange(0, len(preferred), every)
    wins = np.add.reduceat(preferred == 1, starts, dtype=np.int64).cumsum()
    losses = np.add.reduceat(preferred == -1, starts, dtype=np.int64).cumsum()
    low, high = share(wins, losses, alpha)
    return Duel(np.minimum(starts + every, len(preferred)), wins, losses, low, high)


def policies(lists: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(strategies, p, items) the probability with which each strategy shows an item in the one
    place of the simulated log, and (items,) their rows, sorted.

    Each strategy mostly shows the first of its list: exp(-place / PATIENCE); CURIOUS of the time
    any of the items that stand in a strategy's list for this persona.
    """
    rows = np.unique(lists[lists >= 0])
    personas, strategies, k = lists.shape
    found = np.zeros((strategies, personas, len(rows)))
    for place in range(k):
        own = lists[:, :, place].T  # (strategies, p)
        strategy, persona = np.nonzero(own >= 0)
        item = np.searchsorted(rows, own[strategy, persona])
        found[strategy, persona, item] = np.exp(-place / PATIENCE)
    found /= np.maximum(found.sum(axis=2, keepdims=True), 1e-12)
    pool = found.any(axis=0)  # (p, items)
    return (1 - CURIOUS) * found + CURIOUS * pool / pool.sum(axis=1, keepdims=True), rows


def logged(
    people: People, chosen: np.ndarray, rows: np.ndarray, lines: int, rng: np.random.Generator
) -> Log:
    """A log of ``lines`` visitors who are shown one item each by ``chosen`` (p, items)."""
    who = arrive(people, lines, rng)
    passed = chosen.cumsum(axis=1)[who] < rng.random((lines, 1))
    item = np.minimum(passed.sum(axis=1), len(rows) - 1)
    reward = react(people, who, rows[item][:, None], rng).liked[:, 0].astype(float)
    return Log(who, item, reward, chosen[who, item])


def true_value(people: People, policy: np.ndarray, rows: np.ndarray) -> float:
    """What ``policy`` (p, items) is worth: likes a visitor, by the model itself."""
    return float((policy * like_probability(people)[:, rows]).sum(axis=1).mean())
