"""Who likes what: users x items, with the ratings behind the likes."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy import sparse

RATING_COLUMNS = ["user", "item", "rating", "timestamp"]


def _no_ratings() -> pd.DataFrame:
    return pd.DataFrame(columns=RATING_COLUMNS)


@dataclass(frozen=True, eq=False)
class Interactions:
    """``likes`` (users, items): CSR of float32, 1 where the user likes the item; ``users``: ids;
    ``unknown``: rows of the items of which no like is known, though there may be some.

    ``ratings``: user (id), item (row), rating, timestamp, of everybody, whoever is left out of the
    likes; of several for one item the last.
    """

    users: np.ndarray
    likes: sparse.csr_array
    unknown: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    ratings: pd.DataFrame = field(default_factory=_no_ratings)

    @classmethod
    def of(cls, ratings: pd.DataFrame, like_from: float, items: int) -> "Interactions":
        """From a table of ratings of ``items`` items, sorted by user and time; one of
        ``like_from`` or more is a like, and a like said twice counts once."""
        liked = ratings[ratings["rating"] >= like_from]
        codes, users = pd.factorize(liked["user"], sort=True)
        entries = (np.ones(len(liked), dtype=np.float32), (codes, liked["item"].to_numpy()))
        likes = sparse.csr_array(entries, shape=(len(users), items))
        likes.data[:] = 1  # entries for one place were added up
        last = ratings.drop_duplicates(["user", "item"], keep="last").reset_index(drop=True)
        return cls(np.asarray(users, dtype=object), likes, ratings=last)

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
