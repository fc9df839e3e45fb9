"""The bundled worlds with their engines, and a small world that is understood at once."""

import pytest

from recsys.building.build import build
from recsys.datasets import demo
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace
from recsys.understanding.understander import Understander
from tests.conftest import real_encoder
from tests.worlds import FakeEncoder, tables


@pytest.fixture(scope="session")
def film_engine(demo_root):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(demo_root))
        return Engine(Workspace.open("demo"), real_encoder())


@pytest.fixture(scope="session")
def game_engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("games")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(folder))
        return Engine(build("games", demo.load("games"), real_encoder()), real_encoder())


@pytest.fixture(scope="session")
def stories(tmp_path_factory) -> Understander:
    """The world of eight stories."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("stories")))
        return Understander(build("small", tables(), FakeEncoder()))
