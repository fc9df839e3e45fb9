"""What a large table costs: to read, build, open, ask and add to, apart from embedding."""

import argparse
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from recsys.building.build import build
from recsys.building.publish import publish
from recsys.cli.bench.recommend import recommend
from recsys.datasets import table
from recsys.datatypes import NewItem, Progress, no_progress
from recsys.encoders.random import Encoder
from recsys.ranking.engine import Engine
from recsys.reports.bench import Measurement
from recsys.reports.provenance import machine
from recsys.store.workspace import Workspace

HELP = "a generated table, everything but the embedding, at several sizes"

INTERACTIONS = 20
"""For each item, where nothing else is said."""
ROUNDS = 40
"""Recommendations that are timed."""
WORDS = 20_000
"""Of the vocabulary."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    parser.add_argument(
        "--items", type=int, nargs="+", default=[100_000], help="how many, once or more (100000)"
    )
    parser.add_argument("--interactions", type=int, help=f"how many ({INTERACTIONS} for each item)")


def measure(options: argparse.Namespace) -> Measurement:
    """Seconds and peak memory of each step, a line a size, and where they were measured."""
    lines = []
    for items in options.items:
        interactions = options.interactions or INTERACTIONS * items
        lines.append(import_table(items, interactions, options.progress))
    table = pd.DataFrame(lines)
    return Measurement(table, ("items",), f"{table.to_string(index=False)}\n{machine()}")


def import_table(
    items: int, interactions: int, progress: Progress = no_progress
) -> dict[str, float]:
    """What importing a generated table, building, opening, asking and publishing cost: seconds
    (``recommend``: the median, in milliseconds), and GiB of memory at most at each step.

    Forty words an item from a Zipf vocabulary; interactions fall on items by a power law.
    """
    found: dict[str, float] = {"items": items, "interactions": interactions}
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        catalogue, events = home / "items.parquet", home / "interactions.parquet"
        rng = np.random.default_rng(0)
        _items(items, rng).to_parquet(catalogue)
        _interactions(items, interactions, rng).to_parquet(events)
        with _timed(found, "import"):
            tables = table.load(catalogue, events, progress=progress)
        with _timed(found, "build"):
            build("bench", tables, Encoder(), progress, home=home).close()
        del tables
        with _timed(found, "open"):
            engine = Engine(Workspace.open("bench", home), Encoder())
        with _timed(found, "recommend"):
            took = recommend(engine, ROUNDS, progress)["total"]
        found["recommend"] = round(float(took.median()), 1)
        with _timed(found, "publish"):
            publish(engine.workspace, Encoder(), NewItem("word1 word2 word3", "Another"))
        engine.workspace.close()
    return found


@contextmanager
def _timed(found: dict[str, float], what: str) -> Iterator[None]:
    """Adds the seconds of ``what``, and the memory that it took at most."""
    _forget_peak()
    start = perf_counter()
    yield
    found[what] = round(perf_counter() - start, 2)
    found[f"{what} GiB"] = round(_peak(), 2)


def _forget_peak() -> None:
    """Begins to measure anew, where the system can (Linux); else what came before counts too."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """GiB of memory held at most since ``_forget_peak``."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) / 2**20


def _items(count: int, rng: np.random.Generator) -> pd.DataFrame:
    words = np.array([f"word{i}" for i in range(WORDS)])
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
