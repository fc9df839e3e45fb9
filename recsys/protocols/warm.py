"""A user with a history: the last thing that they liked, from all that they liked before."""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError
from recsys.evaluation import holdout
from recsys.evaluation.cases import Case, answers, rankers, raw_vectors, silent
from recsys.evaluation.people import Tally
from recsys.evaluation.report import Row, Run, report
from recsys.ranking.engine import Engine

MAIN = ("ndcg@10", "recall@100", "auc")
ALSO = ("hit_rate@10", "mrr@10")


def warm(
    engine: Engine, strategies: Sequence[str] = (), progress: Progress = no_progress
) -> dict[str, Any]:
    """Ranks all items but those that a user likes already, given these alone; a report.

    Relevant is the user's last like by time, which nothing learns from; AUC sets it against what
    the user rated a whole step or more below a like. Users of fewer than two likes are left out.
    """
    started, tally = perf_counter(), Tally()
    rated = holdout.ratings(engine)
    last = _last(engine, rated, tally)
    users = np.searchsorted(engine.workspace.interactions.users.astype(str), last.index)
    other = holdout.forgetting(engine, users, last["item"].to_numpy(), progress)
    cases = tally.some(_cases(other, rated, users, last))
    found = answers(other, cases, rankers(other, strategies), progress)
    rows = [Row(name, cases, own, text=False) for name, own in found.items()]
    return report(Run("warm", other, rows, MAIN, ALSO, notes=tally.lines, started=started))


def _last(engine: Engine, rated: pd.DataFrame, tally: Tally) -> pd.DataFrame:
    """Index user, sorted; item (row): the last like of those who have another."""
    likes = rated[rated["rating"] >= engine.workspace.catalogue.about["like_from"]]
    by_user = likes.groupby("user", sort=True)
    several = by_user.size() > 1
    tally.add("users have fewer than two likes and are left out", int((~several).sum()))
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
    step = engine.workspace.catalogue.about["like_from"] - 1
    turned_down = rated[rated["rating"] <= step].groupby("user")["item"].agg(np.sort)
    cases = []
    for user, (name, item) in zip(users, last["item"].items(), strict=True):
        liked = np.sort(likes.indices[likes.indptr[user] : likes.indptr[user + 1]])
        disliked = np.setdiff1d(turned_down.get(name, liked[:0]), [*liked, item])
        query = silent(engine, liked.tolist())
        rows = np.setdiff1d(every, liked)
        plain = raw[liked].sum(axis=0)
        cases.append(Case(name, query, plain, rows, np.array([item]), disliked))
    return cases
