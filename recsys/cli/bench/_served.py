"""The app, or any page, on a server of its own."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from urllib.request import urlopen

from recsys.folders import PACKAGE

APP = PACKAGE.parent / "app.py"
"""There in a checkout only."""

PATIENCE = 120
"""Seconds after which a page is given up."""


@dataclass(frozen=True)
class Server:
    """Where a server is and which process it is."""

    port: int
    pid: int


@contextmanager
def served(page: Path) -> Iterator[Server]:
    """A server of its own for ``page``, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.port", str(port), "--server.headless", "true"]
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "streamlit", "run", str(page), *options],
        cwd=PACKAGE.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = perf_counter() + PATIENCE
        while perf_counter() < until and not _answers(port):
            sleep(0.05)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).close()
    except OSError:
        return False
    return True
