"""Agreement of judges, by hand, by the literature and by another library."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from recsys.metrics.agreement import krippendorff_alpha, weighted_kappa

nan = float("nan")


def test_kappa_by_hand():
    """Squares differ by (0 + 1 + 0 + 9) / 4 = 2.5 on the items, and by 50 / 16 over all pairs."""
    first, second = np.array([0, 1, 2, 3]), np.array([0, 2, 2, 0])
    pairs = [0, 4, 4, 0, 1, 1, 1, 1, 4, 0, 0, 4, 9, 1, 1, 9]
    assert weighted_kappa(first, second) == pytest.approx(1 - 2.5 / (sum(pairs) / 16))
    assert weighted_kappa(first, first) == 1
    assert weighted_kappa(first, 3 - first) == -1


def test_kappa_is_that_of_scikit_learn():
    rng = np.random.default_rng(3)
    for n in (5, 30, 200):
        first = rng.integers(0, 4, n)
        second = np.clip(first + rng.integers(-1, 2, n), 0, 3)
        expected = cohen_kappa_score(first, second, labels=[0, 1, 2, 3], weights="quadratic")
        assert weighted_kappa(first, second) == pytest.approx(expected)


@pytest.mark.parametrize("grades", [[], [2, 2, 2]])
def test_where_nothing_can_be_said_kappa_says_nothing(grades):
    assert np.isnan(weighted_kappa(np.array(grades), np.array(grades)))


def test_grades_of_different_items_are_refused():
    with pytest.raises(ValueError, match=r"\(2,\) and \(3,\)"):
        weighted_kappa(np.zeros(2), np.zeros(3))


def test_alpha_is_that_of_krippendorffs_own_example():
    """Four observers and twelve units (Krippendorff 2011, section C): 0.849 for interval data."""
    grades = np.array(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
            [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
        ]
    )
    assert krippendorff_alpha(grades) == pytest.approx(0.849, abs=5e-4)


def test_alpha_by_hand():
    """Two judges of 0 0 and 3 1: pairs within differ by 4 in one item of two, so (2 * 4) / 4 = 2;
    of the 12 ordered pairs of 0, 0, 3, 1 the squares add up to 2 (9 + 9 + 1 + 1 + 4) = 48."""
    assert krippendorff_alpha(np.array([[0, 3], [0, 1]])) == pytest.approx(1 - 2 / 4)


def test_alpha_does_not_ask_what_only_one_has_judged():
    grades = np.array([[0.0, 3.0, 2.0, nan], [0.0, 1.0, nan, nan]])
    assert krippendorff_alpha(grades) == krippendorff_alpha(grades[:, :2])
    assert np.isnan(krippendorff_alpha(grades[:, 2:]))
    assert np.isnan(krippendorff_alpha(np.full((2, 3), 2.0)))
