"""The autoencoder of likes and text: by hand, and in a world of two camps."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import torch
from scipy import sparse

from recsys.arrays import packed
from recsys.building.build import build
from recsys.datatypes import Clause, EncodedQuery, Query
from recsys.evaluation.cases import likes_only_query
from recsys.models import TrainingContext, autoencoder
from recsys.models._people import Told
from recsys.models.autoencoder import Autoencoder, Config
from recsys.ranking.engine import Engine
from tests.models.test_behaviour import HORSE, SPACE, camps, nobody
from tests.worlds import FakeEncoder

CONFIG = Config(
    profiles=120, batch=32, epochs=15, patience=15, rate=0.02, factors=4, hidden=16, words=4,
    likes_dropout=0.5, device="cpu",
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """With a trained model; one for all, since it only reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("autoencoder")))
        workspace = build("camps", camps(), FakeEncoder())
    arrays = autoencoder.fit(workspace, CONFIG, TrainingContext(FakeEncoder(), nobody, dict))
    models = workspace.models | {"autoencoder": arrays}
    return Engine(workspace.with_models(models), FakeEncoder())


def asked(engine, query):
    return engine.signals["autoencoder"].score(query, np.arange(8))


def test_a_score_by_hand():
    """Items 1 and 3 were liked. Said is (1, 0), one unit less for item 3, which is liked: the
    hidden unit is tanh(1 - 1) for both, and tanh(1) for the text alone."""
    arrays = {
        "labels": packed(["war"]),
        "idf": np.ones(1, np.float32),
        "weights": np.array([0.5, 0.5, -0.5], np.float32),
        "word_idf": np.zeros(8, np.float32),
        "word_directions": np.zeros((8, 1), np.float32),
        "centre": np.zeros(4, np.float32),
        "liked": np.array([1, 3]),
        "count": np.array([5]),
        "likes": np.array([[0, -1]], np.float32),
        "text": np.array([[1, 0, 0, 0]], np.float32),
        "text_bias": np.zeros(1, np.float32),
        "mean": np.array([[2]], np.float32),
        "mean_bias": np.array([0.5], np.float32),
        "items": np.array([[1], [-1]], np.float32),
        "worth": np.array([0, 3], np.float32),
    }
    model, graph = Autoencoder(arrays), SimpleNamespace(nodes=pd.DataFrame({"name": []}))
    said = {"clauses": (Clause("space"),), "clause_vectors": np.array([[1, 0]], np.float32)}
    meaning = np.zeros((5, 2), np.float32)
    both = EncodedQuery("space", liked=(3,), **said)
    scores = model.score(both, graph, meaning, str.split)
    np.testing.assert_allclose(scores, [0.5, 0.5, 0.5, 2.5, 0.5], rtol=1e-6)
    text = model.score(EncodedQuery("space", **said), graph, meaning, str.split)
    factor = 2 * np.tanh(1) + 0.5
    np.testing.assert_allclose(text[[1, 3, 0]], [factor, 3 - factor, 3 - factor], rtol=1e-6)


@pytest.mark.parametrize(
    ("text", "near", "far"), [("space", SPACE, HORSE), ("horse", HORSE, SPACE)]
)
def test_a_text_alone_finds_what_those_like_who_would_have_said_it(engine, text, near, far):
    scores = asked(engine, engine.encode(Query(text)))
    assert scores[near].min() > scores[far].max()


@pytest.mark.parametrize(("liked", "near", "far"), [(0, SPACE, HORSE), (5, HORSE, SPACE)])
def test_likes_alone_find_their_camp(engine, liked, near, far):
    """Fold-in of somebody who types nothing."""
    scores = asked(engine, likes_only_query(engine, [liked]))
    assert scores[near].min() > scores[far].max()


def test_neither_words_nor_likes_are_no_opinion(engine):
    assert np.isnan(asked(engine, likes_only_query(engine, []))).all()


def tiny(**settings):
    """Four users of two likes, who say one number each."""
    likes = sparse.csr_array(np.array([[1, 1, 0, 0], [0, 1, 0, 1]] * 2, np.float32))
    told = Told(
        likes, np.array(list("abcd")), np.arange(4, dtype=np.float32).reshape(1, 4, 1), {},
        np.zeros((4, 1), np.float32), 1, None,
    )  # fmt: skip
    config = Config(held_out=0.0, batch=4_000, device="cpu", **settings)
    return autoencoder._Task(told, config, np.random.default_rng(0))


def test_likes_are_dropped_and_texts_where_likes_stay():
    """Of two likes one at least stays in three of four examples, and of seven in ten none does;
    item 2, which nobody likes, has no place."""
    task = tiny(likes_dropout=0.7, text_dropout=0.5, dropout=0.5)
    known, said, liked = task._batch(np.random.default_rng(1))
    assert liked.shape == known.shape == (4_000, 3)
    some, silent = known.any(axis=1), ~said.any(axis=1)
    assert some.mean() == pytest.approx(0.3 * 0.75, abs=0.03)
    assert silent[some].mean() == pytest.approx(0.5, abs=0.05)
    assert not silent[~some].any()
    np.testing.assert_allclose(np.linalg.norm(known[some], axis=1), 1, rtol=1e-5)
    assert (liked >= (known > 0)).all()


def test_the_divergence_comes_to_count_step_by_step():
    task = tiny(anneal=4)
    batch = [torch.from_numpy(part[:8]) for part in task._batch(np.random.default_rng(1))]
    shares = [float(task.net(*batch[:2])[2]) for _ in range(6)]
    np.testing.assert_allclose(shares, [0.25, 0.5, 0.75, 1, 1, 1])


def test_what_is_read_is_what_was_trained():
    """The mean of the factors, without noise: the scale of the noise is put to nothing."""
    task = tiny(input_dropout=0.0)
    with torch.no_grad():
        task.net.spread.weight[task._config.factors :] = 0
        task.net.spread.bias[task._config.factors :] = -60
        known, said, _ = (part[:5] for part in task._batch(np.random.default_rng(2)))
        expected = task.net(torch.from_numpy(known), torch.from_numpy(said))[0].numpy()
    found = autoencoder.decoded(task.arrays(), known, said)
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)
