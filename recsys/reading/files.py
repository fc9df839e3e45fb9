"""A file of rows, read as columns of text.

Python opens the file and nothing else looks at its path, so a name is only ever a name. Every row
of the file ends up either in ``Rows.frame`` or, with its line and a reason, in ``Rows.bad``.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError

CHUNK = 2_000
"""Rows turned into columns at a time: few enough that the garbage collector has little to walk."""
MAX_COLUMNS = 500
"""A file with more is no catalogue."""
SHOWN = 80
"""Characters kept of a value at fault."""

# The limit belongs to the process, so one thread that put it back would fail another that reads.
csv.field_size_limit(10_000_000)

Bad = list[tuple[int, str, str]]
"""Line, reason and value of each row that cannot be used."""
Chunk = tuple[list[str], Sequence[int], Sequence[Sequence[str] | pa.Array]]
"""Names of columns, lines of rows, and the columns."""


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
    """The rows of a CSV, TSV, JSON Lines or Parquet file, the first ``most`` if given.

    Control characters are read as spaces. Raises DataError for a file that is missing, empty, of
    another kind, or without a header that can be read.
    """
    path = Path(path)
    kind = path.suffix.lower()
    if kind not in READERS:
        raise DataError(f"{path.name!r} is of no known kind; accepted are {', '.join(READERS)}.")
    if not path.is_file():
        raise DataError(f"There is no file {str(path)!r}.")
    bad: Bad = []
    lines: list[int] = []
    tables = []
    try:
        with path.open("rb") as file:
            for names, numbers, columns in READERS[kind](file, most, bad):
                kept, table = _table(names, numbers, columns, bad)
                lines += kept
                tables.append(table)
    except DataError as error:
        raise DataError(f"{path.name} {error}") from None
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise DataError(f"{path.name} cannot be read as {kind[1:]}: {reason}") from error
    if not tables:
        first = f": line {bad[0][0]} has {bad[0][1]}" if bad else ""
        raise DataError(f"{path.name} has no row that can be read{first}.")
    frame = pa.concat_tables(tables, promote_options="default").to_pandas().fillna("")
    frame.index = pd.Index(lines, name="line", dtype="int64")
    shown = [(line, reason, _shown(value)) for line, reason, value in bad]
    return Rows(frame, pd.DataFrame(shown, columns=["line", "reason", "value"]))


def _shown(value: str) -> str:
    # Cut twice: a byte that is no UTF-8, now a lone surrogate, is shown as \\x and its two digits.
    value = value[:SHOWN].encode(errors="backslashreplace").decode().replace("\\udc", "\\x")
    return value[:SHOWN].strip()


def _csv(file: IO[bytes], most: int | None, bad: Bad, marks: str = ",;\t|") -> Iterator[Chunk]:
    with _text(file, newline="") as text:
        lines = list(text)
    first = next((line for line in lines if line.strip()), "")
    records = _records(lines, max(marks, key=first.count))
    names = _header(next(records, (0, None))[1] or [])

    def rows() -> Iterator[tuple[int, list[str]]]:
        for line, fields in records:
            if fields is None:
                bad.append((line, "a quote that does not close", lines[line - 1]))
            elif len(fields) != len(names):
                bad.append((line, "wrong number of fields", lines[line - 1]))
            else:
                yield line, fields

    for chunk in _chunks(rows(), most):
        numbers, cells = zip(*chunk, strict=True)
        yield names, numbers, list(zip(*cells, strict=True))


def _records(lines: list[str], mark: str) -> Iterator[tuple[int, list[str] | None]]:
    """(line where it starts, fields) of each record; None for fields whose quotes do not fit.

    Such a record ends with its first line, so that one stray quote cannot swallow what follows.
    """
    at = 0

    def feed() -> Iterator[str]:
        nonlocal at
        while at < len(lines):
            at += 1
            yield lines[at - 1]

    reader = csv.reader(feed(), delimiter=mark, strict=True)
    while at < len(lines):
        start = at
        try:
            fields = next(reader)
        except csv.Error:
            at = start + 1
            reader = csv.reader(feed(), delimiter=mark, strict=True)
            yield start + 1, None
        else:
            if fields:
                yield start + 1, fields


def _header(names: Sequence[str]) -> list[str]:
    names = [name.strip() or f"column {place}" for place, name in enumerate(names, 1)]
    if not 0 < len(names) <= MAX_COLUMNS:
        raise DataError(f"has a header of {len(names)} columns; 1 to {MAX_COLUMNS} are read.")
    if not _is_unicode(names):
        raise DataError("has a header that is not UTF-8 text.")
    repeated = [name for place, name in enumerate(names) if name in names[:place]]
    if repeated:
        raise DataError(f"has two columns called {repeated[0]!r}.")
    return names


def _json(file: IO[bytes], most: int | None, bad: Bad) -> Iterator[Chunk]:
    names: dict[str, None] = {}

    def objects(text: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
        for line, written in enumerate(text, 1):
            if written.strip():
                try:
                    yield line, _object(written)
                except (ValueError, RecursionError):
                    bad.append((line, "not a JSON object", written))

    with _text(file, newline="\n") as text:
        for chunk in _chunks(objects(text), most):
            for _, found in chunk:
                names.update(dict.fromkeys(found))
            if len(names) > MAX_COLUMNS:
                raise DataError(f"has more than {MAX_COLUMNS} different keys.")
            columns = [[found.get(name, "") for _, found in chunk] for name in names]
            yield list(names), [line for line, _ in chunk], columns


def _text(file: IO[bytes], newline: str) -> io.TextIOWrapper:
    # A byte that is no UTF-8 becomes a lone surrogate, by which its row is known later.
    return io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline)


def _object(written: str) -> dict[str, str]:
    # Numbers stay as they are written: an id of twenty digits is not a float.
    value = json.loads(written, parse_int=str, parse_float=str, parse_constant=str)
    if not isinstance(value, dict) or not value or not _is_unicode(value):
        raise ValueError
    return {key: _cell(cell) for key, cell in value.items()}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _parquet(file: IO[bytes], most: int | None, bad: Bad) -> Iterator[Chunk]:
    whole = pq.ParquetFile(file)
    names = _header(whole.schema_arrow.names)
    done, left = 0, whole.metadata.num_rows if most is None else most
    for batch in whole.iter_batches(min(CHUNK, max(left, 1))):
        columns = [_as_text(column) for column in batch.slice(0, left).columns]
        yield names, range(done + 1, done + 1 + len(columns[0])), columns
        done, left = done + len(batch), left - len(batch)
        if left <= 0:
            return


def _as_text(column: pa.Array) -> Sequence[str] | pa.Array:
    if pa.types.is_nested(column.type):
        return [_cell(cell) for cell in column.to_pylist()]
    try:
        text = pc.fill_null(column.cast(pa.large_string()), "")
        text.validate(full=True)
    except pa.ArrowInvalid:
        cells = column.cast(pa.large_binary()).to_pylist()
        return [(cell or b"").decode(errors="surrogateescape") for cell in cells]
    return text


READERS: dict[str, Callable[[IO[bytes], int | None, Bad], Iterator[Chunk]]] = {
    ".csv": _csv,
    ".tsv": lambda file, most, bad: _csv(file, most, bad, "\t"),
    ".jsonl": _json,
    ".ndjson": _json,
    ".json": _json,
    ".parquet": _parquet,
}
"""By suffix; each yields chunks of what can be read and adds the rest to ``bad``."""


def _chunks(rows: Iterator[Any], most: int | None) -> Iterator[list[Any]]:
    rows = islice(rows, most)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _table(
    names: list[str], lines: Sequence[int], columns: Sequence[Sequence[str] | pa.Array], bad: Bad
) -> tuple[list[int], pa.Table]:
    """The lines that are kept, and their columns without what is not UTF-8."""
    try:
        arrays = [pa.array(column, pa.large_string()) for column in columns]
    except UnicodeEncodeError:
        lines, columns = _unicode_rows(lines, columns, bad)
        arrays = [pa.array(column, pa.large_string()) for column in columns]
    return list(lines), pa.table(list(map(_tidy, arrays)), names=names)


def _unicode_rows(
    lines: Sequence[int], columns: Sequence[Sequence[str] | pa.Array], bad: Bad
) -> tuple[list[int], list[list[str]]]:
    """The lines of the rows whose bytes are text, and their columns."""
    cells = map(_strings, columns)
    kept: list[int] = []
    whole: list[list[str]] = [[] for _ in columns]
    for line, row in zip(lines, zip(*cells, strict=True), strict=True):
        if not _is_unicode(row):
            bad.append((line, "broken encoding", " ".join(row)))
            continue
        kept.append(line)
        for column, cell in zip(whole, row, strict=True):
            column.append(cell)
    return kept, whole


def _strings(column: Sequence[str] | pa.Array) -> Sequence[str]:
    return column.to_pylist() if isinstance(column, pa.Array) else column


def _tidy(cells: pa.Array) -> pa.Array:
    """Without control characters, and without space at the ends."""
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(cells, r"\p{Cc}", " "))


def _is_unicode(cells: Iterable[str]) -> bool:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return False
    return True
