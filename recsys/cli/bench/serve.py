"""How long visitors wait who type one taste after another, all at once, on a server of its own."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from recsys.cli import _common
from recsys.cli.bench._served import APP, Server, served
from recsys.cli.bench.recommend import tastes_of
from recsys.errors import ThawError
from recsys.reports.provenance import machine
from recsys.store.workspace import Workspace

HELP = "many visitors at once, over the server's own websocket"

VISITORS = "pages.visitors"
"""What speaks to the server: it comes with the app, not with the library."""

SETTLED = 5
"""Seconds that one visitor has first, so that what all share is loaded."""


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


def measure(options: argparse.Namespace) -> str:
    """Seconds from a taste to the end of its run, and the memory of the server, for each number of
    visitors; one more looks at Compare and Metrics meanwhile."""
    if not APP.exists():
        raise ThawError("There is no app here to serve: run this in a checkout of Thaw.")
    tastes = tastes_of(Workspace.open(options.workspace).catalogue)
    lines = []
    with served(APP) as server:
        _visit(server, 1, SETTLED, 1, options.workspace, tastes)
        for done, number in enumerate(options.visitors):
            options.progress(done, len(options.visitors), "visiting")
            seen = _visit(server, number, options.seconds, options.every, options.workspace, tastes)
            lines.append(_told(number, *seen, _memory(server)))
    told = f"a taste every {options.every:g} s for {options.seconds:g} s; {options.workspace}"
    return "\n".join([*lines, f"{told}; {machine()}"])


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


def _told(visitors: int, took: list[float], errors: list[str], memory: float) -> str:
    if not took:
        return f"{visitors:3} visitors: nobody was served; {'; '.join(errors[:3])}"
    middle, late = np.quantile(took, [0.5, 0.95])
    wrong = f"{len(errors)} errors{': ' + errors[0] if errors else ''}"
    return (
        f"{visitors:3} visitors: median {middle:.2f} s, 95 % {late:.2f} s, most {max(took):.2f} s,"
        f" {len(took):,} lists, {wrong}, {memory:.2f} GiB"
    )


def _memory(server: Server) -> float:
    """GiB that the server holds; 0 where the system does not say."""
    status = Path(f"/proc/{server.pid}/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 2**20
