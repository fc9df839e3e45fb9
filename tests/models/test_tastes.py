"""From tastes to people: worked by hand where the numbers are few, and in a world of two camps."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from recsys.arrays import packed
from recsys.building.build import build
from recsys.building.train import train
from recsys.datatypes import Clause, Link, Query
from recsys.learning.likes import even_likes
from recsys.learning.taste_space import LabelSpace, key_of, rocchio, taste
from recsys.models import TrainingContext, tastes
from recsys.models.tastes import Tastes
from recsys.ranking.engine import Engine
from tests.models.test_behaviour import HORSE, SPACE, camps, nobody
from tests.worlds import FakeEncoder

CONFIG = tastes.Config(profiles=240)
"""Twenty rounds of the twelve people of both camps."""
BOTH = [1, 4]
"""Rows that everybody likes: tin and attic."""


def fitted(workspace, typed=None, config=CONFIG):
    """The arrays of the model; ``typed`` are texts by the user's id."""
    encoder = FakeEncoder()
    engine = Engine(workspace.with_models({}), encoder)
    said = {user: engine.embed(Query(text)) for user, text in (typed or {}).items()}
    return tastes.fit(workspace, config, TrainingContext(encoder, nobody, lambda: said))


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """One for all, since a model only reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("tastes")))
        yield Engine(build("camps", camps(), FakeEncoder()), FakeEncoder())


@pytest.fixture(scope="module")
def learned(engine):
    return fitted(engine.workspace)


def asked(engine, arrays, text):
    """Lift and share (n,) of a text."""
    model, workspace = Tastes(arrays), engine.workspace
    said = model.taste(engine.embed(Query(text)), workspace.graph, workspace.vectors)
    return model.lift(said), model.share(said)


def test_an_even_like_is_worth_less_the_more_its_user_likes():
    likes = sparse.csr_array(np.array([[1.0, 1, 1, 1], [0, 0, 1, 0], [0, 0, 0, 0]]))
    expected = [[0.5, 0.5, 0.5, 0.5], [0, 0, 1, 0], [0, 0, 0, 0]]
    np.testing.assert_allclose(even_likes(likes).toarray(), expected)


def test_the_rocchio_vector_by_hand():
    """Wanted (1, 0) less three quarters of (0, 1) is (1, -.75), of length 1.25; with (0, 1.5)
    liked it is (1, .75), as long."""
    clauses, vectors = (Clause("space"), Clause("ghost", wanted=False)), np.eye(2)
    nothing = np.zeros((0, 2))
    np.testing.assert_allclose(rocchio(clauses, vectors, nothing, -0.75), [0.8, -0.6], rtol=1e-6)
    liked = np.array([[0, 1.0], [0, 0.5]])
    np.testing.assert_allclose(rocchio(clauses, vectors, liked, -0.75), [0.8, 0.6], rtol=1e-6)
    assert rocchio((), nothing, nothing, -0.75).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Drama film", "drama"),
        ("DRAMA", "drama"),
        ("Crime Movie", "crime"),
        ("Science fiction film", "science"),
        ("Science Fiction", "science"),
        ("Silent films", "silent"),
        ("Film", "film"),
        ("Film noir", "film noir"),
        ("Metafiction", "metafiction"),
    ],
)
def test_names_that_differ_by_an_ending_are_one(name, key):
    assert key_of(name) == key


def test_a_taste_by_hand():
    """Labels (1.5, 4) of IDF (4, 1) are (3, 4), of length 5; at half weight (.3, .4)."""
    voice, idf = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([4.0, 1.0])
    found = taste(voice, np.array([[1.5, 4.0], [0.0, 0.0]]), idf, 0.5)
    np.testing.assert_allclose(found, [[0, 1, 0.3, 0.4], [1, 0, 0, 0]])
    np.testing.assert_allclose(taste(voice[0], np.array([1.5, 4.0]), idf, 0.5), found[0])


def test_of_several_links_to_a_label_the_strongest_counts():
    graph = SimpleNamespace(
        nodes=pd.DataFrame({"name": ["Drama", "drama film", "Crime", "Horror"]})
    )
    space = LabelSpace(["crime", "drama", "war"], np.ones(3, np.float32))

    def link(node, strength, wanted):
        return Link(0, node, "said", "exact", strength, wanted)

    links = [link(0, 0.5, True), link(1, 0.75, True), link(2, 0.5, False), link(3, 1.0, True)]
    assert space.of_links(graph, links, -0.5).tolist() == [-0.25, 0.75, 0]
    assert space.of_links(graph, [*links, link(0, 1.0, False)], -1.0).tolist() == [-0.5, -1, 0]
    assert space.of_links(graph, [], -0.5).tolist() == [0, 0, 0]


def by_hand():
    """Four people like four of five items each, so that an even like is worth one half. Everybody
    likes items 0, 3 and 4; two like item 1 and are for what axis 0 says, two like item 2 and are
    against it."""
    likes = [[0, 1, 3, 4], [0, 1, 3, 4], [0, 2, 3, 4], [0, 2, 3, 4]]
    return {
        "centre": np.zeros(2, np.float32),
        "users": np.array([[1, 1, -1, -1], [0, 0, 0, 0]], np.float32),
        "directions": np.eye(4, dtype=np.float32),
        "telling": np.arange(4),
        "indptr": np.arange(0, 20, 4),
        "indices": np.array(likes).ravel(),
        "count": np.array([5]),
        "labels": packed([]),
        "idf": np.zeros(0, np.float32),
        "label_weight": np.array([0.5], np.float32),
        "negative_weight": np.array([-0.5], np.float32),
        "lift_prior": np.array([0.625], np.float32),
        "share_floor": np.array([0.1], np.float32),
    }


def test_lift_and_share_by_hand():
    """The mean item is liked by (3 * .5 + 2 * .25) / 5 = .4: a floor of .04, a prior of .25."""
    model = Tastes(by_hand())
    said = np.array([0.1, 5.0])
    np.testing.assert_allclose(model.lift(said), [0, 0.2, -0.2, 0, 0], atol=1e-6)
    expected = np.log([0.54, 0.39, 0.19, 0.54, 0.54])
    np.testing.assert_allclose(model.share(said), expected, rtol=1e-5)
    # Less than nobody cannot like it: the floor twice.
    far = model.share(np.array([2.0, 0.0]))
    np.testing.assert_allclose(far[2], np.log(0.08), rtol=1e-5)


def test_what_is_sure_to_be_liked_as_another_item_is_has_its_lift_and_share():
    """And what everybody likes half as probably as item 0 has the even share of item 1 and 2."""
    model, said = Tastes(by_hand()), np.array([0.1, 5.0])
    likes = np.array([[1, 1, 0.5], [1, 1, 0.5], [1, 0, 0.5], [1, 0, 0.5]])
    lift, share = model.lift(said), model.share(said, 0.5)
    found = model.lift_of_new(said, likes)
    np.testing.assert_allclose(found, [lift[0], lift[1], 0], atol=1e-6)
    found = model.share_of_new(said, likes, 0.5)
    np.testing.assert_allclose(found, [share[0], share[1], 0.5 * np.log(0.29)], atol=1e-6)


def test_lift_is_measured_from_the_centre_of_tastes():
    model = Tastes(by_hand() | {"centre": np.array([0.1, 0.0], np.float32)})
    np.testing.assert_allclose(model.lift(np.array([0.1, 3.0])), np.zeros(5), atol=1e-7)


@pytest.mark.parametrize(
    ("text", "near", "far"), [("space", SPACE, HORSE), ("horse", HORSE, SPACE)]
)
def test_a_text_finds_what_those_like_who_would_have_said_it(engine, learned, text, near, far):
    lift, share = asked(engine, learned, text)
    assert lift[near].min() > 0 > lift[far].max()
    assert share[near].min() > share[far].max()


@pytest.mark.parametrize("text", ["space", "horse", "drama, no crime"])
def test_lift_ignores_popularity_while_share_does_not(engine, learned, text):
    """Everybody likes tin and attic among five items: nobody likes them more than everyone, 0, and
    an even share of 1 / root 5; the mean item has five eighths of that, and the floor is a tenth
    of it."""
    lift, share = asked(engine, learned, text)
    np.testing.assert_allclose(lift[BOTH], 0, atol=1e-5)
    everyone = 1 / np.sqrt(5)
    np.testing.assert_allclose(share[BOTH], np.log(everyone * (1 + 0.1 * 5 / 8)), atol=1e-4)
    assert share[BOTH].min() > share[[*SPACE, *HORSE]].min()


def test_training_twice_gives_the_same_arrays_and_another_seed_others(engine, learned):
    again = fitted(engine.workspace)
    assert again.keys() == learned.keys()
    for name, array in learned.items():
        np.testing.assert_array_equal(again[name], array, err_msg=name)
    other = fitted(engine.workspace, config=replace(CONFIG, seed=1))
    assert (other["users"] != learned["users"]).any()


def test_who_is_left_out_leaves_no_trace(engine, root):
    """Training without a user, and what they typed, equals training on tables without them."""
    gone = {"a0", "b3"}
    typed = {"a0": "love", "a1": "robot", "b2": "ghost", "b3": "heist"}
    world = camps()
    never = world.interactions[~world.interactions["user"].isin(gone)]
    fewer = build("few", replace(world, interactions=never), FakeEncoder())
    restricted = engine.workspace.with_typed(typed).without(users=gone)
    assert restricted.models == {}
    assert restricted.typed == {"a1": "robot", "b2": "ghost"}
    one = fitted(restricted, restricted.typed)
    other = fitted(fewer, {"a1": "robot", "b2": "ghost"})
    for name in one.keys() - {"directions"}:
        np.testing.assert_allclose(one[name], other[name], atol=1e-5, err_msg=name)
    for text in ("space", "robot, no horse"):
        for found, expected in zip(
            asked(engine, one, text), asked(engine, other, text), strict=True
        ):
            np.testing.assert_allclose(found, expected, atol=1e-4)


def gap(engine, arrays, text):
    """By how much the lift and the share of one camp's items lie above those of the other's."""
    return [found[SPACE].mean() - found[HORSE].mean() for found in asked(engine, arrays, text)]


@pytest.mark.parametrize("text", ["love", "robot"])
def test_who_typed_pulls_their_text_to_what_they_like(engine, text):
    """The same four texts, once typed by one camp and once by the other."""
    other = {"love": "robot", "robot": "love"}[text]
    by_a = {"a0": text, "a1": text, "b0": other, "b1": other}
    by_b = {"b0": text, "b1": text, "a0": other, "a1": other}
    one, two = fitted(engine.workspace, by_a), fitted(engine.workspace, by_b)
    for pulled, away in zip(gap(engine, one, text), gap(engine, two, text), strict=True):
        assert pulled > away
    # What is typed outweighs what is made up, if it is told to.
    believing = replace(CONFIG, typed_weight=500.0)
    assert min(gap(engine, fitted(engine.workspace, by_a, believing), text)) > 0
    assert max(gap(engine, fitted(engine.workspace, by_b, believing), text)) < 0


def test_what_somebody_typed_who_likes_too_little_only_moves_the_centre(engine):
    """No column of the model is theirs, and nobody else's learns what they like."""
    typed = {"a0": "love", "b0": "robot"}
    stranger = fitted(engine.workspace, {**typed, "nobody": "ghost"})
    known = fitted(engine.workspace, typed)
    assert stranger["users"].shape == known["users"].shape
    assert (stranger["centre"] != known["centre"]).any()


def test_a_build_of_what_was_typed_teaches_it(engine):
    """Training asks for what the workspace knows that users typed."""
    typed = {"a0": "love", "a1": "love", "b0": "robot", "b1": "robot"}
    workspace = engine.workspace.with_typed(typed)
    assert engine.workspace.typed == {}
    trained = train(workspace, FakeEncoder(), only=["tastes"])["tastes"]
    expected = fitted(engine.workspace, typed, tastes.Config())
    np.testing.assert_array_equal(trained["users"], expected["users"])
    assert (trained["users"] != engine.workspace.models["tastes"]["users"]).any()


def test_too_few_people_teach_nothing(workspace):
    assert fitted(workspace) == {}
    assert "tastes" not in workspace.models
