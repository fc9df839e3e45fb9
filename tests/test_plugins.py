"""One file or folder dropped in is a plug-in; taken out, it is gone."""

import importlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recsys.building.build import build, is_current, retrain, stale_models
from recsys.datatypes import Query, Strategy
from recsys.errors import QueryError, RegistryError
from recsys.indexes import indexes
from recsys.languages import languages
from recsys.models import models
from recsys.ranking.engine import Engine
from recsys.registry import plugins
from recsys.signals import signals
from recsys.store.workspace import Workspace, read_manifest
from tests.conftest import APP
from tests.worlds import FakeEncoder, shelf, tables

SIGNAL = '''
"""Short titles."""
import numpy as np
from recsys.datatypes import Reason

TITLE = "Short title"
HELP = "How short the title is."
DEFAULT_WEIGHT = 0.3
FEEDBACK = False
FROM_PEOPLE = False
TERM = "a term"


class Signal:
    def __init__(self, workspace):
        self._titles = workspace.catalogue.items["title"]

    def propose(self, query, n):
        return np.empty(0, dtype=np.int64)

    def score(self, query, rows):
        return -self._titles.str.len().to_numpy(np.float32)[rows]

    def evidence(self, query, rows):
        return [Reason("its title is short")] * len(rows)
'''
MODEL = '''
"""The mean of all vectors."""
from dataclasses import dataclass

TITLE = "Mean"
HELP = "Where the middle is."
NEEDS = ("likes", "behaviour")


@dataclass(frozen=True)
class Config:
    scale: float = 2.0


def fit(workspace, config, context):
    return {"mean": config.scale * workspace.vectors.mean(axis=0)}
'''
INDEX = '''
"""Exact search under another name."""
from recsys.indexes.exact import Index as Exact

TITLE = "Plain"
HELP = "Goes through every item."
WIDTH = None


class Index(Exact):
    pass
'''
LANGUAGE = '''
"""Shouted English."""
from recsys.languages import english
from recsys.languages.english import *

TITLE = "SHOUTED"


def read(text, speller=None, finder=None):
    return english.read(text.lower().replace("!", ";"), speller, finder)
'''


@contextmanager
def dropped(tmp_path, room, name, text, folder=False):
    """The text as a file or a folder of the room, for a while."""
    package = importlib.import_module(room)
    home = tmp_path / room
    path = home / name / "__init__.py" if folder else home / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    package.__path__.append(str(home))
    plugins.cache_clear()
    importlib.invalidate_caches()
    try:
        yield
    finally:
        package.__path__.remove(str(home))
        sys.modules.pop(f"{room}.{name}", None)
        vars(package).pop(name, None)
        plugins.cache_clear()


def judged_world():
    """The shelf with as many people who judged as a gate needs."""
    world, topics = shelf(), ("space", "ghost", "heist", "horse")
    people, judgements = [], []
    for number in range(24):
        topic = topics[number % 4]
        people.append(
            (f"p{number}", f"Person {number}", f"a {topic} story, please, number {number}")
        )
        liked = (number // 4, f"{topic}-{number // 4}", 2)
        judgements += [(f"p{number}", liked[1], 2), (f"p{number}", f"{topic}-{9 - number // 4}", 1)]
    return replace(
        world,
        personas=pd.DataFrame(people, columns=["id", "name", "taste"]),
        judgements=pd.DataFrame(judgements, columns=["persona", "item", "grade"]),
    )


def test_a_signal_is_one_file(tmp_path, workspace):
    with dropped(tmp_path, "recsys.signals", "brief", SIGNAL):
        result = Engine(workspace, FakeEncoder()).recommend(Query("space", k=3))
        assert "brief" in result.shown
        assert result.evidence["brief"][0].text == "its title is short"
        assert result.shown.drop(columns=["rank", "score"]).sum(axis=1).tolist() == pytest.approx(
            result.shown["score"].tolist()
        )
    assert "brief" not in signals()
    assert "brief" not in Engine(workspace, FakeEncoder()).recommend(Query("space", k=3)).shown


def test_a_new_signal_leaves_a_trained_gate_working_and_makes_it_stale(tmp_path, root):
    encoder, attention = FakeEncoder(), Strategy(fusion="attention")
    build("judged", judged_world(), encoder).close()
    assert is_current("judged", judged_world(), "fake")
    with dropped(tmp_path, "recsys.signals", "brief", SIGNAL):
        workspace = Workspace.open("judged")
        result = Engine(workspace, encoder).recommend(Query("space", k=3), attention)
        assert "trained before there was “Short title”" in result.notices[0]
        assert result.ranking["brief"].abs().sum() > 0
        assert not is_current("judged", judged_world(), "fake")
        assert stale_models("judged") == ["gate"]
        behaviour = workspace.models["behaviour"]
        again, trained = retrain("judged", encoder)
        assert trained == ["gate"]
        assert is_current("judged", judged_world(), "fake")
        assert again.models["gate"]["W2"].shape[0] == len(signals())
        for name, array in behaviour.items():
            np.testing.assert_array_equal(again.models["behaviour"][name], array)
        assert Engine(again, encoder).recommend(Query("space", k=3), attention).notices == ()
    assert stale_models("judged") == ["gate"]


def test_retraining_what_is_not_stale_keeps_every_model(root):
    first = build("judged", judged_world(), FakeEncoder())
    again, trained = retrain("judged", FakeEncoder())
    assert trained == []
    assert again.models.keys() == first.models.keys() >= {"behaviour", "gate"}


def test_a_model_is_one_file_and_is_trained_after_what_it_needs(tmp_path, root):
    build("judged", judged_world(), FakeEncoder()).close()
    with dropped(tmp_path, "recsys.models", "mean", MODEL):
        order = list(models())
        assert order.index("behaviour") < order.index("mean")
        assert stale_models("judged") == ["mean"]
        workspace, trained = retrain("judged", FakeEncoder())
        assert trained == ["mean"]
        expected = 2 * workspace.vectors.mean(axis=0)
        np.testing.assert_allclose(workspace.models["mean"]["mean"], expected, atol=1e-6)
        manifest = read_manifest(root / "judged")
        assert manifest.models["mean"]["config"] == {"scale": 2.0}
        assert "behaviour" in manifest.models["mean"]["needs"]
    with dropped(
        tmp_path, "recsys.models", "mean", MODEL.replace("scale: float = 2.0", "scale: float = 3.0")
    ):
        assert stale_models("judged") == ["mean"]
    assert "mean" not in models()
    assert stale_models("judged") == []


def test_a_model_that_needs_what_there_is_not_is_named(tmp_path):
    with (
        dropped(tmp_path, "recsys.models", "mean", MODEL.replace('"behaviour"', '"magic"')),
        pytest.raises(RegistryError, match=r"The model mean needs 'magic'. There are: likes,"),
    ):
        models()


def test_an_index_is_one_file(tmp_path, root):
    with dropped(tmp_path, "recsys.indexes", "plain", INDEX):
        workspace = build("small", tables(), FakeEncoder(), index="plain")
        assert workspace.manifest.index == "plain"
        assert workspace.index.search(workspace.vectors[2], 1)[0].tolist() == [2]
        assert Workspace.open("small").notices == []
    assert "plain" not in indexes()
    with pytest.raises(QueryError, match="no index called 'plain'"):
        Workspace.open("small")


def test_a_language_is_one_folder(tmp_path, root):
    world = tables()
    about = dict(world.about) | {"language": "shouted"}
    with dropped(tmp_path, "recsys.languages", "shouted", LANGUAGE, folder=True):
        workspace = build("loud", replace(world, about=about), FakeEncoder())
        query = Engine(workspace, FakeEncoder()).encode(Query("GHOSTS! HORSES!"))
        assert [clause.text for clause in query.clauses] == ["ghosts", "horses"]
    assert "shouted" not in languages()


PAGE = """
import streamlit as st

st.title("A page more")
"""


def test_a_page_is_one_folder(tmp_path):
    for name in ("pages", "recsys"):
        shutil.copytree(APP.parent / name, tmp_path / name)
    shutil.copy(APP, tmp_path)
    path = tmp_path / "pages" / "more" / "page.py"
    path.parent.mkdir()
    path.write_text(PAGE)
    (path.parent / "__init__.py").write_text('TITLE = "More"\nPLACE = 9\n')
    script = (
        "from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file('app.py', default_timeout=60).run()\n"
        "app.switch_page('pages/more/page.py').run()\n"
        "print([title.value for title in app.title], app.exception)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == "['A page more'] ElementList()"
