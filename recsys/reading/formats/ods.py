"""ODS: the first sheet that holds something, or a chosen one, of a LibreOffice file.

Read element by element: ODS says of a cell or row how often it is repeated, so that few bytes can
mean more cells than there is memory for.
"""

import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import iterparse

from recsys.errors import DataError
from recsys.reading.formats._cells import MAX_COLUMNS
from recsys.reading.formats._sheets import as_text, read_sheet
from recsys.reading.formats._source import Chunk, Source
from recsys.reading.unpacking import BROKEN

TITLE = "OpenDocument (ODS)"
MAX_BYTES = 1 << 28
"""Most bytes that a document may unpack to."""
MAX_REPEATED = 100_000
"""Most rows that one row with something in it may stand for."""
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_KIND = b"application/vnd.oasis.opendocument.spreadsheet"


def recognises(source: Source) -> bool:
    """By what it says it is."""
    if not source.start.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(source.file) as archive, archive.open("mimetype") as kind:
            return kind.read(len(_KIND)) == _KIND
    except (zipfile.BadZipFile, KeyError, *BROKEN):
        return False


def read(source: Source) -> Iterator[Chunk]:
    """The rows of the sheet; formulas by their last value."""
    try:
        names = _sheets(source)
        filled = (name for name in names if len(list(islice(_rows(source, name), 2))) > 1)
        part = source.choose(names, next(filled, names[0]))
        source.notes.append(f"OpenDocument, sheet {part!r} of {len(names)}.")
        yield from read_sheet(_rows(source, part), source)
    except (ParseError, KeyError, *BROKEN) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"is no OpenDocument file that can be read: {error}.") from error


def _events(source: Source) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(source.file) as archive:
        if archive.getinfo("content.xml").file_size > MAX_BYTES:  # it is read no further than said
            raise DataError(f"unpacks to more than {MAX_BYTES >> 20} MB, the most that is read.")
        with archive.open("content.xml") as content:
            yield from iterparse(content, ("start", "end"))


def _sheets(source: Source) -> list[str]:
    names = []
    for event, element in _events(source):
        if event == "start" and element.tag == f"{_TABLE}table":
            names.append(element.get(f"{_TABLE}name", ""))
        if event == "end":
            element.clear()
    if not names:
        raise DataError("has no sheet.")
    return names


def _rows(source: Source, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row with something in it."""
    inside, number = False, 1
    for event, element in _events(source):
        if element.tag == f"{_TABLE}table":
            inside = event == "start" and element.get(f"{_TABLE}name", "") == sheet
            number = 1
        if event != "end" or element.tag != f"{_TABLE}table-row":
            continue
        times = _times(element, "rows")
        cells = _cells(element) if inside else []
        if cells and times > MAX_REPEATED:
            raise DataError(f"has a row that stands for {times:,}; at most {MAX_REPEATED:,} may.")
        for again in range(times if cells else 0):
            yield number + again, cells
        number += times
        element.clear()


def _times(element: Any, what: str) -> int:
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(said[:9]) if said.isdecimal() else 1


def _cells(row: Any) -> list[str]:
    """The cells up to the last that is filled; [] for a blank row."""
    cells: list[str] = []
    blank = 0
    for element in row:
        times = _times(element, "columns")
        value = _value(element)
        if not value:
            blank += times
            continue
        room = max(0, 10 * MAX_COLUMNS - len(cells))
        cells += [""] * min(blank, room) + [value] * min(times, room)
        blank = 0
    return cells


def _value(element: Any) -> str:
    for name in ("date-value", "boolean-value"):
        if element.get(_OFFICE + name):
            return str(element.get(_OFFICE + name)).removesuffix("T00:00:00")
    if element.get(f"{_OFFICE}value-type") in ("float", "currency", "percentage"):
        return as_text(float(element.get(f"{_OFFICE}value", "nan")))
    return "\n".join(_said(line) for line in element.findall(f"{_TEXT}p"))


def _said(element: Any) -> str:
    """The text of a paragraph, in which several spaces are an element."""
    said = element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            said += " " * min(int(part.get(f"{_TEXT}c", "1")[:4]), 1000)
        elif part.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            said += " "
        else:
            said += _said(part)
        said += part.tail or ""
    return said
