"""Who likes what: users x items, with the ratings behind the likes."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

RATING_COLUMNS = ["user", "item", "rating", "timestamp"]


def _no_ratings() -> pd.DataFrame:
    return pd.DataFrame(columns=RATING_COLUMNS)


def _latest(ratings: pd.DataFrame) -> pd.DataFrame:
    """Of several ratings of a user for one item the last."""
    return ratings.drop_duplicates(["user", "item"], keep="last").reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class Interactions:
    """``likes`` (users, items): CSR of float32, 1 where the user likes the item; ``users``: ids;
    ``unknown``: rows of the items of which no like is known, though there may be some.

    ``ratings``: user (id), item (row), rating, timestamp, of everybody, whoever is left out of the
    likes; of several for one item the last. They are ``read`` when they are first asked for.
    """

    users: np.ndarray
    likes: sparse.csr_array
    unknown: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    read: Callable[[], pd.DataFrame] = _no_ratings

    @classmethod
    def of(cls, ratings: pd.DataFrame, like_from: float, items: int) -> "Interactions":
        """From a table of ratings of ``items`` items, sorted by user and time; one of
        ``like_from`` or more is a like, and a like said twice counts once."""
        liked = ratings[ratings["rating"] >= like_from]
        codes, users = pd.factorize(liked["user"], sort=True)
        own = np.asarray(users, dtype=object)
        return cls.of_pairs(own, codes, liked["item"].to_numpy(), items, lambda: ratings)

    @classmethod
    def of_pairs(
        cls,
        users: np.ndarray,
        places: np.ndarray,
        liked: np.ndarray,
        items: int,
        ratings: Callable[[], pd.DataFrame],
    ) -> "Interactions":
        """From pairs (p,) of a user's place among ``users`` and one of ``items`` items that the
        user likes, and what gives the table of ratings that ``of`` takes."""
        entries = (np.ones(len(places), dtype=np.float32), (places, liked))
        likes = sparse.csr_array(entries, shape=(len(users), items))
        likes.data[:] = 1  # entries for one place were added up
        return cls(users, likes, read=lambda: _latest(ratings()))

    @cached_property
    def ratings(self) -> pd.DataFrame:
        return self.read()

    @property
    def popularity(self) -> np.ndarray:
        """(items,) how many users like each."""
        return np.bincount(self.likes.indices, minlength=self.likes.shape[1])

    def without(self, users: Collection[str] = (), items: Collection[int] = ()) -> "Interactions":
        """The same without those users, and without any like of those items (rows)."""
        kept = ~np.isin(self.users, list(users))
        likes = self.likes[np.flatnonzero(kept)].copy()
        likes.data[np.isin(likes.indices, list(items))] = 0
        likes.eliminate_zeros()
        unknown = np.union1d(self.unknown, np.array(list(items), np.int64))
        return replace(self, users=self.users[kept], likes=likes, unknown=unknown)
