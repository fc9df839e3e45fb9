"""Known users, some interactions of each held out, and a knowledge graph: all items are ranked."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from recsys.datatypes import Progress, no_progress
from recsys.errors import QueryError
from recsys.evaluation import kg_files
from recsys.evaluation.kg_files import KnowledgeSplit
from recsys.evaluation.ways import ways_report
from recsys.learning.likes import even_likes
from recsys.metrics.accuracy import recall, reciprocal_rank
from recsys.models import configured, graph_network
from recsys.models.graph_network.network import forward, normalised
from recsys.models.graph_network.training import Known
from recsys.protocols import _options
from recsys.reports.names import SEED

TITLE = "Known users, with a knowledge graph"
HELP = "rank all items for known users, from what they like and what is known of the items"
PEOPLE = "users"
WORKSPACE = False

MAIN = ("recall@10", "mrr@10")
"""The metrics that decide."""
K = 10
"""Places that count."""
SEEDS = 5
"""So many trainings of what starts at random, of which the mean counts."""

SHRINKAGES = (20.0, 50.0, 100.0, 200.0)
"""EASE's lambda is the best of these on the validation."""
FACTS = (0.5, 1.0, 2.0)
"""What a fact that two items share counts beside a user who likes both, likewise."""
USUAL = {
    "likes_dropout": 0.0,
    "given_share": 0.5,
    "rounds": 1,
    "dropout": 0.5,
    "hops": 1,
    "epochs": 80,
}
"""The graph network here: nobody says anything, so that every example is given likes."""

Score = Callable[[KnowledgeSplit], list[np.ndarray]]
"""The scores (u, n) of all items, of each of one or several trainings."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the protocol."""
    files = "folder of NAME.train.inter, .valid.inter, .test.inter, .link and .kg"
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help=files)
    names = ", ".join(WAYS)
    parser.add_argument(
        "--model", action="extend", nargs="+", default=[], metavar="NAME",
        help=f"beside popularity: {names}; may be repeated (all)",
    )  # fmt: skip
    _options.add_settings(parser)


def run(engine: None, options: argparse.Namespace) -> dict[str, Any]:
    """The report that the options ask for."""
    settings = _options.settings_of(options.set)
    return knowledge(options.data, options.model, settings, options.progress)


def knowledge(
    folder: Path,
    chosen: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Ranks all items but those that a user is known to like, those of the validation among them,
    for each who likes something of the test; a report.

    What is chosen is chosen on the validation, and nothing learns from it. Rows are popularity and
    the ``chosen`` ways, all where none is; ``settings`` are those of the graph network. Raises
    QueryError for an unknown way.
    """
    for name in set(chosen) - set(WAYS):
        raise QueryError(f"There is no model called {name!r} here. There are: {', '.join(WAYS)}.")
    data = kg_files.read(folder)
    network = _Network(USUAL | dict(settings or {}), progress)
    ways: dict[str, Score] = {"popularity": _popularity}
    for name in chosen or WAYS:
        ways[name] = WAYS[name](network)
    about = {
        "protocol": "knowledge",
        "title": TITLE,
        "people": PEOPLE,
        "workspace": folder.name,
        "n": int(np.count_nonzero(np.diff(data.test.indptr))),
        "seeds": {"training": list(range(SEEDS)), "ties": SEED},
    }
    return ways_report(
        about, MAIN, {name: partial(_mean_measured, way, data) for name, way in ways.items()}
    )


def measured(
    data: KnowledgeSplit, target: sparse.csr_array, scores: np.ndarray
) -> dict[str, np.ndarray]:
    """Of each metric, (t,) of the users who like something of ``target`` (u, n), from ``scores``
    (u, n); ties are broken by one order drawn by chance."""
    known = data.train if target is data.valid else data.train + data.valid
    users = np.flatnonzero(np.diff(target.indptr))
    own = scores[users].astype(np.float64)
    own[known[users].toarray() > 0] = -np.inf
    order = np.random.default_rng(SEED).permutation(own.shape[1])
    own = own[:, order]
    near = np.argpartition(-own, K, axis=1)[:, :K]
    places = np.argsort(-np.take_along_axis(own, near, axis=1), axis=1, kind="stable")
    top = order[np.take_along_axis(near, places, axis=1)]  # (t, K)
    relevant = target[users].toarray() > 0
    hits, counts = np.take_along_axis(relevant, top, axis=1), relevant.sum(axis=1)
    return {"recall@10": recall(hits, counts, K), "mrr@10": reciprocal_rank(hits, counts, K)}


def _mean_measured(way: Score, data: KnowledgeSplit) -> dict[str, np.ndarray]:
    """The mean of the trainings."""
    several = [measured(data, data.test, scores) for scores in way(data)]
    return {metric: np.mean([own[metric] for own in several], axis=0) for metric in MAIN}


def _popularity(data: KnowledgeSplit) -> list[np.ndarray]:
    counts = np.asarray(data.train.sum(axis=0)).ravel()
    return [np.tile(counts, (data.train.shape[0], 1))]


def _ease(data: KnowledgeSplit, facts: Sequence[float] = (0.0,)) -> list[np.ndarray]:
    """EASE (Steck 2019), each fact that items share being a row more, as if somebody liked them
    all; shrinkage and weight of the facts are the best on the validation."""
    likes = data.train.toarray()
    shared = np.zeros((likes.shape[1], likes.shape[1]), dtype=np.float32)
    for ties in data.ties.values() if any(facts) else ():
        to_items = (ties[: len(shared)] > 0).astype(np.float32)
        shared += (to_items @ to_items.T).toarray()
    best, found = -1.0, likes
    for weight in facts:
        for shrinkage in SHRINKAGES:
            gram = likes.T @ likes + weight * shared
            gram[np.diag_indices_from(gram)] += shrinkage
            inverse = np.linalg.inv(gram)
            weights = -inverse / np.diag(inverse)
            np.fill_diagonal(weights, 0)
            scores = likes @ weights
            figure = float(measured(data, data.valid, scores)["recall@10"].mean())
            if figure > best:
                best, found = figure, scores
    return [found]


class _Network:
    """The graph network, trained SEEDS times when it is first asked for."""

    def __init__(self, settings: Mapping[str, Any], progress: Progress):
        self._config, self._progress = configured("graph_network", settings), progress
        self._found: list[np.ndarray] | None = None

    def __call__(self, data: KnowledgeSplit) -> list[np.ndarray]:
        if self._found is None:
            self._found = [self._trained(data, seed) for seed in range(SEEDS)]
        return self._found

    def _trained(self, data: KnowledgeSplit, seed: int) -> np.ndarray:
        likes, size = data.train, next(iter(data.ties.values())).shape[0]
        people, items = likes.shape
        silent = np.zeros((people, 0), dtype=np.float32)
        unnamed = sparse.csr_array((people, size), dtype=np.float32)
        nothing = sparse.csr_array(likes.shape, dtype=np.float32)
        teachers = [Known(silent, unnamed, nothing, likes)]
        judges = Known(silent, unnamed, likes, data.valid)
        content, config = np.zeros((items, 0), dtype=np.float32), replace(self._config, seed=seed)
        learned = graph_network.learn(data.ties, content, teachers, judges, config, self._progress)
        nodes = forward(list(normalised(data.ties).values()), content, learned)[:items]
        found: np.ndarray = even_likes(likes) @ nodes @ nodes.T + learned["worth"]
        return found


def _together(network: _Network) -> Score:
    """The standardised scores of the network and of EASE with facts, in sum."""

    def scored(data: KnowledgeSplit) -> list[np.ndarray]:
        (other,) = _ease(data, FACTS)
        return [_standard(own) + _standard(other) for own in network(data)]

    return scored


def _standard(scores: np.ndarray) -> np.ndarray:
    away = scores - scores.mean(axis=1, keepdims=True)
    found: np.ndarray = away / np.maximum(away.std(axis=1, keepdims=True), 1e-9)
    return found


WAYS: dict[str, Callable[[_Network], Score]] = {
    "ease": lambda network: _ease,
    "ease_facts": lambda network: lambda data: _ease(data, FACTS),
    "graph_network": lambda network: network,
    "graph_network+ease_facts": _together,
}
"""What ``--model`` may be."""
