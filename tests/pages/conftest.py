"""Pages over small worlds, whose texts are read by the fake encoder; nothing takes long."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.shared import resources
from recsys.building.build import build
from tests.conftest import APP
from tests.worlds import FakeEncoder, shelf, tables


@pytest.fixture
def fake_encoder(monkeypatch):
    """The pages read texts with the fake encoder."""
    monkeypatch.setattr(resources, "_encoder", FakeEncoder)


@pytest.fixture
def small_world(root, fake_encoder):
    """The world of eight items, called demo."""
    build("demo", tables(), FakeEncoder()).close()
    return root


@pytest.fixture
def shelf_world(root, fake_encoder):
    """The world of forty items, called demo: as many as a new item needs; with judged tastes."""
    build("demo", shelf(personas=True), FakeEncoder()).close()
    return root


def visited(page: str, **address) -> AppTest:
    """The page entered among the others, with what its address says."""
    app = AppTest.from_file(str(APP), default_timeout=90)
    for name, value in address.items():
        app.query_params[name] = value
    if page != "new_user":  # where everybody enters
        app._page_hash = calc_hash(page)  # switch_page() knows no page before the first run
    app.run()
    assert not app.exception
    return app
