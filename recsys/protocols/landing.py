"""Where a new item would land: what it is, who will like it, and how many, predicted and true."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from scipy import sparse

from recsys.building.train import train
from recsys.datatypes import Progress, no_progress
from recsys.encoders import CachedEncoder
from recsys.errors import DataError
from recsys.evaluation import holdout
from recsys.evaluation.people import Skipped
from recsys.evaluation.report import to_json
from recsys.metrics.accuracy import auc
from recsys.metrics.statistics import interval
from recsys.models.new_item import NewItemModel, read_alone
from recsys.models.new_item import part as arrays_of
from recsys.models.new_item.attributes import ItemAttributes, macro_f1, micro_f1
from recsys.protocols import _options
from recsys.ranking.engine import Engine
from recsys.reports.names import DEFAULT
from recsys.reports.provenance import provenance
from recsys.store.interactions import Interactions

TITLE = "Forecasts of new items"
HELP = "compare what is foretold of new items with what came true"
PEOPLE = "new items"

METRICS = ("f1_micro", "f1_macro", "auc", "auc_even", "spearman", "covered")
"""F1 of the predicted categories; AUC of who likes an item against all others, and among users who
like about as much of anything; Spearman's correlation of the likes expected with the true ones; and
how often the truth lies in the 80 % interval."""

MIN_LIKES = 5
"""An AUC is taken of items with so many likes or more."""

STRATA = 10
"""Users are about as active in the same one of so many equal groups."""

NEIGHBOURS = 20
"""The baseline looks at so many nearest items, by the meaning of title and text."""

DRAWS = 500
"""Bootstrap samples of the items behind an interval of what is no mean."""

Figures = dict[str, dict[str, float]]
"""Metric -> mean, low, high."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the protocol."""
    _options.add_split(parser, required=True)


def run(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """The report that the options ask for."""
    return landing(engine, options.split, options.part, options.progress)


@dataclass(frozen=True, eq=False)
class _Trial:
    """m held-out items, what came true of them, and a model that never met them.

    ``known`` is all that may be learned from; ``texts`` (m, d) the embeddings of title and text,
    ``named`` (m, all labels) what the texts name.
    ``liked`` (u, m) and ``counts`` (m,) are the truth about likes. ``has`` (n, a) says which items
    have which of the predictable categories, whose columns among all labels are ``columns``;
    ``activity`` (u,) is how much each user likes of what is known.
    """

    known: Interactions
    model: NewItemModel
    attributes: ItemAttributes
    arrays: Mapping[str, np.ndarray]
    rows: np.ndarray
    texts: np.ndarray
    named: sparse.csr_array
    liked: np.ndarray
    counts: np.ndarray
    columns: np.ndarray
    has: np.ndarray
    activity: np.ndarray

    @property
    def categories(self) -> np.ndarray:
        """(m, a): the truth about the categories."""
        return self.has[self.rows] > 0


def landing(
    engine: Engine, split: Path, part: str = "test", progress: Progress = no_progress
) -> dict[str, Any]:
    """How true the forecasts of ``NewItems`` are for the items of a ``part`` of the ``split``.

    Attributes are predicted from title and text alone; nothing is learned from a like or an
    attribute of val or test. Baselines: the nearest items, and how much each user likes of
    anything. Raises DataError where nothing can be learned.
    """
    started, skipped = perf_counter(), Skipped()
    held, rows = holdout.new_items(engine, split, part, skipped)
    trial = _trial(engine, held, rows, split.name, progress)
    found = {
        DEFAULT: _by_model(trial),
        f"{NEIGHBOURS} nearest neighbours": _by_neighbours(trial),
        "activity alone": _by_activity(trial),
    }
    unknown = dict.fromkeys(("mean", "low", "high"), np.nan)
    strategies = []
    for name, own in found.items():
        figures = {metric: own.get(metric, unknown) for metric in METRICS}
        strategies.append({"name": name, **figures})
    body = {
        "protocol": "landing",
        "title": TITLE,
        "people": PEOPLE,
        "workspace": engine.workspace.name,
        "n": len(rows),
        "part": part,
        "metrics": list(METRICS),
        "strategies": strategies,
        "notes": skipped.lines,
        **provenance(engine, {"split": split}, started),
    }
    return to_json(body)


def _trial(
    engine: Engine, held: np.ndarray, rows: np.ndarray, split: str, progress: Progress
) -> _Trial:
    """Trains without the ``held`` items (rows); raises DataError where it met one after all."""
    workspace = engine.workspace.without(items=held)
    encoder = CachedEncoder(engine.encoder)
    trained = train(workspace, encoder, progress, only=["new_item"]).get("new_item", {})
    arrays = arrays_of(trained, "attributes")
    if not arrays:
        raise DataError(f"{split} leaves too few items or likes to learn from.")
    model = NewItemModel(workspace, trained)
    if np.isin(held, model.likes.known).any() or np.isin(held, arrays["known"]).any():
        raise DataError("A held-out item is among those learned from.")
    attributes = ItemAttributes(arrays, model.kernel)
    columns = (attributes.labels["relation"] == "category").to_numpy()
    truth = engine.workspace.interactions
    return _Trial(
        workspace.interactions,
        model,
        attributes,
        arrays,
        rows,
        texts=read_alone(workspace, encoder, rows, progress),
        named=model.kernel.named(workspace.catalogue.items["text"].iloc[rows].tolist()),
        liked=truth.likes[model.likes.users][:, rows].toarray() > 0,
        counts=truth.popularity[rows],
        columns=columns,
        has=model.kernel.tied[:, attributes.codes[columns]].toarray(),
        activity=model.likes.likes.sum(axis=1),
    )


def _by_model(trial: _Trial) -> Figures:
    """What the model of new items predicts."""
    likes, labels = trial.model.likes, trial.attributes
    words = trial.model.kernel.features.words[trial.rows]
    threshold = labels.labels["threshold"].to_numpy()
    probability = labels.probabilities(trial.texts, words, trial.named)  # (m, all labels)
    predicted = probability >= threshold
    kernel = likes.of_rows(trial.rows)
    scores, expected = likes.scores(kernel), likes.counts(kernel)
    mean, low, high = expected.T
    return {
        **_f1(predicted[:, trial.columns], trial.categories),
        **_audience(likes.probabilities(scores, mean), trial),
        "spearman": _rank_correlation(mean, trial),
        "covered": interval((low <= trial.counts) & (trial.counts <= high)),
    }


def _by_neighbours(trial: _Trial) -> Figures:
    """What the nearest items are like, by the meaning of title and text."""
    meaning = trial.texts - trial.arrays["centre"]
    nearest = np.argsort(-(meaning @ trial.arrays["meaning"].T), axis=1)
    neighbours = trial.arrays["known"][nearest[:, :NEIGHBOURS]]  # (m, NEIGHBOURS)
    votes = trial.has[neighbours].mean(axis=1)  # (m, a)
    interactions = trial.known
    likes = interactions.likes[trial.model.likes.users].toarray().T  # (n, u)
    fans = likes[neighbours].mean(axis=1).T  # (u, m)
    liked = interactions.popularity[neighbours].mean(axis=1)
    return {
        **_f1(votes >= _threshold(trial.has, trial.arrays), trial.categories),
        **_audience(fans, trial),
        "spearman": _rank_correlation(liked, trial),
    }


def _by_activity(trial: _Trial) -> Figures:
    """Who likes much will like anything."""
    scores = np.repeat(trial.activity[:, None].astype(float), len(trial.rows), axis=1)
    return _audience(scores, trial)


def even_auc(scores: np.ndarray, liked: np.ndarray, group: np.ndarray) -> float:
    """AUC of the ``scores`` (u,) over pairs of a user who likes the item and one who does not, both
    of the same ``group`` (u,); NaN without such a pair."""
    pairs = won = 0.0
    for number in np.unique(group):
        own = group == number
        weight = float(liked[own].sum() * (~liked[own]).sum())
        if weight:
            pairs += weight
            won += weight * auc(scores[None, own], liked[None, own], ~liked[None, own])[0]
    return won / pairs if pairs else float("nan")


def _audience(scores: np.ndarray, trial: _Trial) -> Figures:
    """How well ``scores`` (u, m) tell who likes an item, and who of those equally active."""
    chosen = np.flatnonzero(trial.liked.sum(axis=0) >= MIN_LIKES)
    likers = trial.liked[:, chosen].T
    rank = np.argsort(np.argsort(trial.activity, kind="stable"), kind="stable")
    group = rank * STRATA // len(rank)
    even = [even_auc(scores[:, item], trial.liked[:, item], group) for item in chosen]
    return {
        "auc": interval(auc(scores[:, chosen].T, likers, ~likers)),
        "auc_even": interval(np.array(even)),
    }


def _f1(predicted: np.ndarray, true: np.ndarray) -> Figures:
    return {
        "f1_micro": _over(lambda some: micro_f1(predicted[some], true[some]), len(true)),
        "f1_macro": _over(lambda some: macro_f1(predicted[some], true[some]), len(true)),
    }


def _threshold(has: np.ndarray, attributes: Mapping[str, np.ndarray]) -> float:
    """The share of votes that serves the items learned from best, each without its own."""
    meaning, known = attributes["meaning"], attributes["known"]
    cosine = meaning @ meaning.T
    np.fill_diagonal(cosine, -np.inf)  # leave-one-out: no item is its own neighbour
    near = np.argpartition(-cosine, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    votes, true = has[known[near]].mean(axis=1), has[known] > 0
    shares = np.arange(1, NEIGHBOURS + 1) / NEIGHBOURS
    f1 = [micro_f1(votes >= share, true) for share in shares]
    return float(shares[np.argmax(f1)])


def _rank_correlation(predicted: np.ndarray, trial: _Trial) -> dict[str, float]:
    """Spearman's, of ``predicted`` (m,) with the true numbers of likes."""
    return _over(lambda some: _spearman(predicted[some], trial.counts[some]), len(predicted))


def _spearman(one: np.ndarray, other: np.ndarray) -> float:
    from scipy.stats import spearmanr

    if len(np.unique(one)) == 1 or len(np.unique(other)) == 1:
        return float("nan")
    return float(spearmanr(one, other).statistic)


def _over(measure: Callable[[np.ndarray], float], count: int) -> dict[str, float]:
    """The measure of all items, with its 95 % bootstrap interval over them."""
    rng = np.random.default_rng(0)
    drawn = [measure(rng.integers(0, count, count)) for _ in range(DRAWS)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return {"mean": measure(np.arange(count)), "low": float(low), "high": float(high)}
