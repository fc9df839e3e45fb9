"""Workspaces in a temporary folder; nothing a test does touches the built ones."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from recsys import encoders, folders
from recsys.building.build import build, is_current
from recsys.datasets import demo
from recsys.encoders.sentence import Encoder
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace
from tests.worlds import FakeEncoder, tables

APP = Path(__file__).parents[1] / "app.py"
"""What `streamlit run` is given."""

SLOW_FIXTURES = {"demo_root", "real", "linked", "reference"}
"""The bundled demo, built by the real encoder; and films of real data."""

# The same examples on every run, on a machine of any speed.
settings.register_profile("thaw", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("thorough", deadline=None, max_examples=10_000, print_blob=True)
settings.load_profile(os.environ.get("THAW_PROFILE", "thaw"))


def pytest_collection_modifyitems(items):
    """Marks what drives a browser, and what asks for one of the fixtures that take long."""
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker("browser")
        if SLOW_FIXTURES.intersection(item.fixturenames):
            item.add_marker("slow")


@pytest.fixture(autouse=True)
def own_main(monkeypatch):
    """A page that is tested takes the place of the main module, from which processes start."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(autouse=True)
def root(tmp_path, monkeypatch):
    """The folder where workspaces live, empty."""
    folder = tmp_path / "workspaces"
    monkeypatch.setenv("THAW_WORKSPACES", str(folder))
    return folder


@pytest.fixture
def workspace(root) -> Workspace:
    return build("small", tables(), FakeEncoder())


@pytest.fixture
def engine(workspace) -> Engine:
    return Engine(workspace, FakeEncoder())


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory):
    """A folder with the bundled demo in it, built by the real encoder: a copy of what
    ``make build`` has made of the code as it is, or else built."""
    folder, world = tmp_path_factory.mktemp("demo"), demo.load("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("THAW_WORKSPACES", raising=False)
        if is_current("demo", world, encoders.DEFAULT_MODEL):
            for part in ("demo", ".encoders"):
                shutil.copytree(folders.workspaces() / part, folder / part)
            return folder
        patch.setenv("THAW_WORKSPACES", str(folder))
        build("demo", world, encoders.prepare())
    return folder


@pytest.fixture
def demo_engine(demo_root, monkeypatch) -> Engine:
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    return Engine(Workspace.open("demo"), real_encoder())


CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@contextmanager
def serving(root):
    """The app on a free port, as make run starts it, over the workspaces in ``root``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "pages.servers", "--port", str(port), "--servers", "1"],
        env=os.environ | {"THAW_WORKSPACES": str(root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def url(demo_root):
    with serving(demo_root) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        reason = "no Chromium on this machine; on Debian: apt install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


NO_FAULT = ("/_stcore/", "/media/")
"""Streamlit looks for its own server below the page that is entered before it looks above it, and
for a file to download that the next run may have replaced: no fault of ours."""


def is_error(message) -> bool:
    """Whether the console tells of a fault."""
    if message.type != "error" or message.text.startswith("Client Error: Download Button source"):
        return False
    return not any(part in message.location.get("url", "") for part in NO_FAULT)


@contextmanager
def watched(browser, **viewport):
    """A window; afterwards, no other host was asked and nothing went wrong."""
    window = browser.new_page(viewport=viewport)
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    strange, errors = [], []
    window.on("request", lambda request: strange.append(request.url))
    window.on("console", lambda message: errors.append(message) if is_error(message) else None)
    window.on("pageerror", lambda error: errors.append(error))
    yield window
    window.close()
    hosts = {
        urlsplit(asked).hostname for asked in strange if not asked.startswith(("data:", "blob:"))
    }
    assert hosts <= {"localhost"}
    assert errors == []


@cache
def real_encoder() -> Encoder:
    return Encoder()
