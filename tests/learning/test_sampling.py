"""What is drawn for a user is nothing that they like, and all else as often."""

import numpy as np
import pytest
from scipy import sparse

from recsys.learning.sampling import Negatives, hold_one_out

LIKES = sparse.csr_array(
    np.array([[1, 1, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0], [1, 1, 1, 1, 0]], np.float32)
)


def test_what_is_drawn_is_not_liked_and_each_other_item_as_often():
    users = np.repeat([0, 1, 2, 3], 6_000)
    items = Negatives(LIKES)(users, np.random.default_rng(0))
    assert LIKES.toarray()[users, items].sum() == 0
    for user, others in ((0, 3), (1, 4), (2, 5), (3, 1)):
        counts = np.bincount(items[users == user], minlength=5)
        chosen = counts[counts > 0]
        assert len(chosen) == others
        np.testing.assert_allclose(chosen / 6_000, 1 / others, atol=0.03)


def test_who_likes_everything_has_nothing_to_set_against():
    with pytest.raises(ValueError, match="A user likes every item"):
        Negatives(sparse.csr_array(np.ones((1, 3), np.float32)))


def test_one_like_of_each_who_has_two_is_held_out():
    rest, users, items = hold_one_out(LIKES, np.random.default_rng(0))
    assert users.tolist() == [0, 3]
    back = rest.toarray()
    assert back[users, items].tolist() == [0, 0]
    back[users, items] = 1
    np.testing.assert_array_equal(back, LIKES.toarray())
    assert LIKES.nnz == 7
