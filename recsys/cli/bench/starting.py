"""How long it takes from nothing to the first ranking, and in a browser to the first paint."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, sleep
from urllib.request import urlopen

import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.folders import PACKAGE
from recsys.reports.provenance import machine

HEAVY = ("torch", "sentence_transformers", "transformers", "sklearn", "scipy.stats", "pyarrow")
"""What takes long to import: it is said which of these were."""

PATIENCE = 120
"""Seconds after which a page is given up."""

BARE = "import streamlit as st\n\nst.title('Bare')\n"
"""The page beside which the app's first paint is measured."""

TITLE, LIST = "[data-testid=stMain] h1", ".st-key-new_user_list ol > li"
"""Where a page has painted, and where the first ranking stands."""

FIRST_RANKING = """
import json, sys
from time import perf_counter

clock = [perf_counter()]
from recsys.datatypes import Query
from recsys.encoders import ready
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace
clock.append(perf_counter())
workspace = Workspace.open(sys.argv[1])
clock.append(perf_counter())
encoder = ready(workspace.manifest.encoder)
clock.append(perf_counter())
engine = Engine(workspace, encoder)
clock.append(perf_counter())
engine.recommend(Query("slow space films, nothing gory"))
clock.append(perf_counter())
seconds = [after - before for before, after in zip(clock, clock[1:])]
print(json.dumps({"seconds": seconds, "imported": list(sys.modules)}))
"""
"""Run by a process of its own: the seconds of each of STEPS, and what is imported by then."""

STEPS = ("import", "open", "load the model", "index the words", "recommend")


def start(workspace: str, rounds: int, progress: Progress = no_progress) -> str:
    """Seconds of the first ranking in a process of its own, which heavy packages that imports, and
    where Playwright and Chromium are there, first paint and first ranking of the app."""
    lines, imported = [], []
    for done in range(rounds):
        begun = perf_counter()
        code = [sys.executable, "-c", FIRST_RANKING, workspace]
        said = subprocess.run(code, capture_output=True, text=True, check=True)  # noqa: S603
        told = json.loads(said.stdout)
        lines.append(dict(zip(STEPS, told["seconds"], strict=True)))
        lines[-1]["process start to first ranking"] = perf_counter() - begun
        imported = [name for name in HEAVY if name in told["imported"]]
        progress(done + 1, rounds, "ranking for the first time")
    parts = [_table(lines), f"imported: {', '.join(imported) or 'none'} of {', '.join(HEAVY)}"]
    parts.append(_in_browser(rounds, progress))
    return "\n".join([*parts, f"{rounds} rounds; {machine()}"])


def _in_browser(rounds: int, progress: Progress) -> str:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    app = PACKAGE.parent / "app.py"
    if find_spec("playwright") is None or chromium is None or not app.exists():
        return "not measured in a browser: that needs Playwright, Chromium and a checkout"
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        for done in range(rounds):
            (plain,) = _seen(bare, chromium, [TITLE])
            first, ranking = _seen(app, chromium, [TITLE, LIST])
            lines.append(
                {"bare page": plain, "app, first paint": first, "app, first ranking": ranking}
            )
            progress(done + 1, rounds, "opening the page")
    return _table(lines)


def _seen(page: Path, chromium: str, places: list[str]) -> list[float]:
    """Seconds from the start of a server until each of the ``places`` is to be seen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        begun = perf_counter()
        with _served(page) as address:
            window = browser.new_page()
            window.goto(address)
            seconds = []
            for place in places:
                window.locator(place).first.wait_for(timeout=PATIENCE * 1e3)
                seconds.append(perf_counter() - begun)
        browser.close()
    return seconds


@contextmanager
def _served(page: Path) -> Iterator[str]:
    """The address of a server of its own, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.port", str(port), "--server.headless", "true"]
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "streamlit", "run", str(page), *options],
        cwd=PACKAGE.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://localhost:{port}"
        until = perf_counter() + PATIENCE
        while perf_counter() < until and not _answers(address):
            sleep(0.05)
        yield address
    finally:
        server.terminate()
        server.wait()


def _answers(address: str) -> bool:
    try:
        urlopen(f"{address}/_stcore/health", timeout=1).close()  # noqa: S310
    except OSError:
        return False
    return True


def _table(lines: list[dict[str, float]]) -> str:
    """Median, least and most of each column, in seconds."""
    table = pd.DataFrame(lines).agg(["median", "min", "max"]).T
    table.columns = ["median s", "least", "most"]
    return table.round(2).to_string()
