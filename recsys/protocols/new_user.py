"""A new user types a taste, and perhaps names some items that they like."""

import argparse
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from recsys.datatypes import Progress, Query, no_progress
from recsys.encoders import CachedEncoder
from recsys.errors import QueryError
from recsys.evaluation import files as benchfiles
from recsys.evaluation import holdout
from recsys.evaluation.cases import (
    Case,
    Run,
    likes_only_query,
    rankers,
    raw_vectors,
    run_cases,
    sample_likes,
)
from recsys.evaluation.people import Person, Skipped, typists
from recsys.evaluation.report import Evaluation, report
from recsys.protocols import _options
from recsys.ranking.engine import Engine
from recsys.reports.names import DEFAULT

TITLE = "New users, from text"
HELP = "rank everything for what a new user types"
PEOPLE = "people"

MAIN = ("ndcg@10", "recall@100", "auc")
"""The metrics that decide."""

ALSO = ("precision@10", "hit_rate@10", "mrr@10", "map@10")
"""Metrics that are measured beside."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the protocol."""
    profiles = "a JSON object a line: userId, profile"
    _options.add_file(parser, "profiles", profiles, required=True)
    ratings = "CSV: userId, movieId, part (seen or hidden)"
    _options.add_file(parser, "ratings", ratings, required=True)
    _options.add_file(parser, "exclude", "CSV: userId, of whom nothing is learned either")
    parser.add_argument(
        "--likes",
        default="",
        metavar="N,N",
        help="tell the default strategy so many likes, with the text and without: 0,1,3,5,10",
    )
    parser.add_argument(
        "--folds",
        action="store_true",
        help="rank each fold of the profiles by what the others like and typed",
    )
    _options.add_strategy(parser)


def run(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """The report that the options ask for."""
    likes = _numbers(options.likes)
    files = options.profiles, options.ratings, options.exclude
    return new_user(engine, *files, likes, options.strategy, options.progress, options.folds)


def new_user(
    engine: Engine,
    profiles: Path,
    ratings: Path,
    exclude: Path | None = None,
    likes: Sequence[int] = (),
    strategies: Sequence[str] = (),
    progress: Progress = no_progress,
    folds: bool = False,
) -> dict[str, Any]:
    """Ranks all items that a user has not ``seen`` by what they typed; a report.

    Relevant are their hidden items with a rating that is a like; AUC sets these against the hidden
    ones rated a whole step or more below (of MovieLens: 4 or more against 3 or less). Learns from
    neither these users nor those of ``exclude``. For each number of ``likes`` the default strategy
    has a row more with so many of the seen items that they like, without the text, and one with
    both; who has fewer tells all. With ``folds`` each fold of the profiles is ranked by models that
    learned from none of it, but from what the people of the other folds like and typed.
    """
    if min(likes, default=0) < 0:
        raise QueryError(f"The number of likes is {min(likes)}; it must be 0 or more.")
    started, skipped = perf_counter(), Skipped()
    files = {"profiles": profiles, "ratings": ratings}
    typed = benchfiles.profiles(profiles)
    banned = {profile.user for profile in typed}
    if exclude:
        files["exclude"] = exclude
        banned |= set(benchfiles.users(exclude))
    people = typists(engine, typed, benchfiles.ratings(ratings), skipped)
    away = banned - set(engine.workspace.interactions.users)
    skipped.add("held-out users have no like in the workspace", len(away))
    skipped.some(people)
    parts = _folds(engine, typed, banned) if folds else {0: (engine, banned)}
    fold = {profile.user: profile.fold if folds else 0 for profile in typed}
    found: list[list[Run]] = []
    for number, (taught, left_out) in parts.items():
        other = holdout.restricted(taught, progress, users=left_out)
        own = [person for person in people if fold[person.name] == number]
        found.append(list(_runs(other, own, sorted(set(likes)), strategies, progress)))
    return report(
        Evaluation(
            "new-user", TITLE, PEOPLE, other, list(map(_joined, zip(*found, strict=True))), MAIN,
            ALSO, files, notes=skipped.lines, started=started, about={"folds": len(parts)},
        )
    )  # fmt: skip


def _folds(
    engine: Engine, typed: Sequence[benchfiles.Profile], banned: Collection[str]
) -> dict[int, tuple[Engine, set[str]]]:
    """By the fold: an engine that knows what all typed, and who is to be left out of it."""
    knowing = engine.workspace.with_typed({profile.user: profile.text for profile in typed})
    taught = Engine(knowing, CachedEncoder(engine.encoder))
    always = set(banned) - {profile.user for profile in typed}
    folds: dict[int, tuple[Engine, set[str]]] = {}
    for profile in sorted(typed, key=lambda profile: profile.fold):
        folds.setdefault(profile.fold, (taught, set(always)))[1].add(profile.user)
    if len(folds) < 2:
        raise QueryError("The profiles are all of one fold: there is nobody else to learn from.")
    return folds


def _joined(runs: Sequence[Run]) -> Run:
    """The runs of one strategy over the folds, as one."""
    cases = [case for run in runs for case in run.cases]
    found = [case_run for run in runs for case_run in run.case_runs]
    return replace(runs[0], cases=cases, case_runs=found)


def _runs(
    engine: Engine,
    people: Sequence[Person],
    likes: Sequence[int],
    strategies: Sequence[str],
    progress: Progress,
) -> Iterator[Run]:
    chosen = rankers(engine, strategies)
    by_text = _cases(engine, people, 0, True, progress)
    for name, found in run_cases(engine, by_text, chosen, progress).items():
        yield Run(name, by_text, found, likes=0)
    default_only = {DEFAULT: chosen[DEFAULT]}
    for n in likes:
        known = "1 like" if n == 1 else f"{n} likes"
        for text in (False, True):
            if text and n == 0:  # the default itself
                continue
            name = f"{DEFAULT}, {known}" if text else f"{DEFAULT}, {known}, no text"
            cases = _cases(engine, people, n, text, progress)
            found = run_cases(engine, cases, default_only, progress)[DEFAULT]
            yield Run(name, cases, found, n, text)


def _cases(
    engine: Engine, people: Sequence[Person], likes: int, text: bool, progress: Progress
) -> list[Case]:
    every, raw = np.arange(len(engine.workspace.catalogue)), raw_vectors(engine)
    cases = []
    for done, person in enumerate(people, start=1):
        liked = sample_likes(person.name, person.seen_likes, likes)
        rest = tuple(np.setdiff1d(person.seen, liked).tolist())
        if text:
            query = engine.encode(Query(person.text, liked=tuple(liked.tolist()), seen=rest))
        else:
            query = likes_only_query(engine, liked.tolist(), rest)
        meaning = person.raw if text else raw[liked].sum(axis=0)
        rows = np.setdiff1d(every, person.seen)
        cases.append(Case(person.name, query, meaning, rows, person.relevant, person.disliked))
        progress(done, len(people), "reading tastes")
    return cases


def _numbers(said: str) -> Sequence[int]:
    parts = [part for part in said.split(",") if part.strip()]
    try:
        return [int(part) for part in parts]
    except ValueError:
        raise QueryError(f"--likes {said!r} is not numbers such as 0,1,3,5,10.") from None
