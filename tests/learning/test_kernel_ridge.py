"""Kernel ridge regression: the system it solves, and every example really left out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.learning import kernel_ridge


def problem(seed, count, targets=2):
    """A kernel exp(-distance^2) of points of the plane, and targets."""
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(count, 2))
    apart = ((points[:, None] - points) ** 2).sum(axis=2)
    return np.exp(-apart), rng.normal(size=(count, targets))


def test_two_examples_by_hand():
    """K + I = [[2, 1], [1, 2]], its inverse [[2, -1], [-1, 2]] / 3; y = (3, 0): weights (2, -1).

    Without the other, the first says K y / (K + 1) = 3 / 2 of the second, and that says 0.
    """
    weights, loo = kernel_ridge.fit(np.ones((2, 2)), np.array([[3.0], [0.0]]), ridge=1.0)
    np.testing.assert_allclose(weights, [[2], [-1]], atol=1e-5)
    np.testing.assert_allclose(loo, [[0], [1.5]], atol=1e-5)


@given(st.integers(0, 1000), st.integers(2, 12), st.sampled_from([0.1, 1.0, 5.0]))
def test_the_left_out_predictions_are_those_of_really_leaving_out(seed, count, ridge):
    kernel, targets = problem(seed, count)
    _, loo = kernel_ridge.fit(kernel, targets, ridge)
    for i in range(count):
        others = np.delete(np.arange(count), i)
        penalised = kernel[np.ix_(others, others)] + ridge * np.eye(count - 1)
        without = kernel[i, others] @ np.linalg.solve(penalised, targets[others])
        np.testing.assert_allclose(loo[i], without, atol=1e-3)


@given(st.integers(0, 1000), st.integers(1, 12), st.sampled_from([0.1, 1.0, 5.0]))
def test_the_weights_solve_the_system(seed, count, ridge):
    kernel, targets = problem(seed, count)
    weights, _ = kernel_ridge.fit(kernel, targets, ridge)
    np.testing.assert_allclose((kernel + ridge * np.eye(count)) @ weights, targets, atol=1e-3)


def test_a_heavier_penalty_believes_the_examples_less():
    kernel, targets = problem(0, 10)
    far = [
        np.linalg.norm(kernel @ kernel_ridge.fit(kernel, targets, ridge)[0])
        for ridge in (0.1, 1, 10)
    ]
    assert far[0] > far[1] > far[2]


def test_what_is_given_stays_as_it_is():
    kernel, targets = problem(1, 5)
    before = kernel.copy(), targets.copy()
    kernel_ridge.fit(kernel, targets, 1.0)
    single = kernel.astype(np.float32)
    kernel_ridge.fit(single, targets, 1.0)
    np.testing.assert_array_equal((kernel, targets)[0], before[0])
    np.testing.assert_array_equal(targets, before[1])
    np.testing.assert_array_equal(single, before[0].astype(np.float32))


def test_a_kernel_that_is_none_is_refused():
    with pytest.raises(np.linalg.LinAlgError):
        kernel_ridge.fit(np.array([[0.0, 9], [9, 0]]), np.ones((2, 1)), ridge=1.0)
