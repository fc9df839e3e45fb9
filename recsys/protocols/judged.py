"""A set of judged tastes that somebody keeps: the judged items, ranked by each taste."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from recsys.datatypes import Progress, Scores, Strategy, no_progress
from recsys.errors import DataError
from recsys.evaluation import files as benchfiles
from recsys.evaluation import holdout
from recsys.evaluation.cases import Case, Ranker, Run, pick, rankers, run_cases
from recsys.evaluation.crossfit import FOLDS, crossfitted, with_gate
from recsys.evaluation.report import Evaluation, report
from recsys.protocols import _options
from recsys.protocols._judged import cases_of
from recsys.ranking.engine import Engine
from recsys.store.judged import JudgedSet, of_table, unknown
from recsys.store.judgements import Judgements

TITLE = "Judged tastes"
HELP = "the judged items of a set, ranked by each taste"
PEOPLE = "judged tastes"

MAIN = ("ndcg@10",)
"""The metric that decides."""

ALSO = ("auc",)
"""What is measured beside."""

ATTENTION = "attention"
"""The strategy that learns from judged tastes."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the protocol."""
    parser.add_argument("--set", required=True, metavar="NAME", help="the name of the set")
    parser.add_argument(
        "--whole",
        action="store_true",
        help="rank the whole catalogue, where what nobody judged is worth nothing",
    )
    _options.add_file(parser, "exclude", "CSV: userId, of whom nothing is learned")
    _options.add_strategy(parser)


def run(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """The report that the options ask for."""
    return judged(
        engine, options.set, options.whole, options.exclude, options.strategy, options.progress
    )


def judged(
    engine: Engine,
    name: str,
    whole: bool = False,
    exclude: Path | None = None,
    strategies: Sequence[str] = (),
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Ranks what was judged in the set ``name``, by each taste alone; a report.

    An item is worth the mean of its grades; what is worth nothing is the rest. With ``whole`` all
    items of the catalogue are ranked. Attention ranks a taste by a gate that has learned from the
    other folds of the set, so that no taste has a say in its own figure. Models learn from nobody
    of ``exclude``.
    """
    started = perf_counter()
    table = Judgements(engine.workspace.name).table(name)
    chosen = of_table(engine.workspace.catalogue, name, table)
    if not chosen.useful:
        raise DataError(f"Nothing that the set {name!r} judges is worth anything: grade some.")
    files = {"exclude": exclude} if exclude else {}
    if exclude:
        engine = holdout.restricted(engine, progress, users=benchfiles.users(exclude))
    notes = _left_out(engine, chosen, unknown(engine.workspace.catalogue, table))
    gated = crossfitted(engine, chosen, progress)
    notes.append(_told(len(gated)))
    engine = with_gate(engine, None)
    cases = cases_of(engine, chosen.useful, whole)
    found = run_cases(
        engine, cases, _rankers(engine, gated, strategies), progress, "ranking what was judged"
    )
    runs = [Run(each, cases, own) for each, own in found.items()]
    return report(
        Evaluation(
            "judged", f"{TITLE}: {name}", PEOPLE, engine, runs, MAIN, ALSO, files,
            notes=notes, about={"set": name}, started=started, lists=whole,
        )
    )  # fmt: skip


def _rankers(engine: Engine, gated: dict[str, Engine], chosen: Sequence[str]) -> dict[str, Ranker]:
    """Every strategy, attention by the gate of each taste's fold."""

    def attended(case: Case, scores: Scores) -> np.ndarray:
        own = gated.get(case.name, engine)
        ranking = own.fuse(case.query, scores, Strategy(fusion=ATTENTION))
        return ranking["score"].loc[case.rows].to_numpy()

    return pick(rankers(engine) | {ATTENTION: attended}, chosen)


def _left_out(engine: Engine, chosen: JudgedSet, strange: int) -> list[str]:
    notes = []
    if strange:
        notes.append(f"{strange:,} judgements are of items that are not in the catalogue.")
    useless = len(chosen.tastes) - len(chosen.useful)
    if useless:
        notes.append(f"{useless:,} tastes have no item that is worth anything and are left out.")
    return notes


def _told(gated: int) -> str:
    if gated:
        return f"Attention ranks each taste by what the others of {FOLDS} folds have taught it."
    return "There are too few judged tastes to train attention on: it is the weighted sum here."
