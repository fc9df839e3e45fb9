"""Inverted files: which documents have a term, and names that are looked up where they lie.

As arrays, so that those of a million documents are kept on disk and opened at once (Zobel & Moffat
2006).
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np


class Terms:
    """Sorted strings in one array of bytes, found by bisection.

    ``letters`` (b,) uint8 has them in UTF-8, one after the other; term i ends at ``ends[i]``.
    """

    def __init__(self, letters: np.ndarray, ends: np.ndarray):
        self._letters, self._ends = letters, ends

    @staticmethod
    def pack(terms: Iterable[str]) -> dict[str, np.ndarray]:
        """The arrays of the ``terms``, which are sorted by their bytes already."""
        written = [term.encode() for term in terms]
        lengths = np.fromiter(map(len, written), np.int64, len(written))
        letters = np.frombuffer(b"".join(written), dtype=np.uint8)
        return {"letters": letters, "ends": np.cumsum(lengths)}

    def __len__(self) -> int:
        return len(self._ends)

    def _at(self, place: int) -> bytes:
        start = self._ends[place - 1] if place else 0
        return bytes(self._letters[start : self._ends[place]])

    def __getitem__(self, place: int) -> str:
        return self._at(place).decode()

    def find(self, term: str) -> int:
        """The place of ``term``, or -1.

        >>> terms = Terms(**Terms.pack(["orbit", "star"]))
        >>> terms.find("star"), terms.find("moon")
        (1, -1)
        """
        wanted = term.encode()
        place = bisect_left(range(len(self)), wanted, key=self._at)
        return place if place < len(self) and self._at(place) == wanted else -1


@dataclass(frozen=True, eq=False)
class Postings:
    """Documents by term: term i stands in documents rows[starts[i]:starts[i + 1]], ascending, so
    often as ``counts`` says; ``lengths`` (n,) are the terms of each document."""

    terms: Terms
    starts: np.ndarray
    rows: np.ndarray
    counts: np.ndarray
    lengths: np.ndarray

    @classmethod
    def read(cls, arrays: Mapping[str, np.ndarray]) -> "Postings":
        """From the arrays of ``invert``."""
        known = dict(arrays)
        return cls(Terms(known.pop("letters"), known.pop("ends")), **known)

    def of(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """The documents that have ``term``, ascending, and how often each says it."""
        place = self.terms.find(term)
        span = slice(0, 0) if place < 0 else slice(self.starts[place], self.starts[place + 1])
        return self.rows[span], self.counts[span]


class Inverted:
    """The postings of several runs of documents, one run after the other.

    ``lengths`` (n,) are the terms of each document.
    """

    def __init__(self, parts: Sequence[Postings]):
        self._parts = parts
        self._starts = np.cumsum([0, *(len(part.lengths) for part in parts)])
        self.lengths = np.concatenate([part.lengths for part in parts])

    def of(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """The documents that have ``term``, ascending, and how often each says it."""
        found = [part.of(term) for part in self._parts]
        if len(found) == 1:
            return found[0]
        moved = [rows + start for (rows, _), start in zip(found, self._starts, strict=False)]
        return np.concatenate(moved), np.concatenate([counts for _, counts in found])

    def has(self, term: str, documents: np.ndarray) -> np.ndarray:
        """(d,) bool: which of ``documents`` (d,) have ``term``; what it costs grows with these."""
        rows, _ = self.of(term)
        places = np.searchsorted(rows, documents.astype(rows.dtype))
        found = places < len(rows)
        found[found] = rows[places[found]] == documents[found]
        return found


def invert(documents: Iterable[Sequence[str]]) -> dict[str, np.ndarray]:
    """The arrays of ``Postings`` of documents that are the terms which they say, in any order."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    said, sizes = array("i"), array("i")
    for terms in documents:
        said.extend(map(numbers.__getitem__, terms))
        sizes.append(len(terms))
    lengths = np.frombuffer(sizes, dtype=np.int32) if sizes else np.empty(0, np.int32)
    names = sorted(numbers, key=str.encode)
    place = np.empty(len(names), dtype=np.int64)
    place[np.fromiter(map(numbers.__getitem__, names), np.int64, len(names))] = range(len(names))
    count = max(len(lengths), 1)
    keys = place[np.frombuffer(said, dtype=np.int32)] if said else np.empty(0, np.int64)
    keys *= count
    keys += np.repeat(np.arange(len(lengths)), lengths)
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(first, append=len(keys)).astype(np.int32)
    said_in, rows = np.divmod(keys[first], count)
    starts = np.searchsorted(said_in, np.arange(len(names) + 1))
    return {
        **Terms.pack(names),
        "starts": starts,
        "rows": rows.astype(np.int32),
        "counts": counts,
        "lengths": lengths,
    }
