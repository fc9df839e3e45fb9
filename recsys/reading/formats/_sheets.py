"""Rows of a spreadsheet's sheet, from where its table starts."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from recsys.reading.formats._cells import MAX_COLUMNS, cell, header
from recsys.reading.formats._layout import has_header
from recsys.reading.formats._source import CHUNK, Chunk, Source

_SAMPLE = 100
_MIDNIGHT = datetime.time()


def as_text(value: Any) -> str:
    """A cell as text: numbers and days as they are shown, without what they do not have.

    >>> as_text(12.0), as_text(1.5), as_text(datetime.datetime(1995, 5, 1)), as_text(True)
    ('12', '1.5', '1995-05-01', 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == _MIDNIGHT:
        return value.date().isoformat()
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return cell(value) if isinstance(value, (str, list)) else str(value)


def read_sheet(rows: Iterable[tuple[int, Sequence[str]]], source: Source) -> Iterator[Chunk]:
    """The rows of one sheet, each with its number, the blank ones left out.

    What stands above the header, such as the title of the whole, is told from it by having one
    cell where the table has several.
    """
    filled = ((number, row) for number, row in rows if any(row))
    first = list(islice(filled, _SAMPLE))
    if not first:
        return
    wide = sorted(sum(map(bool, row)) for _, row in first)[len(first) // 2]
    above = 0
    while wide > 2 and above < len(first) - 1 and sum(map(bool, first[above][1])) < 2:
        above += 1
    if above:
        source.notes.append(f"what stands above the header was left out: {above} rows.")
        first = first[above:]
    width = _width(first)
    names = [*first[0][1], *[""] * width][:width]
    if has_header(names, [row for _, row in first[1:]]):
        first = first[1:]
    else:
        source.notes.append("no header, so the columns are numbered.")
        names = [""] * width
    yield from _chunks(header(names, source), width, first, filled, source)


def _width(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Columns up to the last that is filled."""
    return max(max(place for place, cell in enumerate(row, 1) if cell) for _, row in rows)


def _chunks(
    names: list[str],
    width: int,
    first: list[tuple[int, Sequence[str]]],
    filled: Iterator[tuple[int, Sequence[str]]],
    source: Source,
) -> Iterator[Chunk]:
    left = source.most
    while first or (first := list(islice(filled, CHUNK))):
        kept = []
        for number, row in first[:left]:
            if any(row[width:]):
                source.bad.append((number, "more cells than the header has", " ".join(row)))
            else:
                kept.append((number, [*row, *[""] * width][: min(width, MAX_COLUMNS)]))
        if kept:
            numbers, cells = zip(*kept, strict=True)
            yield names, numbers, list(zip(*cells, strict=True))
        first = []
        left = None if left is None else left - len(kept)
        if left is not None and left <= 0:
            return
