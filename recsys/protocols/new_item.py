"""A new item arrives: who will like it, and which new items will a user like?"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from recsys.datatypes import Progress, Scores, no_progress
from recsys.encoders import TextEncoder
from recsys.errors import QueryError
from recsys.evaluation import holdout
from recsys.evaluation.cases import (
    Case,
    CaseRun,
    Ranker,
    Run,
    likes_only_query,
    pick,
    rankers,
    raw_vectors,
    run_cases,
)
from recsys.evaluation.people import Skipped
from recsys.evaluation.report import Evaluation, report
from recsys.models.new_item import likes as item_likes
from recsys.protocols import _options
from recsys.ranking.engine import Engine
from recsys.reports.names import DEFAULT, SEED
from recsys.store.workspace import Workspace

TITLE = "New items"
HELP = "rank new items for those who like one"
PEOPLE = "people"

MAIN = ("ndcg@20", "recall@20")
"""The metrics that decide."""

ALSO = ("ndcg@10", "hit_rate@20", "mrr@20")
"""Metrics that are measured beside."""

Scorer = Callable[[np.ndarray], np.ndarray]
"""From rows (m,) of items to (users, m): how much each user of the interactions will like them."""

Trainer = Callable[[Workspace, TextEncoder, Progress], Scorer]
"""Learns a Scorer from a workspace that knows no like of the items to come."""

NONE = np.empty(0, dtype=np.int64)
"""No item."""

CENTRED = "centred cosine"
"""Mean of the likes as the workspace holds them; plain cosine takes them uncentred."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the protocol."""
    _options.add_split(parser)
    parser.add_argument(
        "--folds", type=int, default=0, help="instead of a split, so many random ones in turn"
    )
    _options.add_strategy(parser)


def run(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """The report that the options ask for; the default is the workspace's model of new items."""
    return new_item(
        engine,
        options.split,
        options.part,
        options.folds,
        {DEFAULT: who_likes},
        options.strategy,
        options.progress,
    )


def who_likes(workspace: Workspace, encoder: TextEncoder, progress: Progress) -> Scorer:
    """The Trainer of the model of new items."""
    model = item_likes.train(workspace, progress)
    return lambda rows: model.scores(model.of_rows(rows))


def new_item(
    engine: Engine,
    split: Path | None = None,
    part: str = "test",
    folds: int = 0,
    trainers: Mapping[str, Trainer] | None = None,
    strategies: Sequence[str] = (),
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Ranks the new items for every user who likes one of them; a report.

    What is new is the ``part``, val or test, of the ``split``, and nothing is learned from any like
    of either; or each of so many random ``folds`` of the catalogue in turn. A user is known by
    their likes of other items. ``trainers`` are strategies more, by name; one called "default"
    takes that place.
    """
    if (split is None) == (folds == 0) or folds == 1 or folds < 0:
        raise QueryError("New items need either a split file or a number of folds, 2 or more.")
    started, skipped = perf_counter(), Skipped()
    files = {"split": split} if split else {}
    pairs = [holdout.new_items(engine, split, part, skipped)] if split else _folds(engine, folds)
    cases: list[Case] = []
    found: dict[str, list[CaseRun]] = {}
    for held, rows in pairs:
        other = holdout.restricted(engine, progress, items=held)
        own = _cases(engine, other, rows, skipped)
        every = {**rankers(other), CENTRED: _centred(other)}
        for name, trainer in (trainers or {}).items():
            every[name] = _Learned(trainer, other, rows, progress)
        cases += own
        for name, runs in run_cases(other, own, pick(every, strategies), progress).items():
            found.setdefault(name, []).extend(runs)
    skipped.some(cases)
    runs_of_all = [Run(name, cases, own, text=False) for name, own in found.items()]
    about = {"part": part} if split else {"folds": folds}
    return report(
        Evaluation(
            "new-item", TITLE, PEOPLE, engine, runs_of_all, MAIN, ALSO, files, skipped.lines,
            about, started,
        )
    )  # fmt: skip


def _folds(engine: Engine, folds: int) -> list[tuple[np.ndarray, np.ndarray]]:
    count = len(engine.workspace.catalogue)
    if folds > count:
        raise QueryError(f"{count} items cannot be {folds} folds.")
    parts = np.array_split(np.random.default_rng(SEED).permutation(count), folds)
    return [(rows, rows) for rows in map(np.sort, parts)]


def _cases(engine: Engine, other: Engine, rows: np.ndarray, skipped: Skipped) -> list[Case]:
    """One for each user who likes one of ``rows``; what else they like is known."""
    raw, users = raw_vectors(other), other.workspace.interactions.users
    truth = engine.workspace.interactions.likes[:, rows]
    known = other.workspace.interactions.likes
    cases = []
    for user in np.flatnonzero(np.diff(truth.indptr)):
        liked = np.sort(known.indices[known.indptr[user] : known.indptr[user + 1]])
        if not len(liked):
            skipped.add("users like nothing but new items and are left out")
            continue
        relevant = rows[np.sort(truth.indices[truth.indptr[user] : truth.indptr[user + 1]])]
        query = likes_only_query(other, liked.tolist())
        cases.append(Case(users[user], query, raw[liked].mean(axis=0), rows, relevant, NONE))
    return cases


def _centred(engine: Engine) -> Ranker:
    vectors = engine.workspace.vectors
    return lambda case, scores: vectors[case.rows] @ vectors[list(case.query.liked)].mean(axis=0)


class _Learned:
    """A Ranker that learns when it is first asked."""

    def __init__(self, trainer: Trainer, engine: Engine, rows: np.ndarray, progress: Progress):
        self._trainer, self._engine, self._rows = trainer, engine, rows
        self._progress = progress

    @cached_property
    def _scores(self) -> dict[str, np.ndarray]:
        workspace = self._engine.workspace
        scores = self._trainer(workspace, self._engine.encoder, self._progress)(self._rows)
        users = workspace.interactions.users
        if scores.shape != (len(users), len(self._rows)) or not np.isfinite(scores).all():
            raise ValueError(
                f"Scores {scores.shape}; they must be {(len(users), len(self._rows))} numbers."
            )
        return dict(zip(users, scores, strict=True))

    def __call__(self, case: Case, scores: Scores) -> np.ndarray:
        return self._scores[case.name]
