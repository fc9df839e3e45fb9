"""Who will like a new item: in a world of two camps, and against the formulas."""

import numpy as np
import pytest

from recsys.builder import build
from recsys.models import item_likes
from tests.test_behaviour import HORSE, SPACE, camps
from tests.worlds import FakeEncoder


@pytest.mark.parametrize(("new", "camp"), [(6, "a"), (5, "b")], ids=["orbit", "mare"])
def test_those_who_like_such_things_will_like_a_new_one(root, new, camp):
    workspace = build("camps", camps(), FakeEncoder()).without(items=[new])
    scores = item_likes.train(workspace, FakeEncoder())(np.array([new]))[:, 0]
    fans = np.array([user.startswith(camp) for user in workspace.interactions.users])
    assert scores[fans].min() > scores[~fans].max()


def test_an_item_whose_likes_are_unknown_teaches_nothing(root):
    """Were it taken for an item that nobody likes, its like would look unlikeable too."""
    whole = build("camps", camps(), FakeEncoder())
    rows = np.array([*SPACE, *HORSE])
    unknown = item_likes.train(whole.without(items=[6]), FakeEncoder())(rows)
    hidden = whole.without()
    hidden.interactions = whole.interactions.without(items=[6]).__class__(
        whole.interactions.users, whole.interactions.without(items=[6]).likes
    )
    unliked = item_likes.train(hidden, FakeEncoder())(rows)
    fans = np.array([user.startswith("a") for user in whole.interactions.users])
    assert unknown[fans, 2].mean() > unliked[fans, 2].mean()


def test_the_targets_are_filtered_by_their_singular_values(monkeypatch):
    """Values 4, 2, 1 with the noise at the second: 64 / 20, 8 / 8, 1 / 5."""
    monkeypatch.setattr(item_likes, "FACTORS", 1)
    filtered = item_likes._filtered(np.diag([4.0, 2.0, 1.0]))
    np.testing.assert_allclose(filtered, np.diag([3.2, 1.0, 0.2]), atol=1e-9)


def test_training_twice_gives_the_same_scores(root):
    workspace = build("camps", camps(), FakeEncoder()).without(items=[6])
    first, second = (item_likes.train(workspace, FakeEncoder())(np.arange(8)) for _ in range(2))
    np.testing.assert_array_equal(first, second)
