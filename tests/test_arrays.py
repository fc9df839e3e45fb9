"""Scales: what they have in common, whatever the signals."""

import numpy as np
import pytest

from recsys.arrays import on_scale
from recsys.datatypes import SCALES, Strategy
from recsys.errors import QueryError

nan = np.nan


@pytest.mark.parametrize("scale", SCALES)
def test_a_scale_keeps_the_order_and_has_no_unit(scale):
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(30, 3))
    scores[rng.random(scores.shape) < 0.2] = nan
    found = on_scale(scores, scale)
    np.testing.assert_allclose(on_scale(scores * 70 + 5, scale), found, atol=1e-9)
    np.testing.assert_allclose(found.sum(axis=0), 0, atol=1e-9)
    assert (found[np.isnan(scores)] == 0).all()
    for column, own in zip(scores.T, found.T, strict=True):
        voiced = ~np.isnan(column)
        np.testing.assert_array_equal(column[voiced].argsort(), own[voiced].argsort())


@pytest.mark.parametrize("scale", SCALES)
def test_who_says_the_same_of_everything_or_nothing_says_nothing(scale):
    scores = np.array([[2.0, nan, 1.0], [2.0, nan, nan], [2.0, nan, nan]])
    assert (on_scale(scores, scale) == 0).all()


def test_scales_by_hand():
    scores = np.array([[0.0], [1.0], [10.0], [1.0]])
    assert on_scale(scores, "min-max")[:, 0].tolist() == pytest.approx([-0.3, -0.2, 0.7, -0.2])
    places = np.array([1, 2.5, 4, 2.5]) / 3
    np.testing.assert_allclose(on_scale(scores, "ranks")[:, 0], places - places.mean())


def test_another_scale_is_refused():
    with pytest.raises(QueryError, match=r"no scale called 'log'\. There are: z-score, min-max"):
        Strategy(scale="log")
