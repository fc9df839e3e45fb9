"""A Python literal a line, as the older metadata of Amazon are given; nothing in it is run."""

import ast
from collections.abc import Iterator
from typing import Any

from recsys.reading.formats import json_lines
from recsys.reading.formats._objects import lines_of, read_lines
from recsys.reading.formats._source import Chunk, Source

TITLE = "Python literals"
LONGEST = 1_000_000
"""Characters of the longest line that is read: a literal takes a hundred times its length."""


def parse(written: str) -> Any:
    """The value of a literal; raises ValueError for anything else."""
    if len(written) > LONGEST:
        raise ValueError(f"a literal of more than {LONGEST:,} characters")
    try:
        return ast.literal_eval(written.strip())
    except (SyntaxError, TypeError, MemoryError) as error:
        raise ValueError(str(error)) from error


def recognises(source: Source) -> bool:
    """Where most lines look like objects, none is JSON, and at least one is a literal."""
    return lines_of(source, json_lines.parse) == 0 and lines_of(source, parse) > 0


def read(source: Source) -> Iterator[Chunk]:
    """An object a line."""
    source.notes.append("Python literals, read safely.")
    yield from read_lines(source, parse, "not a Python literal")
