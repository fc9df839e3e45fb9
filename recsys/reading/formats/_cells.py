"""Headers and cells, as every format makes them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from recsys.reading.formats._source import CHUNK, Chunk, Source

MAX_COLUMNS = 500
"""The first columns that are kept of a file that has more."""
MAX_DEPTH = 20
"""Objects within objects are taken apart so far down."""


def header(names: Iterable[str], source: Source) -> list[str]:
    """The names of the columns that are read: trimmed, none blank, no two the same.

    What was changed is said in the notes.
    """
    given = [name.strip(" \t\r\n\ufeff\"'\0") for name in names]
    if len(given) > MAX_COLUMNS:
        source.notes.append(
            f"the first {MAX_COLUMNS} of {len(given):,} columns are read, the others are left out."
        )
    kept: list[str] = []
    taken = set(given)
    for place, name in enumerate(given[:MAX_COLUMNS], 1):
        name, number = name or f"column {place}", 2
        first = name
        while name in kept or (name != first and name in taken):
            name, number = f"{first} {number}", number + 1
        if name != first:
            source.notes.append(f"a second column {first!r} is read as {name!r}.")
        kept.append(name)
    return kept


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
        name = f"{within}.{key}".strip(".") if within else str(key).strip()
        if isinstance(value, dict) and depth < MAX_DEPTH:
            cells |= flat(value, name, depth + 1)
        else:
            cells[name] = cell(value)
    return cells


def chunks(records: Iterable[tuple[int, Mapping[str, str]]], source: Source) -> Iterator[Chunk]:
    """Columns of ``records``, each a line and its cells by name; the first MAX_COLUMNS names."""
    records = islice(records, source.most)
    names: dict[str, None] = {}
    more: set[str] = set()
    while some := list(islice(records, CHUNK)):
        for _, cells in some:
            for name in cells:
                if name in names or name in more:
                    continue
                if len(names) < MAX_COLUMNS:
                    names[name] = None
                elif len(more) < 100 * MAX_COLUMNS:
                    more.add(name)
        columns = [[cells.get(name, "") for _, cells in some] for name in names]
        yield header_of(names), [line for line, _ in some], columns
    if more:
        source.notes.append(
            f"the first {MAX_COLUMNS} of {MAX_COLUMNS + len(more):,} columns are read,"
            " the others are left out."
        )


def header_of(names: Iterable[str]) -> list[str]:
    """Names that are different already; a blank one is "column 1"."""
    return [name or f"column {place}" for place, name in enumerate(names, 1)]
