"""Delimited text: CSV, TSV, and any other mark between fields; with a header or without."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from recsys.reading.formats import _atomic, _layout
from recsys.reading.formats._cells import MAX_COLUMNS, header
from recsys.reading.formats._layout import Layout
from recsys.reading.formats._records import Lines, Record, records
from recsys.reading.formats._source import CHUNK, Chunk, Source

TITLE = "Delimited text"
_EXCEL = re.compile(r'"?sep=(.)"?\s*')
"""The line by which Excel is told the mark."""
_PREFIX = re.compile(r"[a-z]{1,10}:(?=\w)")
"""What a product feed writes before the names of its columns."""


def recognises(source: Source) -> bool:
    """Nothing tells delimited text: it is what nobody else recognises."""
    return False


def read(source: Source) -> Iterator[Chunk]:
    """The rows by the layout that most of the first lines have."""
    sample = source.lines()
    told = _EXCEL.fullmatch(sample[0]) if sample else None
    skipped = 1 if told else 0
    layout = _layout.find(sample[skipped:], told[1] if told else "")
    found = islice(records(Lines(sample[skipped:]), layout.mark, layout.quote), _layout.SAMPLE)
    first, *others = [record.fields for record in found] or [[]]
    if not first:
        return
    layout = replace(layout, fields=max(layout.fields, len(first)))
    _tell(layout, source)
    names, headed = _names(first, others, layout, source)
    kinds = _atomic.types(first)
    with source.text(newline="") as text:
        lines = Lines(islice(text, skipped, None), skipped)
        if headed:
            next(records(lines, layout.mark, layout.quote))
        for numbers, columns in _rows(lines, layout, source):
            columns = _with_lists(columns[:MAX_COLUMNS], kinds)
            if _atomic.is_link(kinds):
                names = _atomic.TRIPLE
                columns.insert(1, [_atomic.SAME] * len(numbers))
            yield names, numbers, columns


def _tell(layout: Layout, source: Source) -> None:
    if layout.mark not in (",", _layout.NONE):
        name = _layout.NAMES.get(layout.mark, repr(layout.mark))
        source.notes.append(f"{name} between fields.")


def _names(
    first: list[str], rows: Sequence[list[str]], layout: Layout, source: Source
) -> tuple[list[str], bool]:
    """The names of the columns, and whether the ``first`` record tells them."""
    fitting = [row for row in rows if len(row) == layout.fields]
    if not _layout.has_header(first, fitting):
        source.notes.append("no header, so the columns are numbered.")
        return header([""] * layout.fields, source), False
    names = list(_atomic.types(first)) or _unprefixed(first)
    if layout.fields == len(names) + 1:
        source.notes.append("the header has no name for the first column.")
        names = ["", *names]
    return header(names, source), True


def _with_lists(columns: list[Sequence[str]], kinds: dict[str, str]) -> list[Sequence[str]]:
    """The columns, those that RecBole calls lists with | between names."""
    if not kinds:
        return columns
    listed = [_atomic.listed(name, kind) for name, kind in kinds.items()]
    return [
        _atomic.as_list(cells) if is_list else cells
        for cells, is_list in zip(columns, listed, strict=False)
    ]


def _unprefixed(names: Sequence[str]) -> list[str]:
    """The names without what stands before a colon, where that leaves them different."""
    bare = [_PREFIX.sub("", name.strip()) for name in names]
    return bare if len(set(bare)) == len(set(names)) else list(names)


def _rows(
    lines: Lines, layout: Layout, source: Source
) -> Iterator[tuple[Sequence[int], list[Sequence[str]]]]:
    """Lines and columns of the rows, a chunk at a time, not more than are wanted."""
    left = source.most
    while left is None or left > 0:
        start = lines.at
        some = lines.take(CHUNK if left is None else min(CHUNK, left))
        if not some:
            return
        rows = _plain(some, layout)
        numbers: Sequence[int] = range(start + 1, start + 1 + len(some))
        if rows is None:
            lines.give_back(some)
            found = list(_sound(lines, layout, source, len(some)))
            numbers = [record.line for record in found]
            rows = [record.fields for record in found]
        if rows:
            left = None if left is None else left - len(rows)
            yield numbers, list(zip(*rows, strict=True))


def _plain(lines: list[str], layout: Layout) -> list[list[str]] | None:
    """The fields of lines that are a sound record each; None when one of them is not."""
    if len(layout.mark) > 1:
        return None
    try:
        rows = list(csv.reader(lines, delimiter=layout.mark, quotechar=layout.quote, strict=True))
    except csv.Error:
        return None
    fit = len(rows) == len(lines) and set(map(len, rows)) == {layout.fields}
    return rows if fit else None


def _sound(lines: Lines, layout: Layout, source: Source, most: int) -> Iterator[Record]:
    """The next records that can be used, from about ``most`` lines; the others are bad."""
    for record in islice(records(lines, layout.mark, layout.quote, layout.fields), most):
        extra = record.fields[layout.fields :]
        if record.fault:
            source.bad.append((record.line, record.fault, record.said))
        elif len(record.fields) < layout.fields or any(map(str.strip, extra)):
            source.bad.append((record.line, "wrong number of fields", record.said))
        else:
            yield record._replace(fields=record.fields[: layout.fields])
