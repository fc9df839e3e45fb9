"""Networks trained on request: the same again, the same after a kill, and silent before."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recsys.building.build import build
from recsys.building.on_request import train_on_request
from recsys.datatypes import Query
from recsys.errors import TrainingError
from recsys.learning.loop import Checkpoint
from recsys.models import TrainingContext, models
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace
from tests.models.test_behaviour import camps, nobody
from tests.worlds import FakeEncoder

SAYING = {"profiles": 60, "batch": 16, "words": 4, "steps": 6}
SETTINGS = {
    "text_tower": SAYING,
    "autoencoder": SAYING | {"anneal": 12},
    "multi_task": SAYING | {"behaviour_factors": 2, "factors": 8, "weighting": "uncertainty"},
    "sequence": {"batch": 4, "length": 4, "factors": 8, "negatives": 4},
}
"""Quick ones, where annealing is not over when the training is cut short."""
every_network = pytest.mark.parametrize("name", SETTINGS)
EVERY = {"epochs": 4, "patience": 4, "rate": 0.02, "device": "cpu"}


def timed():
    """The camps, whose people like one item after the other, each from another one on."""
    world = camps()
    events = world.interactions.copy()
    place, user = events.groupby("user").cumcount(), events["user"].str[1:].astype(int)
    events["timestamp"] = (place + user) % 5 + 1
    return replace(world, interactions=events)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """One for all, since a model only reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("networks")))
        yield build("camps", timed(), FakeEncoder())


def learned(workspace, name, checkpoint=None, progress=None, **settings):
    config = models()[name].Config(**SETTINGS[name] | EVERY | settings)
    context = TrainingContext(FakeEncoder(), nobody, dict, checkpoint=checkpoint)
    if progress:
        context = replace(context, progress=progress)
    return models()[name].fit(workspace, config, context)


def same(one, other):
    assert one.keys() == other.keys()
    for name, array in one.items():
        np.testing.assert_array_equal(other[name], array, err_msg=name)


@every_network
def test_training_twice_gives_the_same_and_another_seed_another(workspace, name):
    first = learned(workspace, name)
    same(first, learned(workspace, name))
    other = learned(workspace, name, seed=1)
    assert (first["history"][0] != other["history"][0]).any()


class Killed(BaseException):
    """What nobody catches."""


@every_network
def test_cut_short_and_begun_again_it_ends_as_if_nothing_had_been(workspace, name, tmp_path):
    def cut(done, total, what):
        if "epoch 3 of" in what:
            raise Killed

    checkpoint = Checkpoint(tmp_path / "net.training", "this one")
    with pytest.raises(Killed):
        learned(workspace, name, checkpoint, cut)
    assert checkpoint.path.is_file()
    same(learned(workspace, name), learned(workspace, name, checkpoint))


@every_network
def test_too_few_people_teach_nothing(workspace, name):
    alone = workspace.without(users=workspace.interactions.users[3:].tolist())
    assert learned(alone, name) == {}
    assert learned(workspace.without(users=workspace.interactions.users.tolist()), name) == {}


@every_network
def test_what_is_no_number_is_one_clear_line(workspace, name):
    with (
        np.errstate(all="ignore"),
        pytest.raises(TrainingError, match=rf"of {name} is not a number in epoch .*rate than 1e\+"),
    ):
        learned(workspace, name, rate=1e30)


@every_network
def test_the_signal_has_no_opinion_until_it_is_trained(root, name):
    """And none of what weighs nothing moves the usual ranking."""
    encoder = FakeEncoder()
    build("camps", timed(), encoder).close()
    before = Engine(Workspace.open("camps"), encoder)
    asked = Query("space", liked=(0,))
    query = before.encode(asked)
    assert np.isnan(before.signals[name].score(query, np.arange(8))).all()
    assert len(before.signals[name].propose(query, 5)) == 0
    usual = before.recommend(asked).ranking["score"]
    train_on_request("camps", name, encoder, SETTINGS[name] | EVERY | {"epochs": 1})
    after = Engine(Workspace.open("camps"), encoder)
    scores = after.signals[name].score(after.encode(asked), np.arange(8))
    assert np.isfinite(scores).all()
    assert len(after.signals[name].propose(query, 5)) == 5
    pd.testing.assert_series_equal(after.recommend(asked).ranking["score"], usual)
