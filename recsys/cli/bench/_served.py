"""The app on servers of its own, as make run starts them, or any other page on one."""

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

SERVERS = "pages.servers"
"""What starts it there, on a process a core."""

PATIENCE = 120
"""Seconds after which a page is given up."""


@dataclass(frozen=True)
class Server:
    """Where a server is and which process it is, or has started it."""

    port: int
    pid: int


@contextmanager
def served(page: Path) -> Iterator[Server]:
    """Servers of its own for the app, or one for another ``page``, once one answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = ["streamlit", "run", str(page), "--server.port", str(port)]
    if page == APP:
        code = [SERVERS, "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", *code],
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
