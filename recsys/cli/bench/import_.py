"""How long a large table takes to read and build, apart from embedding."""

import argparse
import resource
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from recsys.building.build import build
from recsys.datasets import table
from recsys.datatypes import Progress, no_progress
from recsys.encoders.random import Encoder
from recsys.reports.provenance import machine

HELP = "a generated table, everything but the embedding"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    parser.add_argument("--items", type=int, default=100_000, help="how many (%(default)s)")
    parser.add_argument(
        "--interactions", type=int, default=1_000_000, help="how many (%(default)s)"
    )


def measure(options: argparse.Namespace) -> str:
    """Seconds and peak memory, and where they were measured."""
    return import_table(options.items, options.interactions, options.progress)


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
