"""Headers and cells, as every format makes them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from recsys.reading.formats._source import CHUNK, Chunk, Source

MAX_COLUMNS = 500
"""The first columns that are kept of a file that has more."""
MAX_COUNTED = 10_000
"""More columns than this are not told from each other, a chunk at a time."""
_LOST = re.compile("[\ud800-\udfff]")
MAX_DEPTH = 20
"""Objects within objects are taken apart so far down."""


def header(names: Iterable[str], source: Source) -> list[str]:
    """The names of the columns that are read, as of ``different``; what is not plain is noted."""
    given = list(names)
    if len(given) > MAX_COLUMNS:
        source.notes.append(_cut(len(given)))
    kept = different(given[:MAX_COLUMNS])
    for before, name in zip(given, kept, strict=False):
        first, _, number = name.rpartition(" ")
        if number.isdecimal() and first == _trimmed(before):
            source.notes.append(f"a second column {first!r} is read as {name!r}.")
    return kept


def different(names: Iterable[str]) -> list[str]:
    """The names trimmed, none blank, no two the same.

    >>> different([" id", "", "tags", "tags", "\ufeff'a'"])
    ['id', 'column 2', 'tags', 'tags 2', 'a']
    """
    given = list(map(_trimmed, names))
    kept: dict[str, None] = {}
    for place, name in enumerate(given, 1):
        first = unique = name or f"column {place}"
        number = 1
        while unique in kept or (unique != name and unique in given):
            number += 1
            unique = f"{first} {number}"
        kept[unique] = None
    return list(kept)


def _trimmed(name: str) -> str:
    return _LOST.sub("\ufffd", name).strip(" \t\r\n\ufeff\"'\0")


def _cut(count: int) -> str:
    return f"the first {MAX_COLUMNS} of {count:,} columns are read, the others are left out."


def cell(value: Any) -> str:
    """A value as text: lists within a list become one, and other lists and objects are JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(part, list) for part in value):
        names = [name for part in value for name in part]
        if all(isinstance(name, str) for name in names):
            value = list(dict.fromkeys(names))
    return json.dumps(value, ensure_ascii=False, default=str)


def flat(record: Mapping[Any, Any], within: str = "", depth: int = 0) -> dict[str, str]:
    """The cells of an object by name; those of an object within it have its name before theirs.

    >>> flat({"id": 7, "attributes": {"title": "Ran", "tags": ["war"]}})
    {'id': '7', 'attributes.title': 'Ran', 'attributes.tags': '["war"]'}
    """
    cells: dict[str, str] = {}
    for key, value in record.items():
        name = key if isinstance(key, str) else str(key)
        if within:
            name = f"{within}.{name}" if name else within
        if isinstance(value, dict) and depth < MAX_DEPTH:
            cells |= flat(value, name, depth + 1)
        else:
            cells[name] = value if isinstance(value, str) else cell(value)
    return cells


def chunks(records: Iterable[tuple[int, Mapping[str, str]]], source: Source) -> Iterator[Chunk]:
    """Columns of ``records``, each a line and its cells by name; the first MAX_COLUMNS names."""
    records = islice(records, source.most)
    names: dict[str, None] = {}
    more: set[str] = set()
    while some := list(islice(records, CHUNK)):
        found = dict.fromkeys(name for _, cells in some for name in cells if name not in names)
        room = MAX_COLUMNS - len(names)
        names |= dict.fromkeys(list(found)[:room])
        more.update(list(found)[room : room + MAX_COUNTED])
        columns = [[cells.get(name, "") for _, cells in some] for name in names]
        yield different(names), [line for line, _ in some], columns
    if more:
        source.notes.append(_cut(MAX_COLUMNS + len(more)))
