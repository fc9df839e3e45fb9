"""The best weights: a search over fusions, weights and scales, and what is left of it elsewhere.

Who tries many settings on some tastes and reports the best figure reports luck, too. Here each
figure of the search is of tastes that chose nothing: the tastes are cut into folds, and each is
ranked by the setting that did best on the other folds (nested cross-validation; Varma & Simon
2006, Cawley & Talbot 2010).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from recsys.datatypes import SCALES, Progress, Strategy, no_progress
from recsys.errors import QueryError
from recsys.fusion import fusions
from recsys.metrics.folds import folds_of
from recsys.metrics.statistics import interval, paired
from recsys.ranking import sweep
from recsys.ranking.engine import Engine, check_weights
from recsys.ranking.sweep import JudgedQuery

FOLDS = 5
"""So many parts the tastes are cut into."""

MIN_TASTES = 10
"""With fewer, a fold is one taste, and no figure of it means anything."""

STEP = 0.05
"""Weights are whole numbers of these, as on the sliders."""


@dataclass(frozen=True, eq=False)
class Search:
    """What was tried and what it reached.

    ``settings``, the first of them as it stood before, and ``quality`` (settings, tastes), NDCG@10;
    ``held_out`` (tastes,) of each taste by the setting that the other folds chose; ``winners``
    (folds,) these settings' places, and ``best`` that of the one that is best on all tastes.
    """

    settings: Sequence[Strategy]
    quality: np.ndarray
    held_out: np.ndarray
    winners: np.ndarray
    best: int

    @property
    def untuned(self) -> np.ndarray:
        """(tastes,) NDCG@10 before anything was chosen."""
        return self.quality[0]

    @property
    def gain(self) -> dict[str, float]:
        """Held out less untuned: ``mean``, ``low``, ``high`` and ``p``, see ``paired``."""
        return paired(self.held_out, self.untuned)

    @property
    def in_sample(self) -> dict[str, float]:
        """The interval of the best setting on the very tastes that chose it: too good."""
        return interval(self.quality[self.best])


def search(
    engine: Engine,
    queries: Sequence[JudgedQuery],
    start: Strategy,
    count: int,
    chosen: Sequence[str] | None = None,
    seed: int = 0,
    progress: Progress = no_progress,
) -> Search:
    """Tries ``start`` and ``count`` settings more on the tastes, with the ``chosen`` fusions (all).

    The tastes are scored by the similarity of ``start``. Raises QueryError for fewer tastes than
    MIN_TASTES for which something is worth anything.
    """
    useful = [query for query in queries if (query.worth > 0).any()]
    if len(useful) < MIN_TASTES:
        raise QueryError(
            f"{len(useful)} judged tastes have something above 0; it takes {MIN_TASTES} to hold"
            " some out."
        )
    rng = np.random.default_rng(seed)
    names = list(fusions()) if chosen is None else list(chosen)
    settings = [start, *(sampled(start, names, rng) for _ in range(count))]
    quality = sweep.quality(engine, useful, settings, progress)
    return nested(settings, quality, folds_of(len(useful), FOLDS, seed))


def nested(settings: Sequence[Strategy], quality: np.ndarray, fold: np.ndarray) -> Search:
    """The search whose tastes (t,) are in these folds; of settings that are equally good the first
    one is chosen, so that what stands stays unless something is better."""
    held_out = np.empty(len(fold))
    winners = []
    for number in np.unique(fold):
        own = fold == number
        winner = int(quality[:, ~own].mean(axis=1).argmax())
        held_out[own] = quality[winner, own]
        winners.append(winner)
    best = int(quality.mean(axis=1).argmax())
    return Search(settings, quality, held_out, np.array(winners), best)


def sampled(start: Strategy, names: Sequence[str], rng: np.random.Generator) -> Strategy:
    """A setting at random (Bergstra & Bengio 2012): a fusion and a scale, and weights that are,
    by the toss of a coin, those of ``start`` each times a factor, or shares of one at random.

    A signal is left out once in four times. Weights are on the sliders' steps, the greatest 1.
    """
    weights = check_weights(start.weights)
    values = np.array(list(weights.values()))
    if rng.random() < 0.5:
        values = values * np.exp(rng.normal(0, 1, len(values)))
    else:
        values = rng.dirichlet(np.ones(len(values)))
    values = values * (rng.random(len(values)) < 0.75)
    if not values.any():
        values[rng.integers(len(values))] = 1.0
    steps = np.round(values / values.max() / STEP)
    rounded = {name: round(float(n) * STEP, 2) for name, n in zip(weights, steps, strict=True)}
    fusion, scale = str(rng.choice(names)), str(rng.choice(SCALES))
    return replace(start, fusion=fusion, weights=rounded, scale=scale)
