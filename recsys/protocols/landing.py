"""Where a new item would land: what it is, who will like it, and how many, foretold and true."""

from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from recsys.building.train import plains, train_items
from recsys.datatypes import Progress, no_progress
from recsys.encoders.cached import Remembering
from recsys.errors import DataError
from recsys.evaluation.cases import DEFAULT
from recsys.evaluation.people import Tally
from recsys.evaluation.report import plain, provenance
from recsys.metrics.accuracy import auc
from recsys.metrics.statistics import interval
from recsys.models.new_item.attributes import ItemAttributes, macro_f1, micro_f1
from recsys.models.new_item.kernel import ItemKernel
from recsys.models.new_item.likes import ItemLikes
from recsys.protocols.new_item import held_out
from recsys.ranking.engine import Engine

METRICS = ("f1_micro", "f1_macro", "auc", "auc_even", "spearman", "covered")
"""F1 of the predicted categories; AUC of who likes an item against all others, and among users who
like about as much of anything; Spearman's correlation of the likes expected with the true ones; and
how often the truth lies in the 80 % interval."""
LIKED = 5
"""An AUC is taken of items with so many likes or more."""
STRATA = 10
"""Users are about as active in the same one of so many equal groups."""
NEAREST = 20
"""The baseline looks at so many nearest items, by the meaning of title and text."""
DRAWS = 500
"""Bootstrap samples of the items behind an interval of what is no mean."""

Figures = dict[str, dict[str, float]]


def landing(
    engine: Engine, split: Path, part: str = "test", progress: Progress = no_progress
) -> dict[str, Any]:
    """How true the forecasts of ``NewItems`` are for the items of a ``part`` of the ``split``.

    Attributes are predicted from title and text alone; nothing is learned from a like or an
    attribute of val or test. Baselines: the NEAREST items, and how much each user likes of
    anything. Raises DataError where nothing can be learned.
    """
    started, tally = perf_counter(), Tally()
    held, rows = held_out(engine, split, part, tally)
    workspace = engine.workspace.without(items=held)
    encoder = Remembering(engine.encoder)
    models = train_items(workspace, encoder, progress)
    if "item_attributes" not in models:
        raise DataError(f"{split.name} leaves too few items or likes to learn from.")
    kernel = ItemKernel(workspace, models["item_kernel"])
    likes, attributes = ItemLikes(models["item_likes"], kernel), models["item_attributes"]
    if np.isin(held, likes.known).any() or np.isin(held, attributes["known"]).any():
        raise DataError("A held-out item is among those learned from.")
    truth = engine.workspace.interactions.likes[likes.users][:, rows].toarray() > 0  # (u, m)
    counts = engine.workspace.interactions.popularity[rows]
    read = plains(workspace, encoder, rows, progress)
    labels = ItemAttributes(attributes, kernel)
    category = (labels.labels["relation"] == "category").to_numpy()
    true = kernel.tied[rows][:, labels.codes[category]].toarray() > 0  # (m, a)
    threshold = labels.labels["threshold"].to_numpy()
    said = labels.chances(read, kernel.features.words[rows]) >= threshold
    alike = likes.of_rows(rows)
    scores, expected = likes.scores(alike), likes.counts(alike)
    activity = likes.likes.sum(axis=1)
    found: dict[str, Figures] = {
        DEFAULT: {
            **_f1(said[:, category], true),
            **_audience(likes.chances(scores, expected[:, 0]), truth, activity),
            "spearman": _over(lambda part: _spearman(expected[part, 0], counts[part]), len(rows)),
            "covered": interval((expected[:, 1] <= counts) & (counts <= expected[:, 2])),
        }
    }
    meaning = read - attributes["centre"]
    near = np.argsort(-(meaning @ attributes["meaning"].T), axis=1)[:, :NEAREST]  # (m, NEAREST)
    neighbours = attributes["known"][near]
    tied = kernel.tied[:, labels.codes[category]].toarray()
    votes = tied[neighbours].mean(axis=1)  # (m, a)
    own = workspace.interactions
    fans = own.likes[likes.users].toarray().T[neighbours].mean(axis=1).T  # (u, m)
    liked = own.popularity[neighbours].mean(axis=1)
    found[f"{NEAREST} nearest neighbours"] = {
        **_f1(votes >= _threshold(tied, attributes), true),
        **_audience(fans, truth, activity),
        "spearman": _over(lambda part: _spearman(liked[part], counts[part]), len(rows)),
    }
    even = np.repeat(activity[:, None].astype(float), len(rows), axis=1)
    found["activity alone"] = _audience(even, truth, activity)
    unknown = dict.fromkeys(("mean", "low", "high"), np.nan)
    return plain(
        {
            "protocol": "landing",
            "workspace": engine.workspace.name,
            "n": len(rows),
            "part": part,
            "metrics": list(METRICS),
            "strategies": [
                {"name": name, **{metric: own.get(metric, unknown) for metric in METRICS}}
                for name, own in found.items()
            ],
            "notes": tally.lines,
            **provenance(engine, {"split": split}, started),
        }
    )


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


def _audience(scores: np.ndarray, truth: np.ndarray, activity: np.ndarray) -> Figures:
    chosen = np.flatnonzero(truth.sum(axis=0) >= LIKED)
    likers = truth[:, chosen].T
    order = np.argsort(np.argsort(activity, kind="stable"), kind="stable")
    group = order * STRATA // len(order)
    even = [even_auc(scores[:, item], truth[:, item], group) for item in chosen]
    return {
        "auc": interval(auc(scores[:, chosen].T, likers, ~likers)),
        "auc_even": interval(np.array(even)),
    }


def _f1(said: np.ndarray, true: np.ndarray) -> Figures:
    return {
        "f1_micro": _over(lambda part: micro_f1(said[part], true[part]), len(true)),
        "f1_macro": _over(lambda part: macro_f1(said[part], true[part]), len(true)),
    }


def _threshold(tied: np.ndarray, attributes: Mapping[str, np.ndarray]) -> float:
    """The share of votes that serves the items learned from best, each without its own."""
    meaning, known = attributes["meaning"], attributes["known"]
    alike = meaning @ meaning.T
    np.fill_diagonal(alike, -np.inf)
    near = np.argpartition(-alike, NEAREST, axis=1)[:, :NEAREST]
    votes, true = tied[known[near]].mean(axis=1), tied[known] > 0
    shares = np.arange(1, NEAREST + 1) / NEAREST
    return float(shares[np.argmax([micro_f1(votes >= share, true) for share in shares])])


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
