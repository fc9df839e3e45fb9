"""The gate learns from likes which signal to listen to, and never does worse than no gate."""

import numpy as np
import pandas as pd
import pytest

from recsys.arrays import packed
from recsys.datatypes import Context
from recsys.fusion import attention
from recsys.models import gate

nan = float("nan")
NAMES = ["loud", "plain", "tale"]
FEATURES = ["length", "noise"]


def context(features, model):
    """What attention is given for a query of these features, with the names that a fit adds."""
    named = model and model | {"signals": packed(NAMES), "features": packed(FEATURES)}
    return Context(pd.Series(features, FEATURES, dtype=np.float32), named)


def world(queries, seed, tells=True):
    """Queries of 12 candidates, one of them right.

    "tale" finds it for a long text (feature 0 above 0) and "plain" for a short one; where the
    world ``tells`` nothing, neither does. "loud" never knows, and feature 1 means nothing.
    """
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(queries, 2))
    features[:, 0] = np.sign(features[:, 0])
    scores, relevance = [], []
    for feature in features:
        right = rng.integers(12)
        opinions = rng.normal(size=(12, 3))
        if tells:
            opinions[right, 2 if feature[0] > 0 else 1] += 4
        scores.append(opinions)
        relevance.append(np.eye(12)[right])
    return features, scores, relevance


def hits(features, scores, relevance, model, weights=(1, 1, 1)):
    """How often attention puts the right candidate first."""
    first = [
        attention.fuse(
            pd.DataFrame(x, columns=NAMES),
            dict(zip(NAMES, weights, strict=True)),
            context(f, model),
        )
        .sum(axis=1)
        .argmax()
        for f, x in zip(features, scores, strict=True)
    ]
    return np.mean([grades[i] for grades, i in zip(relevance, first, strict=True)])


def test_the_gate_learns_which_signal_to_listen_to():
    model = gate.train(*world(200, seed=1))
    new = world(300, seed=2)
    assert hits(*new, None) < 0.8
    assert hits(*new, model) > 0.9
    frame = pd.DataFrame(new[1][0], columns=NAMES)
    even = dict.fromkeys(NAMES, 1)
    for feature, listened in ((-1.0, 1), (1.0, 2)):
        share = attention.gate(frame, even, context(np.array([feature, 0.0]), model))
        assert share.argmax() == listened
        assert share[listened] > 0.7
        assert share.sum() == pytest.approx(1)


def test_training_twice_gives_the_same_arrays_and_another_seed_others():
    data = world(60, seed=1)
    one, same, other = (gate.train(*data, gate.Config(seed=seed, epochs=20)) for seed in (5, 5, 6))
    assert {name: array.shape for name, array in one.items()} == {
        "W1": (8, 2),
        "b1": (8,),
        "W2": (3, 8),
        "b2": (3,),
        "mean": (2,),
        "scale": (2,),
    }
    assert {array.dtype for array in one.values()} == {np.dtype(np.float32)}
    for name in one:
        np.testing.assert_array_equal(one[name], same[name])
    assert (one["W1"] != other["W1"]).all()


def test_training_touches_neither_its_input_nor_the_common_dice():
    import torch

    features, scores, relevance = world(40, seed=3)
    scores[0][2, 1] = nan
    before = features.copy(), [x.copy() for x in scores]
    torch.manual_seed(4)
    expected = torch.rand(3)
    torch.manual_seed(4)
    gate.train(features, scores, relevance, gate.Config(epochs=5))
    assert (torch.rand(3) == expected).all()
    np.testing.assert_array_equal(features, before[0])
    for x, was in zip(scores, before[1], strict=True):
        np.testing.assert_array_equal(x, was)


is_even = gate.is_even


def test_where_nothing_can_be_learned_the_weights_stay():
    """Chance may pass for a lesson, but seldom: a clear gain is one of two standard errors."""
    kept = []
    for seed in range(10):
        model = gate.train(*world(60, seed, tells=False), gate.Config(seed=seed))
        kept.append(is_even(model))
    assert sum(kept) >= 9, kept


def test_what_holds_for_no_other_query_leaves_the_even_gate():
    """Each query has a feature of its own, which can be learned by heart and tells nothing."""
    features, scores, relevance = world(60, seed=1, tells=False)
    assert is_even(gate.train(np.hstack([features, np.eye(60)]), scores, relevance))


def test_the_weights_of_each_query_are_what_is_multiplied():
    """Where every query has the right signal count alone, there is nothing left to learn."""
    features, scores, relevance = world(100, seed=1)
    weights = np.where(features[:, :1] > 0, [0, 0, 1.0], [0, 1.0, 0])
    assert is_even(gate.train(features, scores, relevance, weights=weights))
    assert not is_even(gate.train(features, scores, relevance))


def test_the_first_ten_by_hand():
    """Two signals heard alike by an even gate; the second item is worth something, and second."""
    net = {"W1": np.zeros((1, 1)), "b1": np.zeros(1), "W2": np.zeros((2, 1)), "b2": np.zeros(2)}
    z = np.array([[[1.0, 1.0], [1.0, 0.0], [0.0, 0.0], [9.0, 9.0]]])
    real = np.array([[True, True, True, False]])
    target = np.array([[0.0, 1.0, 0.0, 0.0]])
    queries = np.zeros((1, 1)), np.ones((1, 2)), z, target, real
    assert gate.first_ten(net, queries) == pytest.approx([1 / np.log2(3)])


@pytest.mark.parametrize("useful", [0, gate.Config.min_queries - 1])
def test_too_few_queries_leave_the_even_gate(useful):
    features, scores, relevance = world(50, seed=1)
    relevance = [g if i < useful else g * 0 for i, g in enumerate(relevance)]
    assert is_even(gate.train(features, scores, relevance))
    relevance[useful] = np.eye(12)[0]
    assert len(gate.train(features, scores, relevance, gate.Config(epochs=3))) == 6


def test_queries_may_differ_in_length_and_in_who_has_an_opinion():
    features, scores, relevance = world(80, seed=1)
    for i in range(0, 80, 3):
        keep = np.argsort(-relevance[i])[: 4 + i % 5]
        scores[i], relevance[i] = scores[i][keep], relevance[i][keep] * 2
    for x in scores[:40]:
        x[:, 0] = nan
        x[3, 1] = nan
    model = gate.train(features, scores, relevance)
    assert all(np.isfinite(array).all() for array in model.values())
    assert hits(*world(200, seed=2), model) > 0.9


def test_a_constant_feature_and_a_weight_of_zero_do_no_harm():
    features, scores, relevance = world(80, seed=1)
    features[:, 1] = 7
    model = gate.train(features, scores, relevance, weights=np.array([0.0, 2.0, 1.0]))
    assert all(np.isfinite(array).all() for array in model.values())
    assert model["scale"][1] == 1
    share = attention.gate(
        pd.DataFrame(scores[0], columns=NAMES),
        {"loud": 0, "plain": 2, "tale": 1},
        context(np.array([1.0, 7.0]), model),
    )
    assert share[0] == 0
    assert share[2] > 0.7


def test_progress_comes_to_its_end():
    calls = []
    gate.train(*world(40, seed=1, tells=False), progress=lambda *call: calls.append(call))
    assert calls[0] == (1, 750, "training the gate")
    assert calls[-1] == (750, 750, "training the gate")


def test_parts_that_do_not_belong_together_are_refused():
    features, scores, relevance = world(5, seed=1)
    with pytest.raises(ValueError, match="there are 5, 4 and 5"):
        gate.train(features, scores[1:], relevance)
    with pytest.raises(ValueError, match="there are 0, 0 and 0"):
        gate.train(features[:0], [], [])
