"""Forecasts of new items against what came true, in a world where the answer can be seen."""

import json

import numpy as np
import pytest

from recsys.building.build import build
from recsys.building.train import train
from recsys.errors import DataError, QueryError
from recsys.models import new_item
from recsys.models.new_item import attributes as item_attributes
from recsys.protocols import landing as module
from recsys.protocols.landing import even_auc, landing
from recsys.ranking.engine import Engine
from tests.worlds import SORTS, FakeEncoder, shelf

NEW = {"val": ["space-9", "ghost-9"], "test": ["space-0", "ghost-0", "heist-0", "horse-0"]}


@pytest.fixture
def engine(monkeypatch):
    config = new_item.Config(attributes=item_attributes.Config(min_items=5))
    monkeypatch.setattr(new_item, "Config", lambda: config)
    return Engine(build("shelf", shelf(), FakeEncoder()), FakeEncoder())


@pytest.fixture
def split(tmp_path):
    part = {item: name for name, items in NEW.items() for item in items}
    ids = [f"{topic}-{i}" for topic in SORTS for i in range(10)]
    path = tmp_path / "split.csv"
    path.write_text("movieId,part\n" + "".join(f"{id_},{part.get(id_, 'warm')}\n" for id_ in ids))
    return path


def figures(report, name, metric):
    return next(line for line in report["strategies"] if line["name"] == name)[metric]


def test_even_auc_compares_within_a_group_only():
    scores = np.array([1.0, 2.0, 30.0, 20.0])
    liked = np.array([False, True, True, False])
    group = np.array([0, 0, 1, 1])
    assert even_auc(scores, liked, group) == 1.0
    # 2 < 30: between the groups nothing is compared. Now the second group is the wrong way round.
    assert even_auc(np.array([1.0, 2.0, 20.0, 30.0]), liked, group) == 0.5
    # Groups weigh by their pairs: 1 of 1 right, and 0 of 2.
    many = even_auc(
        np.array([1.0, 2.0, 20.0, 30.0, 40.0]),
        np.array([False, True, True, False, False]),
        np.array([0, 0, 1, 1, 1]),
    )
    assert many == pytest.approx(1 / 3)
    assert np.isnan(even_auc(scores, liked, np.arange(4)))


def test_a_world_of_two_camps_is_foretold(engine, split):
    report = landing(engine, split)
    assert (report["n"], report["part"], report["protocol"]) == (4, "test", "landing")
    for metric in ("f1_micro", "f1_macro"):
        assert figures(report, "default", metric) == {"mean": 1.0, "low": 1.0, "high": 1.0}
    # Of the other camp nobody likes it, and half of all pairs are with them. Of the own camp's 20,
    # who likes an item is no matter of its sort.
    assert 0.8 < figures(report, "default", "auc")["mean"] <= 1
    # Everybody likes 16 items. Of the known ones, the 16 who like a new one like 14 (4 people) or
    # 13 (12), the 24 others 15 (8), 14 (4) or 13 (12): of 384 pairs, with ties for half,
    # 4 * (12 + 2) + 12 * 6 are the right way round.
    assert figures(report, "activity alone", "auc")["mean"] == pytest.approx(1 / 3)
    assert figures(report, "activity alone", "f1_micro")["mean"] is None
    # 16 people like each of them, and each of those learned from.
    assert figures(report, "default", "covered")["mean"] == 1.0
    assert figures(report, "default", "spearman")["mean"] is None
    json.dumps(report, allow_nan=False)


def test_nothing_of_the_new_items_is_learned(engine, split, monkeypatch):
    met = []

    def watched(workspace, encoder, progress, only):
        models = train(workspace, encoder, progress, only)
        met.append((workspace, models))
        return models

    monkeypatch.setattr(module, "train", watched)
    landing(engine, split, "val")
    held = engine.workspace.catalogue.rows(NEW["val"] + NEW["test"])
    ((workspace, models),) = met
    assert workspace.interactions.likes[:, list(held)].nnz == 0
    assert not np.isin(held, models["new_item"]["likes.known"]).any()
    assert not np.isin(held, models["new_item"]["attributes.known"]).any()


def test_a_leak_is_caught(engine, split, monkeypatch):
    def leaking(workspace, encoder, progress, only):
        return train(engine.workspace, encoder, progress, only)

    monkeypatch.setattr(module, "train", leaking)
    with pytest.raises(DataError, match="held-out item is among those learned from"):
        landing(engine, split)


def test_the_same_run_gives_the_same_figures(engine, split):
    one, other = (landing(engine, split)["strategies"] for _ in range(2))
    assert one == other


def test_what_cannot_be_measured_is_one_line(engine, split, tmp_path):
    with pytest.raises(QueryError, match="must be val or test"):
        landing(engine, split, "warm")
    few = tmp_path / "few.csv"
    ids = [f"{topic}-{i}" for topic in SORTS for i in range(10)]
    few.write_text(
        "movieId,part\n"
        + "".join(f"{id_},{'warm' if n < 10 else 'test'}\n" for n, id_ in enumerate(ids))
    )
    with pytest.raises(DataError, match=r"few\.csv leaves too few items or likes"):
        landing(engine, few)
