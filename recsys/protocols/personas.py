"""Invented people: each persona's own judged items, ranked by its taste."""

import argparse
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from recsys.datatypes import Progress, Strategy, no_progress
from recsys.errors import DataError
from recsys.evaluation.cases import Run, fused, pick, rankers, run_cases
from recsys.evaluation.report import Evaluation, report
from recsys.protocols import _options
from recsys.protocols._judged import cases_of
from recsys.ranking.engine import Engine
from recsys.reports.names import UNPOPULAR
from recsys.store.judged import of_personas

TITLE = "Personas"
HELP = "each persona's judged items, ranked by its taste"
PEOPLE = "invented people"

MAIN = ("ndcg@10",)
"""The metric that decides."""

ALSO = ("auc",)
"""What is measured beside."""

TAUGHT = {"gate": "gate of attention", "ranker": "ranker"}
"""Models that learn from what personas judged, and what they are called."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the protocol."""
    _options.add_strategy(parser)


def run(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    """The report that the options ask for."""
    return personas(engine, options.progress, options.strategy)


def personas(
    engine: Engine, progress: Progress = no_progress, strategies: Sequence[str] = ()
) -> dict[str, Any]:
    """Ranks the items that each persona has judged, by its taste alone; a report.

    A love is worth 2, a like 1, a dislike 0. In a simulated world the likes are drawn from the same
    personas, which flatters all that learns from likes. A gate and a ranker have learned from these
    judgements, and have no say.
    """
    started = perf_counter()
    engine, notes = _ungated(engine)
    catalogue = engine.workspace.catalogue
    if catalogue.personas.empty:
        raise DataError(f"The workspace {engine.workspace.name!r} has no personas.")
    without = fused(engine, Strategy(weights={"popularity": 0.0}))
    chosen = pick({**rankers(engine), UNPOPULAR: without}, strategies)
    cases = cases_of(engine, of_personas(catalogue).tastes)
    found = run_cases(engine, cases, chosen, progress, "asking personas")
    runs = [Run(name, cases, own) for name, own in found.items()]
    return report(
        Evaluation(
            "personas", TITLE, PEOPLE, engine, runs, MAIN, ALSO,
            notes=notes, started=started, lists=False,
        )
    )  # fmt: skip


def _ungated(engine: Engine) -> tuple[Engine, list[str]]:
    workspace, notes = engine.workspace, []
    if workspace.catalogue.about.get("simulated"):
        notes.append(
            "The likes here are drawn from these personas: what learns from likes is flattered."
        )
    taught = [name for name in TAUGHT if name in workspace.models]
    for name in taught:
        notes.append(f"The {TAUGHT[name]} has learned from these personas, and is left out.")
    if taught:
        kept = {name: own for name, own in workspace.models.items() if name not in TAUGHT}
        engine = Engine(workspace.with_models(kept), engine.encoder)
    return engine, notes
