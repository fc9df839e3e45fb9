"""Intervals and tests, worked out by hand and against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from recsys.metrics.statistics import FLIPS, holm, interval, paired


@pytest.mark.parametrize("n", [1, 7, 200, 3000])
def test_an_interval_is_the_percentiles_of_two_thousand_means_whatever_the_memory(n):
    values = np.random.default_rng(n).random(n)
    draws = np.random.default_rng(0).integers(0, n, (2000, n))
    low, high = np.quantile(values[draws].mean(axis=1), [0.025, 0.975])
    assert interval(values) == {"mean": values.mean(), "low": low, "high": high}


def test_an_interval_leaves_out_who_has_no_figure():
    assert interval(np.array([np.nan, 1.0, 0.0, np.nan])) == interval(np.array([1.0, 0.0]))
    assert np.isnan(list(interval(np.array([np.nan])).values())).all()
    assert np.isnan(list(interval(np.array([])).values())).all()


def test_an_interval_of_two_is_from_one_to_the_other():
    # The mean of two draws of 0 and 1 is 0 in a quarter of the samples, and 1 in another.
    assert interval(np.array([0, 1])) == {"mean": 0.5, "low": 0, "high": 1}


def test_the_draws_come_from_the_generator_given():
    values = np.random.default_rng(1).random(30)
    assert interval(values, np.random.default_rng(0)) == interval(values)
    assert interval(values, np.random.default_rng(5)) != interval(values)


def test_about_95_percent_of_intervals_hold_the_truth():
    rng = np.random.default_rng(3)
    found = [interval(rng.normal(size=60)) for _ in range(300)]
    assert 0.90 <= np.mean([each["low"] <= 0 <= each["high"] for each in found]) <= 0.98


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30))
def test_an_interval_lies_within_the_values(values):
    found = interval(np.array(values))
    assert min(values) - 1e-12 <= found["low"] <= found["high"] <= max(values) + 1e-12


@pytest.mark.parametrize(
    ("difference", "p"),
    [
        # All 8 flips of 3, 2, 1 sum to 6 4 2 0 0 -2 -4 -6; as far as 6: two.
        ([3, 2, 1], 2 / 8),
        # The same sums; as far as 3 + 2 - 1 = 4: four.
        ([3, 2, -1], 4 / 8),
        ([-3, -2, 1], 4 / 8),
        # As far as 3 - 2 - 1 = 0: all.
        ([3, -2, -1], 1),
        # 3, 1, 1: 5 3 3 1 -1 -3 -3 -5; as far as 3 + 1 - 1 = 3: six.
        ([3, 1, -1], 6 / 8),
        # A user without a difference flips into itself: 1 and -1, each four times.
        ([1, 0, 0], 1),
        ([0, 0, 0], 1),
        ([5], 1),
        # -0.6 + 0.3 + 0.1 + 0.2 is 0 but for rounding: all.
        ([-0.6, 0.3, 0.1, 0.2], 1),
    ],
)
def test_the_sign_flip_test_by_hand(difference, p):
    difference = np.array(difference, dtype=float)
    found = paired(difference, np.zeros(len(difference)))
    assert found["p"] == p
    assert found["mean"] == pytest.approx(difference.mean())


def test_flips_are_drawn_where_not_all_can_be_tried():
    # 2 of 2 ** 13 flips are as far as all one way; of 10,000 drawn of 2 ** 60 none but the observed
    assert paired(np.ones(13), np.zeros(13))["p"] == 2 / 2**13
    assert paired(np.ones(60), np.zeros(60))["p"] == 1 / (FLIPS + 1)


@pytest.mark.parametrize("n", [5, 12])
def test_scipy_says_the_same_of_all_flips(n):
    a, b = np.random.default_rng(n).random((2, n))
    theirs = stats.permutation_test(
        (a, b), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=np.inf
    )
    assert paired(a, b)["p"] == pytest.approx(theirs.pvalue)


def test_drawn_flips_agree_with_the_t_test_where_there_are_many_users():
    # In blocks, since 10,000 flips of 2,500 users are more than are held at once.
    a, b = np.random.default_rng(8).normal(size=(2, 2500))
    a += 0.03
    expected = stats.ttest_rel(a, b).pvalue
    assert 0.05 < expected < 0.5
    assert paired(a, b)["p"] == pytest.approx(expected, abs=0.02)


def test_a_pair_is_compared_over_the_users_that_both_have():
    a, b = np.array([1.0, np.nan, 0.5, 0.75]), np.array([0.0, 0.5, np.nan, 0.5])
    assert paired(a, b) == paired(np.array([1.0, 0.75]), np.array([0.0, 0.5]))
    assert np.isnan(list(paired(a[:2], b[:2] * np.nan).values())).all()


def test_a_pair_has_the_interval_of_its_differences():
    a, b = np.random.default_rng(2).random((2, 50))
    found = paired(a, b)
    assert {name: found[name] for name in ("mean", "low", "high")} == interval(a - b)
    given = paired(a, b, np.random.default_rng(5))
    assert given["low"] == interval(a - b, np.random.default_rng(5))["low"] != found["low"]


@given(st.lists(st.tuples(*[st.integers(0, 10)] * 2), min_size=1, max_size=20))
def test_the_order_of_the_pair_turns_the_sign_and_nothing_else(pairs):
    a, b = np.array(pairs).T / 10
    one, other = paired(a, b), paired(b, a)
    assert one["mean"] == pytest.approx(-other["mean"], abs=1e-12)
    assert one["p"] == other["p"]
    assert 0 < one["p"] <= 1


@pytest.mark.parametrize("b", [np.zeros(2), np.zeros((3, 1)), 0.0])
def test_a_pair_of_different_lengths_is_refused(b):
    with pytest.raises(ValueError, match=r"a is \(3,\) and b .*; both must be \(users,\)"):
        paired(np.zeros(3), b)


@pytest.mark.parametrize(
    ("p", "adjusted"),
    [
        # In order 0.005 * 4, 0.01 * 3, 0.03 * 2, 0.04 * 1, and the last no less than the third.
        ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
        ([0.5, 0.6], [1, 1]),
        ([0.02, 0.02], [0.04, 0.04]),
        ([0.03], [0.03]),
        ([0, 1], [0, 1]),
        ([], []),
    ],
)
def test_holm_by_hand(p, adjusted):
    assert holm(np.array(p)) == pytest.approx(adjusted, abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_lies_between_the_value_and_bonferroni_and_keeps_the_order(values):
    p = np.array(values)
    adjusted = holm(p)
    assert (adjusted >= p).all()
    assert (adjusted <= np.minimum(p * len(p), 1)).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= 0).all()
    np.testing.assert_array_equal(holm(p[::-1]), adjusted[::-1])


@pytest.mark.parametrize("wrong", [-0.1, 1.2, np.nan])
def test_holm_refuses_what_is_no_p_value(wrong):
    with pytest.raises(ValueError, match=rf"A p value is {wrong}; each must be from 0 to 1\."):
        holm(np.array([0.5, wrong]))
