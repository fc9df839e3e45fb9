"""How long things take on this machine."""

import os
import platform

import pandas as pd

from recsys.datatypes import Progress, Query, no_progress
from recsys.engine import STEPS, Engine


def recommend(engine: Engine, rounds: int, progress: Progress = no_progress) -> pd.DataFrame:
    """Milliseconds of each step and their total, one row a round, after five that do not count.

    The tastes take turns: the examples that come with the workspace, or its first titles.
    """
    catalogue = engine.workspace.catalogue
    tastes = catalogue.about.get("examples") or catalogue.items["title"].head(8).tolist()
    took = []
    for i in range(-5, rounds):
        took.append(engine.recommend(Query(tastes[i % len(tastes)])).took_ms)
        progress(max(i + 1, 0), rounds, "recommending")
    frame = pd.DataFrame(took[5:], columns=STEPS)
    return frame.assign(total=frame.sum(axis=1))


def machine() -> str:
    """The processor and what runs on it, in a line."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def report(took: pd.DataFrame, engine: Engine) -> str:
    """Median and 95th percentile of each step, in milliseconds, and where they were measured."""
    table = took.quantile([0.5, 0.95]).T
    table.columns = ["median ms", "95 % ms"]
    items = len(engine.workspace.catalogue)
    return (
        f"{table.round(2).to_string()}\n"
        f"{len(took)} recommendations from {items:,} items;"
        f" {engine.encoder.device_name}; {machine()}"
    )
