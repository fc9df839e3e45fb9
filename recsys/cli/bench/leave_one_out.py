"""How near the models of known users come to the best there is, and in which time."""

import argparse
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.evaluation import ncf_files
from recsys.evaluation.known_factors import Size, draw
from recsys.protocols.leave_one_out import leave_one_out, measured
from recsys.reports.bench import Measurement
from recsys.reports.provenance import machine

HELP = "models of known users, on interactions whose factors are known"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    usual = Size()
    for name, what in (("users", "users"), ("items", "items"), ("interactions", "of all users")):
        about = f"how many {what} (%(default)s, as in MovieLens-1M)"
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name), help=about)
    parser.add_argument("--out", type=Path, help="keep the three files in this folder")


def measure(options: argparse.Namespace) -> Measurement:
    """HR@10 and NDCG@10 of every model, beside the oracle's, with seconds and memory."""
    size = Size(options.users, options.items, options.interactions)
    if options.out:
        return bench(size, options.out, options.progress)
    with tempfile.TemporaryDirectory() as folder:
        return bench(size, Path(folder), options.progress)


def bench(size: Size, folder: Path, progress: Progress = no_progress) -> Measurement:
    """A line a model: its figures, its share of the oracle's HR@10, seconds."""
    data, oracle = draw(size, np.random.default_rng(0))
    paths = ncf_files.write(data, folder)
    best = {name: own.mean() for name, own in measured(oracle).items()}
    files = dict(zip(("train", "test", "negatives"), paths, strict=True))
    report = leave_one_out(files, progress=progress)
    lines = [{"model": "oracle", "HR@10": best["hr@10"], "NDCG@10": best["ndcg@10"]}]
    for line in report["strategies"]:
        figures = {"HR@10": line["hr@10"]["mean"], "NDCG@10": line["ndcg@10"]["mean"]}
        cost = {"s": line["seconds"], "s of CPU": line["cpu"]}
        lines.append({"model": line["name"], **figures, **cost})
    table = pd.DataFrame(lines).round(3)
    table.insert(1, "% of oracle", (100 * table["HR@10"] / best["hr@10"]).round(1))
    told = (
        f"{table.to_string(index=False)}\n"
        f"{size.users:,} users, {size.items:,} items, {data.likes.nnz:,} interactions;"
        f" {report['peak_memory_mb']:,} MB at most; {machine()}"
    )
    return Measurement(table, ("model",), told)
