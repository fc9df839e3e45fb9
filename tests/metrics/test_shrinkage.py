"""What is observed a few times is drawn towards what was predicted."""

import numpy as np
import pytest

from recsys.metrics.shrinkage import USUAL_STRENGTH, estimate_strength, interval, prior


def test_a_rate_is_never_predicted_to_be_nothing():
    a, b = prior(np.array([0.0, 1.0]), 100.0)
    assert a.tolist() == pytest.approx([0.2, 99.8])
    assert b.tolist() == pytest.approx([99.8, 0.2])


def test_an_interval_shrinks_with_what_is_seen():
    shown = np.array([0, 40, 400])
    a, b = prior(np.full(3, 0.2), USUAL_STRENGTH)
    low, high = interval(a + shown * 0.2, b + shown * 0.8)
    assert (low < 0.2).all()
    assert (high > 0.2).all()
    assert np.diff(high - low).max() < 0
    uniform = interval(np.ones(1), np.ones(1))
    assert np.ravel(uniform) == pytest.approx([0.1, 0.9])


@pytest.mark.parametrize("strength", [5.0, 20.0, 200.0])
def test_the_strength_of_predictions_is_found(strength):
    """Rates that are drawn around what is predicted, as closely as that strength says."""
    rng = np.random.default_rng(2)
    predicted = rng.uniform(0.05, 0.5, 2_000)
    rates = rng.beta(predicted * strength, (1 - predicted) * strength)
    liked = rng.binomial(60, rates)
    found = estimate_strength(predicted, np.full(2_000, 60), liked)
    assert found == pytest.approx(strength, rel=0.2)


def test_without_outcomes_the_strength_is_the_usual_one():
    none = np.zeros(3)
    assert estimate_strength(np.full(3, 0.2), none, none) == pytest.approx(USUAL_STRENGTH, rel=0.1)
