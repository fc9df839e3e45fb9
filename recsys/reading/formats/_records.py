"""Records of delimited text: none swallows another because of a quote that does not close."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

MANY = "\x1f"
"""Stands for a mark of several signs, which the csv module cannot split at."""
LONGEST = 10_000_000
"""Characters of the longest cell that is read."""

# The limit belongs to the process, so one thread that put it back would fail another that reads.
csv.field_size_limit(LONGEST)


class Record(NamedTuple):
    """The ``line`` where it starts, its ``fields``, [] where they cannot be told apart, what the
    line says, and why it cannot be used, if so."""

    line: int
    fields: list[str]
    said: str
    fault: str = ""


class Lines:
    """Lines of a text, which may be given back to be read again; ``at`` have been taken."""

    def __init__(self, lines: Iterable[str], at: int = 0) -> None:
        self._lines = iter(lines)
        self._back: deque[str] = deque()
        self.at = at

    def __iter__(self) -> Iterator[str]:
        while True:
            line = self._back.popleft() if self._back else next(self._lines, None)
            if line is None:
                return
            self.at += 1
            yield line

    def take(self, most: int) -> list[str]:
        """The next lines, fewer than ``most`` at the end."""
        some = [self._back.popleft() for _ in range(min(most, len(self._back)))]
        some += islice(self._lines, most - len(some))
        self.at += len(some)
        return some

    def give_back(self, lines: list[str]) -> None:
        """Puts ``lines`` before those that are left."""
        self._back.extendleft(reversed(lines))
        self.at -= len(lines)


def records(lines: Lines, mark: str, quote: str = '"', expected: int = 0) -> Iterator[Record]:
    """The records of ``lines`` with ``mark`` between fields and ``quote`` around some.

    One of several lines that does not have as many fields as ``expected`` ends with its first
    line, as one does whose quotes do not fit; so a stray quote costs its line alone.
    """
    taken: list[str] = []

    def feed() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line.replace(mark, MANY) if len(mark) > 1 else line

    sign = MANY if len(mark) > 1 else mark
    reader = csv.reader(feed(), delimiter=sign, quotechar=quote, strict=True)
    while True:
        taken.clear()
        start, fault = lines.at + 1, ""
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fields, fault = [], _fault(error)
        if fault or (len(taken) > 1 and expected and len(fields) != expected):
            lines.give_back(taken[1:])
            reader = csv.reader(feed(), delimiter=sign, quotechar=quote, strict=True)
            fields = _mended(taken[0], mark, quote, expected)
            fault = "" if fields else fault or "a quote that does not close"
        if fields and len(mark) > 1:
            fields = [cell.replace(MANY, mark) for cell in fields]
        if fields or fault:
            yield Record(start, fields, taken[0], fault)


def _fault(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a cell of more than {LONGEST:,} characters"
    return "a quote that does not close"


def _mended(line: str, mark: str, quote: str, expected: int) -> list[str]:
    """The fields of a line whose quotes do not fit, [] unless another custom explains them.

    Either a backslash stands before quotes that are meant, as MySQL writes them; or quotes are
    signs like others, as is usual where the mark is not one that texts have.
    """
    sign = MANY if len(mark) > 1 else mark
    line = line.rstrip("\r\n").replace(mark, sign)
    if "\\" + quote in line:
        escaped = csv.reader(
            [line], delimiter=sign, quotechar=quote, escapechar="\\", doublequote=False, strict=True
        )
        try:
            fields = next(escaped)
        except csv.Error:
            fields = []
        if len(fields) == expected:
            return fields
    fields = line.split(sign)
    return fields if mark not in ",; " and len(fields) == expected > 1 else []
