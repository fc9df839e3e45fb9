"""Three tasks of one encoder: what each weight does, in the shelf, and the losses by hand."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy import sparse

from recsys.building.build import build
from recsys.datatypes import Query
from recsys.errors import QueryError
from recsys.models import TrainingContext, multi_task
from recsys.models._people import Told
from recsys.models.multi_task import BALANCES, Config, MultiTask, co_like_factors
from recsys.models.multi_task.network import attributes_loss, behaviour_loss, network
from recsys.models.multi_task.training import Content, Task
from recsys.ranking.engine import Engine
from tests.models.test_behaviour import nobody
from tests.worlds import FakeEncoder, shelf

CONFIG = Config(
    profiles=160, batch=64, epochs=8, patience=8, steps=8, rate=0.01, factors=16, words=8,
    behaviour_factors=3, held_out=0.25, device="cpu",
)  # fmt: skip
BEHAVIOUR, ATTRIBUTES, MATCH = range(3)
"""The places of the figures."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Two camps and four sorts of ten items: what an item is can be told from its words, and so
    can who likes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("multi_task")))
        yield Engine(build("shelf", shelf(), FakeEncoder()), FakeEncoder())


def fitted(engine, **settings):
    context = TrainingContext(FakeEncoder(), nobody, dict)
    return multi_task.fit(engine.workspace, replace(CONFIG, **settings), context)


def figures(engine, alpha, beta, gamma, **settings):
    return fitted(engine, alpha=alpha, beta=beta, gamma=gamma, **settings)["figures"]


def test_at_a_corner_its_own_task_is_learned_and_the_others_stay_at_chance(engine):
    behaviour = figures(engine, 1.0, 0.0, 0.0)
    attributes = figures(engine, 0.0, 1.0, 0.0)
    match = figures(engine, 0.0, 0.0, 1.0)
    assert behaviour[BEHAVIOUR] > 0.6
    assert attributes[BEHAVIOUR] == match[BEHAVIOUR] == 0
    assert attributes[ATTRIBUTES] > 0.95
    assert behaviour[ATTRIBUTES] == match[ATTRIBUTES] == 0.5
    assert match[MATCH] > 0.8
    assert behaviour[MATCH] == attributes[MATCH] < match[MATCH] - 0.2


@pytest.mark.parametrize("weighting", multi_task.WEIGHTINGS)
def test_all_three_are_learned_at_once(engine, weighting):
    arrays = fitted(engine, weighting=weighting)
    behaviour, attributes, match = arrays["figures"]
    assert behaviour > 0.6
    assert attributes > 0.95
    assert match > 0.8
    if weighting == "fixed":
        assert arrays["weights"].tolist() == [1, 1, 1]
    else:
        assert (arrays["weights"] > 0).all()
        assert len(set(arrays["weights"].tolist())) == 3


def test_uncertainty_leaves_out_what_weighs_nothing(engine):
    arrays = fitted(engine, weighting="uncertainty", beta=0.0)
    assert arrays["figures"][ATTRIBUTES] == 0.5
    assert arrays["weights"][1] == 0


def test_a_text_finds_what_those_like_who_would_have_said_it(engine):
    workspace, model = engine.workspace, MultiTask(fitted(engine))
    one, other = np.r_[0:10, 20:30], np.r_[10:20, 30:40]  # the sorts of each camp
    for text, near, far in (("space", one, other), ("ghost", other, one)):
        query = engine.embed(Query(text))
        scores = model.score(query, workspace.graph, workspace.language.stems)
        assert scores[near].mean() > scores[far].mean()


def test_what_is_liked_together_points_one_way_and_everybodys_taste_is_left_out():
    """Two camps of two items each, and one that nobody likes."""
    likes = sparse.csr_array(np.array([[1, 1, 0, 0, 0]] * 3 + [[0, 0, 1, 1, 0]] * 3, np.float32))
    likes = sparse.csr_array(np.concatenate([likes.toarray(), [[1, 1, 1, 1, 0]]]))
    found, met = co_like_factors(likes, replace(CONFIG, behaviour_factors=1, min_fans=3))
    assert met.tolist() == [True, True, True, True, False]
    np.testing.assert_allclose(abs(found[:4, 0]), 1, rtol=1e-5)
    assert found[0, 0] == found[1, 0] == -found[2, 0] == -found[3, 0]


def told(users=4, items=6):
    """People who say nothing, of items that mean one number each."""
    likes = sparse.csr_array(np.ones((users, items), np.float32))
    content = np.arange(items, dtype=np.float32)[:, None]
    return Told(likes, np.arange(users), np.zeros((1, users, 1), np.float32), {}, content, 1, None)


def net():
    return network(told(), np.zeros(6), (2, 2), np.array([1.0, 3.0]), CONFIG)


def labelled(balance):
    """The loss of two items, of which the second has no label, at even logits."""
    states, labels = torch.zeros(2, CONFIG.factors), torch.tensor([[0.0, 1.0], [0.0, 0.0]])
    told, config = torch.tensor([True, False]), replace(CONFIG, balance=balance, focus=2.0)
    return float(attributes_loss(net(), states, labels, told, config).detach())


def test_the_loss_of_labels_by_hand():
    """At even odds each label costs log 2, what is missing nothing; a weight of 3 for the second
    label makes 4 of 2; the focal loss takes a quarter."""
    assert labelled("none") == pytest.approx(np.log(2))
    assert labelled("weights") == pytest.approx(np.log(2) * 4 / 2)
    assert labelled("focal") == pytest.approx(np.log(2) / 4)


def test_the_loss_of_behaviour_by_hand():
    """0 for a factor of length 5 costs 25; who was not met costs nothing, nor do only such."""
    factors = torch.tensor([[3.0, 4.0], [1.0, 0.0]])
    one, states = net(), torch.zeros(2, CONFIG.factors)
    for met, cost in (([True, False], 25), ([False, False], 0)):
        found = behaviour_loss(one, states, factors, torch.tensor(met))
        assert float(found.detach()) == cost


def test_resampling_draws_rare_labels_as_often_as_frequent_ones():
    """Four items of one label and one of another, and one without any, which is not drawn for its
    labels: each label has the same chance."""
    labels = sparse.csr_array(np.array([[1, 0]] * 4 + [[0, 1], [0, 0]], np.float32))
    content = Content(np.zeros((6, 2), np.float32), np.zeros(6, bool), labels)
    config = replace(CONFIG, balance="resampling", held_out=0.0)
    task = Task(told(), content, config, np.random.default_rng(0))
    np.testing.assert_allclose(task._odds, [0.125] * 4 + [0.5])
    even = Task(told(), content, replace(config, balance="none"), np.random.default_rng(0))
    np.testing.assert_allclose(even._odds, [0.2] * 5)


@pytest.mark.parametrize("balance", BALANCES)
def test_without_any_label_the_other_tasks_are_learned(balance):
    content = Content(np.eye(6, 2, dtype=np.float32), np.ones(6, bool), sparse.csr_array((6, 0)))
    task = Task(told(), content, replace(CONFIG, balance=balance), np.random.default_rng(0))
    batch = [torch.from_numpy(part) for part in task._batch(np.random.default_rng(0))]
    assert np.isfinite(float(task.loss(*batch).detach()))
    assert np.isfinite(task.validate())


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"weighting": "magic"}, "weighting is 'magic'; it must be one of fixed, uncertainty."),
        ({"balance": "luck"}, "balance is 'luck'; it must be one of weights, focal, resampling, n"),
        ({"alpha": -1.0}, "alpha, beta and gamma are -1, 1, 1; they must be 0 or more"),
        ({"alpha": 0.0, "beta": 0.0, "gamma": 0.0}, "are 0, 0, 0; they must be 0 or more, and one"),
        ({"gamma": float("nan")}, "are 1, 1, nan; they must be 0 or more"),
    ],
)
def test_settings_that_mean_nothing_are_refused(engine, settings, said):
    with pytest.raises(QueryError, match=said):
        fitted(engine, **settings)
