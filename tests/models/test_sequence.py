"""What comes next: in a world that goes round in a circle, and by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch

from recsys.building.build import build
from recsys.learning.loop import fit
from recsys.models import TrainingContext, sequence
from recsys.models.sequence import Config, NextItem, histories
from recsys.models.sequence.training import Task, _windows, network
from tests.models.test_behaviour import nobody
from tests.worlds import ITEMS, FakeEncoder, tables

CONFIG = Config(
    epochs=30, patience=30, batch=8, rate=0.01, length=6, factors=16, blocks=1, negatives=8,
    dropout=0.0, device="cpu",
)  # fmt: skip
CIRCLE = 8
VECTORS = np.eye(CIRCLE, dtype=np.float32)
"""What the items of the circle mean: each something else."""


@pytest.fixture(scope="module")
def model():
    """Everybody likes five items one after the other, round a circle, each from another on."""
    found = [(start + np.arange(5)) % CIRCLE for start in range(CIRCLE)] * 5
    task = Task(found, VECTORS, CONFIG, np.random.default_rng(0))
    fit(task, CONFIG)
    return NextItem(task.arrays())


@pytest.mark.parametrize("start", range(CIRCLE))
def test_the_next_one_round_the_circle_is_found(model, start):
    liked = (start + np.arange(3)) % CIRCLE
    assert model.score(liked.tolist(), VECTORS).argmax() == (start + 3) % CIRCLE


def test_the_order_of_the_likes_counts(model):
    """After 2 comes 3, and after 1 comes 2."""
    one, other = model.score([1, 2], VECTORS), model.score([2, 1], VECTORS)
    assert one[3] > one[2]
    assert other[2] > other[3]


def test_an_item_that_nobody_met_is_found_and_read_by_its_text(model):
    """Row 8 means what item 3 means, row 9 nothing."""
    more = np.concatenate([VECTORS, VECTORS[3:4], np.zeros((1, CIRCLE), np.float32)])
    scores = model.score([0, 1, 2], more)
    assert scores.argsort()[-2:].tolist() in ([8, 3], [3, 8])
    assert model.score([1, 2, 8], more).argmax() == 4


def test_only_the_last_likes_are_looked_back_at(model):
    long = [5, 6, 7, 0, 1, 2, 3, 4, 5]
    np.testing.assert_allclose(model.score(long, VECTORS), model.score(long[-6:], VECTORS))


def test_what_is_read_is_what_was_trained():
    config = replace(CONFIG, blocks=2)
    net = network(VECTORS, config).eval()
    with torch.no_grad():
        for own in net.parameters():
            own += 0.1 * torch.randn(own.shape, generator=torch.Generator().manual_seed(1))
        read = torch.tensor([[-1, -1, -1, 4, 2, 6], [0, 1, 2, 3, 4, 5]])
        items = net.items(torch.arange(CIRCLE))
        expected = (net(items, read)[:, -1] @ items.T).numpy()
    task = Task([np.arange(3)], VECTORS, config, np.random.default_rng(0))
    task.net = net
    found = NextItem(task.arrays())
    for line, liked in zip(expected, ([4, 2, 6], [0, 1, 2, 3, 4, 5]), strict=True):
        np.testing.assert_allclose(found.score(liked, VECTORS), line, rtol=1e-3, atol=1e-4)


def test_histories_are_cut_from_the_end_and_nothing_is_foretold_twice():
    windows = _windows([np.arange(8), np.arange(2), np.arange(1)], 3)
    assert [window.tolist() for window in windows] == [[4, 5, 6, 7], [1, 2, 3, 4], [0, 1], [0, 1]]


def test_a_batch_says_what_follows_what():
    task = Task([np.array([5, 3, 7, 2])], VECTORS, CONFIG, np.random.default_rng(0))
    rows, read, follows, log_q = task._batch(np.array([0]), np.random.default_rng(0))
    assert np.where(read >= 0, rows[read], -1).tolist() == [[-1, -1, -1, -1, 5, 3]]
    assert np.where(follows >= 0, rows[follows], -1).tolist() == [[-1, -1, -1, -1, 3, 7]]
    assert len(log_q) == len(rows) == len(set(rows.tolist()))


def world(times):
    """One person who likes five items at such times."""
    ids = [item[0] for item in ITEMS]
    events = [("u", ids[row], 5.0, time) for row, time in zip([4, 0, 6, 2, 1], times, strict=True)]
    events += [("v", ids[0], 5.0, times[0])]
    columns = ["user", "item", "rating", "timestamp"]
    return replace(tables(), interactions=pd.DataFrame(events, columns=columns))


def test_likes_stand_in_the_order_of_their_times_and_what_is_held_out_is_away(root):
    workspace = build("timed", world([3, 1, 5, 2, 4]), FakeEncoder())
    (own,) = histories(workspace, 3)
    assert own.tolist() == [0, 2, 4, 1, 6]
    (own,) = histories(workspace.without(items=[2, 6]), 3)
    assert own.tolist() == [0, 4, 1]
    assert histories(workspace.without(users=["u"]), 3) == []


@pytest.mark.parametrize("times", [[7] * 5, [None] * 5], ids=["all at once", "unknown"])
def test_without_times_nothing_is_learned(root, times):
    workspace = build("timeless", world(times), FakeEncoder())
    assert histories(workspace, 1) == []
    context = TrainingContext(FakeEncoder(), nobody, nobody)
    assert sequence.fit(workspace, replace(CONFIG, min_users=1), context) == {}
