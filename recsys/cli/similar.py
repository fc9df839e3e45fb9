"""python -m recsys similar: how similar pairs of items are."""

import argparse
import json
from pathlib import Path

import numpy as np

from recsys.cli import _common
from recsys.evaluation import files
from recsys.new_item.judge import NewItems

HELP = "how similar pairs of items are, as neighbours are"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    _common.add_workspace(parser)
    parser.add_argument(
        "--pairs", type=Path, required=True, metavar="FILE", help="CSV: a, b (ids of items)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> None:
    """Prints a line a pair, in the order of the file: one JSON object, or a CSV."""
    pairs = files.pairs(options.pairs)
    engine = _common.open_engine(options.workspace)
    first = np.array(engine.workspace.catalogue.rows(pairs["a"]), int)
    second = np.array(engine.workspace.catalogue.rows(pairs["b"]), int)
    similarity = NewItems(engine).similarity(first, second)
    table = pairs.assign(similarity=np.round(similarity.astype(float), 6))
    if options.json:
        print(json.dumps({"pairs": table.to_dict("records")}, ensure_ascii=False, indent=1))
    else:
        print(table.to_csv(index=False), end="")
