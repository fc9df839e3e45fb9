"""Known users, one interaction of each held out: the way of the NCF paper (He et al. 2017)."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from recsys.datatypes import Progress, no_progress
from recsys.errors import QueryError
from recsys.evaluation import ncf_files
from recsys.evaluation.ncf_files import LeaveOneOut
from recsys.evaluation.ways import ways_report
from recsys.metrics.accuracy import binary_ndcg, hit_rate
from recsys.models import behaviour, configured, matrix_factorisation, neural_cf
from recsys.protocols import _options
from recsys.reports.names import SEED
from recsys.reports.provenance import described

TITLE = "Known users, one item held out"
HELP = "find what was held out of each known user among items drawn at random"
PEOPLE = "users"
WORKSPACE = False

MAIN = ("hr@10", "ndcg@10")
"""The metrics that decide."""
K = 10
"""Places that count."""

LEARNED: Mapping[str, tuple[ModuleType, Any]] = {
    "matrix_factorisation": (matrix_factorisation, matrix_factorisation.Factors),
    "neural_cf": (neural_cf, neural_cf.NeuralCF),
}
"""What ``--model`` may be: the model, and what reads its arrays."""
EASE_SHRINKAGE = 500.0
"""EASE's lambda for interactions by the hundred a user, as its paper has it for MovieLens."""

Score = Callable[[LeaveOneOut], np.ndarray]
"""The scores (t, 1 + m) of the candidates, learned from the likes."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the protocol."""
    lines = "user, item, rating, time by tabs"
    _options.add_file(parser, "train", lines, required=True)
    _options.add_file(parser, "test", f"{lines}: a line a user", required=True)
    negatives = "(user,item) of the test's line, and items by tabs"
    _options.add_file(parser, "negatives", negatives, required=True)
    parser.add_argument(
        "--model",
        action="extend",
        nargs="+",
        default=[],
        metavar="NAME",
        help=f"beside popularity and EASE: {', '.join(LEARNED)}; may be repeated (all)",
    )
    _options.add_settings(parser)


def run(engine: None, options: argparse.Namespace) -> dict[str, Any]:
    """The report that the options ask for."""
    files = {name: getattr(options, name) for name in ("train", "test", "negatives")}
    settings = _options.settings_of(options.set)
    return leave_one_out(files, options.model, settings, options.progress)


def leave_one_out(
    files: Mapping[str, Path],
    chosen: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Ranks each held-out item among its negatives, of ``train``, ``test`` and ``negatives``; a
    report.

    Rows are popularity, EASE and the ``chosen`` models, all where none is; ``settings`` are those
    of the one model that is chosen. Raises QueryError for an unknown model, and for settings of
    several.
    """
    for name in set(chosen) - set(LEARNED):
        known = ", ".join(LEARNED)
        raise QueryError(f"There is no model called {name!r} here. There are: {known}.")
    if settings and len(chosen) != 1:
        raise QueryError("Settings are those of one model: name it, and no other.")
    data = ncf_files.read(*(files[name] for name in ("train", "test", "negatives")))
    ways: dict[str, Score] = {"popularity": popularity, "ease": ease}
    for name in chosen or LEARNED:
        config = configured(name, settings or {})
        ways[name] = _learner(name, config, progress)
    about = {
        "protocol": "leave-one-out",
        "title": TITLE,
        "people": PEOPLE,
        "workspace": files["train"].name,
        "n": len(data.users),
        "seeds": {"training": SEED, "ties": SEED},
        "data": {name: described(path) for name, path in files.items()},
    }
    return ways_report(
        about, MAIN, {name: partial(_measured, way, data) for name, way in ways.items()}
    )


def measured(scores: np.ndarray) -> dict[str, np.ndarray]:
    """Of each metric, (t,) from the scores (t, 1 + m) of the held-out item and of its negatives.

    Ties are broken by chance, the same on every run.
    """
    order = np.random.default_rng(SEED).random(scores.shape)
    first, others = scores[:, :1], scores[:, 1:]
    luck = order[:, 1:] > order[:, :1]
    above = ((others > first) | ((others == first) & luck)).sum(axis=1)
    hits = above[:, None] == np.arange(K)
    one = np.ones(len(scores), dtype=np.int64)
    return {"hr@10": hit_rate(hits, one, K), "ndcg@10": binary_ndcg(hits, one, K)}


def popularity(data: LeaveOneOut) -> np.ndarray:
    """How many like each candidate."""
    counts = np.bincount(data.likes.indices, minlength=data.likes.shape[1])
    found: np.ndarray = counts[data.candidates].astype(np.float64)
    return found


def ease(data: LeaveOneOut) -> np.ndarray:
    """EASE (Steck 2019) from what each user is known to like."""
    users = data.likes.shape[0]
    config = behaviour.Config(max_users=users, min_likes=1, shrinkage=EASE_SHRINKAGE / users)
    model = behaviour.Behaviour(behaviour.learn(data.likes, config))
    parts = []
    for start in range(0, len(data.users), behaviour.CHUNK):
        chosen = slice(start, start + behaviour.CHUNK)
        folded = model.fold_in(data.likes[data.users[chosen]].toarray().T)  # (n, b)
        parts.append(np.take_along_axis(folded.T, data.candidates[chosen], axis=1))
    return np.concatenate(parts)


def _learner(name: str, config: Any, progress: Progress) -> Score:
    def scored(data: LeaveOneOut) -> np.ndarray:
        module, reader = LEARNED[name]
        model = reader(module.learn(data.likes, config, progress))
        asked = data.candidates
        users = np.repeat(data.users, asked.shape[1])
        found: np.ndarray = model.score(users, asked.ravel()).reshape(asked.shape)
        return found

    return scored


def _measured(way: Score, data: LeaveOneOut) -> dict[str, np.ndarray]:
    return measured(way(data))
