"""From a file's ids to the workspace's rows, counting what is not there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

from recsys.errors import DataError
from recsys.store.catalogue import Catalogue

T = TypeVar("T")


class Skipped:
    """Counts what a protocol had to leave out, and says so in lines."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, what: str, count: int = 1) -> None:
        """Counts ``what``, words that follow a number."""
        self._counts[what] += count

    @property
    def lines(self) -> list[str]:
        """What was left out, a sentence each."""
        return [f"{count:,} {what}." for what, count in self._counts.items() if count]

    def some(self, found: Sequence[T]) -> Sequence[T]:
        """``found``; raises DataError, with what was left out, where that is nothing."""
        if not found:
            why = " ".join(self.lines)
            raise DataError(f"There is nobody to measure. {why}".strip())
        return found


class IdMap:
    """External ids to rows; those that the catalogue does not have are left out and counted."""

    def __init__(self, catalogue: Catalogue, skipped: Skipped):
        items = catalogue.items["id"]
        self._row = pd.Series(items.index.to_numpy(), index=items)
        self._skipped = skipped

    def __call__(self, ids: Iterable[str], what: str) -> np.ndarray:
        """(n,) the rows of the known ``ids``, in their order."""
        return self.series(pd.Series(list(ids), dtype=str), what).dropna().to_numpy(np.int64)

    def series(self, ids: pd.Series, what: str) -> pd.Series:
        """The row of each of ``ids``, missing where unknown."""
        rows = ids.map(self._row)
        self._skipped.add(f"{what} are not in the catalogue", int(rows.isna().sum()))
        return rows
