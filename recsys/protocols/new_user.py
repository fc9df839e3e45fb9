"""A new user types a taste, and perhaps names some items that they like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, Query, no_progress
from recsys.errors import QueryError
from recsys.evaluation import files as benchfiles
from recsys.evaluation import holdout
from recsys.evaluation.cases import DEFAULT, Case, answers, drawn, rankers, raw_vectors, silent
from recsys.evaluation.people import Rows, Tally
from recsys.evaluation.report import Row, Run, report
from recsys.ranking.engine import Engine

MAIN = ("ndcg@10", "recall@100", "auc")
ALSO = ("precision@10", "hit_rate@10", "mrr@10", "map@10")


@dataclass(frozen=True, eq=False)
class Person:
    """A held-out user: what they typed, and rows of items, sorted."""

    name: str
    text: str
    plain: np.ndarray
    """(d,) the uncentred embedding of the text."""
    seen: np.ndarray
    seen_likes: np.ndarray
    relevant: np.ndarray
    disliked: np.ndarray


def new_user(
    engine: Engine,
    profiles: Path,
    ratings: Path,
    exclude: Path | None = None,
    likes: Sequence[int] = (),
    strategies: Sequence[str] = (),
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Ranks all items that a user has not ``seen`` by what they typed; a report.

    Relevant are their hidden items with a rating that is a like; AUC sets these against the hidden
    ones rated a whole step or more below (of MovieLens: 4 or more against 3 or less). Learns from
    neither these users nor those of ``exclude``. For each number of ``likes`` the default strategy
    has a row more with so many of the seen items that they like, without the text, and one with
    both; who has fewer tells all.
    """
    if min(likes, default=0) < 0:
        raise QueryError(f"The number of likes is {min(likes)}; it must be 0 or more.")
    started, tally = perf_counter(), Tally()
    files = {"profiles": profiles, "ratings": ratings}
    typed = benchfiles.profiles(profiles)
    banned = {profile.user for profile in typed}
    if exclude:
        files["exclude"] = exclude
        banned |= set(benchfiles.users(exclude))
    people = _people(engine, typed, benchfiles.ratings(ratings), tally)
    away = banned - set(engine.workspace.interactions.users)
    tally.add("held-out users have no like in the workspace", len(away))
    tally.some(people)
    other = holdout.restricted(engine, progress, users=banned)
    rows = list(_rows(other, people, sorted(set(likes)), strategies, progress))
    return report(
        Run("new-user", other, rows, MAIN, ALSO, files, notes=tally.lines, started=started)
    )


def _rows(
    engine: Engine,
    people: Sequence[Person],
    likes: Sequence[int],
    strategies: Sequence[str],
    progress: Progress,
) -> Iterator[Row]:
    chosen = rankers(engine, strategies)
    said = _cases(engine, people, 0, True, progress)
    for name, found in answers(engine, said, chosen, progress).items():
        yield Row(name, said, found, likes=0)
    for n in likes:
        told = f"{n} like{'' if n == 1 else 's'}"
        for text in (False, True) if n else (False,):
            name = f"{DEFAULT}, {told}" if text else f"{DEFAULT}, {told}, no text"
            cases = _cases(engine, people, n, text, progress)
            only = {DEFAULT: chosen[DEFAULT]}
            yield Row(name, cases, answers(engine, cases, only, progress)[DEFAULT], n, text)


def _cases(
    engine: Engine, people: Sequence[Person], likes: int, text: bool, progress: Progress
) -> list[Case]:
    every, raw = np.arange(len(engine.workspace.catalogue)), raw_vectors(engine)
    cases = []
    for done, person in enumerate(people, start=1):
        liked = drawn(person.name, person.seen_likes, likes)
        rest = tuple(np.setdiff1d(person.seen, liked).tolist())
        if text:
            query = engine.encode(Query(person.text, liked=tuple(liked.tolist()), seen=rest))
        else:
            query = silent(engine, liked.tolist(), rest)
        plain = person.plain if text else raw[liked].sum(axis=0)
        rows = np.setdiff1d(every, person.seen)
        cases.append(Case(person.name, query, plain, rows, person.relevant, person.disliked))
        progress(done, len(people), "reading tastes")
    return cases


def _people(
    engine: Engine, typed: Sequence[benchfiles.Profile], parts: pd.DataFrame, tally: Tally
) -> list[Person]:
    catalogue = engine.workspace.catalogue
    asked = parts["user"].isin([profile.user for profile in typed])
    tally.add("lines of the ratings are of users without a profile", int((~asked).sum()))
    row = Rows(catalogue, tally).series(parts["item"][asked], "rated items")
    parts = parts[asked].assign(item=row).dropna(subset="item").astype({"item": np.int64})
    known = parts.merge(holdout.ratings(engine), on=["user", "item"], how="left")
    tally.add("rated items have no rating in the workspace", int(known["rating"].isna().sum()))
    like_from = catalogue.about["like_from"]
    plain = engine.encoder.encode([profile.text for profile in typed])
    people = []
    for profile, vector in zip(typed, plain, strict=True):
        own = known[known["user"] == profile.user]
        seen, liked = own["part"] == "seen", own["rating"] >= like_from
        disliked = own["rating"] <= like_from - 1

        def rows(chosen: pd.Series, own: pd.DataFrame = own) -> np.ndarray:
            return np.sort(own["item"][chosen].to_numpy())

        relevant = rows(~seen & liked)
        if len(relevant):
            rest = rows(seen), rows(seen & liked), relevant, rows(~seen & disliked)
            people.append(Person(profile.user, profile.text, vector, *rest))
    tally.add("users have no relevant item and are left out", len(typed) - len(people))
    return people
