"""One JSON document: an array of objects, or an object that has such an array under a key.

Also objects that follow each other over several lines, an object of objects, whose keys become a
column, and arrays of values below one of names.
"""

import re
from collections.abc import Iterator
from typing import Any

from recsys.errors import DataError
from recsys.reading.formats import json_lines
from recsys.reading.formats._cells import cell, chunks, flat
from recsys.reading.formats._objects import lines_of
from recsys.reading.formats._source import Chunk, Source
from recsys.reading.formats.json_lines import DECODER

TITLE = "JSON"
MAX_CHARACTERS = 1 << 27
"""Most of a document: unlike lines, it is held as a whole."""
MAX_DEPTH = 4
"""Keys within keys down to which records are looked for."""
KEY = "key"
"""The column of the keys in an object of objects."""
_SPACE = re.compile(r"[\s\ufeff]*")
_BREAKS = (ValueError, RecursionError)


def recognises(source: Source) -> bool:
    """Where a text starts as an object or array does, and its lines are not objects."""
    start = source.head.lstrip("\ufeff \t\r\n")
    if not re.match(r"\[\s*[\[{\]]|\{\s*[\"}]", start):
        return False
    return lines_of(source, json_lines.parse) == 0


def read(source: Source) -> Iterator[Chunk]:
    """The records of the part that is chosen, or of the one that has most of the text."""
    with source.text(newline="") as file:
        text = file.read(MAX_CHARACTERS + 1)
    if len(text) > MAX_CHARACTERS:
        raise DataError(
            f"is a JSON document of more than {MAX_CHARACTERS >> 20} million characters, the most"
            " that is read as one; write one object a line (JSON Lines), then any size is."
        )
    yield from chunks(_records(text, source), source)


def _records(text: str, source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and cells of each record."""
    start = _skip(text, 0)
    arrays = _arrays(text, start) if text[start] == "{" else {}
    if text[start] == "[":
        source.notes.append("JSON, an array of records.")
        values = _elements(text, start)
    elif arrays and _skip(text, _end(text, start)) == len(text):
        usual = max(arrays, key=lambda key: arrays[key][1])
        part = source.choose(list(arrays), usual)
        source.notes.append(f"JSON, records under {part!r}.")
        values = _elements(text, arrays[part][0])
    else:
        values = _objects(text, start, source)
    names: list[str] = []
    for number, value in enumerate(values, 1):
        if isinstance(value, dict) and value:
            yield number, flat(value)
        elif isinstance(value, list) and not names and number == 1:
            names = list(map(str, value))
        elif isinstance(value, list) and len(value) == len(names):
            yield number, dict(zip(names, map(cell, value), strict=True))
        elif isinstance(value, Broken):
            source.bad.append((number, "broken JSON, from here to the end", value.text))
        else:
            source.bad.append((number, "not a JSON object", cell(value)))


class Broken:
    """What could not be read, from its start."""

    def __init__(self, text: str) -> None:
        self.text = text


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _elements(text: str, at: int) -> Iterator[Any]:
    """The values of the array that starts at ``at``; the last is Broken where it breaks off."""
    return (value for value, _ in _placed(text, at))


def _placed(text: str, at: int) -> Iterator[tuple[Any, int]]:
    """The values of the array that starts at ``at``, and where each ends."""
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        try:
            value, end = DECODER.raw_decode(text, at)
        except _BREAKS:
            yield Broken(text[at : at + 200]), len(text)
            return
        yield value, end
        end = _skip(text, end)
        if text[end : end + 1] not in (",", "]"):
            yield Broken(text[end : end + 200]), len(text)
            return
        at = end if text[end : end + 1] == "]" else _skip(text, end + 1)


def _arrays(text: str, at: int, within: str = "", depth: int = 0) -> dict[str, tuple[int, int]]:
    """Key -> where its array of objects starts and how long it is; keys of keys have dots."""
    found: dict[str, tuple[int, int]] = {}
    for key, start, end in _members(text, at):
        name = f"{within}.{key}".strip(".")
        if re.compile(r"\[\s*\{").match(text, start):
            found[name] = (start, end - start)
        elif text[start] == "{" and depth < MAX_DEPTH:
            found |= _arrays(text, start, name, depth + 1)
    return found


def _members(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Key, and where its value starts and ends, of the object at ``at``, until it breaks off."""
    at = _skip(text, at + 1)
    while text[at : at + 1] == '"':
        try:
            key, at = DECODER.raw_decode(text, at)
            at = _skip(text, at)
            if text[at : at + 1] != ":":
                return
            start = _skip(text, at + 1)
            end = _end(text, start)
        except _BREAKS:
            return
        yield key, start, end
        at = _skip(text, end)
        if text[at : at + 1] != ",":
            return
        at = _skip(text, at + 1)


def _end(text: str, start: int) -> int:
    """Where the value at ``start`` ends, or the text; no more than a member is held at a time."""
    at = start + 1
    if text[start : start + 1] == "[":
        for _, end in _placed(text, start):
            at = end
    elif text[start : start + 1] == "{":
        for _, _, end in _members(text, start):
            at = end
    else:
        return DECODER.raw_decode(text, start)[1]
    return min(_skip(text, at) + 1, len(text))


def _objects(text: str, at: int, source: Source) -> Iterator[Any]:
    """Objects that follow each other; those in one object that holds nothing else."""
    try:
        only, end = DECODER.raw_decode(text, at)
    except _BREAKS:
        yield Broken(text[at : at + 200])
        return
    if _skip(text, end) == len(text):
        yield from _within(only, source)
        return
    source.notes.append("JSON, one object after another.")
    while at < len(text):
        try:
            value, at = DECODER.raw_decode(text, at)
        except _BREAKS:
            yield Broken(text[at : at + 200])
            return
        yield value
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)


def _within(only: dict[str, Any], source: Source) -> list[dict[str, Any]]:
    """The records in one object: columns of cells by row, as pandas writes them; or records by a
    key, two at least; or itself."""
    values = list(only.values())
    if not values or not all(isinstance(value, dict) and value for value in values):
        return [only]
    rows = list(values[0])
    if all(map(str.isdigit, rows)) and all(list(value) == rows for value in values):
        source.notes.append("JSON, a table by columns.")
        return [{name: only[name][row] for name in only} for row in rows]
    if len(values) == 1:
        return [only]
    source.notes.append(f"JSON, records by their keys, which are the column {KEY!r}.")
    return [{KEY: key, **value} for key, value in only.items()]
