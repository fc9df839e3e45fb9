"""What a first look costs and brings: lists shown to simulated people, round after round.

Everybody has the same like rates, which the predictions miss; three ways to fill a list learn them
from what is liked, or do not.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.metrics.shrinkage import prior

WAYS = ("Thompson", "greedy", "random")
"""A draw of each item's like rate, its expected rate, or chance decides who is in the list."""


@dataclass(frozen=True)
class World:
    """``items`` of which a list shows ``k``; the mean of their rates is ``rate``, and a prediction
    is worth ``strength`` showings. The last item is new: it is predicted to be liked as often as
    the middle of the others, and is liked as often as the best of twenty."""

    items: int = 200
    k: int = 10
    rate: float = 0.1
    strength: float = 10.0

    def drawn(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The rates (n,) that are predicted, and those that are true."""
        predicted = rng.beta(4 * self.rate, 4 * (1 - self.rate), self.items)
        true = rng.beta(*prior(predicted, self.strength))
        predicted[-1] = np.median(predicted[:-1])
        true[-1] = np.quantile(true[:-1], 0.95)
        return predicted, true


@dataclass(frozen=True, eq=False)
class Course:
    """What became of one way: ``regret`` (rounds,), likes lost until then to the best list, and of
    the new item how often it was ``shown`` and its ``place`` by its expected rate, (rounds,)."""

    regret: np.ndarray
    shown: np.ndarray
    place: np.ndarray


def simulate(world: World, way: str, rounds: int, rng: np.random.Generator) -> Course:
    """The course of one of WAYS through so many rounds."""
    predicted, true = world.drawn(rng)
    a, b = prior(predicted, world.strength)
    best = np.sort(true)[-world.k :].sum()
    lost, shown, place = np.zeros(rounds), np.zeros(rounds), np.zeros(rounds)
    for number in range(rounds):
        worth = _worth(way, a, b, rng)
        listed = np.argpartition(-worth, world.k - 1)[: world.k]
        liked = rng.random(world.k) < true[listed]
        a[listed] += liked
        b[listed] += ~liked
        lost[number] = best - true[listed].sum()
        shown[number] = world.items - 1 in listed
        mean = _mean(a, b)
        place[number] = (mean > mean[-1]).sum() + 1
    return Course(lost.cumsum(), shown.cumsum(), place)


def courses(
    world: World, rounds: int, worlds: int, seed: int = 0, progress: Progress = no_progress
) -> dict[str, list[Course]]:
    """The courses of all WAYS through the same ``worlds``."""
    found: dict[str, list[Course]] = {way: [] for way in WAYS}
    for number in range(worlds):
        for way in WAYS:
            found[way].append(simulate(world, way, rounds, np.random.default_rng((seed, number))))
        progress(number + 1, worlds, "showing lists to simulated people")
    return found


def regrets(found: dict[str, list[Course]]) -> pd.DataFrame:
    """Index round, from 1; a column a way: the likes lost until then, the mean of the worlds."""
    means = {way: np.mean([each.regret for each in own], axis=0) for way, own in found.items()}
    table = pd.DataFrame(means)
    return table.set_axis(pd.RangeIndex(1, len(table) + 1, name="round"))


def first_looks(
    found: dict[str, list[Course]], after: tuple[int, ...] = (5, 20, 100)
) -> pd.DataFrame:
    """A line for each way and number of showings of the new item: in which share of the worlds it
    got them, and there, the medians of the round and of its place; NaN where it never did."""
    lines = []
    for way, own in found.items():
        for showings in after:
            reached = [_reached(course, showings) for course in own]
            there = [each for each in reached if each is not None]
            medians = np.median(there, axis=0) if there else (np.nan, np.nan)
            lines.append((way, showings, len(there) / len(own), *medians))
    return pd.DataFrame(lines, columns=["way", "showings", "reached", "round", "place"])


def _reached(course: Course, showings: int) -> tuple[int, float] | None:
    """The round, from 1, at which the new item had been shown so often, and its place then."""
    at = int(np.searchsorted(course.shown, showings))
    return (at + 1, float(course.place[at])) if at < len(course.shown) else None


def _worth(way: str, a: np.ndarray, b: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    if way == "Thompson":
        return rng.beta(a, b)
    return _mean(a, b) if way == "greedy" else rng.random(len(a))


def _mean(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return a / (a + b)
