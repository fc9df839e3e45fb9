"""The greatest of many are those that a stable sort would put first, NaN apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from recsys.arrays import greatest


@given(
    arrays.arrays(np.float32, st.integers(0, 60), elements=st.sampled_from([0, 1, 2, np.nan])),
    st.integers(0, 70),
)
def test_they_are_those_of_a_stable_sort(scores, n):
    best = np.argsort(-scores, kind="stable")[:n]
    assert greatest(scores, n).tolist() == best[~np.isnan(scores[best])].tolist()


@pytest.mark.parametrize("alike", [lambda s: s, lambda s: np.round(s, 1), lambda s: s * (s > 3)])
def test_so_they_are_where_a_sample_tells_which_may_be(alike):
    scores = np.random.default_rng(3).normal(size=50_000).astype(np.float32)
    scores[::7] = np.nan
    scores = alike(scores)
    expected = np.argsort(-scores, kind="stable")[:200]
    assert greatest(scores, 200).tolist() == expected.tolist()
