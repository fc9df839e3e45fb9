"""Attention on judged tastes, where the gate that ranks a taste has learned from others only."""

import copy
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from recsys.building.train import score_judged
from recsys.datatypes import Progress
from recsys.metrics.folds import folds_of
from recsys.models import Judged, gate
from recsys.ranking.engine import Engine
from recsys.store.judged import JudgedSet

FOLDS = 5
"""So many parts the tastes are cut into; each is ranked by what the others taught."""


def crossfitted(
    engine: Engine, judged: JudgedSet, progress: Progress, folds: int = FOLDS
) -> dict[str, Engine]:
    """For each useful taste, by its name, an engine whose gate has learned from the other folds.

    Empty where these are too few to learn from. Everything but the gate is shared.
    """
    tastes = judged.useful
    fold = folds_of(len(tastes), folds)
    smallest = len(tastes) - np.bincount(fold, minlength=folds).max()
    if smallest < gate.Config.min_queries:
        return {}
    scored = score_judged(engine, judged, progress)
    others = []
    for number in range(folds):
        arrays = gate.of_judged(_among(scored, np.flatnonzero(fold != number)))
        others.append(with_gate(engine, arrays))
        progress(number + 1, folds, "training the gate in folds")
    return {taste.name: others[own] for taste, own in zip(tastes, fold, strict=True)}


def with_gate(engine: Engine, arrays: dict[str, np.ndarray] | None) -> Engine:
    """The engine with another gate, or without any."""
    models = {name: own for name, own in engine.workspace.models.items() if name != gate_name()}
    if arrays is not None:
        models[gate_name()] = arrays
    other = copy.copy(engine)
    other.workspace = engine.workspace.with_models(models)
    return other


def gate_name() -> str:
    """What the gate is called among the models."""
    return gate.__name__.rpartition(".")[2]


def _among(scored: Judged, chosen: Sequence[int] | np.ndarray) -> Judged:
    return replace(
        scored,
        features=scored.features[chosen],
        scores=[scored.scores[i] for i in chosen],
        relevance=[scored.relevance[i] for i in chosen],
        weights=scored.weights[chosen],
    )
