"""A new user types a taste, and then answers questions: what does asking well bring?"""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from recsys.datatypes import EncodedQuery, Progress, Query, Strategy, no_progress
from recsys.dialogue.facets import facets
from recsys.dialogue.questions import Answer, Asker, Question
from recsys.dialogue.simulated import Simulated
from recsys.errors import QueryError
from recsys.evaluation import files as benchfiles
from recsys.evaluation import holdout
from recsys.evaluation.cases import (
    Case,
    Run,
    fused,
    likes_only_query,
    run_cases,
    sample_likes,
)
from recsys.evaluation.people import Person, Skipped, typists
from recsys.evaluation.report import Evaluation, report
from recsys.protocols import _options
from recsys.ranking.engine import Engine
from recsys.reports.names import DEFAULT, SEED

TITLE = "Conversations"
HELP = "ask new users questions, well or at random"
PEOPLE = "people"

MAIN = ("ndcg@10", "recall@100", "auc")
"""The metrics that decide."""

TOLD = (1, 3, 5)
"""After so many answers the list is measured."""

WORDS = 8
"""With at most so many words a conversation begins, unless another number is asked for."""

PHRASE = re.compile(r"[,.;:!?\n]")
"""Where the first phrase ends."""

LIKES = 3
"""So many known likes stand beside."""

ANSWERS = "The answers are simulated, from the seen items that a person likes."
"""What a report says of them."""

WAYS = {"asked well": False, "asked at random": True}
"""What a way to ask is called, and whether it is by chance."""


@dataclass(frozen=True)
class Talk:
    """A person, and what they have been asked, by its name, and have answered."""

    person: Person
    query: Query
    simulated: Simulated
    asked: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the protocol."""
    profiles = "a JSON object a line: userId, profile"
    _options.add_file(parser, "profiles", profiles, required=True)
    ratings = "CSV: userId, movieId, part (seen or hidden)"
    _options.add_file(parser, "ratings", ratings, required=True)
    _options.add_file(parser, "exclude", "CSV: userId, of whom nothing is learned either")
    parser.add_argument(
        "--words",
        type=int,
        default=WORDS,
        help="they begin with at most so many words, of their first phrase (%(default)s);"
        " 0: with all that they typed",
    )


def run(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """The report that the options ask for."""
    files = options.profiles, options.ratings, options.exclude
    return conversation(engine, *files, options.words, options.progress)


def conversation(
    engine: Engine,
    profiles: Path,
    ratings: Path,
    exclude: Path | None = None,
    words: int = WORDS,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Ranks all items that a user has not ``seen`` by what they typed and then answered; a report.

    They begin with the first phrase of what they typed, at most so many ``words`` of it, or where
    that is 0 with all. What they did not say then is what a question can bring to light.
    The answers are simulated, from the seen items that they like (see ``Simulated``); what is
    relevant, their hidden likes, is never looked at. The candidates are the same after any number
    of answers: an item that was chosen in an answer stays among them.
    """
    if words < 0:
        raise QueryError(f"--words is {words}; it must be 0 or more.")
    started, skipped = perf_counter(), Skipped()
    files = {"profiles": profiles, "ratings": ratings}
    typed = benchfiles.profiles(profiles)
    banned = {profile.user for profile in typed}
    if exclude:
        files["exclude"] = exclude
        banned |= set(benchfiles.users(exclude))
    people = typists(engine, typed, benchfiles.ratings(ratings), skipped)
    other = holdout.restricted(engine, progress, users=banned)
    opening = [replace(person, text=_opening(person.text, words)) for person in people]
    runs = list(_runs(other, skipped.some(opening), progress))
    return report(
        Evaluation(
            "conversation", TITLE, PEOPLE, other, runs, MAIN,
            files=files, notes=[ANSWERS, *skipped.lines], started=started, about={"words": words},
        )
    )  # fmt: skip


def _opening(text: str, words: int) -> str:
    """The first phrase of ``text``, at most so many words; of two words at least, if it has them.

    >>> _opening("Slow films, nothing gory", 8), _opening("Well, slow films", 2)
    ('Slow films', 'Well, slow')
    """
    if not words:
        return text
    first = PHRASE.split(text.strip())[0].split()
    return " ".join((first if len(first) > 1 else text.split())[:words])


def _runs(engine: Engine, people: Sequence[Person], progress: Progress) -> Iterator[Run]:
    asker = Asker(engine, facets(engine))
    start = [_talk(engine, person) for person in people]
    yield _run(engine, DEFAULT, start, progress)
    for way, by_chance in WAYS.items():
        talks = start
        for count in range(1, max(TOLD) + 1):
            talks = [_asked(asker, talk, by_chance) for talk in talks]
            progress(count, max(TOLD), f"answering, {way}")
            if count in TOLD:
                answers = "1 answer" if count == 1 else f"{count} answers"
                yield _run(engine, f"{way}, {answers}", talks, progress)
    liking = []
    for talk in start:
        liked = sample_likes(talk.person.name, talk.person.seen_likes, LIKES)
        liking.append(replace(talk, query=replace(talk.query, liked=tuple(liked.tolist()))))
    yield _run(engine, f"{LIKES} likes", liking, progress)


def _run(engine: Engine, name: str, talks: Sequence[Talk], progress: Progress) -> Run:
    every = np.arange(len(engine.workspace.catalogue))
    cases = []
    for talk in talks:
        person = talk.person
        rows = np.setdiff1d(every, person.seen)
        query = _encoded(engine, talk)
        cases.append(Case(person.name, query, person.raw, rows, person.relevant, person.disliked))
    found = run_cases(engine, cases, {name: fused(engine, Strategy())}, progress)
    return Run(name, cases, found[name])


def _encoded(engine: Engine, talk: Talk) -> EncodedQuery:
    rest = np.setdiff1d(talk.person.seen, talk.query.liked)
    return engine.encode(replace(talk.query, seen=tuple(rest.tolist())))


def _talk(engine: Engine, person: Person) -> Talk:
    liked = likes_only_query(engine, person.seen_likes.tolist())
    every = np.arange(len(engine.workspace.catalogue))
    ranking = engine.fuse(liked, engine.score(liked, every))
    nearness = ranking["score"].sort_index().to_numpy()
    simulated = Simulated(person.seen_likes.tolist(), engine.workspace.catalogue.likes, nearness)
    return Talk(person, Query(person.text), simulated)


def _asked(asker: Asker, talk: Talk, by_chance: bool) -> Talk:
    """The talk after one more question and its answer."""
    query = _encoded(asker.engine, talk)
    engine = asker.engine
    rows = np.setdiff1d(np.arange(len(engine.workspace.catalogue)), talk.person.seen)
    rows = np.setdiff1d(rows, talk.query.liked)
    ranking = engine.fuse(query, engine.score(query, rows))
    asked = [*talk.asked, *asker.stated(engine.understand(talk.query))]
    if by_chance:
        rng = np.random.default_rng([SEED, len(talk.asked), int(talk.person.relevant[0])])
        question = asker.at_random(ranking, asked, rng)
    else:
        question = asker.best(ranking, asker.believed(ranking, talk.said), asked)
    if question is None:
        return talk
    answer = _answered(asker, talk.simulated, question)
    said = (*talk.said, answer.said) if answer.said else talk.said
    return replace(
        talk, query=answer.added(talk.query), asked=(*talk.asked, question.about), said=said
    )


def _answered(asker: Asker, simulated: Simulated, question: Question) -> Answer:
    first, second, neither = question.answers
    if first.liked:
        chosen = simulated.prefers(first.liked[0], second.liked[0])
        return first if chosen == first.liked[0] else second
    facet = next(facet for facet in asker.facets if facet.name == question.about)
    wants = simulated.wants(facet)
    if wants is None:
        return neither
    return first if wants else second
