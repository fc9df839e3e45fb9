"""Whether experiments say what they promise to, on simulated people."""

import argparse
from collections.abc import Iterator

import numpy as np
import pandas as pd

from recsys.cli import _common
from recsys.datatypes import Progress, Strategy, no_progress
from recsys.online.experiments.experiment import decided
from recsys.online.experiments.off_policy import cross_fitted, doubly_robust, ips, snips
from recsys.online.experiments.people import People, arrive, lists_of, people_of
from recsys.online.experiments.power import visitors_needed
from recsys.online.experiments.sequences import difference, running
from recsys.online.experiments.trial import (
    Duel,
    ab_test,
    interleaved,
    logged,
    policies,
    true_value,
)
from recsys.ranking.engine import Engine
from recsys.reports.bench import Measurement
from recsys.reports.provenance import machine
from recsys.signals import signals
from recsys.store.judged import of_personas

HELP = "false alarms, power, interleaving and off-policy estimates, on simulated people"

RIVALS = ("popularity", "content", "lexical", "graph", "text_share")
"""Signals that are put against the usual strategy, each alone."""

EVERY = 50
"""Visitors between two looks."""

CLOSE = 10
"""The same where the visitors are counted that a verdict takes: it may take fewer than fifty."""

AA_VISITORS = 3_000
"""Of an experiment in which both arms are the same."""

MOST_VISITORS = 40_000
"""After so many, an experiment is given up."""

LINES = 10_000
"""Of a simulated log."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    _common.add_workspace(parser)
    about = "how many in which both arms are the same (%(default)s); a tenth as many of the others"
    parser.add_argument("--experiments", type=int, default=2000, help=about)


def measure(options: argparse.Namespace) -> Measurement:
    """A line for each promise: what was measured, and what it should be."""
    engine = _common.open_engine(options.workspace)
    found = bench(engine, options.experiments, options.progress)
    lines = found.lines.assign(workspace=options.workspace)
    return Measurement(lines, ("workspace", "promise", "against"), found.told)


def bench(engine: Engine, experiments: int, progress: Progress = no_progress) -> Measurement:
    """All promises kept or not; ``experiments`` without a difference, a tenth as many with one."""
    people = people_of(engine.workspace, of_personas(engine.workspace.catalogue).tastes)
    strategies = [Strategy("usual"), *map(_alone, RIVALS)]
    lists = lists_of(engine, people, strategies, progress=progress)  # (p, strategies, k)
    rng = np.random.default_rng(0)
    lines = _false_alarms(people, lists[:, :1], experiments, rng, progress)
    few = max(experiments // 10, 2)
    for number, rival in enumerate(RIVALS, start=1):
        pair = lists[:, [0, number]]
        lines += [line | {"against": rival} for line in _with_effect(people, pair, few, rng)]
        progress(number, len(RIVALS), "comparing strategies")
    table = pd.DataFrame(lines)[["promise", "against", "measured", "should be", "experiments"]]
    return Measurement(
        table, ("promise", "against"), f"{table.to_string(index=False)}\n{machine()}"
    )


def _alone(name: str) -> Strategy:
    return Strategy(name, "weighted", {other: float(other == name) for other in signals()})


def _false_alarms(
    people: People,
    one: np.ndarray,
    experiments: int,
    rng: np.random.Generator,
    progress: Progress,
) -> list[dict]:
    """How often two arms that show the same seem to differ; ``one`` (p, 1, k)."""
    alarms = {"A/A, who likes anything": 0, "A/A, likes a list": 0, "A/A, interleaved": 0}
    for done in range(experiments):
        trial = ab_test(people, np.repeat(one, 2, axis=1), AA_VISITORS, rng)
        alarms["A/A, who likes anything"] += _first(trial.arms, trial.liked, AA_VISITORS) > 0
        alarms["A/A, likes a list"] += _first(trial.arms, trial.likes, AA_VISITORS) > 0
        # Lists that are the same credit nobody: each visitor meets two random orders of one.
        who = arrive(people, AA_VISITORS, rng)
        first, second = (rng.permuted(one[who, 0], axis=1) for _ in range(2))
        duel = interleaved(people, who, first, second, EVERY, rng)
        alarms["A/A, interleaved"] += _first_of(duel) > 0
        if done % 50 == 0 or done + 1 == experiments:
            progress(done + 1, experiments, "experiments without a difference")
    common = {"against": "itself", "should be": "at most 0.05", "experiments": experiments}
    return [
        {"promise": name, "measured": round(count / experiments, 4)} | common
        for name, count in alarms.items()
    ]


def _with_effect(
    people: People, pair: np.ndarray, experiments: int, rng: np.random.Generator
) -> Iterator[dict]:
    """What is promised of two strategies that differ."""
    large = ab_test(people, pair, 400_000, rng)
    effect = large.liked[large.arms == 1].mean() - large.liked[large.arms == 0].mean()
    needed = visitors_needed(abs(effect), large.liked.std(), 0.8)
    if needed <= MOST_VISITORS:
        found = 0
        for _ in range(experiments):
            trial = ab_test(people, pair, needed, rng)
            found += _first(trial.arms, trial.liked, needed) > 0
        yield {
            "promise": f"effect of {effect:+.3f} found with {needed:,} visitors",
            "measured": round(found / experiments, 3),
            "should be": "0.8",
            "experiments": experiments,
        }
    yield from _visitors(people, pair, max(experiments // 5, 2), rng)
    yield from _off_policy(people, pair, experiments, rng)


def _visitors(
    people: People, pair: np.ndarray, experiments: int, rng: np.random.Generator
) -> Iterator[dict]:
    """Visitors until the verdict, in an A/B test and interleaved."""
    took = np.empty((experiments, 3))
    for number in range(experiments):
        trial = ab_test(people, pair, MOST_VISITORS, rng)
        who = arrive(people, MOST_VISITORS, rng)
        duel = interleaved(people, who, pair[who, 0], pair[who, 1], CLOSE, rng)
        firsts = (
            _first(trial.arms, trial.liked, 4_000, CLOSE),
            _first(trial.arms, trial.likes, 4_000, CLOSE),
            _first_of(duel),
        )
        took[number] = [first or MOST_VISITORS for first in firsts]
    anything, likes, interleaving = took.mean(axis=0)
    for name, visitors in (("who likes anything", anything), ("likes a list", likes)):
        yield {
            "promise": f"interleaved ({interleaving:,.0f} visitors) to A/B by {name}"
            f" ({visitors:,.0f})",
            "measured": round(interleaving / visitors, 3),
            "should be": "at most 0.333",
            "experiments": experiments,
        }


def _off_policy(
    people: People, pair: np.ndarray, experiments: int, rng: np.random.Generator
) -> Iterator[dict]:
    """How often the truth is inside the 95 % interval of what the second strategy is worth."""
    (chosen, target), rows = policies(pair)
    truth = true_value(people, target, rows)
    inside = dict.fromkeys(("IPS", "SNIPS", "doubly robust"), 0)
    for _ in range(experiments):
        log = logged(people, chosen, rows, LINES, rng)
        predicted = cross_fitted(log, len(chosen), len(rows), rng)
        found = (ips(log, target), snips(log, target), doubly_robust(log, target, predicted))
        for name, estimate in zip(inside, found, strict=True):
            inside[name] += estimate.low <= truth <= estimate.high
    for name, count in inside.items():
        yield {
            "promise": f"truth inside the interval of {name}",
            "measured": round(count / experiments, 3),
            "should be": "at least 0.9",
            "experiments": experiments,
        }


def _first(arms: np.ndarray, outcome: np.ndarray, planned: int, every: int = EVERY) -> int:
    """Visitors until an A/B test is decided, 0 where it never is."""
    one, other = (running(outcome, arms == arm, every) for arm in (1, 0))
    _, low, high = difference(one, other, planned)
    return min((int(decided(low, high)) + 1) * every, len(arms))


def _first_of(duel: Duel) -> int:
    """Visitors until an interleaving is decided, 0 where it never is."""
    look = int(decided(duel.low - 0.5, duel.high - 0.5))
    return int(duel.visitors[look]) if look >= 0 else 0
