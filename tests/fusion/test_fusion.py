"""Every fusion turns scores into contributions that can be added up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from recsys.arrays import packed
from recsys.datatypes import Context, make_ranking
from recsys.fusion import attention, cascade, concatenation, fusions, reciprocal_rank, weighted

every_fusion = pytest.mark.parametrize("name", fusions())
nan = float("nan")

opinions = st.one_of(st.just(nan), st.integers(-50, 50).map(float))
frames = hnp.arrays(
    np.float32, st.tuples(st.integers(1, 15), st.integers(1, 4)), elements=opinions
).map(
    lambda values: pd.DataFrame(
        values,
        index=pd.Index(np.arange(len(values))[::-1] * 3, name="item"),
        columns=[f"s{i}" for i in range(values.shape[1])],
    )
)


def weights_of(scores):
    return {name: 0.25 + i for i, name in enumerate(scores)}


@every_fusion
def test_a_fusion_describes_itself(name):
    assert fusions()[name].TITLE.strip()
    assert fusions()[name].TERM.strip()
    assert fusions()[name].HELP.endswith(".")


@every_fusion
@given(scores=frames)
def test_contributions_are_finite_and_nothing_for_no_opinion(name, scores):
    before = scores.copy()
    parts = fusions()[name].fuse(scores, weights_of(scores))
    pd.testing.assert_frame_equal(scores, before)
    assert parts.index.equals(scores.index)
    assert parts.columns.tolist() == scores.columns.tolist()
    assert np.isfinite(parts.to_numpy()).all()
    assert (parts.to_numpy()[scores.isna().to_numpy()] == 0).all()


@every_fusion
@given(scores=frames)
def test_the_contributions_of_a_ranking_add_up_to_its_score(name, scores):
    parts = fusions()[name].fuse(scores, weights_of(scores))
    ranking = make_ranking(parts)
    np.testing.assert_allclose(
        ranking[list(scores)].sum(axis=1), ranking["score"], rtol=0, atol=1e-12
    )
    pd.testing.assert_frame_equal(ranking[list(scores)].loc[parts.index], parts)
    assert (ranking["score"].diff().dropna() <= 0).all()


@every_fusion
@given(scores=frames)
def test_the_order_of_the_rows_does_not_matter(name, scores):
    weights = weights_of(scores)
    turned = fusions()[name].fuse(scores[::-1], weights)
    np.testing.assert_allclose(turned[::-1], fusions()[name].fuse(scores, weights), atol=1e-9)


@every_fusion
@given(scores=frames, factor=st.sampled_from([0.01, 0.5, 3.0, 1000.0]))
def test_the_scale_of_a_signal_does_not_matter(name, scores, factor):
    weights = weights_of(scores)
    scaled = scores.assign(s0=scores["s0"] * factor)
    np.testing.assert_allclose(
        fusions()[name].fuse(scaled, weights), fusions()[name].fuse(scores, weights), atol=1e-4
    )


@every_fusion
def test_a_weight_of_zero_silences_a_signal_and_leaves_the_order_of_the_other(name):
    scores = pd.DataFrame({"a": [3.0, 1.0, 2.0], "b": [0.0, 9.0, 1.0]})
    parts = fusions()[name].fuse(scores, {"a": 1, "b": 0})
    assert (parts["b"] == 0).all()
    assert np.argsort(parts["a"]).tolist() == [1, 2, 0]


@pytest.mark.parametrize(
    ("columns", "weights", "expected"),
    [
        # mean 2, deviation 1: -1, 1
        ({"a": [1, 3]}, {"a": 1}, {"a": [-1, 1]}),
        # mean 2, deviation sqrt(8 / 3): 2 / 1.632993 = 1.224745; weights count as 3/4 and 1/4
        (
            {"a": [0, 2, 4], "b": [nan, 1, 3]},
            {"a": 3, "b": 1},
            {"a": [-0.918559, 0, 0.918559], "b": [0, -0.25, 0.25]},
        ),
        # mean 5, deviation sqrt(6): -2 / 2.449490 = -0.816497; half of the weight
        (
            {"a": [3, 3, 9, 5], "b": [7, 7, 7, 7]},
            {"a": 1, "b": 1},
            {"a": [-0.408248, -0.408248, 0.816497, 0], "b": [0, 0, 0, 0]},
        ),
        ({"a": [nan, nan], "b": [0, 10]}, {"a": 9, "b": 1}, {"a": [0, 0], "b": [-0.1, 0.1]}),
        ({"a": [5], "b": [nan]}, {"a": 1, "b": 1}, {"a": [0], "b": [0]}),
        ({"a": [1, 3], "b": [3, 1]}, {"a": 1, "b": 0}, {"a": [-1, 1], "b": [0, 0]}),
    ],
)
def test_the_weighted_sum_by_hand(columns, weights, expected):
    parts = weighted.fuse(pd.DataFrame(columns, dtype=np.float32), weights)
    pd.testing.assert_frame_equal(parts, pd.DataFrame(expected, dtype=float), atol=1e-6)


@pytest.mark.parametrize("value", [0.1, 1 / 3, 123.456, 1e6])
def test_a_constant_signal_is_no_opinion_whatever_its_rounding(value):
    scores = pd.DataFrame({"a": np.full(1000, value, dtype=np.float32)})
    assert (weighted.fuse(scores, {"a": 1}) == 0).to_numpy().all()


@pytest.mark.parametrize(
    ("columns", "weights", "expected"),
    [
        ({"a": [9.0, 5.0, 7.0]}, {"a": 1}, [[61 / 61], [61 / 63], [61 / 62]]),
        (
            {"a": [1.0, 2.0], "b": [4.0, 3.0]},
            {"a": 3, "b": 1},
            [[0.75 * 61 / 62, 0.25], [0.75, 0.25 * 61 / 62]],
        ),
        ({"a": [1.0, nan, 3.0]}, {"a": 2}, [[61 / 62], [0.0], [1.0]]),
        ({"a": [5.0, 5.0, 1.0]}, {"a": 1}, [[61 / 61.5], [61 / 61.5], [61 / 63]]),
    ],
)
def test_reciprocal_rank_by_hand(columns, weights, expected):
    parts = reciprocal_rank.fuse(pd.DataFrame(columns, dtype=np.float32), weights)
    np.testing.assert_allclose(parts.to_numpy(), expected, rtol=1e-12)


@given(scores=frames)
def test_a_concatenation_is_a_cosine(scores):
    score = concatenation.fuse(scores, weights_of(scores)).sum(axis=1)
    assert score.abs().max() <= 1 + 1e-9


@pytest.mark.parametrize(
    ("columns", "weights", "expected"),
    [
        # mean 2, furthest 3; of one block the cosine itself, whatever its weight
        ({"a": [0, 1, 5]}, {"a": 3}, {"a": [-2 / 3, -1 / 3, 1]}),
        # a: -1, 0, 1; b: -1, 1 for those who speak. Squares 4 and 1, the query sqrt(5) long;
        # the first item is its block a alone, sqrt(4) long, the others sqrt(5)
        (
            {"a": [0, 2, 4], "b": [nan, 1, 3]},
            {"a": 2, "b": 1},
            {"a": [-4 / 20**0.5, 0, 0.8], "b": [0, -0.2, 0.2]},
        ),
        # a constant block is at a right angle to the query, but as long as ever
        ({"a": [1, 3], "b": [7, 7]}, {"a": 1, "b": 1}, {"a": [-0.5, 0.5], "b": [0, 0]}),
        # a block that nobody has is in no length
        ({"a": [1, 3], "b": [nan, nan]}, {"a": 1, "b": 9}, {"a": [-1, 1], "b": [0, 0]}),
        # an item without any block that counts is at a right angle to everything
        ({"a": [1, 3, nan], "b": [1, 1, 2]}, {"a": 1, "b": 0}, {"a": [-1, 1, 0], "b": [0, 0, 0]}),
    ],
)
def test_the_concatenation_by_hand(columns, weights, expected):
    parts = concatenation.fuse(pd.DataFrame(columns, dtype=np.float32), weights)
    pd.testing.assert_frame_equal(parts, pd.DataFrame(expected, dtype=float), atol=1e-6)


def test_the_concatenation_is_the_cosine_of_vectors_that_can_be_built():
    """In two dimensions a block, with the query's at (1, 0) and an item's at (sim, the rest)."""
    scores = pd.DataFrame({"a": [0.0, 1.0, 5.0], "b": [2.0, nan, 8.0], "c": [1.0, 1.5, 2.0]})
    weights = {"a": 0.5, "b": 2.0, "c": 1.0}
    sims = {"a": [-2 / 3, -1 / 3, 1], "b": [-1, nan, 1], "c": [-1, 0, 1]}
    query = np.concatenate([[w, 0] for w in weights.values()])
    for i, score in enumerate(concatenation.fuse(scores, weights).sum(axis=1)):
        item = np.concatenate(
            [
                [0, 0] if np.isnan(sim[i]) else [w * sim[i], w * (1 - sim[i] ** 2) ** 0.5]
                for w, sim in zip(weights.values(), sims.values(), strict=True)
            ]
        )
        cosine = query @ item / np.linalg.norm(query) / np.linalg.norm(item)
        assert score == pytest.approx(cosine)


def test_the_cascade_by_hand():
    """Of six candidates a third, c and d, a's best, is shortlisted; a does not know f.

    a: mean 5, deviation sqrt(8): -1.414214, -0.707107, 1.414214, 0.707107, 0. b: mean 3, deviation
    sqrt(8 / 6): c is at -1.732051, d at 1.732051, the others at 0. So f scores 0; the rest, a's
    alone, starts one above it; the shortlist starts one above the rest, and b orders it.
    """
    scores = pd.DataFrame(
        {"a": [1, 3, 9, 7, 5, nan], "b": [3, 3, 1, 5, 3, 3]}, index=list("abcdef"), dtype=np.float32
    )
    parts = cascade.fuse(scores, {"a": 2, "b": 1})
    rest = 0 + 1 + 1.414214  # f, a step, and how low the last of the rest is, which is a
    short = rest + 1 + (1.732051 - 0.014142)  # the best of the rest, e, a step, how low c is
    expected = {
        "a": [1, rest - 0.707107, short + 0.014142, short + 0.007071, rest, 0],
        "b": [0, 0, -1.732051, 1.732051, 0, 0],
    }
    np.testing.assert_allclose(parts, pd.DataFrame(expected), atol=1e-5)
    assert "".join(parts.sum(axis=1).sort_values(ascending=False).index) == "dcebaf"


def tiers(scores, weights):
    """Rows by the score of the cascade, best first."""
    return cascade.fuse(scores, weights).sum(axis=1).sort_values(ascending=False).index.tolist()


def test_the_cascade_shortlists_a_hundred_of_many_and_the_others_order_only_those():
    rng = np.random.default_rng(0)
    scores = pd.DataFrame({"a": rng.normal(size=500), "b": rng.normal(size=500)})
    order = tiers(scores, {"a": 1, "b": 0.9})
    by_a = scores["a"].sort_values(ascending=False).index.tolist()
    assert set(order[:100]) == set(by_a[:100])
    assert order[100:] == by_a[100:]
    z = (scores - scores.mean()) / scores.std(ddof=0)
    by_b = (z["b"] + 0.01 * z["a"]).loc[by_a[:100]].sort_values(ascending=False)
    assert order[:100] == by_b.index.tolist()


def test_the_cascade_retrieves_by_the_weightiest_and_of_equals_by_the_first():
    scores = pd.DataFrame({"b": [3.0, 1.0, 2.0], "a": [1.0, 2.0, 3.0]})
    assert tiers(scores, {"a": 1, "b": 2})[0] == 0
    assert tiers(scores, {"a": 1, "b": 1})[0] == 2


def test_the_cascade_shortlists_all_that_equal_the_last_so_that_no_row_number_wins():
    scores = pd.DataFrame({"a": [5.0, 5, 5, 1, 1, 1], "b": [1.0, 2, 3, 9, 9, 9]})
    assert tiers(scores, {"a": 2, "b": 1})[:3] == [2, 1, 0]
    same = scores.assign(a=7.0)
    assert (cascade.fuse(same, {"a": 2, "b": 1})["a"] == 0).all()
    assert tiers(same, {"a": 2, "b": 1})[-1] == 0


def test_the_cascade_falls_back_on_the_others_where_the_retriever_is_silent():
    scores = pd.DataFrame({"a": [nan, nan, nan, 0.1], "b": [1.0, 3.0, 2.0, 0.0]})
    assert tiers(scores, {"a": 2, "b": 1}) == [3, 1, 2, 0]
    assert tiers(scores.assign(a=nan), {"a": 2, "b": 1}) == [1, 2, 0, 3]


GATE = {
    "W1": np.array([[1.0, 0.0], [0.0, 2.0]]),
    "b1": np.array([0.0, -1.0]),
    "W2": np.array([[1.0, 0.0], [0.0, 3.0], [0.0, 0.0]]),
    "b2": np.array([0.0, 0.5, 0.0]),
    "mean": np.array([10.0, 0.0]),
    "scale": np.array([4.0, 1.0]),
    "signals": packed(["a", "b", "c"]),
    "features": packed(["words", "likes"]),
}
ASKED = pd.Series({"words": 12.0, "likes": 0.5}, dtype=np.float32)
THREE = pd.DataFrame({"a": [1.0, 3.0], "b": [3.0, 1.0], "c": [nan, nan]})


def test_the_gate_by_hand():
    """Features 12 and 0.5 become 0.5 and 0.5; hidden tanh(0.5) = 0.462117 and tanh(0) = 0.

    Logits 0.462117 and 0.5, exponentials 1.587431 and 1.648721; times weights 3 and 1, 4.762293
    and 1.648721, of sum 6.411014. The third signal has no opinion on anything.
    """
    context = Context(ASKED, GATE)
    share = attention.gate(THREE, {"a": 3, "b": 1, "c": 1}, context)
    np.testing.assert_allclose(share, [0.742830, 0.257170, 0], atol=1e-6)
    parts = attention.fuse(THREE, {"a": 3, "b": 1, "c": 1}, context)
    expected = [[-0.742830, 0.257170, 0], [0.742830, -0.257170, 0]]
    np.testing.assert_allclose(parts, expected, atol=1e-6)
    silenced = attention.gate(THREE, {"a": 0, "b": 1, "c": 1}, context)
    np.testing.assert_allclose(silenced, [0, 1, 0])


@pytest.mark.parametrize("context", [Context(), Context(model=GATE), Context(features=ASKED)])
def test_without_a_model_or_features_attention_is_the_weighted_sum(context):
    scores, weights = THREE[["a", "b"]], {"a": 3, "b": 1}
    pd.testing.assert_frame_equal(
        attention.fuse(scores, weights, context), weighted.fuse(scores, weights)
    )
    assert (attention.fuse(THREE, {"a": 0, "b": 0, "c": 1}, context) == 0).to_numpy().all()


def test_a_signal_that_the_gate_does_not_know_counts_by_its_weight_alone():
    """Its logit is the mean of 0.462117, 0.5 and 0, 0.320706, of exponential 1.378100.

    With weights of 1 the sum is 1.587431 + 1.648721 + 1.378100 = 4.614253.
    """
    scores = THREE.assign(d=[1.0, 2.0])
    share = attention.gate(scores, dict.fromkeys(scores, 1), Context(ASKED, GATE))
    np.testing.assert_allclose(share, [0.344028, 0.357311, 0, 0.298662], atol=1e-6)


def test_a_feature_that_is_gone_is_as_usual_and_a_new_one_is_not_looked_at():
    """Without the words the first hidden unit has tanh(0): logits 0 and 0.5, 0.377541 and the
    rest."""
    features = ASKED.drop("words").set_axis(["likes"]).reindex(["likes", "clauses"])
    share = attention.gate(THREE, dict.fromkeys(THREE, 1), Context(features, GATE))
    np.testing.assert_allclose(share, [0.377541, 0.622459, 0], atol=1e-6)
