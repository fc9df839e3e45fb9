"""Measures of top lists beyond accuracy, worked out by hand and pair by pair."""

from itertools import combinations
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.metrics import lists as list_metrics
from recsys.metrics.lists import (
    coverage,
    diversity,
    gini,
    inter_list_jaccard,
    novelty,
    popularity_share,
)

N = 8
lists_of_rows = (
    st.integers(1, 6)
    .flatmap(
        lambda k: st.lists(
            st.tuples(st.permutations(range(N)), st.integers(0, k)).map(
                lambda drawn: drawn[0][: drawn[1]] + [-1] * (k - drawn[1])
            ),
            min_size=1,
            max_size=7,
        )
    )
    .map(np.array)
)
"""Lists over a catalogue of eight, some shorter than the others, some empty."""


def kept(row):
    return row[row >= 0]


def test_coverage_by_hand():
    # rows 0, 1, 3 of 6
    assert coverage(np.array([[0, 1], [1, 3], [3, -1]]), 6) == 3 / 6
    assert coverage(np.array([[-1, -1]]), 6) == 0
    assert coverage(np.array([[2, 0, 1]]), 3) == 1


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ([[0, 1], [2, 3]], 0),  # each item once
        ([[0], [0], [0]], 1),  # one item has every place
        # x = 0, 0, 1, 3 at j = 1..4: (2 j - 5) x_j = 1 * 1 + 3 * 3 = 10, over 3 * 4
        ([[0, 1], [0, -1], [0, -1]], 10 / 12),
        # x = 0, 1, 1, 2: -1 + 1 + 6 = 6, over 3 * 4
        ([[0, 1], [0, 2]], 6 / 12),
    ],
)
def test_gini_by_hand(lists, expected):
    assert gini(np.array(lists), 4) == pytest.approx(expected)


def test_gini_needs_two_items_and_a_place():
    assert np.isnan(gini(np.array([[-1]]), 4))
    assert np.isnan(gini(np.array([[0]]), 1))


@given(lists_of_rows)
def test_gini_is_the_mean_difference_over_all_pairs_of_items(lists):
    counts = np.bincount(lists[lists >= 0], minlength=N)
    if counts.any():
        # half the relative mean difference, scaled by n / (n - 1)
        difference = np.abs(counts[:, None] - counts).sum()
        assert gini(lists, N) == pytest.approx(difference / (2 * (N - 1) * counts.sum()))
        assert 0 <= gini(lists, N) <= 1


def test_novelty_by_hand():
    likes = np.array([16, 8, 1, 0])
    lists = np.array([[0, 1, 2], [3, 2, -1], [0, -1, -1], [-1, -1, -1]])
    # -log2 of 16/16, 8/16, 1/16, and 1/16 for what nobody likes: 0, 1, 4, 4
    assert novelty(lists, likes, 16) == pytest.approx([5 / 3, 4, 0, np.nan], nan_ok=True)


@given(lists_of_rows)
def test_novelty_lies_between_nothing_and_one_user_of_all(lists):
    found = novelty(lists, np.arange(N), 20)
    found = found[~np.isnan(found)]
    assert ((found >= 0) & (found <= log2(20))).all()


def test_more_likes_than_users_are_refused():
    with pytest.raises(ValueError, match="5 likes of 4 users"):
        novelty(np.array([[0]]), np.array([5, 1]), 4)


def test_diversity_by_hand():
    vectors = np.array([[1, 0], [0, 3], [2, 0], [-1, 0], [1, 1], [0, 0]], np.float32)
    lists = np.array([[0, 1], [0, 2], [0, 3], [0, 4], [0, 5], [1, -1], [-1, -1]])
    # right angles, same way, opposite, 45 degrees, beside a vector of zeros, alone, nobody
    expected = [1, 0, 2, 1 - 1 / 2**0.5, 1, np.nan, np.nan]
    assert diversity(lists, vectors) == pytest.approx(expected, nan_ok=True)
    # pairs of rows 0, 1, 2: 1, 0 and 1
    assert diversity(np.array([[0, 1, 2]]), vectors) == pytest.approx([2 / 3])


@given(lists=lists_of_rows, seed=st.integers(0, 99))
def test_diversity_is_the_mean_over_pairs(lists, seed):
    vectors = np.random.default_rng(seed).normal(size=(N, 5))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    expected = [
        np.mean([1 - unit[a] @ unit[b] for a, b in combinations(kept(row), 2)])
        if len(kept(row)) > 1
        else np.nan
        for row in lists
    ]
    assert diversity(lists, vectors) == pytest.approx(expected, nan_ok=True)


def test_overlap_by_hand():
    # {0, 1} and {1, 2} share 1 of 3; {0, 1} and {0, 1, 3} 2 of 3; {1, 2} and {0, 1, 3} 1 of 4
    lists = np.array([[0, 1, -1], [1, 2, -1], [3, 1, 0], [-1, -1, -1]])
    assert inter_list_jaccard(lists, 4) == pytest.approx((1 / 3 + 2 / 3 + 1 / 4) / 3)
    assert inter_list_jaccard(np.array([[0, 1], [1, 0]]), 4) == 1
    assert inter_list_jaccard(np.array([[0, 1], [2, 3]]), 4) == 0
    assert np.isnan(inter_list_jaccard(np.array([[0, 1], [-1, -1]]), 4))


@pytest.mark.parametrize("block", [1, 2, 512])
@given(lists=lists_of_rows)
def test_overlap_is_the_mean_over_pairs_whatever_the_block(block, lists):
    sets = [set(kept(row)) for row in lists if len(kept(row))]
    pairs = [len(a & b) / len(a | b) for a, b in combinations(sets, 2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(list_metrics, "BLOCK", block)
        assert inter_list_jaccard(lists, N) == pytest.approx(
            np.mean(pairs) if pairs else np.nan, nan_ok=True
        )


def test_popularity_share_by_hand():
    popularity = np.array([10, 4, 2, 1])
    lists = np.array([[0, 1, 2], [2, 3, -1], [0, -1, -1], [-1, -1, -1]])
    found = popularity_share(lists, np.array([5, 7, 5, 1]), 2)  # rows 1 and 0, which ties with 2
    assert found == pytest.approx([2 / 3, 0, 1, np.nan], nan_ok=True)
    assert popularity_share(lists, popularity, 99)[:3].tolist() == [1, 1, 1]
    with pytest.raises(ValueError, match="m is 0; it must be at least 1"):
        popularity_share(lists, popularity, 0)


@pytest.mark.parametrize(
    "measure",
    [
        lambda lists: coverage(lists, N),
        lambda lists: gini(lists, N),
        lambda lists: inter_list_jaccard(lists, N),
        lambda lists: novelty(lists, np.ones(N), 9),
        lambda lists: diversity(lists, np.ones((N, 2))),
        lambda lists: popularity_share(lists, np.ones(N), 2),
    ],
)
def test_lists_that_cannot_be_are_refused(measure):
    with pytest.raises(ValueError, match="holds the same item twice"):
        measure(np.array([[3, 1, 3]]))
    for row in (N, -2):
        with pytest.raises(ValueError, match=r"\(1, 2\) must be .* of rows 0 to 7, or -1"):
            measure(np.array([[0, row]]))
