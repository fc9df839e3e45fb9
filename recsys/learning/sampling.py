"""Negative sampling: items that a user is not known to like."""

import numpy as np
from scipy import sparse


class Negatives:
    """Draws items that their users do not like, evenly among all; ``likes`` (u, n)."""

    def __init__(self, likes: sparse.csr_array):
        self._items = likes.shape[1]
        users = np.repeat(np.arange(likes.shape[0]), np.diff(likes.indptr))
        self._known = np.sort(users * self._items + likes.indices)
        # Who likes nearly everything would be drawn for without end.
        most = np.diff(likes.indptr).max(initial=0)
        if most >= self._items:
            raise ValueError("A user likes every item: there is none to set against them.")

    def __call__(self, users: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """(m,) an item for each of ``users`` (m,) that they do not like."""
        items = rng.integers(0, self._items, len(users))
        wrong = np.flatnonzero(self.liked(users, items))
        while len(wrong):
            items[wrong] = rng.integers(0, self._items, len(wrong))
            wrong = wrong[self.liked(users[wrong], items[wrong])]
        return items

    def liked(self, users: np.ndarray, items: np.ndarray) -> np.ndarray:
        """(m,) bool: whether each user likes the item beside them."""
        keys = users * self._items + items
        places = np.minimum(np.searchsorted(self._known, keys), len(self._known) - 1)
        found: np.ndarray = self._known[places] == keys
        return found


def hold_one_out(
    likes: sparse.csr_array, rng: np.random.Generator
) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """The likes without one of each user who has two or more, those users, and what they liked."""
    users = np.flatnonzero(np.diff(likes.indptr) > 1)
    places = likes.indptr[users] + rng.integers(0, np.diff(likes.indptr)[users])
    rest = likes.copy()
    rest.data[places] = 0
    rest.eliminate_zeros()
    return rest, users, likes.indices[places]
