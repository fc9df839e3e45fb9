"""Who will like a new item, and how many: on a shelf of two camps, and against the formulas."""

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from recsys.building.build import build
from recsys.building.publish import publish
from recsys.datatypes import NewItem
from recsys.models.new_item import NewItemModel
from recsys.models.new_item import kernel as item_kernel
from recsys.models.new_item import likes as item_likes
from recsys.models.new_item.kernel import Features, ItemKernel
from recsys.models.new_item.likes import Config, ItemLikes, audience, known_items
from recsys.store.interactions import Interactions
from recsys.store.workspace import Workspace
from tests.worlds import FakeEncoder, shelf


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("likes")))
        return build("shelf", shelf(), FakeEncoder())


@pytest.fixture(scope="module")
def kernel(workspace):
    return ItemKernel(workspace, item_kernel.fit(workspace))


def learned(workspace, kernel, held=()):
    return ItemLikes(item_likes.fit(workspace.without(items=held).interactions, kernel), kernel)


@pytest.fixture(scope="module")
def model(workspace, kernel):
    return learned(workspace, kernel, held=[0, 10, 20, 30])


@pytest.mark.parametrize(
    ("row", "camp"),
    [(0, "a"), (20, "a"), (10, "b"), (30, "b")],
    ids=["space", "heist", "ghost", "horse"],
)
def test_those_who_like_such_things_will_like_a_new_one(workspace, model, row, camp):
    fans = np.array([user.startswith(camp) for user in workspace.interactions.users])
    scores = model.scores(model.of_rows(np.array([row])))[:, 0]
    assert scores[fans].min() > scores[~fans].max()
    probabilities = model.probabilities(scores[:, None])[:, 0]
    assert probabilities[fans].min() > 0.5 > probabilities[~fans].max()
    ranks = model.ranks(scores[:, None])[:, 0]
    assert ranks[fans].max() < ranks[~fans].min()


def test_the_model_that_train_returns_is_the_same(workspace, model):
    trained = item_likes.train(workspace.without(items=[0, 10, 20, 30]))
    rows = np.array([0, 10, 20, 30, 5])
    np.testing.assert_array_equal(
        trained.scores(trained.of_rows(rows)), model.scores(model.of_rows(rows))
    )


def other_likes(interactions, row):
    """The same people, of whom others like the item at ``row``."""
    dense = interactions.likes.toarray()
    dense[:, row] = np.random.default_rng(1).random(len(dense)) < 0.4
    return Interactions(interactions.users, sparse.csr_array(dense))


def test_nothing_is_read_of_the_likes_that_are_held_out(workspace, kernel):
    whole = workspace.interactions
    one, other = (
        item_likes.fit(known.without(items=[13]), kernel)
        for known in (whole, other_likes(whole, 13))
    )
    assert 13 not in one["known"]
    for name, array in one.items():
        np.testing.assert_array_equal(other[name], array, err_msg=name)
    believed = item_likes.fit(other_likes(whole, 13), kernel)
    assert not np.array_equal(believed["counts"], item_likes.fit(whole, kernel)["counts"])


def test_an_item_whose_likes_are_unknown_teaches_nothing(workspace, kernel):
    """Were it taken for an item that nobody likes, its like would look unlikeable, too."""
    held = workspace.interactions.without(items=[13])
    unliked = Interactions(held.users, held.likes)
    unknown, disliked = (ItemLikes(item_likes.fit(i, kernel), kernel) for i in (held, unliked))
    fans = np.array([user.startswith("b") for user in held.users])
    scores = [m.scores(m.of_rows(np.array([13])))[fans].mean() for m in (unknown, disliked)]
    assert scores[0] > 1.5 * scores[1]
    counts = [m.counts(m.of_rows(np.array([13])))[0, 0] for m in (unknown, disliked)]
    assert counts[0] > counts[1]


def test_the_most_liked_items_whose_likes_are_known_are_learned_from():
    likes = sparse.csr_array(np.array([[1, 1, 0, 1], [0, 1, 0, 1], [0, 0, 0, 1]], np.float32))
    interactions = Interactions(np.array(["u", "v", "w"]), likes)
    assert known_items(interactions).tolist() == [0, 1, 2, 3]
    assert known_items(interactions.without(items=[1])).tolist() == [0, 2, 3]
    assert known_items(interactions, Config(max_items=2)).tolist() == [1, 3]


def test_of_many_users_a_sample_is_kept(workspace, kernel):
    arrays = item_likes.fit(workspace.interactions, kernel, Config(max_users=7))
    users = arrays["users"]
    assert (len(users), len(set(users.tolist()))) == (7, 7)
    assert (np.diff(users) > 0).all()
    assert users[-1] >= 20  # not just the first
    again = item_likes.fit(workspace.interactions, kernel, Config(max_users=7))["users"]
    np.testing.assert_array_equal(users, again)
    for name in ("audience", "loo", "likes", "spread", "activity"):
        assert len(arrays[name]) == 7, name
    model = ItemLikes(arrays, kernel)
    own = workspace.interactions.likes.toarray()[users][:, model.known]
    np.testing.assert_array_equal(model.likes, own > 0)
    np.testing.assert_array_equal(arrays["counts"], workspace.interactions.popularity[model.known])


def test_training_twice_gives_the_same_arrays(workspace, kernel):
    one, other = (item_likes.fit(workspace.interactions, kernel) for _ in range(2))
    for name, array in one.items():
        np.testing.assert_array_equal(other[name], array, err_msg=name)


@pytest.mark.parametrize("missing", range(3))
def test_a_world_where_nearly_everything_is_liked_can_be_learned(kernel, missing):
    """What is not liked is one pair of 800: a sample of pairs may well miss it."""
    likes = np.ones((20, 40), np.float32)
    likes[missing, missing] = 0
    people = Interactions(np.arange(20).astype(str), sparse.csr_array(likes))
    model = ItemLikes(item_likes.fit(people, kernel, Config(max_pairs=5)), kernel)
    probabilities = model.probabilities(model.scores(model.of_rows(np.arange(40))))
    assert 0.9 < probabilities.mean() <= 1


def test_the_targets_are_filtered_by_their_singular_values():
    """Values 4, 2, 1 with the noise at the second: 64 / 20, 8 / 8, 1 / 5."""
    denoised = item_likes._denoised(np.diag([4.0, 2.0, 1.0]), noise_rank=1)
    np.testing.assert_allclose(denoised, np.diag([3.2, 1.0, 0.2]), atol=1e-9)


HELD = [0, 10, 20, 30]
"""Built, but not learned from."""


def test_audiences_are_unit_columns_and_camps(model):
    audiences = model.audiences(np.arange(40))
    known = np.setdiff1d(np.arange(40), HELD)
    np.testing.assert_allclose(np.linalg.norm(audiences[:, known], axis=0), 1, atol=2e-3)
    np.testing.assert_allclose(audiences.mean(axis=0), 0, atol=2e-3)
    assert (audiences[:, HELD] == 0).all()
    alike = audiences[:, 1] @ audiences[:, known]
    camp = np.isin(known // 10, [0, 2])
    assert alike[camp].min() > 0.5
    assert alike[~camp].max() < -0.5


def test_a_new_item_has_the_audience_of_its_like(model):
    alike = model.same_audience(model.scores(model.of_rows(np.array([0, 10]))))
    assert (alike[:, HELD] == 0).all()
    known = np.setdiff1d(np.arange(40), HELD)
    camp = np.isin(known // 10, [0, 2])
    assert alike[0, known[camp]].min() > 0.5
    assert alike[0, known[~camp]].max() < -0.5
    assert alike[1, known[~camp]].min() > 0.5


def test_what_is_published_has_its_audience_predicted():
    encoder = FakeEncoder()
    workspace = build("shelf", shelf(), encoder)
    facts = {"has_theme": ("stars",), "directed_by": ("Ada Vale",)}
    text = "A space in the cave. The captain rocket orbit and a space."
    item = NewItem(text, "Space Cave", 1965, ("Science fiction",), facts)
    publish(workspace, encoder, item)
    opened = Workspace.open("shelf")
    model = NewItemModel(opened, opened.models["new_item"])
    found = model.likes.audiences(np.array([40, 1, 11]))
    assert np.linalg.norm(found[:, 0]) == pytest.approx(1, abs=1e-5)
    assert found[:, 0] @ found[:, 1] > 0.5
    assert found[:, 0] @ found[:, 2] < -0.5


def test_an_audience_is_who_likes_more_than_others():
    found = audience(np.array([[3.0, 1], [1, 1], [2, 1]]))
    np.testing.assert_allclose(found[:, 0], np.array([1, -1, 0]) / np.sqrt(2))
    assert (found[:, 1] == 0).all()  # everybody alike


SCORES = st.lists(st.floats(-3, 3), min_size=40, max_size=40).map(np.array)


@given(SCORES, st.floats(0.5, 39.5))
def test_probabilities_are_between_0_and_1_and_add_up_to_what_is_expected(model, scores, expected):
    free = model.probabilities(scores[:, None])
    assert ((free > 0) & (free < 1)).all()
    shifted = model.probabilities(scores[:, None], np.array([expected]))
    assert ((shifted > 0) & (shifted < 1)).all()
    assert shifted.sum() == pytest.approx(expected, rel=1e-3)


@given(SCORES, st.integers(0, 39), st.floats(0.05, 3))
def test_who_likes_it_better_likes_it_more_probably(model, scores, user, more):
    higher = scores.copy()
    higher[user] += more
    before, after = (model.probabilities(each[:, None])[:, 0] for each in (scores, higher))
    assert after[user] > before[user]
    np.testing.assert_array_equal(np.delete(after, user), np.delete(before, user))
    ranks = [model.ranks(each[:, None])[user, 0] for each in (scores, higher)]
    assert ranks[1] <= ranks[0]


def test_an_item_of_each_column_has_its_own_sum(model):
    scores = np.zeros((40, 3))
    found = model.probabilities(scores, np.array([1.0, 10.0, 30.0]))
    np.testing.assert_allclose(found.sum(axis=0), [1, 10, 30], rtol=1e-3)


def by_hand(config=None, **arrays):
    """Two users; items 0, 1 and 3 of four are known: the first likes 0, the second 0 and 3."""
    own = {
        "known": np.array([0, 1, 3]),
        "users": np.array([0, 1]),
        "loo": np.array([[0.9, 0.5, 0.1], [0.2, 0.8, 0.7]]),
        "likes": np.packbits([[1, 0, 0], [1, 0, 1]], axis=1),
        "loo_log_counts": np.array([0.0, 1.0, 2.0]),
    }
    count = max(4, len(arrays.get("known", ())))
    features = SimpleNamespace(year=np.full(count, np.nan))
    return ItemLikes(
        own | arrays, SimpleNamespace(features=features, built=count), config or Config()
    )


def test_ranks_count_the_better_ones_that_are_not_liked_yet():
    """At .6 the first has none above but what is liked; at .05 two; the second has item 1."""
    scores = np.array([[0.6, 0.05, 0.3], [0.75, 0.0, 0.9]])
    assert by_hand().ranks(scores).tolist() == [[1, 3, 2], [2, 2, 1]]


def test_the_kernel_reads_the_known_items_and_sharpens():
    """e^(2 (similarity - 1)): 1 for the same, e^-1 at a half, e^-2 for nothing in common."""
    found = by_hand().sharpened(np.array([[1.0, 0.5, 0.3, 0.0]]))
    np.testing.assert_allclose(found, [[1, np.exp(-1), np.exp(-2)]])


def test_counts_are_of_those_of_which_as_many_were_predicted():
    """Ten items, in order of what was predicted; the nearest five of 4.6 are numbers 3 to 7."""
    model = by_hand(
        Config(neighbours=5),
        known=np.arange(10),
        loo=np.zeros((2, 10)),
        likes=np.packbits(np.zeros((2, 10), int), axis=1),
        loo_log_counts=np.arange(10)[::-1].astype(float),
        counts=np.array([99, 60, 14, 4, 30, 20, 10, 0, 0, 0], float),
        count_weights=np.ones(1),
        count_mean=np.array([4.0]),
    )
    mean, low, high = model.counts(np.array([[0.6]]))[0]
    assert (mean, low, high) == (np.mean([10, 20, 30, 4, 14]), 4, 30)
    mean, low, high = model.counts(np.array([[-9.0]]))[0]  # the first five: 0 0 0 10 20
    assert (mean, low, high) == (6, 0, 20)
    assert model.counts(np.array([[99.0]]))[0, 2] == 99


def simulated(seed, items=700, users=400):
    """Items of eight directions that say who likes them, and how many: skewed, as likes are."""
    rng = np.random.default_rng(seed)
    meaning = rng.normal(size=(items, 8)).astype(np.float32)
    meaning /= np.linalg.norm(meaning, axis=1, keepdims=True)
    nothing = sparse.csr_array((items, 1), dtype=np.float32)
    features = Features(meaning, nothing, nothing, nothing, nothing, np.full(items, np.nan))
    tastes = rng.normal(size=(users, 8))
    fame = 2 * meaning[:, 0] + rng.normal(size=items)
    probability = 1 / (1 + np.exp(3 - fame - 2 * tastes @ meaning.T))
    likes = sparse.csr_array((rng.random(probability.shape) < probability).astype(np.float32))
    people = Interactions(np.arange(users).astype(str), likes)
    config = item_kernel.Config()
    return people, SimpleNamespace(features=features, built=items, config=config), probability


@pytest.fixture(scope="module")
def simulation():
    people, kernel, probability = simulated(0)
    held = np.arange(400, 700)
    few = Config(max_pairs=20_000)  # of 160,000
    arrays = item_likes.fit(people.without(items=held), kernel, few)
    return ItemLikes(arrays, kernel, few), people, probability


def test_four_intervals_in_five_hold_the_truth(simulation):
    model, people, _ = simulation
    held = np.arange(400, 700)
    expected, low, high = model.counts(model.of_rows(held)).T
    truth = people.popularity[held]
    assert (low < high).all()
    assert ((low <= expected) & (expected <= high)).mean() > 0.99
    assert 0.72 < ((low <= truth) & (truth <= high)).mean() < 0.88
    order = [each.argsort().argsort() for each in (expected, truth)]
    assert np.corrcoef(*order)[0, 1] > 0.45
    assert expected.mean() == pytest.approx(truth.mean(), rel=0.15)


def test_probabilities_of_new_items_are_calibrated(simulation):
    """Of pairs with a probability from p to q, a share between about p and q are likes."""
    model, people, _ = simulation
    held = np.arange(400, 700)
    probability = model.probabilities(model.scores(model.of_rows(held)))
    truth = people.likes.toarray()[:, held]
    edges = np.quantile(probability, np.linspace(0, 1, 6))
    for low, high in pairwise(edges):
        own = (probability >= low) & (probability <= high)
        assert truth[own].mean() == pytest.approx(probability[own].mean(), abs=0.05)


def test_a_new_item_finds_its_people(simulation):
    model, _, probability = simulation
    scores = model.scores(model.of_rows(np.arange(400, 700)))
    each = [np.corrcoef(*pair)[0, 1] for pair in zip(scores.T, probability[:, 400:].T, strict=True)]
    assert np.median(each) > 0.6
