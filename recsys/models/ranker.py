"""Linear listwise ranking of what the signals say: how much more or less than usual each counts.

The weights that all tastes share, learned from judged ones; the gate of attention learns which fit
a taste. It is additive, so that every score still adds up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

from recsys.arrays import packed, standardised
from recsys.models import TrainingContext
from recsys.store.workspace import Workspace

TITLE = "Weights learned from people"
HELP = "How much each signal counts, learned from what people judged."
NEEDS = ("judgements", "signals", "behaviour", "tastes")
ON_REQUEST = True


@dataclass(frozen=True)
class Config:
    """How it is learned."""

    min_queries: int = 20
    """Fewer judged tastes teach nothing that would hold for another."""
    penalty: float = 0.02
    """On the squares of the logarithms of the factors, which are 0 for the usual weights."""
    folds: int = 5
    """Each is ranked by what the others teach, to say whether there is a gain."""
    min_gain: float = 2.0
    """How many of its standard errors a gain must be."""
    seed: int = 0
    """Of the folds."""


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """``signals`` and the ``factors`` (s,) of their weights, which the fusion reads; empty where
    too few tastes are judged."""
    if len(context.tastes) < config.min_queries:
        return {}
    judged = context.judged()
    factors = train(judged.scores, judged.relevance, judged.weights, config)
    return {"signals": packed(judged.signals), "factors": factors.astype(np.float32)}


def train(
    scores: Sequence[np.ndarray],
    relevance: Sequence[np.ndarray],
    weights: np.ndarray,
    config: Config = Config(),
) -> np.ndarray:
    """(s,) by what each of the ``weights`` (q, s) or (s,) is to be multiplied, 1 in the geometric
    mean.

    Of q tastes, ``scores`` are (n_i, s), NaN for no opinion, and ``relevance`` (n_i,) grades of 0
    or more. Minimises the listwise cross-entropy of the first place (ListNet, Cao et al. 2007).
    Where what it learns from some folds does not clearly help in the others, all are 1.
    """
    weights = np.broadcast_to(weights, (len(scores), np.shape(weights)[-1]))
    found = []
    for own, x, grades in zip(weights, scores, relevance, strict=True):
        if grades.any() and not np.isnan(x).all():
            found.append((standardised(x) * own, grades / grades.sum()))
    usual = np.ones(weights.shape[1])
    heard = weights.max(axis=0, initial=0) > 0
    if len(found) < config.min_queries:
        return usual
    fold = np.random.default_rng(config.seed).permutation(len(found)) % config.folds
    gains = np.zeros(len(found))
    for number in range(config.folds):
        taught = [query for query, own in zip(found, fold, strict=True) if own != number]
        learned, plain = _fitted(taught, heard, config), _fitted(taught, heard & False, config)
        for place in np.flatnonzero(fold == number):
            gains[place] = _loss(plain, found[place])[0] - _loss(learned, found[place])[0]
    if gains.mean() <= config.min_gain * gains.std() / len(gains) ** 0.5:
        return usual
    logs = _fitted(found, heard, config)[:-1]
    factors: np.ndarray = np.exp(np.where(heard, logs - logs[heard].mean(), 0))
    return factors


Query = tuple[np.ndarray, np.ndarray]
"""Weighed standard scores (n, s), and the share (n,) of each item in the grades."""


def _fitted(queries: Sequence[Query], free: np.ndarray, config: Config) -> np.ndarray:
    """(s + 1,) the logarithms of the factors, 0 where they are not ``free`` (s,), and of the
    sharpness."""

    def objective(logs: np.ndarray) -> tuple[float, np.ndarray]:
        logs = np.append(np.where(free, logs[:-1], 0), logs[-1])
        parts = [_loss(logs, query) for query in queries]
        value = np.mean([loss for loss, _ in parts]) + config.penalty * (logs[:-1] ** 2).sum()
        slope = np.mean([own for _, own in parts], axis=0)
        slope[:-1] = np.where(free, slope[:-1] + 2 * config.penalty * logs[:-1], 0)
        return float(value), slope

    start = np.zeros(len(free) + 1)
    found: np.ndarray = minimize(objective, start, jac=True, method="L-BFGS-B").x
    return np.append(np.where(free, found[:-1], 0), found[-1])


def _loss(logs: np.ndarray, query: Query) -> tuple[float, np.ndarray]:
    """The cross-entropy of a query, in nats, and its slope (s + 1,)."""
    z, share = query
    parts = z * np.exp(logs[:-1] + logs[-1])  # (n, s)
    score = parts.sum(axis=1)
    total = logsumexp(score)
    away = np.exp(score - total) - share  # (n,)
    slope = away @ parts
    return float(total - share @ score), np.append(slope, slope.sum())
