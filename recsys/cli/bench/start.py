"""How long it takes from nothing to the first ranking, and in a browser to the first paint."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import pandas as pd

from recsys.cli import _common
from recsys.cli.bench._served import APP, PATIENCE, served
from recsys.datatypes import Progress, no_progress
from recsys.reports.bench import Measurement
from recsys.reports.provenance import machine

HELP = "from nothing to the first ranking"

HEAVY = ("torch", "sentence_transformers", "transformers", "sklearn", "scipy.stats", "pyarrow")
"""What takes long to import: it is said which of these were."""

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


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    _common.add_workspace(parser)
    parser.add_argument("--rounds", type=int, default=5, help="how often (%(default)s)")


def measure(options: argparse.Namespace) -> Measurement:
    """Seconds to the first ranking, without a browser and in one."""
    return start(options.workspace, options.rounds, options.progress)


def start(workspace: str, rounds: int, progress: Progress = no_progress) -> Measurement:
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
    seen = _in_browser(rounds, progress)
    table = pd.concat([_table(lines), _table(seen)] if seen else [_table(lines)])
    told = [table.to_string()]
    if not seen:
        told.append("not measured in a browser: that needs Playwright, Chromium and a checkout")
    told.append(f"imported: {', '.join(imported) or 'none'} of {', '.join(HEAVY)}")
    told.append(f"{rounds} rounds; {machine()}")
    steps = table.reset_index(names="step").assign(workspace=workspace)
    return Measurement(steps, ("workspace", "step"), "\n".join(told))


def _in_browser(rounds: int, progress: Progress) -> list[dict[str, float]]:
    """Seconds in a browser, a line a round; none where there is no browser, or no app."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if find_spec("playwright") is None or chromium is None or not APP.exists():
        return []
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        for done in range(rounds):
            (plain,) = _seen(bare, chromium, [TITLE])
            first, ranking = _seen(APP, chromium, [TITLE, LIST])
            lines.append(
                {"bare page": plain, "app, first paint": first, "app, first ranking": ranking}
            )
            progress(done + 1, rounds, "opening the page")
    return lines


def _seen(page: Path, chromium: str, places: list[str]) -> list[float]:
    """Seconds from the start of a server until each of the ``places`` is to be seen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        begun = perf_counter()
        with served(page) as server:
            window = browser.new_page()
            window.goto(f"http://localhost:{server.port}")
            seconds = []
            for place in places:
                window.locator(place).first.wait_for(timeout=PATIENCE * 1e3)
                seconds.append(perf_counter() - begun)
        browser.close()
    return seconds


def _table(lines: list[dict[str, float]]) -> pd.DataFrame:
    """Median, least and most of each column, in seconds."""
    table = pd.DataFrame(lines).agg(["median", "min", "max"]).T
    table.columns = ["median s", "least", "most"]
    return table.round(2)
