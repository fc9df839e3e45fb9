"""Items that stand in the lists of unrelated tastes."""

import argparse

import numpy as np
import pandas as pd

from recsys.cli import _common
from recsys.evaluation.hubness import hubness
from recsys.reports.bench import Measurement

HELP = "items that stand in the lists of unrelated tastes"

HUBS = 5
"""So many items are listed, those that are shown most often."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    _common.add_workspace(parser)
    parser.add_argument("--tastes", type=int, default=200, help="how many (%(default)s)")


def measure(options: argparse.Namespace) -> Measurement:
    """The skewness, and the share of lists of the most frequent items."""
    engine = _common.open_engine(options.workspace)
    found = hubness(engine, options.tastes, progress=options.progress)
    titles = engine.workspace.catalogue.items["title"]
    most = np.argsort(-found.shares, kind="stable")[:HUBS]
    lines = [f"{found.shares[row]:6.1%}  {titles[row]}" for row in most]
    told = f"skewness {found.skewness:.2f}; share of the top tens of {options.tastes} tastes:"
    line = {
        "workspace": options.workspace,
        "skewness": round(found.skewness, 2),
        "most frequent": round(float(found.shares.max()), 3),
    }
    return Measurement(pd.DataFrame([line]), ("workspace",), "\n".join([told, *lines]))
