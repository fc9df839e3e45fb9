"""A file of rows, read as columns of text.

Python opens the file and nothing else looks at its path, so a name is only ever a name; what it is
told by what it holds. Every row ends up either in ``Rows.frame`` or, with its line and a reason, in
``Rows.bad``. Bytes that are no text cost the letters they stood for, which become U+FFFD, and not
the cell or the row; how many cells are concerned is said.
"""

import os
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError
from recsys.reading import encodings, formats
from recsys.reading.formats import _atomic
from recsys.reading.formats._source import Source
from recsys.reading.unpacking import unpacked

MAX_BYTES = 1 << 30
"""Most bytes of text that a table may hold."""
MAX_ROWS = 20_000_000
"""Most rows of a table."""
SHOWN = 80
"""Characters kept of a value at fault."""
_LOST = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Reading:
    """What a person chose of how a file is read: its ``encoding``, and the ``part`` of it, a sheet
    or a key that records stand under; "" for what is found."""

    encoding: str = ""
    part: str = ""


@dataclass(frozen=True)
class Rows:
    """``frame``: str columns, "" for nothing, index ``line``; ``bad``: line, reason, value.

    A line is counted from 1 as an editor shows it, the header included; where a file has no lines
    it is the row. ``notes`` say what was found, for the person who gave the file. ``encoding`` is
    the one used, "" where bytes are not text; ``parts`` can be chosen, and ``part`` was.
    """

    frame: pd.DataFrame
    bad: pd.DataFrame
    notes: tuple[str, ...] = ()
    encoding: str = ""
    parts: tuple[str, ...] = ()
    part: str = ""


def read(
    path: str | Path,
    most: int | None = None,
    reading: Reading = Reading(),
    progress: Progress = no_progress,
) -> Rows:
    """The rows of a file of any of ``formats``, the first ``most`` if given, perhaps compressed.

    Control characters are read as spaces. ``progress`` is told of bytes, and stops the reading by
    raising. Raises DataError for a file that is missing, empty, of no known kind, or above a bound.
    """
    path = Path(path)
    if not path.is_file():
        raise DataError(f"There is no file {str(path)!r}.")
    try:
        with path.open("rb") as packed, unpacked(packed) as (file, how):
            source = Source(file, reading.encoding, reading.part, most)
            if how:
                source.notes.append(f"unpacked ({how}).")
            rows = _rows(source, path.name, progress)
    except DataError as error:
        raise DataError(f"{path.name} {error}") from None
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise DataError(f"{path.name} cannot be read: {reason}") from error
    link = path.with_suffix(".link")
    if path.suffix.lower() == ".kg" and link.is_file():
        return _linked(rows, read(link).frame, link.name)
    return rows


def _linked(rows: Rows, links: pd.DataFrame, name: str) -> Rows:
    """A graph of RecBole's, whose entities take the ids of the items that they are."""
    ends = [_atomic.TRIPLE[0], _atomic.TRIPLE[2]]
    if not set(_atomic.TRIPLE) <= set(rows.frame) & set(links):
        return rows
    items = dict(zip(links[ends[1]], links[ends[0]], strict=True))
    named = {end: rows.frame[end].map(lambda cell: items.get(cell, cell)) for end in ends}
    note = f"entities have the ids of items that {name}, beside it, gives them."
    return replace(rows, frame=rows.frame.assign(**named), notes=(*rows.notes, note))


def _rows(source: Source, name: str, progress: Progress) -> Rows:
    total = os.fstat(source.file.fileno()).st_size
    form = formats.find(source)
    if source.encoding not in ("", "utf-8"):
        title = encodings.TITLES.get(source.encoding, source.encoding)
        source.notes.append(f"the encoding is {title}.")
    table = _Table()
    with closing(form.read(source)) as chunks:
        for names, lines, columns in chunks:
            table.add(names, lines, columns)
            progress(min(source.file.tell(), total), total, f"reading {name}")
    if not table.count:
        first = f": line {source.bad[0][0]} has {source.bad[0][1]}" if source.bad else ""
        raise DataError(f"has no row that can be read{first}.")
    if table.lost:
        source.notes.append(
            f"{table.lost:,} cells hold bytes that are no {source.encoding or 'UTF-8'}; each is"
            " read as \ufffd."
        )
    shown = [(line, reason, _shown(value)) for line, reason, value in source.bad]
    bad = pd.DataFrame(shown, columns=["line", "reason", "value"])
    encoding = source.encoding if source.head else ""
    return Rows(table.frame(), bad, tuple(source.notes), encoding, source.parts, source.part)


def _shown(value: str) -> str:
    return _LOST.sub("\ufffd", value[:SHOWN]).strip()


class _Table:
    """Chunks of columns put together, within bounds."""

    def __init__(self) -> None:
        self.count = 0
        self.lost = 0
        self._lines: list[np.ndarray] = []
        self._tables: list[pa.Table] = []
        self._bytes = 0

    def add(self, names: list[str], lines: Sequence[int], columns: Sequence[Any]) -> None:
        """Adds rows; raises DataError above a bound."""
        self._lines.append(np.asarray(lines, dtype=np.int64))
        self.count += len(lines)
        table = pa.table([_tidy(self._array(column)) for column in columns], names=names)
        self._tables.append(table)
        self._bytes += table.nbytes
        if self._bytes > MAX_BYTES:
            raise DataError(
                f"holds more than {MAX_BYTES >> 20} MB of text, the most that is read, from row"
                f" {self.count:,} on; give it in parts."
            )
        if self.count > MAX_ROWS:
            raise DataError(f"has more than {MAX_ROWS:,} rows, the most that are read.")

    def frame(self) -> pd.DataFrame:
        """All rows; "" where a column came later or ended sooner."""
        whole = pa.concat_tables(self._tables, promote_options="default")
        frame = whole.to_pandas().fillna("")
        frame.index = pd.Index(np.concatenate(self._lines), name="line")
        return frame

    def _array(self, column: Sequence[str] | pa.Array) -> pa.Array:
        try:
            return pa.array(column, pa.large_string())
        except UnicodeEncodeError:
            self.lost += sum(bool(_LOST.search(cell)) for cell in column)
            return pa.array([_LOST.sub("\ufffd", cell) for cell in column], pa.large_string())


def _tidy(cells: pa.Array) -> pa.Array:
    """Without control characters, and without space at the ends."""
    if _may_have_control(cells):
        cells = pc.replace_substring_regex(cells, r"\p{Cc}", " ")
    return pc.utf8_trim_whitespace(cells)


def _may_have_control(cells: pa.Array) -> bool:
    """By the bytes, a hundred times as fast as by the letters: 0xC2 begins those up to U+009F."""
    data = cells.buffers()[2]
    if data is None:
        return False
    raw = np.frombuffer(data, np.uint8)
    return bool(((raw < ord(" ")) | (raw == 0x7F) | (raw == 0xC2)).any())
