"""How soon a change is noticed, and how often a quiet stream raises an alarm."""

import argparse

import numpy as np
import pandas as pd

from recsys.online.drift import changes
from recsys.reports.bench import Measurement

HELP = "how soon a planted change is noticed, and false alarms of quiet streams"

QUIET = 10_000
"""Events of a quiet stream, and of one before its change."""
PLANTED = ((0.1, 0.3), (0.1, 0.4), (0.5, 0.2))
"""Like rates before a change and after it."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    parser.add_argument("--streams", type=int, default=20, help="of each kind (%(default)s)")


def measure(options: argparse.Namespace) -> Measurement:
    """A line for the quiet streams, and for each change."""
    lines = []
    for before, after in ((0.1, 0.1), (0.5, 0.5), *PLANTED):
        first, alarms = [], 0
        for seed in range(options.streams):
            rng = np.random.default_rng(seed)
            quiet, changed = rng.random(QUIET) < before, rng.random(1_000) < after
            found = np.array(changes([*quiet, *changed]))
            alarms += int((found < QUIET).sum())
            noticed = found[found >= QUIET]
            first.append(noticed[0] - QUIET if len(noticed) else np.nan)
        lines.append(
            {
                "before": before,
                "after": after,
                "false alarms": alarms,
                "noticed": int(np.isfinite(first).sum()),
                "at most after": np.nanmax(first) if np.isfinite(first).any() else np.nan,
            }
        )
    table = pd.DataFrame(lines)
    told = f"{options.streams} streams each\n{table.to_string(index=False)}"
    return Measurement(table, ("before", "after"), told)
