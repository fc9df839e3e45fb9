"""How near the models of known users come to the best there is, and in which time."""

import argparse
import tempfile
from pathlib import Path

import numpy as np

from recsys.datatypes import Progress, no_progress
from recsys.evaluation import ncf_files
from recsys.evaluation.known_factors import Size, draw
from recsys.protocols.leave_one_out import leave_one_out, measured
from recsys.reports.provenance import machine

HELP = "models of known users, on interactions whose factors are known"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    usual = Size()
    for name, what in (("users", "users"), ("items", "items"), ("interactions", "of all users")):
        about = f"how many {what} (%(default)s, as in MovieLens-1M)"
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name), help=about)
    parser.add_argument("--out", type=Path, help="keep the three files in this folder")


def measure(options: argparse.Namespace) -> str:
    """HR@10 and NDCG@10 of every model, beside the oracle's, with seconds and memory."""
    size = Size(options.users, options.items, options.interactions)
    if options.out:
        return bench(size, options.out, options.progress)
    with tempfile.TemporaryDirectory() as folder:
        return bench(size, Path(folder), options.progress)


def bench(size: Size, folder: Path, progress: Progress = no_progress) -> str:
    """A line a model: its figures, its share of the oracle's HR@10, seconds."""
    data, oracle = draw(size, np.random.default_rng(0))
    paths = ncf_files.write(data, folder)
    best = {name: own.mean() for name, own in measured(oracle).items()}
    files = dict(zip(("train", "test", "negatives"), paths, strict=True))
    report = leave_one_out(files, progress=progress)
    lines = [f"{'':22}{'HR@10':>8}{'NDCG@10':>9}{'of oracle':>11}{'s':>8}{'s of CPU':>10}"]
    lines.append(f"{'oracle':22}{best['hr@10']:8.3f}{best['ndcg@10']:9.3f}{'100.0 %':>11}")
    for line in report["strategies"]:
        rate, gain = line["hr@10"]["mean"], line["ndcg@10"]["mean"]
        share = f"{rate / best['hr@10']:.1%}".replace("%", " %")
        cost = f"{line['seconds']:8.1f}{line['cpu']:10.1f}"
        lines.append(f"{line['name']:22}{rate:8.3f}{gain:9.3f}{share:>11}{cost}")
    lines.append(
        f"{size.users:,} users, {size.items:,} items, {data.likes.nnz:,} interactions;"
        f" {report['peak_memory_mb']:,} MB at most; {machine()}"
    )
    return "\n".join(lines)
