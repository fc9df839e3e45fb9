"""How long a recommendation takes, step by step."""

import argparse

import pandas as pd

from recsys.cli import _common
from recsys.datatypes import Progress, Query, no_progress
from recsys.ranking.engine import STEPS, Engine
from recsys.reports.bench import Measurement
from recsys.reports.provenance import machine
from recsys.store.catalogue import Catalogue

HELP = "a recommendation, step by step, the model loaded"

UNCOUNTED = 5
"""So many recommendations come first and do not count."""

EXAMPLES = 8
"""So many titles stand in where a workspace has no examples of tastes."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    _common.add_workspace(parser)
    parser.add_argument(
        "--rounds", type=int, default=200, help="how many recommendations to time (%(default)s)"
    )


def measure(options: argparse.Namespace) -> Measurement:
    """Milliseconds of each step, and where they were measured."""
    engine = _common.open_engine(options.workspace)
    took = recommend(engine, options.rounds, options.progress)
    lines = quantiles(took).reset_index(names="step").assign(workspace=options.workspace)
    return Measurement(lines, ("workspace", "step"), report(took, engine))


def recommend(engine: Engine, rounds: int, progress: Progress = no_progress) -> pd.DataFrame:
    """Milliseconds of each step and their total, one row a round, after five that do not count.

    The tastes take turns: the examples that come with the workspace, or its first titles.
    """
    tastes = tastes_of(engine.workspace.catalogue)
    took = []
    for i in range(-UNCOUNTED, rounds):
        took.append(engine.recommend(Query(tastes[i % len(tastes)])).took_ms)
        progress(max(i + 1, 0), rounds, "recommending")
    frame = pd.DataFrame(took[UNCOUNTED:], columns=STEPS)
    return frame.assign(total=frame.sum(axis=1))


def quantiles(took: pd.DataFrame) -> pd.DataFrame:
    """Median and 95th percentile of each step, in milliseconds."""
    found = took.quantile([0.5, 0.95]).T.round(2)
    found.columns = ["median ms", "95 % ms"]
    return found


def report(took: pd.DataFrame, engine: Engine) -> str:
    """The quantiles in words, and where they were measured."""
    items = len(engine.workspace.catalogue)
    return (
        f"{quantiles(took).to_string()}\n"
        f"{len(took)} recommendations from {items:,} items;"
        f" {engine.encoder.device_name}; {machine()}"
    )


def tastes_of(catalogue: Catalogue) -> list[str]:
    """The examples that come with a catalogue, or its first titles."""
    titles: list[str] = catalogue.items["title"].head(EXAMPLES).tolist()
    return catalogue.about.get("examples") or titles
