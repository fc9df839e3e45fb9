"""How a text is laid out as a table: what stands between fields, and whether there is a header."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from recsys.reading.formats._records import Lines, records

SAMPLE = 100
"""Records that are looked at."""
NONE = "\x1e"
"""The mark between the fields of a text that has one field a line."""
NAMES = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
    ":": "colons",
    "^": "carets",
    "~": "tildes",
    " ": "spaces",
    NONE: "nothing",
}
"""What marks are called."""
_USUAL = "\t;,|^~"
"""Of marks that fit as well, the first is taken."""
_MARKS = re.compile(r"[,;|^~¦§¬¶þ\t\x01-\x08\x1c-\x1f]+|::+|:(?!\s)")
_DOUBLED = set("|:^~§¦")
"""Signs of which several may be one mark."""
_FITTING = 0.3
"""The share of lines that must have as many fields, or the text is no table of that mark."""
_NUMBER = re.compile(r"[-+−]?\d[\d.,]*(?:e[-+]?\d+)?", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_LONG = 60
"""Characters from which a cell is prose, which no header is."""
_MOST = 0.8


@dataclass(frozen=True)
class Layout:
    """The ``mark`` between fields, the ``quote`` around some, and how many ``fields`` there are."""

    mark: str = NONE
    quote: str = '"'
    fields: int = 1


def find(lines: Sequence[str], mark: str = "") -> Layout:
    """The layout by which most ``lines`` have the same number of fields, and the more fields.

    With the ``mark``, if it is known.

    >>> find(["id;price", "a;1,50", "b;2,75"]).mark, find(["1::Ran::Drama"]).mark
    (';', '::')
    """
    filled = [line for line in lines if line.strip()][:SAMPLE]
    if not filled:
        return Layout()
    quote = "'" if re.match(r"\s*'[^']*'\s*[,;\t|]", filled[0]) else '"'
    best, score = Layout(quote=quote), 0.0
    if mark:
        return Layout(mark, quote, _fields(filled, mark, quote)[0])
    for mark in _candidates(filled):
        fields, fitting = _fields(filled, mark, quote)
        found = fitting * (1 - 1 / max(fields, 1))
        if fitting >= _FITTING and found > score:
            best, score = Layout(mark, quote, fields), found
    return best


def _candidates(lines: Sequence[str]) -> list[str]:
    """Marks in the first line, the usual ones first."""
    whole = "".join(lines)
    found: set[str] = set()
    for run in _MARKS.findall(re.sub(r'"[^"]*"', "", lines[0])):
        found.update(run)
        if len(set(run)) == 1 and len(run) > 1 and run[0] in _DOUBLED:
            found.add(run)
    for mark in [mark for mark in found if len(mark) > 1]:
        runs = set(map(len, re.findall(f"{re.escape(mark[0])}+", whole)))
        if runs == {len(mark)}:
            found.discard(mark[0])
    if not found and _is_numbers(lines):
        return [" "]
    return sorted(found, key=lambda mark: (_USUAL.find(mark) % 10, -len(mark), mark))


def _is_numbers(lines: Sequence[str]) -> bool:
    return all(_NUMBER.fullmatch(cell) for line in lines for cell in line.split())


def _fields(lines: Sequence[str], mark: str, quote: str) -> tuple[int, float]:
    """How many fields a line has, and the share of the lines that have as many."""
    counts = [len(record.fields) for record in records(Lines(lines), mark, quote)]
    first, rest = counts[0], Counter(counts[1:])
    if not rest:
        return first, 1.0
    # The header of a table with names of rows, as R writes it, has one name fewer.
    if mark in _USUAL and rest[first + 1] > _MOST * rest.total():
        first += 1
    return first, rest[first] / rest.total()


def has_header(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether ``first`` names the columns of ``rows``, rather than being one of them.

    It is one of them where, in every column of numbers, dates, addresses or long texts, it has one
    too. Numbers that count on, over numbers, are names of columns though, as in a pivot table.

    >>> has_header(["id", "year"], [["1", "1995"]]), has_header(["1", "Ran"], [["2", "Ida"]])
    (True, False)
    """
    if not rows:
        return not any(_kind(value) == "number" for value in first)
    kinds = [
        _usual_kind([row[place] for row in rows if place < len(row)]) for place in range(len(first))
    ]
    typed = [place for place, kind in enumerate(kinds) if kind]
    alike = [place for place in typed if _kind(first[place]) == kinds[place]]
    unlike = [place for place in typed if place not in alike and first[place].strip()]
    if not alike or unlike:
        return True
    counted = [first[place].strip() for place in typed if kinds[place] == "number"]
    if len(counted) > 2 and len(counted) < len(first) and all(map(str.isdigit, counted)):
        return all(int(b) == int(a) + 1 for a, b in pairwise(counted))
    return False


def _kind(value: str) -> str:
    value = value.strip()
    for name, pattern in (("number", _NUMBER), ("date", _DATE), ("address", _ADDRESS)):
        if pattern.fullmatch(value):
            return name
    return "prose" if len(value) > _LONG and " " in value else ""


def _usual_kind(values: Sequence[str]) -> str:
    kinds = Counter(_kind(value) for value in values if value.strip())
    if not kinds:
        return ""
    kind, count = kinds.most_common(1)[0]
    return kind if count >= _MOST * kinds.total() else ""
