"""Accuracy metrics, worked out by hand and against trec_eval."""

from math import log2

import ir_measures
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from ir_measures import AP, RR, P, R, Success, nDCG

from recsys.metrics import accuracy as metrics
from recsys.metrics.accuracy import auc, ndcg

AT_K = {
    metrics.precision: P,
    metrics.recall: R,
    metrics.binary_ndcg: nDCG,
    metrics.reciprocal_rank: RR,
    metrics.average_precision: AP,
    metrics.hit_rate: Success,
}
"""Each measure at k, and what ir-measures calls it."""
MEASURES = list(AT_K)


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


# Five users' first four places: two of three found, at places 2 and 4; one of one, at 1; none of
# two; two of six, at 1 and 2; and somebody for whom nothing is relevant.
HITS = np.array([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0]], bool)
RELEVANT = np.array([3, 1, 2, 6, 0])
BEST_3 = 1 + 1 / log2(3) + 1 / 2  # gains of 1 at places 1, 2, 3
BEST_4 = BEST_3 + 1 / log2(5)


@pytest.mark.parametrize(
    ("measure", "k", "expected"),
    [
        (metrics.precision, 4, [2 / 4, 1 / 4, 0, 2 / 4]),
        (metrics.precision, 2, [1 / 2, 1 / 2, 0, 2 / 2]),
        (metrics.precision, 10, [2 / 10, 1 / 10, 0, 2 / 10]),  # six places are missing
        (metrics.recall, 4, [2 / 3, 1, 0, 2 / 6]),
        (metrics.recall, 2, [1 / 3, 1, 0, 2 / 6]),
        (metrics.recall, 10, [2 / 3, 1, 0, 2 / 6]),
        (metrics.hit_rate, 4, [1, 1, 0, 1]),
        (metrics.hit_rate, 1, [0, 1, 0, 1]),
        (metrics.reciprocal_rank, 4, [1 / 2, 1, 0, 1]),
        (metrics.reciprocal_rank, 1, [0, 1, 0, 1]),
        # precision at the hits: 1/2 at place 2, 2/4 at place 4; 1/1; -; 1/1 and 2/2
        (metrics.average_precision, 4, [(1 / 2 + 2 / 4) / 3, 1, 0, 2 / 6]),
        (metrics.average_precision, 3, [(1 / 2) / 3, 1, 0, 2 / 6]),
        # places 2 and 4 count 1 / log2(3) and 1 / log2(5); six relevant fill only four places
        (
            metrics.binary_ndcg,
            4,
            [(1 / log2(3) + 1 / log2(5)) / BEST_3, 1, 0, (1 + 1 / log2(3)) / BEST_4],
        ),
        (metrics.binary_ndcg, 2, [(1 / log2(3)) / (1 + 1 / log2(3)), 1, 0, 1]),
    ],
)
def test_measures_at_k_by_hand(measure, k, expected):
    found = measure(HITS, RELEVANT, k)
    assert found[:4] == pytest.approx(expected, abs=1e-12)
    assert np.isnan(found[4])


@pytest.mark.parametrize("measure", MEASURES)
def test_a_ranking_without_places_found_nothing(measure):
    assert measure(np.zeros((1, 0), bool), np.array([2]), 10).tolist() == [0]


@pytest.mark.parametrize("measure", MEASURES)
def test_counts_may_come_as_floats_as_a_sum_of_a_matrix_does(measure):
    as_float = measure(HITS.astype(np.float32), RELEVANT.astype(np.float32), 3)
    np.testing.assert_allclose(as_float, measure(HITS, RELEVANT, 3), rtol=1e-6)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    ("hits", "relevant", "k", "says"),
    [
        (HITS, RELEVANT, 0, r"k is 0; it must be at least 1\."),
        (HITS, RELEVANT[:4], 3, r"hits are \(5, 4\), relevant \(4,\)"),
        (HITS[0], RELEVANT, 3, r"hits are \(4,\), relevant \(5,\)"),
        (HITS, np.array([1, 1, 2, 6, 0]), 1, "more hits than relevant items"),
    ],
)
def test_what_cannot_be_measured_is_refused(measure, hits, relevant, k, says):
    with pytest.raises(ValueError, match=says):
        measure(hits, relevant, k)


@st.composite
def rankings(draw):
    """Hits (users, n), relevant (users,) with at least one each, and k."""
    users, n = draw(st.integers(1, 6)), draw(st.integers(1, 12))
    hits = draw(hnp.arrays(bool, (users, n)))
    missed = draw(hnp.arrays(np.int64, users, elements=st.integers(0, 5)))
    return hits, np.maximum(hits.sum(axis=1) + missed, 1), draw(st.integers(1, 15))


@pytest.mark.parametrize("measure", MEASURES)
@given(ranking=rankings())
def test_measures_lie_between_zero_and_one(measure, ranking):
    found = measure(*ranking)
    assert ((found >= 0) & (found <= 1 + 1e-12)).all()


@pytest.mark.parametrize("measure", MEASURES)
@given(ranking=rankings())
def test_moving_the_hits_to_the_front_never_lowers_and_to_the_back_never_raises(measure, ranking):
    hits, relevant, k = ranking
    front = measure(np.sort(hits, axis=1)[:, ::-1], relevant, k)
    back = measure(np.sort(hits, axis=1), relevant, k)
    assert (front >= measure(hits, relevant, k) - 1e-12).all()
    assert (back <= measure(hits, relevant, k) + 1e-12).all()


@pytest.mark.parametrize("measure", MEASURES)
@given(count=st.integers(1, 10), rest=st.integers(0, 5))
def test_a_perfect_order_is_one_where_k_is_the_number_relevant(measure, count, rest):
    hits = np.array([[True] * count + [False] * rest])
    assert measure(hits, np.array([count]), count) == pytest.approx([1])


@given(ranking=rankings())
def test_binary_ndcg_is_ndcg_of_ones(ranking):
    hits, relevant, k = ranking
    missed = relevant - hits.sum(axis=1)
    far = np.zeros((len(hits), max(k - hits.shape[1], 0)))  # what was missed comes after place k
    gains = [
        np.concatenate([row, gap, np.ones(count)])
        for row, gap, count in zip(hits, far, missed, strict=True)
    ]
    expected = [ndcg(row, k) for row in gains]
    assert metrics.binary_ndcg(hits, relevant, k) == pytest.approx(expected)


def random_runs(n_users=200, n_items=40):
    """Scores with many ties for some of the items, and what is relevant, ranked or not."""
    rng = np.random.default_rng(7)
    for user in range(n_users):
        rows = np.sort(rng.choice(n_items, rng.integers(1, 31), replace=False))
        scores = rng.integers(0, 6, len(rows)) / 4
        relevant = rng.choice(n_items, rng.integers(1, 20), replace=False)
        yield str(user), rows, scores, relevant


@pytest.mark.parametrize("k", [1, 5, 10, 50])
def test_trec_eval_says_the_same(k):
    hits, counts, judged, runs = [], [], {}, {}
    for user, rows, scores, relevant in random_runs():
        order = rows[np.lexsort((rows, -scores))]  # ties go to the lower row number
        row = np.zeros(50, bool)
        row[: len(order)] = np.isin(order, relevant)
        hits.append(row)
        counts.append(len(relevant))
        judged[user] = {str(item): 1 for item in relevant}
        # Its measures break ties in different ways, so they are told our order.
        runs[user] = {str(item): -place for place, item in enumerate(order)}
    for measure, theirs in AT_K.items():
        found = measure(np.array(hits), np.array(counts), k)
        expected = {m.query_id: m.value for m in ir_measures.iter_calc([theirs @ k], judged, runs)}
        assert len(expected) == 200
        assert found == pytest.approx([expected[user] for user in runs], abs=1e-9), measure


LIKED = np.array([[1, 0, 1, 0, 0]], bool)
DISLIKED = np.array([[0, 1, 0, 1, 0]], bool)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([4, 2, 3, 1, 9], 1.0),  # the last is not judged
        ([1, 3, 2, 4, 0], 0.0),
        ([4, 3, 2, 1, 0], 3 / 4),  # of 4>3, 4>1, 2>1 and 2>3 the last is wrong
        ([1, 1, 1, 1, 1], 1 / 2),
        ([2, 2, 1, 0, 7], 2.5 / 4),  # 2=2 half, 2>0 right, 1<2 wrong, 1>0 right
        ([4, 2, 3, 1, np.nan], 1.0),
        ([4, 2, 3, 1, np.inf], 1.0),
    ],
)
def test_auc_by_hand(scores, expected):
    assert auc(np.array([scores], float), LIKED, DISLIKED) == pytest.approx([expected])


def test_auc_needs_both_sides():
    likes = np.array([[True, True], [False, False], [False, True]])
    found = auc(np.array([[1.0, 2.0]] * 3), likes, ~likes)
    assert np.isnan(found[:2]).all()
    assert found[2] == 1


judgements = st.integers(2, 15).flatmap(
    lambda n: st.tuples(
        hnp.arrays(float, (3, n), elements=st.integers(0, 5).map(float)),
        hnp.arrays(np.int8, (3, n), elements=st.integers(-1, 1)),
    )
)


@given(judgements)
def test_auc_counts_pairs(drawn):
    scores, sides = drawn
    expected = []
    for own, side in zip(scores, sides, strict=True):
        pairs = own[side == 1][:, None] - own[side == -1]
        expected.append(((np.sign(pairs) + 1) / 2).mean() if pairs.size else np.nan)
    assert auc(scores, sides == 1, sides == -1) == pytest.approx(expected, nan_ok=True)


@given(judgements)
def test_reversing_the_scores_or_the_sides_mirrors_auc(drawn):
    scores, sides = drawn
    found = auc(scores, sides == 1, sides == -1)
    assert auc(-scores, sides == 1, sides == -1) == pytest.approx(1 - found, nan_ok=True)
    assert auc(scores, sides == -1, sides == 1) == pytest.approx(1 - found, nan_ok=True)
    assert auc(np.exp(scores), sides == 1, sides == -1) == pytest.approx(found, nan_ok=True)


def test_judgements_that_do_not_fit_are_refused():
    scores = np.ones((1, 5))
    with pytest.raises(ValueError, match="both liked and disliked"):
        auc(scores, LIKED, LIKED)
    with pytest.raises(ValueError, match=r"\(1, 5\), \(1, 4\) and \(1, 5\)"):
        auc(scores, LIKED[:, :4], DISLIKED)
    with pytest.raises(ValueError, match=r"\(5,\).*must be \(users, n\)"):
        auc(scores[0], LIKED[0], DISLIKED[0])


@pytest.mark.parametrize("score", [np.nan, np.inf])
def test_auc_refuses_a_judged_score_that_is_no_number(score):
    with pytest.raises(ValueError, match="not finite"):
        auc(np.array([[score, 0, 0, 0, 0]]), LIKED, DISLIKED)
