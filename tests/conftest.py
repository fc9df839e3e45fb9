"""Workspaces in a temporary folder; nothing a test does touches the built ones."""

import pytest

from recsys.engine import Engine
from recsys.workspace import Workspace, build
from tests.worlds import FakeEncoder, tables


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
