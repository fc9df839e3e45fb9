"""Metrics, worked out by hand."""

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.metrics import ndcg


@pytest.mark.parametrize(
    ("gains", "k", "expected"),
    [
        ([2, 1, 0], 3, 1.0),
        ([0, 0, 1], 2, 0.0),
        ([0, 1], 2, 1 / log2(3)),
        ([1, 0, 2], 3, (1 + 2 / 2) / (2 + 1 / log2(3))),
        ([-1, 1], 2, 1 / log2(3)),  # a dislike is worth nothing, not less
        ([1], 10, 1.0),
    ],
)
def test_ndcg_by_hand(gains, k, expected):
    assert ndcg(np.array(gains, dtype=float), k) == pytest.approx(expected, abs=1e-12)


def test_nothing_to_find_has_no_figure():
    assert np.isnan(ndcg(np.array([0.0, -1.0]), 10))


@given(st.lists(st.integers(-1, 2), min_size=1, max_size=30).filter(lambda g: max(g) > 0))
def test_ndcg_lies_between_zero_and_one_and_the_best_order_is_one(gains):
    gains = np.array(gains, dtype=float)
    assert 0 <= ndcg(gains, 10) <= 1
    assert ndcg(np.sort(gains)[::-1], 10) == pytest.approx(1)
