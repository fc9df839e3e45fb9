"""Weights as learned are offered on the scale of the sliders, once there is enough behind them."""

import numpy as np
import pytest

from recsys.online.offer import MIN_CHOICES, offered
from recsys.signals import default_weights
from recsys.store.learned import State


def test_too_little_is_no_offer():
    assert offered(State(choices=MIN_CHOICES - 1)) is None


def test_learned_weights_are_brought_to_the_sliders():
    weights = np.array([2.0, -0.5, 0.52, 9.0])
    state = State(1, {}, ("content", "graph", "lexical", "gone"), weights, np.eye(4), 100)
    found = offered(state)
    assert found is not None
    assert found.keys() == default_weights().keys()
    told = [found[name] for name in ("content", "graph", "lexical", "stated")]
    assert told == pytest.approx([1.0, 0.0, 0.25, 0.5])  # the last as usual, beside a 2
