"""From text to behaviour by two towers, in a world of two camps and by hand."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import torch
from scipy import sparse

from recsys.arrays import packed
from recsys.building.build import build
from recsys.building.on_request import train_on_request
from recsys.datatypes import Clause, EncodedQuery, Query
from recsys.models import TrainingContext, text_tower
from recsys.models._people import Told
from recsys.models.text_tower import Tower
from recsys.models.text_tower.training import Config, Task, network
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace
from tests.models.test_behaviour import HORSE, SPACE, camps, nobody
from tests.worlds import FakeEncoder, tables

CONFIG = Config(
    profiles=120, batch=32, epochs=12, patience=12, rate=0.02, factors=8, words=4, device="cpu"
)


def fitted(workspace, typed=None, config=CONFIG):
    encoder = FakeEncoder()
    engine = Engine(workspace.with_models({}), encoder)
    said = {user: engine.embed(Query(text)) for user, text in (typed or {}).items()}
    return text_tower.fit(workspace, config, TrainingContext(encoder, nobody, lambda: said))


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """One for all, since a model only reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("tower")))
        yield Engine(build("camps", camps(), FakeEncoder()), FakeEncoder())


@pytest.fixture(scope="module")
def learned(engine):
    return fitted(engine.workspace)


def asked(engine, arrays, text, liked=()):
    """The scores (n,) for a text."""
    workspace = engine.workspace
    query = engine.embed(Query(text, liked=liked))
    stems = workspace.language.stems
    return Tower(arrays).score(query, workspace.graph, workspace.vectors, stems)


def test_a_score_by_hand():
    """Wanted (1, 0) less half of (0, 2), at unit length: (.707, -.707); no label, no word is known.
    The liked item is (0, 1). One factor is twice the text's first number, the other thrice the
    like's second, and 1: (1.414, 4)."""
    arrays = {
        "labels": packed(["war"]),
        "idf": np.ones(1, np.float32),
        "weights": np.array([0.5, 0.5, -0.5], np.float32),
        "word_idf": np.zeros(8, np.float32),
        "word_directions": np.zeros((8, 1), np.float32),
        "text": np.array([[2, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 3]], np.float32),
        "text_bias": np.array([0, 1], np.float32),
        "items": np.array([[1, 0], [0, 1], [1, -1]], np.float32),
        "item_bias": np.array([0, 0, 10], np.float32),
        "centre": np.zeros(4, np.float32),
    }
    clauses = (Clause("space"), Clause("ghost", wanted=False))
    vectors = np.array([[1, 0], [0, 2]], np.float32)
    query = EncodedQuery("space, no ghost", liked=(1,), clauses=clauses, clause_vectors=vectors)
    graph = SimpleNamespace(nodes=pd.DataFrame({"name": []}))
    meaning = np.array([[1, 0], [0, 1], [1, 0]], np.float32)
    scores = Tower(arrays).score(query, graph, meaning, str.split)
    np.testing.assert_allclose(scores, [2**0.5, 4, 2**0.5 - 4 + 10], rtol=1e-5)


@pytest.mark.parametrize(
    ("text", "near", "far"), [("space", SPACE, HORSE), ("horse", HORSE, SPACE)]
)
def test_a_text_finds_what_those_like_who_would_have_said_it(engine, learned, text, near, far):
    scores = asked(engine, learned, text)
    assert scores[near].min() > scores[far].max()


def test_what_is_known_to_be_liked_pulls_to_its_camp(engine, learned):
    """Tin and attic are liked by both."""
    said = "robot, ghost"
    one, two = asked(engine, learned, said, (0,)), asked(engine, learned, said, (5,))
    assert one[SPACE].mean() - one[HORSE].mean() > two[SPACE].mean() - two[HORSE].mean()


def test_training_twice_gives_the_same_arrays_and_another_seed_others(engine, learned):
    again = fitted(engine.workspace)
    assert again.keys() == learned.keys()
    for name, array in learned.items():
        np.testing.assert_array_equal(again[name], array, err_msg=name)
    other = fitted(engine.workspace, config=replace(CONFIG, seed=1))
    assert (other["items"] != learned["items"]).any()


@pytest.mark.parametrize("text", ["love", "robot"])
def test_who_typed_pulls_their_text_to_what_they_like(engine, text):
    """The same texts, once typed by one camp and once by the other."""
    other = {"love": "robot", "robot": "love"}[text]
    by_a = {f"a{i}": text for i in range(6)} | {f"b{i}": other for i in range(6)}
    by_b = {f"b{i}": text for i in range(6)} | {f"a{i}": other for i in range(6)}
    believing = replace(CONFIG, typed_share=0.7)
    one = asked(engine, fitted(engine.workspace, by_a, believing), text)
    two = asked(engine, fitted(engine.workspace, by_b, believing), text)
    assert one[SPACE].mean() - one[HORSE].mean() > two[SPACE].mean() - two[HORSE].mean()


def test_who_is_left_out_leaves_no_trace(engine, root):
    """Training without users equals training on tables without them, to the last digit."""
    gone = {"a0", "b3"}
    world = camps()
    never = world.interactions[~world.interactions["user"].isin(gone)]
    fewer = build("few", replace(world, interactions=never), FakeEncoder())
    one = fitted(engine.workspace.without(users=gone), {"a1": "robot"})
    other = fitted(fewer, {"a1": "robot"})
    for name, array in one.items():
        np.testing.assert_allclose(array, other[name], atol=1e-5, err_msg=name)


def tiny(likes, **settings):
    """A task of two meanings and one pseudo-profile a user, which says nothing."""
    likes = sparse.csr_array(np.array(likes, np.float32))
    users, items = likes.shape
    pseudo = np.zeros((1, users, 3), np.float32)
    content = np.zeros((items, 3), np.float32)
    config = replace(CONFIG, held_out=0.0, **settings)
    ids = np.array([f"u{user}" for user in range(users)])
    told = Told(likes, ids, pseudo, {}, content, 2, None)
    return Task(told, config, np.random.default_rng(0))


def test_what_is_drawn_more_often_is_corrected_for():
    """Of 4 draws, half are the first item and an eighth each of the others of its two users: it is
    in a batch with 1 - .5^4, and others with 1 - .75^4, as exp(-x) of the expected number says."""
    task = tiny([[1, 1, 0], [1, 0, 1]], batch=2, drawn=2)
    share = np.array([0.5, 0.25, 0.25])
    np.testing.assert_allclose(task._log_q, np.log(1 - np.exp(-4 * share)), rtol=1e-5)


def test_a_batch_sets_what_is_liked_against_what_others_drew():
    task = tiny([[1, 1, 0, 0], [0, 0, 1, 1], [0, 1, 1, 0]], batch=6, drawn=3, likes_dropout=0.5)
    inputs, drawn, share, log_q, weight = task._batch(np.random.default_rng(1))
    assert inputs.shape == (6, 5)
    assert share.shape == (6, len(drawn))
    assert len(log_q) == len(drawn) == len(set(drawn.tolist()))
    assert len(weight) == 6
    np.testing.assert_allclose(share.sum(axis=1), 1, rtol=1e-6)


def test_likes_stand_beside_the_text_in_the_share_that_is_not_dropped():
    task = tiny([[1, 1, 0], [1, 0, 1]], batch=4_000, likes_dropout=0.75)
    task._meaning = np.ones((3, 2), np.float32)
    inputs = task._batch(np.random.default_rng(0))[0]
    assert (inputs[:, 3:].any(axis=1)).mean() == pytest.approx(0.25, abs=0.03)
    assert np.linalg.norm(inputs[:, 3:], axis=1).max() == pytest.approx(1, rel=1e-5)


def test_the_net_starts_at_popularity_and_the_reader_says_what_it_says():
    content, popularity = np.eye(4, 3, dtype=np.float32), np.arange(4, dtype=np.float32)
    net = network(5, content, popularity, CONFIG).eval()
    with torch.no_grad():
        said = torch.zeros(1, 5)
        every = net(said, torch.arange(4))[0].numpy()
        expected = net.items().numpy() @ net.text.bias.numpy() + popularity
    np.testing.assert_allclose(every, expected, rtol=1e-5)


def test_too_few_people_teach_nothing(workspace):
    assert fitted(workspace) == {}


def test_the_signal_has_no_opinion_until_it_is_trained(root):
    """And none of what weighs nothing moves the usual ranking."""
    encoder = FakeEncoder()
    build("camps", camps(), encoder).close()
    before = Engine(Workspace.open("camps"), encoder)
    query = before.encode(Query("space"))
    assert np.isnan(before.signals["text_tower"].score(query, np.arange(8))).all()
    assert len(before.signals["text_tower"].propose(query, 5)) == 0
    usual = before.recommend(Query("space")).ranking["score"]
    settings = {"profiles": 60, "batch": 16, "epochs": 2, "words": 4, "device": "cpu"}
    train_on_request("camps", "text_tower", encoder, settings)
    after = Engine(Workspace.open("camps"), encoder)
    scores = after.signals["text_tower"].score(after.encode(Query("space")), np.arange(8))
    assert np.isfinite(scores).all()
    assert len(after.signals["text_tower"].propose(query, 5)) == 5
    pd.testing.assert_series_equal(after.recommend(Query("space")).ranking["score"], usual)


def test_without_labels_it_learns_from_meaning_and_words(root):
    world = camps()
    bare = replace(world, triples=tables().triples.iloc[:0])
    bare.items["categories"] = [[] for _ in range(len(bare.items))]
    workspace = build("bare", bare, FakeEncoder())
    assert np.isfinite(fitted(workspace)["items"]).all()
