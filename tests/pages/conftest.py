"""Pages over small worlds, whose texts are read by the fake encoder; nothing takes long."""

import json
from urllib.parse import parse_qs

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
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


def unfolded(app: AppTest, *popovers: str) -> AppTest:
    """The page with these popovers of New user open: strategy, filters, people."""
    for key in popovers:
        app.session_state[f"new_user_{key}"] = True
    app.run()
    assert not app.exception
    return app


def drawn(app: AppTest, key: str) -> dict:
    """What the component called ``key`` is given to draw."""
    proto = component(app, key)
    return json.loads(proto.mixed.json if proto.WhichOneof("data") == "mixed" else proto.json)


def component(app: AppTest, key: str):
    """The component called ``key``, as the browser gets it."""
    protos = [each.proto for each in app.get("bidi_component")]
    return next(proto for proto in protos if proto.id.endswith(key))


def act(app: AppTest, what: str, id_: str = "", key: str = "new_user_list") -> AppTest:
    """The page after ``what`` was done with the item ``id_`` in the list called ``key``."""
    return sent(app, key, "action", {"what": what, "id": id_})


def sent(app: AppTest, key: str, event: str, value) -> AppTest:
    """The page after the component ``key`` has sent ``event``, as a browser does."""
    states = app._tree.get_widget_states()
    trigger = _make_trigger_id(component(app, key).id, "events")
    told = json.dumps([{"event": event, "value": value}])
    states.widgets.add(id=trigger, json_trigger_value=told)
    app._run(states)
    assert not app.exception
    return app


def linked(app: AppTest, told: bool = True) -> dict[str, list[str]]:
    """What the link says that the button copies: the one that tells the taste, or the other."""
    links = drawn(app, "copy_link")["links"]
    return parse_qs(links[told]["query"])
