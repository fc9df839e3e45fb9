"""A new item arrives: who will like it, and which new items will a user like?"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from recsys.datatypes import Progress, Scores, no_progress
from recsys.encoders.sentence import TextEncoder
from recsys.errors import DataError, QueryError
from recsys.evaluation import files as benchfiles
from recsys.evaluation import holdout
from recsys.evaluation.cases import (
    SEED,
    Answer,
    Case,
    Ranker,
    answers,
    pick,
    rankers,
    raw_vectors,
    silent,
)
from recsys.evaluation.people import Rows, Tally
from recsys.evaluation.report import Row, Run, report
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace

MAIN = ("ndcg@20", "recall@20")
ALSO = ("ndcg@10", "hit_rate@20", "mrr@20")

Scorer = Callable[[np.ndarray], np.ndarray]
"""From rows (m,) of items to (users, m): how much each user of the interactions will like them."""

Trainer = Callable[[Workspace, TextEncoder, Progress], Scorer]
"""Learns a Scorer from a workspace that knows no like of the items to come."""

NONE = np.empty(0, dtype=np.int64)

CENTRED = "centred cosine"
"""Mean of the likes as the workspace holds them; plain cosine takes them uncentred."""


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
    started, tally = perf_counter(), Tally()
    files = {"split": split} if split else {}
    pairs = [held_out(engine, split, part, tally)] if split else _folds(engine, folds)
    cases: list[Case] = []
    found: dict[str, list[Answer]] = {}
    for held, rows in pairs:
        other = holdout.restricted(engine, progress, items=held)
        own = _cases(engine, other, rows, tally)
        learned = {
            name: _Learned(trainer, other, rows, progress)
            for name, trainer in (trainers or {}).items()
        }
        chosen = pick({**rankers(other), CENTRED: _centred(other), **learned}, strategies)
        cases += own
        for name, answered in answers(other, own, chosen, progress).items():
            found.setdefault(name, []).extend(answered)
    tally.some(cases)
    lines = [Row(name, cases, own, text=False) for name, own in found.items()]
    about = {"part": part} if split else {"folds": folds}
    return report(
        Run("new-item", engine, lines, MAIN, ALSO, files, tally.lines, about, started=started)
    )


def held_out(engine: Engine, path: Path, part: str, tally: Tally) -> tuple[np.ndarray, np.ndarray]:
    """Rows of which nothing may be learned, val and test, and those of the ``part`` of a split.

    Raises QueryError for another part, DataError for a split without items of it or to learn from.
    """
    if part not in ("val", "test"):
        raise QueryError(f"part is {part!r}; it must be val or test.")
    table = benchfiles.split(path)
    table = table.assign(row=Rows(engine.workspace.catalogue, tally).series(table["item"], "items"))
    table = table.dropna(subset="row").astype({"row": np.int64})
    rows = np.sort(table["row"][table["part"] == part].to_numpy())
    if not len(rows):
        raise DataError(f"{path.name} has no item of this catalogue in the part {part}.")
    if not (table["part"] == "warm").any():
        raise DataError(
            f"{path.name} has no item of this catalogue in the part warm to learn from."
        )
    return np.sort(table["row"][table["part"] != "warm"].to_numpy()), rows


def _folds(engine: Engine, folds: int) -> list[tuple[np.ndarray, np.ndarray]]:
    count = len(engine.workspace.catalogue)
    if folds > count:
        raise QueryError(f"{count} items cannot be {folds} folds.")
    parts = np.array_split(np.random.default_rng(SEED).permutation(count), folds)
    return [(rows, rows) for rows in map(np.sort, parts)]


def _cases(engine: Engine, other: Engine, rows: np.ndarray, tally: Tally) -> list[Case]:
    """One for each user who likes one of ``rows``; what else they like is known."""
    raw, users = raw_vectors(other), other.workspace.interactions.users
    truth = engine.workspace.interactions.likes[:, rows]
    known = other.workspace.interactions.likes
    cases = []
    for user in np.flatnonzero(np.diff(truth.indptr)):
        liked = np.sort(known.indices[known.indptr[user] : known.indptr[user + 1]])
        if not len(liked):
            tally.add("users like nothing but new items and are left out")
            continue
        relevant = rows[np.sort(truth.indices[truth.indptr[user] : truth.indptr[user + 1]])]
        query = silent(other, liked.tolist())
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
