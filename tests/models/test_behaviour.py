"""What is learned from likes: checked against the dense formulas and in a world of two camps."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from recsys.building.build import build
from recsys.datatypes import Query
from recsys.models import TrainingContext, behaviour
from recsys.models.behaviour import Behaviour
from recsys.ranking.engine import Engine
from recsys.store.interactions import Interactions
from recsys.store.labels import labels
from tests.worlds import ITEMS, FakeEncoder, tables

SPACE, HORSE = [0, 2, 6], [3, 5, 7]
"""Rows liked together: star, vault and orbit by one camp; letters, mare and moon by the other."""


def camps(users=6):
    """Everybody likes their camp's three items and tin and attic; none likes the others'."""
    ids = [item[0] for item in ITEMS]
    events = [
        (f"{camp}{user}", ids[row], 5.0, 0)
        for camp, rows in (("a", SPACE), ("b", HORSE))
        for user in range(users)
        for row in [*rows, 1, 4]
    ]
    return tables().__class__(
        **vars(tables())
        | {"interactions": pd.DataFrame(events, columns=["user", "item", "rating", "timestamp"])}
    )


CONFIG = behaviour.Config()


def nobody():
    raise AssertionError("It needs neither judgements nor what anybody typed.")


def fitted(workspace):
    """The arrays of the model, learned from nothing but this workspace."""
    return behaviour.fit(workspace, CONFIG, TrainingContext(FakeEncoder(), nobody, nobody))


@pytest.fixture
def engine(root):
    return Engine(build("camps", camps(), FakeEncoder()), FakeEncoder())


def dense_ease(likes, shrinkage):
    """Steck 2019, equation 8, as it is written."""
    precision = np.linalg.inv(likes.T @ likes + shrinkage * np.eye(likes.shape[1]))
    weights = -precision / np.diag(precision)
    np.fill_diagonal(weights, 0)
    return weights


@pytest.mark.parametrize("seed", range(4))
def test_the_fold_in_is_ease_in_its_closed_form(root, seed):
    rng = np.random.default_rng(seed)
    likes = (rng.random((9, 8)) < 0.8).astype(float)
    ids = [item[0] for item in ITEMS]
    events = pd.DataFrame(
        [(f"u{u}", ids[i], 5.0, 0) for u, i in zip(*np.nonzero(likes), strict=True)],
        columns=["user", "item", "rating", "timestamp"],
    )
    world = tables().__class__(**vars(tables()) | {"interactions": events})
    workspace = build("ease", world, FakeEncoder())
    telling = likes[likes.sum(axis=1) >= CONFIG.min_likes]
    expected = dense_ease(telling, CONFIG.shrinkage * len(telling))
    model = Behaviour(workspace.models["behaviour"])
    for profile in (np.eye(8, dtype=np.float32)[3], rng.normal(size=8).astype(np.float32)):
        np.testing.assert_allclose(model.fold_in(profile), profile @ expected, atol=1e-5)


def test_an_item_that_was_not_learned_of_is_scored_by_the_same_regression():
    """By the ridge regression from all other items to who is predicted to like it."""
    rng = np.random.default_rng(0)
    likes = (rng.random((9, 8)) < 0.8).astype(np.float32)
    config = behaviour.Config(min_likes=1)
    model = Behaviour(behaviour.learn(sparse.csr_array(likes), config))
    predicted, profile = rng.random((9, 2)), rng.normal(size=8).astype(np.float32)
    shrunk = likes.T @ likes + 9 * config.shrinkage * np.eye(8)
    expected = profile @ np.linalg.solve(shrunk, likes.T @ predicted)
    np.testing.assert_allclose(model.predict(profile, predicted), expected, atol=1e-5)


def test_likes_are_carried_over_from_what_the_words_find(engine):
    encoded = engine.encode(Query("a voyage in space"))
    scores = engine.signals["behaviour"].score(encoded, np.arange(8))
    # vault has no word of space in it: the people who like star and orbit like it
    assert scores[2] > scores[HORSE].max()
    (reason,) = engine.signals["behaviour"].evidence(encoded, np.array([2]))
    assert reason.text == "6 of the 6 people who like it like Star Harbour"


def test_a_like_and_a_dislike_fold_in(engine):
    def score(**judged):
        encoded = engine.encode(Query("zzz", **judged))
        return engine.signals["behaviour"].score(encoded, np.arange(8))

    assert score(liked=(3,))[[5, 7]].min() > score(liked=(3,))[[0, 2, 6]].max()
    assert score(disliked=(3,))[[5, 7]].max() < score()[[5, 7]].min()


def test_training_twice_gives_the_same_arrays(engine):
    first, second = (fitted(engine.workspace) for _ in range(2))
    assert first.keys() == second.keys()
    for name in first:
        np.testing.assert_array_equal(first[name], second[name])


def test_who_is_left_out_leaves_no_trace(root):
    """Training without a user equals training on tables that never had them."""
    everyone = build("all", camps(), FakeEncoder())
    gone = {"a0", "b3"}
    world = camps()
    never = world.interactions[~world.interactions["user"].isin(gone)]
    fewer = build("few", world.__class__(**vars(world) | {"interactions": never}), FakeEncoder())
    restricted = everyone.without(users=gone)
    assert restricted.models == {}
    assert not gone & set(restricted.interactions.users)
    learned = fitted(restricted)
    for name, array in fewer.models["behaviour"].items():
        np.testing.assert_allclose(learned[name], array, atol=1e-6)


def test_too_few_people_teach_nothing(workspace):
    assert fitted(workspace) == {}
    encoded = Engine(workspace, FakeEncoder()).encode(Query("space"))
    signal = Engine(workspace, FakeEncoder()).signals["behaviour"]
    assert np.isnan(signal.score(encoded, np.arange(8))).all()
    assert len(signal.propose(encoded, 8)) == 0


def test_labels_are_categories_decades_and_facts_of_enough_items(workspace):
    tied, said = labels(workspace, fewest=2, most=10)
    names = said["name"].str.casefold().tolist()
    assert {"drama", "family", "crime"} <= set(names)
    assert "horror" not in names  # one item only
    drama = names.index("drama")
    assert tied[:, [drama]].toarray().ravel().tolist() == [1, 1, 0, 0, 0, 0, 0, 0]
    assert len(labels(workspace, fewest=2, most=1)[1]) == 1


def liking(users, items):
    return pd.DataFrame({"user": users, "item": items, "rating": 4.0, "timestamp": 0})


def test_ratings_stay_beside_the_likes_the_last_of_several():
    frame = pd.DataFrame(
        {
            "user": ["a", "a", "b"],
            "item": [0, 0, 1],
            "rating": [5.0, 2.0, 3.0],
            "timestamp": [1, 2, 3],
        }
    )
    found = Interactions.of(frame, 4.0, items=2)
    assert found.users.tolist() == ["a"]
    assert found.ratings["rating"].tolist() == [2, 3]


def test_a_like_said_twice_counts_once():
    interactions = Interactions.of(liking(["b", "a", "b", "b"], [0, 2, 0, 1]), 4.0, items=3)
    assert interactions.users.tolist() == ["a", "b"]
    assert interactions.likes.toarray().tolist() == [[0, 0, 1], [1, 1, 0]]
    assert interactions.popularity.tolist() == [1, 1, 1]


def test_leaving_out_users_and_items_changes_a_copy_only():
    whole = Interactions.of(liking(["a", "a", "b"], [0, 1, 1]), 4.0, items=2)
    part = whole.without(users={"b"}, items=[0])
    assert part.users.tolist() == ["a"]
    assert part.likes.toarray().tolist() == [[0, 1]]
    assert part.popularity.tolist() == [0, 1]
    assert part.unknown.tolist() == [0]
    assert part.without(items=[1]).unknown.tolist() == [0, 1]
    assert whole.popularity.tolist() == [1, 2]
