"""python -m recsys bench WHAT: how long things take here, and whether some items are everywhere."""

import argparse
import resource
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from recsys.building.build import build
from recsys.cli import _common
from recsys.cli.bench.reading import encode
from recsys.cli.bench.starting import start
from recsys.datasets import table
from recsys.datatypes import Progress, Query, no_progress
from recsys.encoders import prepare, sentence
from recsys.encoders.random import Encoder
from recsys.evaluation.hubness import hubness
from recsys.ranking.engine import STEPS, Engine
from recsys.reports.provenance import machine
from recsys.store.workspace import Workspace

HELP = "measure how long things take on this machine, and hubs"

UNCOUNTED = 5
"""So many recommendations come first and do not count."""

EXAMPLES = 8
"""So many titles stand in where a workspace has no examples of tastes."""

HUBS = 5
"""So many items are listed, those that are shown most often."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds a subcommand for each bench."""
    benches = parser.add_subparsers(title="benches", required=True, metavar="WHAT")
    command = benches.add_parser(
        "recommend", help="a recommendation, step by step, the model loaded"
    )
    _common.add_workspace(command)
    command.add_argument(
        "--rounds", type=int, default=200, help="how many recommendations to time (%(default)s)"
    )
    command.set_defaults(bench=_bench_recommend)
    command = benches.add_parser("hubs", help="items that stand in the lists of unrelated tastes")
    _common.add_workspace(command)
    command.add_argument("--tastes", type=int, default=200, help="how many (%(default)s)")
    command.set_defaults(bench=_bench_hubs)
    command = benches.add_parser("import", help="a generated table, everything but the embedding")
    command.add_argument("--items", type=int, default=100_000, help="how many (%(default)s)")
    command.add_argument(
        "--interactions", type=int, default=1_000_000, help="how many (%(default)s)"
    )
    command.set_defaults(bench=_bench_import)
    command = benches.add_parser("encode", help="reading texts, beside sentence-transformers")
    _common.add_workspace(command)
    command.add_argument("--texts", type=int, default=192, help="how many (%(default)s)")
    command.add_argument("--rounds", type=int, default=3, help="how often, in turns (%(default)s)")
    command.add_argument("--device", help="what torch calls it, such as cuda (the usual one)")
    command.set_defaults(bench=_bench_encode)
    command = benches.add_parser("start", help="from nothing to the first ranking")
    _common.add_workspace(command)
    command.add_argument("--rounds", type=int, default=5, help="how often (%(default)s)")
    command.set_defaults(bench=_bench_start)


def run(options: argparse.Namespace) -> None:
    """Measures and prints."""
    print(options.bench(options))


def _bench_recommend(options: argparse.Namespace) -> str:
    engine = _common.open_engine(options.workspace)
    return report(recommend(engine, options.rounds, options.progress), engine)


def _bench_hubs(options: argparse.Namespace) -> str:
    engine = _common.open_engine(options.workspace)
    found = hubness(engine, options.tastes, progress=options.progress)
    titles = engine.workspace.catalogue.items["title"]
    most = np.argsort(-found.shares, kind="stable")[:HUBS]
    lines = [f"{found.shares[row]:6.1%}  {titles[row]}" for row in most]
    told = f"skewness {found.skewness:.2f}; share of the top tens of {options.tastes} tastes:"
    return "\n".join([told, *lines])


def _bench_import(options: argparse.Namespace) -> str:
    return import_table(options.items, options.interactions, options.progress)


def _bench_encode(options: argparse.Namespace) -> str:
    with closing(Workspace.open(options.workspace)) as workspace:
        documents, model = workspace.catalogue.documents()["document"], workspace.manifest.encoder
    count = min(options.texts, len(documents))
    texts = documents.sample(count, random_state=0).tolist()
    reader = sentence.Encoder(model, options.device) if options.device else prepare(model)
    return encode(reader, texts, options.rounds, options.progress)


def _bench_start(options: argparse.Namespace) -> str:
    return start(options.workspace, options.rounds, options.progress)


def recommend(engine: Engine, rounds: int, progress: Progress = no_progress) -> pd.DataFrame:
    """Milliseconds of each step and their total, one row a round, after five that do not count.

    The tastes take turns: the examples that come with the workspace, or its first titles.
    """
    catalogue = engine.workspace.catalogue
    titles = catalogue.items["title"].head(EXAMPLES).tolist()
    tastes = catalogue.about.get("examples") or titles
    took = []
    for i in range(-UNCOUNTED, rounds):
        took.append(engine.recommend(Query(tastes[i % len(tastes)])).took_ms)
        progress(max(i + 1, 0), rounds, "recommending")
    frame = pd.DataFrame(took[UNCOUNTED:], columns=STEPS)
    return frame.assign(total=frame.sum(axis=1))


def report(took: pd.DataFrame, engine: Engine) -> str:
    """Median and 95th percentile of each step, in milliseconds, and where they were measured."""
    quantiles = took.quantile([0.5, 0.95]).T
    quantiles.columns = ["median ms", "95 % ms"]
    items = len(engine.workspace.catalogue)
    return (
        f"{quantiles.round(2).to_string()}\n"
        f"{len(took)} recommendations from {items:,} items;"
        f" {engine.encoder.device_name}; {machine()}"
    )


def import_table(items: int, interactions: int, progress: Progress = no_progress) -> str:
    """Seconds and peak memory of importing a generated table, apart from embedding.

    Forty words an item from a Zipf vocabulary; interactions fall on items by a power law.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        catalogue, events = folder / "items.parquet", folder / "interactions.parquet"
        rng = np.random.default_rng(0)
        _items(items, rng).to_parquet(catalogue)
        _interactions(items, interactions, rng).to_parquet(events)
        start = perf_counter()
        tables = table.load(catalogue, events, progress=progress)
        read = perf_counter()
        build("bench", tables, Encoder(), progress, home=folder).close()
        done = perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return (
        f"{items:,} items and {interactions:,} interactions: read in {read - start:.1f} s,"
        f" built in {done - read:.1f} s, {items / (done - start):,.0f} items a second apart from"
        f" embedding, {peak:.2f} GiB at most\n{machine()}"
    )


def _items(count: int, rng: np.random.Generator) -> pd.DataFrame:
    words = np.array([f"word{i}" for i in range(20_000)])
    texts = words[np.minimum(rng.zipf(1.3, (count, 40)), len(words)) - 1]
    numbers = np.arange(count).astype(str)
    return pd.DataFrame(
        {
            "id": np.char.add("item-", numbers),
            "title": np.char.add("Item ", numbers),
            "text": [" ".join(line) for line in texts],
            "year": rng.integers(1920, 2026, count),
        }
    )


def _interactions(items: int, count: int, rng: np.random.Generator) -> pd.DataFrame:
    """Some fifty for each user."""
    users = rng.integers(0, count // 50 + 1, count).astype(str)
    liked = (items * rng.power(0.3, count)).astype(int).astype(str)
    return pd.DataFrame(
        {
            "user": np.char.add("user-", users),
            "item": np.char.add("item-", liked),
            "rating": rng.integers(1, 6, count),
        }
    )
