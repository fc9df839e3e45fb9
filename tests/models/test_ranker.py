"""Weights learned from people: what tells is told from what does not, and nothing else is moved."""

import numpy as np
import pandas as pd
import pytest

from recsys.arrays import packed
from recsys.building.build import build
from recsys.building.on_request import train_on_request
from recsys.datatypes import Context, Query, Strategy
from recsys.fusion import learned
from recsys.models import ranker
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace
from tests.test_plugins import judged_world
from tests.worlds import FakeEncoder


def tastes(telling, queries=40, items=30, seed=0):
    """Three signals; relevant is, but for chance, what is high by the first, if it tells."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(queries, items, 3))
    worth = scores[:, :, 0] * telling + rng.normal(size=(queries, items))
    relevance = (worth > np.quantile(worth, 0.9, axis=1, keepdims=True)).astype(float)
    return list(scores), list(relevance)


def test_the_slope_is_that_of_the_loss():
    scores, relevance = tastes(1.0, queries=1)
    query = (scores[0], relevance[0] / relevance[0].sum())
    logs = np.array([0.3, -0.2, 0.1, 0.4])
    slope = ranker._loss(logs, query)[1]
    for place in range(4):
        step = np.zeros(4)
        step[place] = 1e-5
        more, less = ranker._loss(logs + step, query)[0], ranker._loss(logs - step, query)[0]
        assert (more - less) / 2e-5 == pytest.approx(slope[place], rel=1e-4)


def test_the_loss_by_hand():
    """Scores 2 and 0, the first relevant: log(1 + exp(-2))."""
    query = (np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([1.0, 0.0]))
    assert ranker._loss(np.zeros(3), query)[0] == pytest.approx(np.log1p(np.exp(-2)))


def test_what_tells_counts_more_and_what_is_silent_stays_so():
    factors = ranker.train(*tastes(2.0), np.array([1.0, 1.0, 0.0]))
    assert factors[0] > 1.5 > 0.8 > factors[1]
    assert factors[2] == 1
    assert factors[0] * factors[1] == pytest.approx(1)


def test_where_nothing_clearly_helps_the_usual_weights_stay():
    usual = np.array([1.0, 1.0, 1.0])
    assert ranker.train(*tastes(0.0), usual).tolist() == [1, 1, 1]
    assert ranker.train(*tastes(2.0, queries=10), usual).tolist() == [1, 1, 1]


def test_the_fusion_by_hand():
    """Weights 3 and 1 by factors 1 / 3 and 1 are even; what the model does not know counts as it
    weighs."""
    scores = pd.DataFrame({"a": [1.0, 3.0], "b": [7.0, 5.0]})
    model = {"signals": packed(["gone", "a"]), "factors": np.array([9, 1 / 3], np.float32)}
    parts = learned.fuse(scores, {"a": 3, "b": 1}, Context(model=model))
    np.testing.assert_allclose(parts, [[-0.5, 0.5], [0.5, -0.5]], rtol=1e-6)


def test_it_is_trained_on_request_from_judged_tastes_and_every_score_adds_up(root):
    build("judged", judged_world(), FakeEncoder()).close()
    train_on_request("judged", "ranker", FakeEncoder(), {"min_gain": -100.0})
    engine = Engine(Workspace.open("judged"), FakeEncoder())
    factors = engine.workspace.models["ranker"]["factors"]
    assert (factors > 0).all()
    assert (factors != 1).any()
    result = engine.recommend(Query("space", k=5), Strategy(fusion="learned"))
    assert result.notices == ()
    shown = result.shown
    np.testing.assert_allclose(shown.drop(columns=["rank", "score"]).sum(axis=1), shown["score"])
