"""A file as its format meets it, and what the format finds in it."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, Any, TypeAlias

from recsys.errors import DataError
from recsys.reading import encodings

Bad = list[tuple[int, str, str]]
"""Line, reason and value of each row that cannot be used."""
Chunk: TypeAlias = tuple[list[str], Sequence[int], Sequence[Any]]
"""Names of columns, lines of rows, and the columns: lists of str, or Arrow arrays."""

CHUNK = 2_000
"""Rows turned into columns at a time: few enough that the garbage collector has little to walk."""
START = 1 << 20
"""Bytes by which a format is recognised."""
BINARY = (b"PAR1", b"PK\x03\x04")
"""How files begin whose bytes are no text, though we read them."""
FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls): save it as .xlsx",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
    b"7z\xbc\xaf": "a 7z archive: unpack it",
    b"Rar!": "a RAR archive: unpack it",
}
"""How files begin that are no table, and what they are."""
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1e]")
MAX_CONTROL = 0.3
"""The share of control characters from which a file is no text."""


@dataclass
class Source:
    """A ``file`` that can be sought in; ``encoding`` and ``part`` as chosen, "" to be found.

    A format adds to ``bad`` and ``notes`` and sets ``part``, ``parts``; ``most`` rows are wanted,
    all for None.
    """

    file: IO[bytes]
    encoding: str = ""
    part: str = ""
    most: int | None = None
    bad: Bad = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    parts: tuple[str, ...] = ()

    @cached_property
    def start(self) -> bytes:
        """The first bytes; raises DataError when they are those of no table."""
        self.file.seek(0)
        start = self.file.read(START)
        for magic, what in FOREIGN.items():
            if start.startswith(magic):
                raise DataError(f"is {what}.")
        return start

    @cached_property
    def head(self) -> str:
        """The first characters, "" where bytes are no text; raises DataError for no table."""
        if self.start.startswith(BINARY):
            return ""
        if not self.encoding:
            self.encoding = encodings.find(self.file)
        decoder = codecs.getincrementaldecoder(encodings.codec(self.encoding))(encodings.LOST)
        try:
            head = decoder.decode(self.start, final=len(self.start) < START)
        except UnicodeError as error:  # it has no mark where one must be
            raise DataError(f"cannot be read as {self.encoding}: {error}.") from error
        control = len(_CONTROL.findall(head))
        if control > MAX_CONTROL * len(head):
            raise DataError("is neither text nor of another kind that is read.")
        return head

    def lines(self) -> list[str]:
        """The first lines with their ends, none of them cut off unless there is only one."""
        lines = list(io.StringIO(self.head, newline=""))
        return lines[:-1] if len(self.start) == START and len(lines) > 1 else lines

    @contextmanager
    def text(self, newline: str) -> Iterator[io.TextIOWrapper]:
        """The whole as text, from its start; what is lost is a lone surrogate."""
        self.file.seek(0)
        codec = encodings.codec(self.encoding)
        text = io.TextIOWrapper(self.file, codec, encodings.LOST, newline)
        try:
            yield text
        finally:
            text.detach()  # else the file would be closed with it

    def choose(self, parts: Sequence[str], usual: str) -> str:
        """The part to read: the one wanted, else the ``usual`` one; DataError if there is none."""
        self.parts = tuple(parts)
        if self.part and self.part not in parts:
            raise DataError(f"has no part {self.part!r}; it has: {', '.join(parts)}.")
        self.part = self.part or usual
        return self.part
