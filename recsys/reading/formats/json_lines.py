"""JSON Lines: one JSON object a line, such as reviews and metadata are given in."""

import json
from collections.abc import Iterator
from typing import Any

from recsys.reading.formats._objects import lines_of, read_lines
from recsys.reading.formats._source import Chunk, Source

TITLE = "JSON Lines"
DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Numbers stay as they are written: an id of twenty digits is no float."""


def parse(written: str) -> Any:
    """A JSON value."""
    return DECODER.decode(written.lstrip("\ufeff"))


def recognises(source: Source) -> bool:
    """Where most lines are objects, and at least one is JSON."""
    return lines_of(source, parse) > 0


def read(source: Source) -> Iterator[Chunk]:
    """An object a line."""
    source.notes.append("JSON, one object a line.")
    yield from read_lines(source, parse, "not a JSON object")
