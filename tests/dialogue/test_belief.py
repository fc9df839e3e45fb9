"""Which item is meant: worked out on paper, and what holds for any."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recsys.datatypes import make_ranking
from recsys.dialogue.belief import belief, facet_gains, pair_gains, still_open

SLIPPED = -(0.2 * np.log2(0.2) + 0.8 * np.log2(0.8))
"""Bits that a slip of one in five takes from a question."""


def ranking(scores):
    return make_ranking(pd.DataFrame({"only": scores}))


def test_belief_falls_with_the_rank():
    """The first of three is believed in by 1/11, the others by 1/12 and 1/13; one is not ranked."""
    found = belief(ranking([-1.0, 0.0, 7.0]), 4)
    expected = np.array([1 / 13, 1 / 12, 1 / 11, 0])
    np.testing.assert_allclose(found, expected / expected.sum())


def test_an_answer_makes_what_fits_four_times_as_likely():
    fit = np.array([1.0, 0.0, 1.0, 0.0])
    before = belief(ranking([4.0, 3.0, 2.0, 1.0]), 4)
    for wanted, times in ((True, [4, 1, 4, 1]), (False, [1, 4, 1, 4])):
        after = belief(ranking([4.0, 3.0, 2.0, 1.0]), 4, [(fit, wanted)])
        np.testing.assert_allclose(after, before * times / (before @ times))


def test_a_question_that_halves_tells_a_bit_less_the_slips():
    even = np.full(4, 0.25)
    halves, all_, none = [1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]
    gains = facet_gains(even, np.array([halves, all_, none], dtype=float))
    np.testing.assert_allclose(gains, [1 - SLIPPED, 0, 0], atol=1e-12)


def test_a_choice_between_what_is_alike_tells_nothing():
    similarity = np.array([[1.0, 0.9, 0.0, 0.0], [1.0, 0.9, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]])
    alike, unlike = pair_gains(np.full(4, 0.25), similarity, np.array([[0, 1], [0, 2]]))
    assert alike == pytest.approx(0, abs=1e-12)
    assert unlike == pytest.approx(1 - SLIPPED, abs=0.01)


@given(
    arrays(float, 6, elements=st.floats(0.01, 1)),
    arrays(float, (3, 6), elements=st.floats(0, 1)),
)
def test_no_question_tells_less_than_nothing_or_more_than_a_bit(weights, fits):
    gains = facet_gains(weights / weights.sum(), fits)
    assert (gains >= -1e-9).all()
    assert (gains <= 1 - SLIPPED + 1e-9).all()


@given(arrays(float, 5, elements=st.floats(0.01, 1)), arrays(float, 5, elements=st.floats(0, 1)))
def test_on_average_an_answer_leaves_fewer_items_open(weights, fit):
    """Expected entropy after the answer is the entropy before, less the gain."""
    before = weights / weights.sum()
    yes = before * (0.2 + 0.6 * fit)
    chance = yes.sum()
    after = [yes / chance, (before - yes) / (1 - chance)]
    bits = [np.log2(still_open(each)) for each in after]
    expected = chance * bits[0] + (1 - chance) * bits[1]
    gain = facet_gains(before, fit[None])[0]
    assert np.log2(still_open(before)) - gain == pytest.approx(expected, abs=1e-9)
