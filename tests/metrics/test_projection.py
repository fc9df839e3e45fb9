"""How much of what is near stays near on a map."""

import numpy as np
import pytest

from recsys.metrics.projection import neighbours_kept


def on_circle(degrees) -> np.ndarray:
    """Unit vectors, the nearer by cosine the nearer in degrees."""
    angle = np.radians(degrees)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def test_a_map_that_keeps_all_and_one_that_keeps_a_half():
    """At 0, 1, 3 and 7 degrees: of 0 the nearest is 1, of 1 it is 0, of 3 it is 1, of 7 it is 3. On
    the second map the last two have changed places with the first two: 7 1 3 0 at 0 1 3 7, so that
    the nearest of 7 and of 1 are each other, and of 3 it is 1, of 0 it is 3: 3 alone is right."""
    vectors = on_circle([0, 1, 3, 7])
    line = np.array([[0.0, 0], [1, 0], [3, 0], [7, 0]])
    assert neighbours_kept(vectors, line, k=1) == 1
    assert neighbours_kept(vectors, line[[3, 1, 2, 0]], k=1) == 0.25


def test_many_are_sampled_and_the_share_is_about_the_same():
    rng = np.random.default_rng(0)
    degrees = rng.uniform(0, 90, 900)
    points = np.stack([degrees, rng.normal(scale=0.5, size=900)], axis=1)
    whole = neighbours_kept(on_circle(degrees), points)
    assert neighbours_kept(on_circle(degrees), points, sample=600) == pytest.approx(whole, abs=0.03)
    assert 0.2 < whole < 1


def test_items_at_one_place_are_no_neighbours_of_themselves():
    vectors = on_circle([0, 1, 2, 50, 51, 52])
    points = np.repeat([[0.0, 0], [9, 9]], 3, axis=0)
    assert neighbours_kept(vectors, points, k=2) == 1


def test_too_few_are_refused():
    with pytest.raises(ValueError, match="more than 10 points, got 3"):
        neighbours_kept(on_circle([0, 1, 2]), np.zeros((3, 2)))
