"""Workspaces in a temporary folder; nothing a test does touches the built ones."""

from functools import cache

import pytest
from hypothesis import settings

from recsys.datasets import demo
from recsys.encoder import Encoder
from recsys.engine import Engine
from recsys.workspace import Workspace, build
from tests.worlds import FakeEncoder, tables

# The same examples on every run, on a machine of any speed.
settings.register_profile("thaw", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("thaw")


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
    """A folder with the bundled demo in it, built by the real encoder."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(folder))
        build("demo", demo.load("demo"), _encoder())
    return folder


@pytest.fixture
def demo_engine(demo_root, monkeypatch) -> Engine:
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    return Engine(Workspace.open("demo"), _encoder())


@cache
def _encoder() -> Encoder:
    return Encoder()
