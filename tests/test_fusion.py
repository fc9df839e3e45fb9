"""Every fusion turns scores into contributions that can be added up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from recsys.fusion import fusions, reciprocal_rank, weighted

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
