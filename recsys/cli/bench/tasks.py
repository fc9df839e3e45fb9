"""What the weights of the three tasks trade: each alone, two at once, all, and found by noise."""

import argparse
from collections.abc import Mapping
from contextlib import closing
from time import process_time
from typing import Any

import pandas as pd

from recsys.building.train import train_one
from recsys.cli import _common
from recsys.datatypes import Progress, no_progress
from recsys.encoders import CachedEncoder, TextEncoder, ready
from recsys.errors import TrainingError
from recsys.models.multi_task import BALANCES, FIGURES
from recsys.reports.bench import Measurement
from recsys.reports.provenance import machine
from recsys.store.workspace import Workspace

HELP = "the three tasks of the model multi_task, at several weights"

MODEL = "multi_task"
WEIGHTS = {
    "behaviour": (1.0, 0.0, 0.0),
    "attributes": (0.0, 1.0, 0.0),
    "match": (0.0, 0.0, 1.0),
    "behaviour, attributes": (1.0, 1.0, 0.0),
    "behaviour, match": (1.0, 0.0, 1.0),
    "attributes, match": (0.0, 1.0, 1.0),
    "all": (1.0, 1.0, 1.0),
}
"""What is learned, and alpha, beta and gamma for it."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    _common.add_workspace(parser)


def measure(options: argparse.Namespace) -> Measurement:
    """The three figures at each mix of weights, and with each way to balance labels."""
    with closing(Workspace.open(options.workspace)) as workspace:
        encoder = CachedEncoder(ready(workspace.manifest.encoder))
        return bench(workspace, encoder, mixes(), options.progress)


def mixes() -> dict[str, dict[str, Any]]:
    """The settings by what they are called."""
    found: dict[str, dict[str, Any]] = {}
    for name, weights in WEIGHTS.items():
        found[name] = dict(zip(("alpha", "beta", "gamma"), weights, strict=True))
    found["all, by uncertainty"] = {"weighting": "uncertainty"}
    for balance in BALANCES[1:]:
        found[f"all, balance {balance}"] = {"balance": balance}
    return found


def bench(
    workspace: Workspace,
    encoder: TextEncoder,
    asked: Mapping[str, Mapping[str, Any]],
    progress: Progress = no_progress,
) -> Measurement:
    """A line for each of the settings ``asked``: the figures on what was held out, epochs, seconds.

    Nothing is put into the workspace. Raises TrainingError where there is too little to learn from.
    """
    lines = []
    for name, settings in asked.items():
        started = process_time()
        arrays = train_one(workspace, encoder, MODEL, settings, progress)
        if not arrays:
            raise TrainingError(f"There is too little in {workspace.name} to learn {MODEL} from.")
        figures = dict(zip(FIGURES, arrays["figures"].tolist(), strict=True))
        cost = {"epochs": len(arrays["history"]), "s of CPU": process_time() - started}
        lines.append({"workspace": workspace.name, "learned": name, **figures, **cost})
    table = pd.DataFrame(lines).round(3)
    return Measurement(
        table, ("workspace", "learned"), f"{table.to_string(index=False)}\n{machine()}"
    )
