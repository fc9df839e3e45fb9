"""How long things take on this machine."""

import os
import platform
import resource
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from recsys.building.build import build
from recsys.datasets import table
from recsys.datatypes import Progress, Query, no_progress
from recsys.ranking.engine import STEPS, Engine


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


class RandomEncoder:
    """Reads nothing: a random unit vector a text, to measure everything but embedding."""

    name = "random"
    device_name = "no device"

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:
        vectors = np.random.default_rng(0).standard_normal((len(texts), 384), dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def import_table(items: int, interactions: int, progress: Progress = no_progress) -> str:
    """Seconds and peak memory of importing a generated table, apart from embedding.

    Forty words an item from a Zipf vocabulary; interactions fall on items by a power law.
    """
    before = os.environ.get("THAW_WORKSPACES")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("items.parquet", "interactions.parquet")]
        for path, frame in zip(paths, _generate(items, interactions), strict=True):
            frame.to_parquet(path)
        os.environ["THAW_WORKSPACES"] = folder
        try:
            start = perf_counter()
            tables = table.load(paths[0], paths[1], progress=progress)
            read = perf_counter()
            build("bench", tables, RandomEncoder(), progress).close()
            done = perf_counter()
        finally:
            os.environ.pop("THAW_WORKSPACES")
            if before is not None:
                os.environ["THAW_WORKSPACES"] = before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return (
        f"{items:,} items and {interactions:,} interactions: read in {read - start:.1f} s,"
        f" built in {done - read:.1f} s, {items / (done - start):,.0f} items a second apart from"
        f" embedding, {peak:.2f} GiB at most\n{machine()}"
    )


def _generate(items: int, interactions: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(0)
    words = np.array([f"word{i}" for i in range(20_000)])
    texts = words[np.minimum(rng.zipf(1.3, (items, 40)), len(words)) - 1]
    catalogue = pd.DataFrame(
        {
            "id": np.char.add("item-", np.arange(items).astype(str)),
            "title": np.char.add("Item ", np.arange(items).astype(str)),
            "text": [" ".join(line) for line in texts],
            "year": rng.integers(1920, 2026, items),
        }
    )
    events = pd.DataFrame(
        {
            "user": np.char.add(
                "user-", rng.integers(0, interactions // 50 + 1, interactions).astype(str)
            ),
            "item": catalogue["id"].to_numpy()[(items * rng.power(0.3, interactions)).astype(int)],
            "rating": rng.integers(1, 6, interactions),
        }
    )
    return catalogue, events
