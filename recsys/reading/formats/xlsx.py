"""XLSX: the first sheet that holds something, or a chosen one, of an Excel file."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from recsys.errors import DataError
from recsys.reading.formats._sheets import as_text, read_sheet
from recsys.reading.formats._source import Chunk, Source
from recsys.reading.unpacking import BROKEN

TITLE = "Excel (XLSX)"
MAX_BYTES = 1 << 28
"""Most bytes that a document may unpack to."""
MAX_CELLS = 10_000_000
"""Most cells in a sheet, from the first to the last that is filled: all of them take memory."""
_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*?\br=[\"']([A-Z]*)(\d+)")


def recognises(source: Source) -> bool:
    """By the list of what is in the document."""
    return b"xl/workbook" in _names(source)


def _names(source: Source) -> bytes:
    if not source.start.startswith(b"PK"):
        return b""
    try:
        return "\n".join(zipfile.ZipFile(source.file).namelist()).encode()
    except BROKEN:
        return b""


def read(source: Source) -> Iterator[Chunk]:
    """The rows of the sheet; formulas by their last value."""
    try:
        book = CalamineWorkbook.from_filelike(_repacked(source.file))
        names = book.sheet_names
        if not names:
            raise DataError("has no sheet.")
        part = source.choose(names, _filled(book, names))
        source.notes.append(f"Excel, sheet {part!r} of {len(names)}.")
        sheet = book.get_sheet_by_name(part)
        top = (sheet.start or (0, 0))[0] + 1
        rows = ([as_text(value) for value in row] for row in sheet.iter_rows())
        yield from read_sheet(enumerate(rows, top), source)
    except (CalamineError, *BROKEN) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"is no Excel file that can be read: {error}.") from error


def _filled(book: CalamineWorkbook, names: Sequence[str]) -> str:
    """The first sheet with more than one row."""
    sheets = (name for name in names if book.get_sheet_by_name(name).height > 1)
    return next(sheets, names[0])


def _repacked(file: IO[bytes]) -> BytesIO:
    """The document without pictures, unpacked no further than is bounded, and packed anew.

    Its sizes are only said in it, and calamine believes them; it also makes room for every cell
    between the first and the last.
    """
    packed, left = BytesIO(), MAX_BYTES
    with zipfile.ZipFile(file) as given, zipfile.ZipFile(packed, "w") as taken:
        for member in given.namelist():
            if not member.endswith((".xml", ".rels")):
                continue
            content = given.open(member).read(left + 1)
            left -= len(content)
            if left < 0:
                raise DataError(
                    f"unpacks to more than {MAX_BYTES >> 20} MB, the most that is read."
                )
            if "worksheets/" in member:
                _check(content)
            taken.writestr(member, content)
    packed.seek(0)
    return packed


def _check(sheet: bytes) -> None:
    if b"\0" in sheet:
        raise DataError("has a sheet that is not UTF-8.")
    width = height = 1
    for letters, number in _PLACE.findall(sheet):
        height = max(height, int(number[:9]))
        if len(letters) > len(b"XFD"):
            raise DataError("has a sheet with more columns than Excel knows.")
        column = 0
        for letter in letters:
            column = 26 * column + letter - 64
        width = max(width, column)
    if width * height > MAX_CELLS:
        raise DataError(
            f"has a sheet of {height:,} rows and {width:,} columns; at most {MAX_CELLS:,} cells are"
            " read. Save it as CSV."
        )
