"""How long visitors wait who type one taste after another, all at once, on servers of its own."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from recsys.cli import _common
from recsys.cli.bench._served import APP, Server, served
from recsys.cli.bench.recommend import tastes_of
from recsys.errors import ThawError
from recsys.reports.bench import Measurement
from recsys.reports.provenance import machine
from recsys.store.workspace import Workspace

HELP = "many visitors at once, over the server's own websocket"

VISITORS = "pages.visitors"
"""What speaks to the server: it comes with the app, not with the library."""

SETTLED = ((1, 25.0), (8, 10.0))
"""Visitors and seconds first, so that every server is there and has loaded what all share."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    _common.add_workspace(parser)
    parser.add_argument(
        "--visitors", type=int, nargs="+", default=[1, 10, 50], help="how many (1 10 50)"
    )
    parser.add_argument(
        "--seconds", type=float, default=120, help="how long for each number (%(default)s)"
    )
    parser.add_argument(
        "--every", type=float, default=5, help="seconds between two tastes of one (%(default)s)"
    )


def measure(options: argparse.Namespace) -> Measurement:
    """Seconds from a taste to the end of its run, and the memory of the server, for each number of
    visitors; one more looks at Compare and Metrics meanwhile."""
    if not APP.exists():
        raise ThawError("There is no app here to serve: run this in a checkout of Thaw.")
    tastes = tastes_of(Workspace.open(options.workspace).catalogue)
    lines = []
    with served(APP) as server:
        for number, seconds in SETTLED:
            _visit(server, number, seconds, 1, options.workspace, tastes)
        for done, number in enumerate(options.visitors):
            options.progress(done, len(options.visitors), "visiting")
            seen = _visit(server, number, options.seconds, options.every, options.workspace, tastes)
            lines.append(_line(number, *seen, _memory(server)))
    table = pd.DataFrame(lines)
    told = f"a taste every {options.every:g} s for {options.seconds:g} s; {options.workspace}"
    said = f"{table.to_string(index=False)}\n{told}; {machine()}"
    return Measurement(table.assign(workspace=options.workspace), ("workspace", "visitors"), said)


def _visit(
    server: Server,
    visitors: int,
    seconds: float,
    every: float,
    workspace: str,
    tastes: Sequence[str],
) -> tuple[list[float], list[str]]:
    """Seconds of each run, and what went wrong."""
    plan = {
        "visitors": visitors,
        "seconds": seconds,
        "every": every,
        "workspace": workspace,
        "tastes": list(tastes),
    }
    code = [sys.executable, "-m", VISITORS, f"ws://localhost:{server.port}"]
    done = subprocess.run(  # noqa: S603
        code, input=json.dumps(plan), capture_output=True, text=True, check=True, cwd=APP.parent
    )
    seen = json.loads(done.stdout)
    return seen["took"], seen["errors"]


def _line(visitors: int, took: list[float], errors: list[str], memory: float) -> dict[str, Any]:
    for error in dict.fromkeys(errors):
        print(f"note: {error}", file=sys.stderr)
    seconds = pd.Series(took, dtype=float)
    return {
        "visitors": visitors,
        "lists": len(took),
        "median s": round(seconds.median(), 2),
        "95 % s": round(seconds.quantile(0.95), 2),
        "most s": round(seconds.max(), 2),
        "errors": len(errors),
        "GiB": round(memory, 2),
    }


def _memory(server: Server) -> float:
    """GiB that the servers hold; 0 where the system does not say."""
    kilobytes = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # some end meanwhile
            told = dict(line.split(":", 1) for line in status.read_text().splitlines())
            if str(server.pid) in (status.parent.name, told["PPid"].strip()):
                kilobytes += int(told["VmRSS"].split()[0])
    return kilobytes / 2**20
