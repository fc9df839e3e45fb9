"""A person says what they like in a real dialogue, and names some items."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from recsys.datatypes import Progress, Query, no_progress
from recsys.evaluation import files as benchfiles
from recsys.evaluation import holdout
from recsys.evaluation.cases import Case, Run, rankers, run_cases
from recsys.evaluation.people import IdMap, Skipped
from recsys.evaluation.report import Evaluation, report
from recsys.protocols import _options
from recsys.ranking.engine import Engine
from recsys.reports.names import DEFAULT

TITLE = "Real dialogues"
HELP = "rank everything for what people say"
PEOPLE = "dialogues"

MAIN = ("recall@10", "recall@50")
"""The metrics that decide."""

ALSO = ("ndcg@10", "hit_rate@10", "mrr@10")
"""Metrics that are measured beside."""

MIN_WORDS = 8
"""A text of fewer words says nothing."""

SENTENCE = re.compile(r"(?<=[.!?])\s+")
"""Between two sentences."""

NONE = np.empty(0, dtype=np.int64)
"""No item."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the protocol."""
    profiles = "a JSON object a line: id, text, liked, disliked, relevant"
    _options.add_file(parser, "profiles", profiles, required=True)
    _options.add_file(parser, "exclude", "CSV: userId, of whom nothing is learned")
    parser.add_argument(
        "--sentences",
        type=int,
        nargs="+",
        default=[],
        metavar="N",
        help="rank by the first N sentences as well, and by nothing else that is known",
    )
    _options.add_strategy(parser)


def run(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """The report that the options ask for."""
    files = options.profiles, options.exclude
    return dialogues(engine, *files, options.strategy, options.progress, options.sentences)


def dialogues(
    engine: Engine,
    profiles: Path,
    exclude: Path | None = None,
    strategies: Sequence[str] = (),
    progress: Progress = no_progress,
    sentences: Sequence[int] = (),
) -> dict[str, Any]:
    """Ranks all items but those named, by the text and the items named in it; a report.

    The default strategy has a row more for each number of ``sentences``: by so many of the first
    ones alone, the named items not told. The candidates and what is relevant stay the same.

    Relevant is what the person was glad of, less what they named. Texts of fewer than MIN_WORDS
    words are left out. Those who speak are no users of the workspace: its own models answer, or
    models trained without the users of ``exclude``.
    """
    started, skipped = perf_counter(), Skipped()
    files = {"profiles": profiles}
    said = benchfiles.dialogues(profiles)
    if exclude:
        files["exclude"] = exclude
        engine = holdout.restricted(engine, progress, users=benchfiles.users(exclude))
    else:
        engine = holdout.ready(engine, progress)
    chosen = rankers(engine, strategies)
    cases = _cases(engine, said, skipped, progress)
    found = run_cases(engine, skipped.some(cases), chosen, progress)
    runs = [Run(name, cases, own) for name, own in found.items()]
    for count in sentences:
        told = [_told(engine, case, count) for case in cases]
        own = run_cases(engine, told, {DEFAULT: chosen[DEFAULT]}, progress)[DEFAULT]
        length = "1 sentence" if count == 1 else f"{count} sentences"
        runs.append(Run(f"{DEFAULT}, {length}", told, own))
    return report(
        Evaluation(
            "dialogues", TITLE, PEOPLE, engine, runs, MAIN, ALSO, files,
            notes=skipped.lines, started=started,
        )
    )  # fmt: skip


def _told(engine: Engine, case: Case, count: int) -> Case:
    """The case when only the first ``count`` sentences have been said."""
    text = " ".join(SENTENCE.split(case.query.text)[:count])
    return replace(case, query=engine.encode(Query(text)))


def _cases(
    engine: Engine, said: Sequence[benchfiles.Dialogue], skipped: Skipped, progress: Progress
) -> list[Case]:
    rows_of = IdMap(engine.workspace.catalogue, skipped)
    every = np.arange(len(engine.workspace.catalogue))
    spoken = [dialogue for dialogue in said if len(dialogue.text.split()) >= MIN_WORDS]
    short = len(said) - len(spoken)
    skipped.add(f"texts of fewer than {MIN_WORDS} words are left out", short)
    skipped.some(spoken)
    raw = engine.encoder.encode([dialogue.text for dialogue in spoken], progress)
    cases = []
    for done, (dialogue, vector) in enumerate(zip(spoken, raw, strict=True), start=1):
        liked = rows_of(dialogue.liked, "items named")
        disliked = np.setdiff1d(rows_of(dialogue.disliked, "items named"), liked)
        named = np.union1d(liked, disliked)
        relevant = np.setdiff1d(rows_of(dialogue.relevant, "relevant items"), named)
        progress(done, len(spoken), "reading dialogues")
        if not len(relevant):
            skipped.add("dialogues have no relevant item and are left out")
            continue
        query = Query(dialogue.text, tuple(liked.tolist()), tuple(disliked.tolist()))
        rows = np.setdiff1d(every, named)
        cases.append(Case(dialogue.id, engine.encode(query), vector, rows, relevant, NONE))
    return cases
