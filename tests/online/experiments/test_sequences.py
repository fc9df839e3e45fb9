"""Confidence sequences hold at all times at once, and are what the papers' equations say."""

import numpy as np
import pytest

from recsys.online.experiments import sequences
from recsys.online.experiments.sequences import Running, difference, radius, running, share, tuned


def test_an_arm_is_what_its_own_visitors_say_at_each_look():
    found = running(np.array([1.0, 5, 0, 1, 1]), np.array([True, False, True, True, True]), 2)
    assert found.count.tolist() == [1, 3, 4]  # after two, four and five visitors
    assert found.mean.tolist() == pytest.approx([1, 2 / 3, 3 / 4])
    assert found.variance.tolist() == pytest.approx([0, 2 / 9, 3 / 16])


def test_the_radius_is_the_papers():
    # t rho2 = 1: sqrt(2 * 2 / t * log(sqrt(2) / 0.05)) = sqrt(0.04 * 3.34230) at t = 100
    assert radius(np.array(100.0), 0.01) == pytest.approx(0.36564, abs=1e-5)
    # -2 log 0.05 = 5.99146 and log 6.99146 = 1.94469
    assert tuned(100) == pytest.approx((5.99146 + 1.94469) / 100, abs=1e-6)


def test_the_radius_is_smallest_where_it_was_tuned_to_be():
    at = radius(np.array(1000.0), tuned(1000))
    assert all(at <= radius(np.array(1000.0), tuned(other)) for other in (700, 900, 1100, 1500))


def test_a_difference_lies_around_the_gap_of_the_means():
    one = Running(np.array([50.0]), np.array([0.5]), np.array([0.25]))
    other = Running(np.array([50.0]), np.array([0.3]), np.array([0.21]))
    gap, low, high = difference(one, other, planned=100)
    # sqrt(100 * ((0.25 + 0.005) / 50 + (0.21 + 0.005) / 50)) = sqrt(0.94)
    reach = radius(np.array(100.0), tuned(100)) * np.sqrt(0.94)
    assert gap == pytest.approx([0.2])
    assert (low[0], high[0]) == pytest.approx((0.2 - reach, 0.2 + reach))


def test_ends_of_a_share_are_where_the_mixture_beats_its_likelihood_twenty_times():
    # One win, no loss, prior 1: B(2, 1) / B(1, 1) = 1/2, and 1/2 = theta / 0.05 at theta = 0.025.
    assert [float(end) for end in share(1, 0, prior=1.0)] == pytest.approx([0.025, 1.0])
    # One each: B(2, 2) = 1/6 = theta (1 - theta) / 0.05, so theta = (1 -+ sqrt(1 - 1/30)) / 2.
    root = np.sqrt(1 - 4 * 0.05 / 6)
    assert [float(end) for end in share(1, 1, prior=1.0)] == pytest.approx(
        [(1 - root) / 2, (1 + root) / 2]
    )


def test_nothing_seen_leaves_every_share_possible():
    assert [float(end) for end in share(0, 0)] == [0.0, 1.0]


def test_the_interval_of_a_share_mirrors_when_wins_and_losses_change_sides():
    rng = np.random.default_rng(0)
    wins, losses = rng.integers(0, 200, (2, 50))
    low, high = share(wins, losses)
    other_low, other_high = share(losses, wins)
    np.testing.assert_allclose(low, 1 - other_high, atol=1e-9)
    np.testing.assert_allclose(high, 1 - other_low, atol=1e-9)


@pytest.mark.parametrize("truth", [0.5, 0.62])
def test_a_share_is_inside_at_all_times_in_95_of_100(truth):
    rng = np.random.default_rng(1)
    wins = (rng.random((200, 1000)) < truth).cumsum(axis=1)
    low, high = share(wins, np.arange(1, 1001) - wins)
    missed = ((truth < low) | (truth > high)).any(axis=1)
    assert missed.mean() <= sequences.ALPHA


@pytest.mark.parametrize("shift", [0.0, 0.1])
def test_a_difference_is_inside_at_all_times_in_95_of_100(shift):
    rng = np.random.default_rng(2)
    arm = rng.integers(0, 2, (400, 2000)) == 1
    outcome = np.where(rng.random(arm.shape) < 0.3 + shift * arm, 1.0, 0.0)
    one, other = running(outcome, arm, 50), running(outcome, ~arm, 50)
    _, low, high = difference(one, other, planned=2000)
    missed = ((shift < low) | (shift > high)).any(axis=1)
    assert missed.mean() <= sequences.ALPHA
