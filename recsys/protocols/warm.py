"""Temporal leave-last-one-out: a user's last like, from all that they liked before."""

import argparse
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError
from recsys.evaluation import holdout
from recsys.evaluation.cases import (
    Case,
    Run,
    likes_only_query,
    rankers,
    raw_vectors,
    run_cases,
)
from recsys.evaluation.people import Skipped
from recsys.evaluation.report import Evaluation, report
from recsys.protocols import _options
from recsys.ranking.engine import Engine

TITLE = "Last likes"
HELP = "leave out everybody's last like and look for it"
PEOPLE = "people"

MAIN = ("ndcg@10", "recall@100", "auc")
"""The metrics that decide."""

ALSO = ("hit_rate@10", "mrr@10")
"""Metrics that are measured beside."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the protocol."""
    _options.add_strategy(parser)


def run(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """The report that the options ask for."""
    return warm(engine, options.strategy, options.progress)


def warm(
    engine: Engine, strategies: Sequence[str] = (), progress: Progress = no_progress
) -> dict[str, Any]:
    """Ranks all items but those that a user likes already, given these alone; a report.

    Relevant is the user's last like by time, which nothing learns from; AUC sets it against what
    the user rated a whole step or more below a like. Users of fewer than two likes are left out.
    """
    started, skipped = perf_counter(), Skipped()
    rated = engine.workspace.interactions.ratings
    last = _last(engine, rated, skipped)
    users = np.searchsorted(engine.workspace.interactions.users.astype(str), last.index)
    other = holdout.forgetting(engine, users, last["item"].to_numpy(), progress)
    cases = skipped.some(_cases(other, rated, users, last))
    found = run_cases(other, cases, rankers(other, strategies), progress)
    runs = [Run(name, cases, own, text=False) for name, own in found.items()]
    return report(
        Evaluation(
            "warm", TITLE, PEOPLE, other, runs, MAIN, ALSO,
            notes=skipped.lines, started=started,
        )
    )  # fmt: skip


def _last(engine: Engine, rated: pd.DataFrame, skipped: Skipped) -> pd.DataFrame:
    """Index user, sorted; item (row): the last like of those who have another."""
    likes = rated[rated["rating"] >= engine.workspace.catalogue.about["like_from"]]
    by_user = likes.groupby("user", sort=True)
    several = by_user.size() > 1
    skipped.add("users have fewer than two likes and are left out", int((~several).sum()))
    if likes.empty or likes["timestamp"].isna().all():
        raise DataError(
            f"The likes of {engine.workspace.name!r} have no times: none of them is the last."
        )
    return by_user[["item"]].last()[several]


def _cases(
    engine: Engine, rated: pd.DataFrame, users: np.ndarray, last: pd.DataFrame
) -> list[Case]:
    every, raw = np.arange(len(engine.workspace.catalogue)), raw_vectors(engine)
    likes = engine.workspace.interactions.likes
    dislike_to = engine.workspace.catalogue.about["like_from"] - 1
    below = rated[rated["rating"] <= dislike_to]
    by_time = rated.groupby("user", sort=False)["item"].agg(list)
    disliked_by = below.groupby("user")["item"].agg(np.sort)
    cases = []
    for user, (name, item) in zip(users, last["item"].items(), strict=True):
        liked = np.sort(likes.indices[likes.indptr[user] : likes.indptr[user + 1]])
        disliked = np.setdiff1d(disliked_by.get(name, liked[:0]), [*liked, item])
        rows_rated = np.array(by_time[name])
        # A signal that goes by their order is to meet them as they came.
        query = likes_only_query(engine, rows_rated[np.isin(rows_rated, liked)].tolist())
        rows = np.setdiff1d(every, liked)
        meaning = raw[liked].sum(axis=0)
        cases.append(Case(name, query, meaning, rows, np.array([item]), disliked))
    return cases
