"""A text that is rewritten and still knows which letters of the original each part came from."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_APOSTROPHES = str.maketrans("’‘`´", "''''")
"""Marks that are typed for an apostrophe; as long as it, so that places stay."""


@dataclass(frozen=True)
class Mapped:
    """``text``, and for each of its letters where in the original it starts and ends."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Mapped":
        """The text as it is, with plain apostrophes."""
        size = range(len(text))
        return cls(text.translate(_APOSTROPHES), tuple(size), tuple(i + 1 for i in size))

    def replace(self, start: int, end: int, words: str) -> "Mapped":
        """The text with ``words`` in place of what stands from ``start`` to ``end``."""
        first, last = self.origin(start, end)
        return Mapped(
            self.text[:start] + words + self.text[end:],
            self.starts[:start] + (first,) * len(words) + self.starts[end:],
            self.ends[:start] + (last,) * len(words) + self.ends[end:],
        )

    def sub(self, pattern: re.Pattern[str], words: Callable[[re.Match[str]], str]) -> "Mapped":
        """The text with every match replaced by ``words(match)``."""
        found = self
        for match in reversed(list(pattern.finditer(self.text))):
            new = words(match)
            if new != match[0]:
                found = found.replace(match.start(), match.end(), new)
        return found

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original the part from ``start`` to ``end`` stands.

        >>> Mapped.of("no smth").replace(3, 7, "something").origin(3, 12)
        (3, 7)
        """
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else (self.ends or (0,))[-1]
            return place, place
        return self.starts[start], self.ends[end - 1]
