"""XML: feeds (RSS, Atom, Google Shopping) and other lists of elements.

A record is the element that repeats. Entities and outside files are refused by defusedxml.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, TextIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from recsys.errors import DataError
from recsys.reading.formats._cells import chunks, flat
from recsys.reading.formats._source import Chunk, Source

TITLE = "XML"
KINDS = {"rss": "RSS", "feed": "Atom", "rdf": "RSS"}
"""What feeds are called, by the name of their first element."""
MAX_DEPTH = 50
"""Elements within elements that are read."""
_ADDRESS = ("href", "url", "term", "value", "name", "label", "resource")
"""Attributes that say what an element without text says, the likelier first."""


def recognises(source: Source) -> bool:
    """By the first sign and what follows it."""
    start = source.head.lstrip("\ufeff \t\r\n")[:2000]
    return start.startswith(("<?xml", "<!")) or (
        start.startswith("<") and start[1:2].isalpha() and ">" in start
    )


def read(source: Source) -> Iterator[Chunk]:
    """The elements of the part that is chosen, or of the one that is repeated most."""
    if "<html" in source.head[:2000].lower():
        raise DataError("is a web page, not a table.")
    try:
        root, counts = _counts(source)
    except (DefusedXmlException, ParseError) as error:
        raise DataError(f"is no XML that can be read: {_said(error)}.") from error
    if not counts:
        raise DataError("is XML in which no element with others within is repeated.")
    usual = max(
        counts, key=lambda path: (path.rpartition("/")[2] in ("item", "entry"), counts[path])
    )
    part = source.choose(list(counts), usual)
    kind = KINDS.get(root.casefold(), "XML")
    source.notes.append(f"{kind}, an item for each {part.rpartition('/')[2]!r}.")
    yield from chunks(_records(source, part), source)


def _said(error: Exception) -> str:
    if isinstance(error, DefusedXmlException):
        return "it defines entities, which are not followed"
    return str(error)


class _Text:
    """Characters for the parser, which takes no lone surrogate."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def read(self, size: int) -> str:
        """The next characters."""
        return self._text.read(size).replace("\udcff", "\ufffd")


def _elements(source: Source) -> Iterator[tuple[str, list[str], Element]]:
    """Event, path of names down to it, and element."""
    path: list[str] = []
    with source.text(newline="\n") as text:
        for event, element in iterparse(_Text(text), ("start", "end")):
            if event == "start":
                path.append(_bare(element.tag))
            if len(path) > MAX_DEPTH:
                raise DataError(f"is XML of more than {MAX_DEPTH} elements within each other.")
            yield event, path, element
            if event == "end":
                path.pop()


def _counts(source: Source) -> tuple[str, dict[str, int]]:
    """The first element's name; path -> how often, of elements with others within that repeat.

    Those inside another that repeats are parts of it. One that is alone counts in a feed.
    """
    counts, parents = Counter[str](), set[str]()
    root = ""
    for event, path, element in _elements(source):
        if event == "start":
            root = root or path[0]
            counts["/".join(path)] += 1
            parents.add("/".join(path[:-1]))
        elif len(path) > 1:
            element.clear()
    feed = root.casefold() in KINDS
    repeated = [
        name
        for name, count in counts.items()
        if name in parents and (count > 1 or (feed and name.endswith(("/item", "/entry"))))
    ]
    tops = [name for name in repeated if not any(name.startswith(f"{top}/") for top in repeated)]
    return root, {name: counts[name] for name in tops}


def _records(source: Source, part: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and cells of each element at the path ``part``."""
    wanted = part.split("/")
    number = 0
    try:
        for event, path, element in _elements(source):
            if event == "start":
                continue
            if path == wanted:
                number += 1
                value = _value(element)
                yield number, flat(value if isinstance(value, dict) else {path[-1]: value})
            if path == wanted or path[: len(wanted)] != wanted:
                element.clear()
    except (ParseError, DefusedXmlException) as error:
        source.bad.append((number + 1, "broken XML, from here to the end", _said(error)))


def _bare(tag: Any) -> str:
    """The name of an element without its namespace: g:title is a title."""
    return str(tag).rpartition("}")[2]


def _value(element: Element) -> Any:
    """What an element says: its text, or the names and values of what is within it.

    Text with marked-up words within is one text; names that repeat become a list; a name that
    stands in two namespaces is told of by the first.
    """
    attributes = {_bare(name): value for name, value in element.attrib.items()}
    text = (element.text or "").strip()
    if len(element) and (text or any((child.tail or "").strip() for child in element)):
        return "".join(element.itertext()).strip()
    cells: dict[str, Any] = {}
    for child in element:
        cells.setdefault(child.tag, []).append(_value(child))
    named: dict[str, Any] = dict(attributes)
    for tag, values in cells.items():
        name = _bare(tag)
        if named.get(name) and not isinstance(values[0], dict) and any(values):
            name = f"{name} 2"
        named[name] = values[0] if len(values) == 1 else _joined(values)
    if text:
        return {"": text, **attributes} if attributes else text
    if len(element):
        return named
    said = next((attributes.pop(name) for name in _ADDRESS if name in attributes), "")
    return {"": said, **attributes} if attributes else said


def _joined(values: list[Any]) -> Any:
    """The values of names that repeat: a text with | between where none has it, else a list."""
    plain = [_name(value) for value in values]
    names = [name for name in plain if name]
    if all(isinstance(name, str) and "|" not in name for name in names):
        return "|".join(dict.fromkeys(map(str, names)))
    return names


def _name(value: Any) -> Any:
    """What an element that has attributes or others within says by its text or its name."""
    if not isinstance(value, dict):
        return value
    return value.get("") or value.get("name") or value
