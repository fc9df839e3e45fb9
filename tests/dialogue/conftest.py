"""The world of forty items, with an engine: of each ten, five are of Norland and five of Sudland,
nine are tense, and all have a theme of their own."""

import pytest

from recsys.building.build import build
from recsys.dialogue.facets import facets
from recsys.dialogue.questions import Asker
from recsys.ranking.engine import Engine
from tests.worlds import FakeEncoder, shelf


@pytest.fixture(scope="package")
def shelf_engine(tmp_path_factory):
    home = tmp_path_factory.mktemp("dialogue")
    return Engine(build("shelf", shelf(), FakeEncoder(), home=home), FakeEncoder())


@pytest.fixture(scope="package")
def asker(shelf_engine):
    return Asker(shelf_engine, facets(shelf_engine))
