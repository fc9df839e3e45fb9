"""Judged tastes, whoever judged: the personas of a catalogue, or a set that somebody keeps."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from recsys.store.catalogue import Catalogue


@dataclass(frozen=True, eq=False)
class JudgedTaste:
    """A taste in words, and what was judged for it.

    ``rows`` (j,) of items, sorted; ``worth`` (j,) what each is worth: above 0 it is relevant, and
    the more the better; 0 or less, judged and not relevant.
    """

    name: str
    text: str
    rows: np.ndarray
    worth: np.ndarray

    @property
    def useful(self) -> bool:
        """Whether anything is relevant."""
        return bool((self.worth > 0).any())

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all that it says."""
        said = f"{self.name}\n{self.text}\n".encode()
        numbers = self.rows.tobytes() + self.worth.tobytes()
        return hashlib.blake2b(said + numbers, digest_size=8).hexdigest()


@dataclass(frozen=True, eq=False)
class JudgedSet:
    """Judged tastes together; ``name`` is that of a set that somebody keeps, "" for personas."""

    name: str
    tastes: Sequence[JudgedTaste]

    @cached_property
    def useful(self) -> list[JudgedTaste]:
        """The tastes for which anything is relevant."""
        return [taste for taste in self.tastes if taste.useful]

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all that the tastes say."""
        said = "".join(taste.fingerprint for taste in self.tastes)
        return hashlib.blake2b(f"{self.name}\n{said}".encode(), digest_size=8).hexdigest()


def of_personas(catalogue: Catalogue) -> JudgedSet:
    """The tastes of the personas that judged something: a love is worth 2, a like 1, a dislike
    -1."""
    found = []
    for name, own in catalogue.judgements.groupby("persona"):
        rows, grades = own["item"].to_numpy(np.int64), own["grade"].to_numpy(float)
        order = np.argsort(rows)
        text = catalogue.personas.loc[name, "taste"]
        found.append(JudgedTaste(str(name), text, rows[order], grades[order]))
    return JudgedSet("", found)


def of_table(catalogue: Catalogue, name: str, table: pd.DataFrame) -> JudgedSet:
    """The tastes of a set, from its ``table`` (taste, item, grade, judge); an item is worth the
    mean of its judges' grades. What the catalogue does not have is ignored."""
    ids = catalogue.items["id"]
    row = pd.Series(ids.index.to_numpy(), index=ids)
    known = table.assign(row=table["item"].map(row)).dropna(subset="row")
    means = known.groupby(["taste", "row"])["grade"].mean()
    found = []
    for text, own in means.groupby(level="taste"):
        rows = own.index.get_level_values("row").to_numpy(np.int64)
        found.append(JudgedTaste(str(text), str(text), rows, own.to_numpy(float)))
    return JudgedSet(name, found)


def unknown(catalogue: Catalogue, table: pd.DataFrame) -> int:
    """How many lines of ``table`` are of items that the catalogue does not have."""
    return int((~table["item"].isin(catalogue.items["id"])).sum())
