"""Diversity adds a column that makes way for what is unlike, and the sum still tells the order."""

from itertools import pairwise
from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.datatypes import make_ranking
from recsys.errors import QueryError
from recsys.ranking.diversity import diversify


def frame(scores, rows=None):
    scores = np.asarray(scores, dtype=float)
    rows = np.arange(len(scores)) if rows is None else rows
    return pd.DataFrame({"a": scores, "b": scores / 2}, index=pd.Index(rows, name="item"))


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def greedy(contributions, vectors, diversity, k):
    """The order of the first k by the definition, one place and one pair at a time."""
    score = contributions.sum(axis=1).to_numpy()
    price = diversity / (1 - diversity) * score.std()
    left, placed = sorted(range(len(score)), key=lambda i: contributions.index[i]), []
    while left and len(placed) < k:
        worth = [
            score[i] - price * max([0, *(float(vectors[i] @ vectors[j]) for j in placed)])
            for i in left
        ]
        placed.append(left.pop(int(np.argmax(worth))))
    return contributions.index[placed].tolist()


def test_three_items_by_hand():
    """Scores 3, 2.7, 0: mean 1.9, spread sqrt((1.21 + 0.64 + 3.61) / 3) = 1.349074.

    The second is 0.8 like the first and gives way by 3 * 1.349074 * 0.8 = 3.237777 to -0.537777;
    the third, unlike both, stays at 0 and takes the second place.
    """
    contributions = pd.DataFrame({"a": [3.0, 2.7, 0.0]}, index=pd.Index([5, 3, 8], name="item"))
    vectors = np.array([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1]], dtype=np.float32)
    result = diversify(contributions, vectors, 0.75, 3)
    np.testing.assert_allclose(result["diversity"], [0, -3.237777, 0], atol=1e-6)
    ranking = make_ranking(result)
    assert ranking.index.tolist() == [5, 8, 3]
    np.testing.assert_allclose(ranking["score"], [3, 0, -0.537777], atol=1e-6)


def test_what_gets_no_place_is_compared_with_all_that_do():
    """Scores 4, 2, 0: spread sqrt(8 / 3) = 1.632993; at 0.5 a likeness of 1 costs that."""
    contributions = pd.DataFrame({"a": [4.0, 2.0, 0.0]})
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
    one = diversify(contributions, vectors, 0.5, 1)["diversity"]
    np.testing.assert_allclose(one, [0, 0, -0.6 * 1.632993], atol=1e-6)
    two = diversify(contributions, vectors, 0.5, 2)["diversity"]
    np.testing.assert_allclose(two, [0, 0, -0.8 * 1.632993], atol=1e-6)


def test_an_opposite_is_no_better_than_a_stranger():
    contributions = pd.DataFrame({"a": [2.0, 1.0, 0.0]})
    vectors = np.array([[1, 0], [-1, 0], [0, 1]], dtype=np.float32)
    assert np.allclose(diversify(contributions, vectors, 0.9, 3)["diversity"], 0, atol=1e-6)


def test_no_diversity_changes_nothing():
    contributions = frame([1, 2, 3])
    pd.testing.assert_frame_equal(diversify(contributions, np.eye(3), 0.0, 2), frame([1, 2, 3]))


worlds = st.tuples(
    st.integers(1, 40),
    st.integers(0, 10_000),
    st.sampled_from([0.05, 0.3, 0.5, 0.8, 0.95]),
    st.integers(1, 45),
    st.booleans(),
)


@given(worlds)
def test_sorting_by_the_new_score_is_the_greedy_order(world):
    """Also where many scores and many vectors are equal."""
    n, seed, diversity, k, coarse = world
    rng = np.random.default_rng(seed)
    scores, vectors = rng.normal(size=n), rng.normal(size=(n, 3))
    if coarse:
        scores, vectors = scores.round(), np.eye(3)[rng.integers(3, size=n)]
    contributions = frame(scores, rng.permutation(n) * 2)
    before, vectors = contributions.copy(), unit(vectors)
    result = diversify(contributions, vectors, diversity, k)
    pd.testing.assert_frame_equal(contributions, before)
    pd.testing.assert_frame_equal(result[["a", "b"]], before)
    assert result.columns.tolist() == ["a", "b", "diversity"]
    assert (result["diversity"] <= 0).all()
    ranking = make_ranking(result)
    assert ranking.index[:k].tolist() == greedy(contributions, vectors, diversity, k)
    np.testing.assert_allclose(
        ranking["score"], ranking[["a", "b", "diversity"]].sum(axis=1), rtol=0, atol=1e-12
    )


def test_a_sum_added_up_in_another_order_swaps_no_neighbours():
    """The parts of each item cancel, so that the scores are nothing but rounding."""
    rng = np.random.default_rng(1)
    parts = pd.DataFrame(rng.normal(size=(300, 8)), columns=[f"s{i}" for i in range(8)])
    parts["s8"] = -parts.sum(axis=1)
    result = diversify(parts, unit(rng.normal(size=(300, 4))), 0.5, 20)
    by_cost = result["diversity"].sort_values(ascending=False, kind="stable").index[:20].tolist()
    assert make_ranking(result).index[:20].tolist() == by_cost


def likeness_within(rows, vectors):
    """Mean cosine of the pairs among ``rows``."""
    cosine = vectors[rows] @ vectors[rows].T
    return cosine[np.triu_indices(len(rows), 1)].mean()


def test_more_diversity_never_makes_a_list_of_two_clusters_more_alike():
    rng = np.random.default_rng(0)
    centres = np.repeat(np.eye(2), 20, axis=0)
    vectors = unit(np.hstack([centres, 0.2 * rng.normal(size=(40, 6))]))
    contributions = frame(np.r_[2 + rng.random(20), 1 + rng.random(20)])
    alike = [
        likeness_within(make_ranking(diversify(contributions, vectors, d, 6)).index[:6], vectors)
        for d in (0.0, 0.2, 0.4, 0.6, 0.8, 0.95)
    ]
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(alike)), alike
    assert alike[-1] < alike[0] - 0.3


def test_equal_scores_and_a_single_item_are_no_trouble():
    equal = diversify(frame([1, 1, 1], [7, 2, 5]), np.eye(3), 0.5, 3)
    assert make_ranking(equal).index.tolist() == [2, 5, 7]
    assert diversify(frame([4]), np.ones((1, 1)), 0.9, 10)["diversity"].tolist() == [0]


@pytest.mark.parametrize(
    ("diversity", "k", "complaint"),
    [
        (1.0, 1, "diversity is 1.0; it must be at least 0 and less than 1"),
        (-0.1, 1, "diversity is -0.1"),
        (float("nan"), 1, "diversity is nan"),
        (0.5, 0, "k is 0; it must be at least 1"),
    ],
)
def test_what_cannot_be_asked_is_refused(diversity, k, complaint):
    with pytest.raises(QueryError, match=complaint):
        diversify(frame([1, 2]), np.eye(2), diversity, k)


def test_vectors_of_other_items_are_refused():
    with pytest.raises(ValueError, match="2 items and 3 vectors"):
        diversify(frame([1, 2]), np.eye(3), 0.5, 1)


def test_thousands_of_candidates_take_a_moment():
    rng = np.random.default_rng(0)
    vectors = unit(rng.normal(size=(5000, 384)).astype(np.float32))
    contributions = frame(rng.normal(size=5000))
    took = []
    for _ in range(5):
        start = perf_counter()
        diversify(contributions, vectors, 0.5, 50)
        took.append(perf_counter() - start)
    assert min(took) < 0.1
