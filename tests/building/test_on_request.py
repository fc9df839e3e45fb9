"""A model that no build trains: put there on request, kept by all that follows, refused for other
data, and left as it was where its training fails."""

from datetime import datetime

import pytest

from recsys.building import on_request
from recsys.building.build import build, outdated_models, retrain, stale_models
from recsys.building.on_request import curve_so_far, train_on_request
from recsys.building.publish import publish
from recsys.building.train import train
from recsys.datatypes import NewItem
from recsys.errors import DiskFull, QueryError, TrainingError
from recsys.evaluation import holdout
from recsys.models import models
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace
from tests.building.test_full_disk import TENSORS
from tests.test_plugins import dropped
from tests.worlds import ITEMS, FakeEncoder, shelf, tables

MODEL = '''
"""The mean of all vectors, on request."""
from dataclasses import dataclass

import numpy as np

from recsys.errors import TrainingError

TITLE = "Mean"
HELP = "Where the middle is."
NEEDS = ("likes",)
ON_REQUEST = True


@dataclass(frozen=True)
class Config:
    scale: float = 2.0
    name: str = "mean"


def fit(workspace, config, context):
    if config.scale < 0:
        raise TrainingError("It went wrong. The model in service stays.")
    if config.scale == 0:
        return {}
    users = np.array([len(workspace.interactions.users)])
    return {"mean": config.scale * workspace.vectors.mean(axis=0), "users": users}
'''


@pytest.fixture
def mean(tmp_path):
    with dropped(tmp_path, "recsys.models", "mean", MODEL):
        yield


@pytest.fixture
def trained(mean, root):
    build("small", tables(), FakeEncoder()).close()
    asked("1.5")


def asked(scale):
    return train_on_request("small", "mean", FakeEncoder(), {"scale": scale})


def in_service():
    """The factor with which the model in service was trained, or None."""
    workspace = Workspace.open("small")
    arrays = workspace.models.get("mean")
    workspace.close()
    return None if arrays is None else float((arrays["mean"] / workspace.vectors.mean(axis=0))[0])


def test_no_build_trains_it(mean, root):
    workspace = build("small", tables(), FakeEncoder())
    assert "mean" not in workspace.models
    assert "mean" not in workspace.manifest.models
    assert "mean" not in train(workspace, FakeEncoder())
    assert stale_models("small") == []


def test_a_request_puts_it_beside_the_others_with_what_it_was_trained_for(mean, root):
    first = build("small", shelf(), FakeEncoder())
    asked("1.5")
    workspace = Workspace.open("small")
    assert workspace.models.keys() == first.models.keys() | {"mean"}
    stamp = workspace.manifest.models["mean"]
    assert stamp["set"] == {"scale": 1.5}
    assert stamp["config"] == {"scale": 1.5, "name": "mean"}
    assert stamp["source"] == workspace.manifest.source
    assert datetime.fromisoformat(stamp["trained"]).tzinfo is not None
    assert stamp["seconds"] >= 0
    assert workspace.manifest.models.items() >= first.manifest.models.items()


@pytest.mark.parametrize(
    "step",
    [
        lambda: build("small", tables(), FakeEncoder()),
        lambda: retrain("small", FakeEncoder()),
        lambda: publish(Workspace.open("small"), FakeEncoder(), NewItem("a ghost opera", "Void")),
    ],
    ids=["built again", "retrained", "published"],
)
def test_what_follows_keeps_it(trained, step):
    step()
    workspace = Workspace.open("small")
    assert workspace.notices == []
    assert len(workspace.models["mean"]["mean"]) == workspace.vectors.shape[1]
    assert workspace.manifest.models["mean"]["set"] == {"scale": 1.5}
    assert (outdated_models("small"), stale_models("small")) == ([], [])


def test_on_other_data_it_is_refused_and_that_is_said(trained):
    workspace = build("small", tables(ITEMS[:7]), FakeEncoder())
    assert "mean" not in workspace.models
    assert workspace.notices == [
        "The model mean was trained on other data and says nothing. Train it again with:"
        " python -m recsys train mean --workspace small"
    ]
    asked("3")
    assert Workspace.open("small").notices == []
    assert in_service() == pytest.approx(3)


def test_of_other_code_it_stays_and_that_can_be_said(tmp_path, root):
    with dropped(tmp_path, "recsys.models", "mean", MODEL):
        build("small", tables(), FakeEncoder()).close()
        asked("1.5")
    with dropped(tmp_path, "recsys.models", "mean", MODEL + "\n"):
        assert outdated_models("small") == ["mean"]
        assert stale_models("small") == []
        assert in_service() == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("scale", "error", "said"),
    [
        ("-1", TrainingError, "^It went wrong. The model in service stays.$"),
        ("0", TrainingError, "^There is too little in small to learn mean from; nothing was chang"),
        ("much", QueryError, "^mean: scale is 'much'; it must be a number.$"),
    ],
)
def test_a_training_that_fails_leaves_the_old_one_in_service(trained, scale, error, said):
    before = Workspace.open("small").manifest
    with pytest.raises(error, match=said):
        asked(scale)
    assert Workspace.open("small").manifest == before
    assert in_service() == pytest.approx(1.5)


def test_a_full_disk_leaves_the_old_one_in_service(trained, monkeypatch):
    def full(*_):
        raise TENSORS

    with monkeypatch.context() as patch:
        patch.setattr(on_request, "save", full)
        with pytest.raises(DiskFull, match=r"No space left on .*small; nothing was changed\.$"):
            asked("3")
    assert in_service() == pytest.approx(1.5)
    asked("3")
    assert in_service() == pytest.approx(3)


def test_data_that_change_meanwhile_are_noticed(trained, monkeypatch):
    usual = on_request.train_one

    def slow(*arguments):
        build("small", tables(ITEMS[:7]), FakeEncoder()).close()
        return usual(*arguments)

    monkeypatch.setattr(on_request, "train_one", slow)
    with pytest.raises(TrainingError, match="small was built from other data while mean was tr"):
        asked("3")


def test_what_is_published_meanwhile_stays(trained, monkeypatch):
    usual = on_request.train_one

    def slow(*arguments):
        publish(Workspace.open("small"), FakeEncoder(), NewItem("a ghost opera", "Void"))
        return usual(*arguments)

    monkeypatch.setattr(on_request, "train_one", slow)
    asked("3")
    workspace = Workspace.open("small")
    assert len(workspace.catalogue) == len(ITEMS) + 1
    assert workspace.manifest.models["mean"]["set"] == {"scale": 3}


def test_no_setting_is_taken_that_there_is_not(trained):
    with pytest.raises(QueryError, match=r"The model mean has no setting 'size'. There are: scale"):
        train_on_request("small", "mean", FakeEncoder(), {"size": "1"})
    assert models()["mean"].ON_REQUEST


def test_a_protocol_trains_anew_what_the_workspace_has(trained):
    """With the settings that were asked for, and without whom it holds out."""
    engine = Engine(Workspace.open("small"), FakeEncoder())
    other = holdout.restricted(engine, lambda *_: None, users=["u7"])
    assert float(other.workspace.models["mean"]["users"][0]) == 7
    found = other.workspace.models["mean"]["mean"] / engine.workspace.vectors.mean(axis=0)
    assert float(found[0]) == pytest.approx(1.5)
    bare = Engine(engine.workspace.with_models({}), FakeEncoder())
    assert "mean" not in holdout.restricted(bare, lambda *_: None).workspace.models


def test_what_was_broken_off_tells_its_curve_until_another_begins(root):
    build("small", shelf(), FakeEncoder()).close()

    def stops_in_the_third(done, total, what):
        if "epoch 3 of 4" in what:
            raise TrainingError("It was stopped.")

    def stops_at_once(done, total, what):
        raise TrainingError("It was stopped.")

    def train(epochs, progress):
        with pytest.raises(TrainingError, match="stopped"):
            train_on_request("small", "neural_cf", FakeEncoder(), {"epochs": epochs}, progress)

    assert curve_so_far("small", "neural_cf").shape == (0, 2)
    train(4, stops_in_the_third)
    curve = curve_so_far("small", "neural_cf")
    assert curve.shape == (2, 2)
    train(5, stops_at_once)
    assert curve_so_far("small", "neural_cf").shape == (0, 2)
    train(4, stops_in_the_third)
    assert (curve_so_far("small", "neural_cf") == curve).all()
    arrays = train_on_request("small", "neural_cf", FakeEncoder(), {"epochs": 4})
    assert (arrays["history"][:2] == curve).all()
    assert curve_so_far("small", "neural_cf").shape == (0, 2)
