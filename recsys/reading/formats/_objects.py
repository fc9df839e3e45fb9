"""Text that is an object a line: how it is recognised, and read whatever its language is."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from recsys.reading.formats._cells import chunks, flat
from recsys.reading.formats._source import Chunk, Source

_SAMPLE = 20
"""Lines by which a language is recognised."""
_OBJECT = re.compile(r"\s*\{.*\}\s*", re.DOTALL)


def lines_of(source: Source, parse: Callable[[str], Any]) -> float:
    """The share of the first lines that look like objects and that ``parse`` reads as such.

    0 where fewer than half look so, or there is one line only, which may hold them all.
    """
    if not source.head.lstrip().startswith(("{", "[")):
        return 0.0
    lines = [line for line in source.lines() if line.strip()][:_SAMPLE]
    objects = [line for line in lines if _OBJECT.fullmatch(line)]
    if len(lines) < 2 or len(objects) < len(lines) / 2:
        return 0.0
    return sum(_is_object(line, parse) for line in objects) / len(objects)


def _is_object(line: str, parse: Callable[[str], Any]) -> bool:
    try:
        return isinstance(parse(line), dict)
    except (ValueError, RecursionError):
        return False


def read_lines(source: Source, parse: Callable[[str], Any], reason: str) -> Iterator[Chunk]:
    """An object a line; a line that ``parse`` refuses with a ValueError is bad for ``reason``."""

    def objects() -> Iterator[tuple[int, dict[str, str]]]:
        for line, written in enumerate(text, 1):
            if not written.strip():
                continue
            try:
                value = parse(written)
            except (ValueError, RecursionError):
                value = None
            if value and isinstance(value, dict):
                yield line, flat(value)
            else:
                source.bad.append((line, reason, written))

    with source.text(newline="\n") as text:
        yield from chunks(objects(), source)
