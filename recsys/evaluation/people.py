"""Held-out people: from a file's ids to the workspace's rows, counting what is not there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd

from recsys.errors import DataError
from recsys.evaluation.files import Profile
from recsys.ranking.engine import Engine
from recsys.store.catalogue import Catalogue

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Person:
    """A held-out user: what they typed, and rows of items, sorted."""

    name: str
    text: str
    raw: np.ndarray
    """(d,) the uncentred embedding of the text."""
    seen: np.ndarray
    seen_likes: np.ndarray
    relevant: np.ndarray
    disliked: np.ndarray


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


def typists(
    engine: Engine, typed: Sequence[Profile], parts: pd.DataFrame, skipped: Skipped
) -> list[Person]:
    """Who typed one of the profiles ``typed``; ``parts`` (user, item, part) says which of their
    items are seen and which hidden. Who has no relevant item is left out."""
    catalogue = engine.workspace.catalogue
    asked = parts["user"].isin([profile.user for profile in typed])
    skipped.add("lines of the ratings are of users without a profile", int((~asked).sum()))
    row = IdMap(catalogue, skipped).series(parts["item"][asked], "rated items")
    parts = parts[asked].assign(item=row).dropna(subset="item").astype({"item": np.int64})
    known = parts.merge(engine.workspace.interactions.ratings, on=["user", "item"], how="left")
    skipped.add("rated items have no rating in the workspace", int(known["rating"].isna().sum()))
    like_from = catalogue.about["like_from"]
    raw = engine.encoder.encode([profile.text for profile in typed])
    people = []
    for profile, vector in zip(typed, raw, strict=True):
        own = known[known["user"] == profile.user]
        seen, liked = own["part"] == "seen", own["rating"] >= like_from
        disliked = own["rating"] <= like_from - 1

        def rows(chosen: pd.Series, own: pd.DataFrame = own) -> np.ndarray:
            return np.sort(own["item"][chosen].to_numpy())

        relevant = rows(~seen & liked)
        if len(relevant):
            rest = rows(seen), rows(seen & liked), relevant, rows(~seen & disliked)
            people.append(Person(profile.user, profile.text, vector, *rest))
    skipped.add("users have no relevant item and are left out", len(typed) - len(people))
    return people
