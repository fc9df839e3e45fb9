"""Who likes what: users x items."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy import sparse


@dataclass(frozen=True, eq=False)
class Interactions:
    """``likes`` (users, items): CSR of float32, 1 where the user likes the item; ``users``: ids;
    ``unknown``: rows of the items of which no like is known, though there may be some."""

    users: np.ndarray
    likes: sparse.csr_array
    unknown: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))

    @classmethod
    def of(cls, frame: pd.DataFrame, items: int) -> "Interactions":
        """From a table of likes: user (id), item (row); a like said twice counts once."""
        codes, users = pd.factorize(frame["user"], sort=True)
        entries = (np.ones(len(frame), dtype=np.float32), (codes, frame["item"].to_numpy()))
        likes = sparse.csr_array(entries, shape=(len(users), items))
        likes.data[:] = 1  # entries for one place were added up
        return cls(np.asarray(users, dtype=object), likes)

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
