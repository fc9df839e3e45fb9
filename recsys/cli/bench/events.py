"""The log of events: how fast it is written and learned from, and that kill -9 loses nothing."""

import argparse
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from recsys.online.learn import replay
from recsys.reports.bench import Measurement
from recsys.reports.provenance import machine
from recsys.store.events import Event, EventLog

HELP = "the log of events: appended and learned from a second, and what a kill -9 loses"

ITEMS = 6_000
"""Items that are shown."""
LENGTH = 10
"""Items of a list."""
SIGNALS = ("behaviour", "content", "graph", "lexical", "popularity")
"""Each says something of every item."""
LIKED = 0.15
"""Of the lists so many have a like."""
TOGETHER = 1_000
"""Events that are appended at once."""
_NAME = "bench"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    parser.add_argument("--events", type=int, default=1_000_000, help="how many (%(default)s)")
    parser.add_argument("--kills", type=int, default=100, help="moments of kill -9 (%(default)s)")
    parser.add_argument("--writers", type=int, default=20, help="killed each time (%(default)s)")


def measure(options: argparse.Namespace) -> Measurement:
    """A line with the speed, and what was lost or doubled."""
    with TemporaryDirectory(prefix="thaw-") as folder:
        home = Path(folder)
        (home / _NAME).mkdir()
        log = EventLog(_NAME, home)
        line = _speed(log, options)
    with TemporaryDirectory(prefix="thaw-") as folder:
        (Path(folder) / _NAME).mkdir()
        line |= _killed(Path(folder), options)
    told = ", ".join(f"{name} {value:,}" for name, value in line.items())
    return Measurement(pd.DataFrame([line]), ("events",), f"{told}\n{machine()}")


def _speed(log: EventLog, options: argparse.Namespace) -> dict[str, float]:
    spent, events = 0.0, islice(_events(), options.events)
    for done in range(0, options.events, TOGETHER):
        batch = list(islice(events, TOGETHER))
        start = time.perf_counter()
        log.append(batch)
        spent += time.perf_counter() - start
        options.progress(done + len(batch), options.events, "appending events")
    start = time.perf_counter()
    replay(log, progress=options.progress)
    replayed = time.perf_counter() - start
    return {
        "events": options.events,
        "appended a second": round(options.events / spent),
        "s to replay": round(replayed, 1),
        "MB": round(log.path.stat().st_size / 1e6),
    }


def _events() -> Iterator[Event]:
    """Lists of LENGTH items each, and a like in some; without end."""
    rng = np.random.default_rng(1)
    for number in count():
        list_id, at = f"list {number}", float(number)
        items = [f"film {item}" for item in rng.integers(ITEMS, size=LENGTH)]
        said = rng.standard_normal((LENGTH, len(SIGNALS))).round(3).tolist()
        for place, item in enumerate(items):
            signals = dict(zip(SIGNALS, said[place], strict=True))
            shown = (list_id, item, place + 1, "usual", 1.0, signals)
            yield Event(at, "ann", "impression", *shown)
        if rng.random() < LIKED:
            yield Event(at, "ann", "like", list_id, items[0])


def _killed(home: Path, options: argparse.Namespace) -> dict[str, float]:
    """Writers append pairs for ever, tell which were acknowledged, and are killed."""
    processes = multiprocessing.get_context("fork")  # light, and the parent has no threads here
    chance = random.Random(1)  # noqa: S311 - moments, not secrets
    for moment in range(options.kills):
        files = [home / f"told-{moment}-{number}" for number in range(options.writers)]
        writers = [processes.Process(target=_write, args=(home, file)) for file in files]
        for writer in writers:
            writer.start()
        time.sleep(0.2 + chance.random())
        for writer in writers:
            os.kill(writer.pid or 0, signal.SIGKILL)
        for writer in writers:
            writer.join()
        options.progress(moment + 1, options.kills, "killing writers")
    told = [set(file.read_text().split("\n")[:-1]) for file in home.glob("told-*")]
    acknowledged = set[str]().union(*told)
    kept = EventLog(_NAME, home).table()["id"]
    return {
        "kills": options.kills,
        "writers": options.writers,
        "acknowledged": len(acknowledged),
        "lost": len(acknowledged - set(kept)),
        "twice": int(kept.duplicated().sum()),
    }


def _write(home: Path, told: Path) -> None:
    log = EventLog(_NAME, home)
    with told.open("w") as file:
        while True:
            pair = [Event(0.0, "ann", kind, "first", "star") for kind in ("impression", "like")]
            log.append(pair)
            file.writelines(f"{event.id}\n" for event in pair)
            file.flush()
