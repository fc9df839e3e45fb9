"""Parquet, read in pieces: few bytes of it can mean more text than there is memory for."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from recsys.errors import DataError
from recsys.reading.formats._cells import cell, header
from recsys.reading.formats._source import Chunk, Source

TITLE = "Parquet"
BATCH = 10_000
"""Rows read at a time."""
MAX_BATCH_BYTES = 1 << 28
"""Most bytes of a batch's cells."""
MAX_GROUP_BYTES = 1 << 29
"""Most bytes of a column's pages in a row group."""
_USUAL_BYTES = 1 << 25
"""Bytes of a batch whose rows are like all: where they are long, there are fewer in it."""


def recognises(source: Source) -> bool:
    """By its first four letters."""
    return source.start.startswith(b"PAR1")


def read(source: Source) -> Iterator[Chunk]:
    """The rows; lists and objects are JSON in a cell."""
    try:
        yield from _batches(source)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise DataError(f"cannot be read as Parquet: {reason}") from error


def _batches(source: Source) -> Iterator[Chunk]:
    about = pq.read_metadata(source.file)
    _check(about)
    whole = pq.ParquetFile(source.file, read_dictionary=_with_dictionary(about))
    names = header(whole.schema_arrow.names, source)
    done, left = 0, about.num_rows if source.most is None else source.most
    for batch in whole.iter_batches(max(1, min(_batch_rows(about), left))):
        columns = batch.slice(0, left).columns[: len(names)]
        if sum(map(_size, columns)) > MAX_BATCH_BYTES:
            raise DataError(
                f"has {len(batch):,} rows that unpack to more than {MAX_BATCH_BYTES >> 20} MB of"
                " text, the most that is read."
            )
        texts = [_as_text(column) for column in columns]
        yield names, range(done + 1, done + 1 + len(texts[0])), texts
        done, left = done + len(batch), left - len(batch)
        if left <= 0:
            return


def _batch_rows(about: pq.FileMetaData) -> int:
    size = sum(chunk.total_uncompressed_size for chunk in _chunks(about))
    return min(BATCH, _USUAL_BYTES * about.num_rows // max(size, 1))


def _chunks(about: pq.FileMetaData) -> Iterator[Any]:
    for group in range(about.num_row_groups):
        for column in range(about.num_columns):
            yield about.row_group(group).column(column)


def _check(about: pq.FileMetaData) -> None:
    for chunk in _chunks(about):
        if chunk.total_uncompressed_size > MAX_GROUP_BYTES:
            raise DataError(
                f"has a column of which {chunk.total_uncompressed_size >> 20:,} MB come in one row"
                f" group; at most {MAX_GROUP_BYTES >> 20} MB are read. Write smaller row groups."
            )


def _with_dictionary(about: pq.FileMetaData) -> list[str]:
    """The columns of text that name their values by number: kept so until their size is known."""
    return sorted(
        {
            chunk.path_in_schema
            for chunk in _chunks(about)
            if chunk.has_dictionary_page and chunk.physical_type == "BYTE_ARRAY"
        }
    )


def _size(column: pa.Array) -> int:
    """Bytes of the texts in a column, once its dictionary is written out."""
    if pa.types.is_dictionary(column.type):
        lengths = pc.binary_length(column.dictionary)
        return pc.sum(lengths.take(column.indices)).as_py() or 0
    if pa.types.is_struct(column.type):
        return sum(map(_size, column.flatten()))
    if pa.types.is_map(column.type):
        return _size(column.keys) + _size(column.items)
    if pa.types.is_nested(column.type):
        return _size(column.flatten())
    return column.nbytes


def _as_text(column: pa.Array) -> Sequence[str] | pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_nested(column.type):
        return [cell(value) for value in column.to_pylist()]
    try:
        text = pc.fill_null(column.cast(pa.large_string()), "")
        text.validate(full=True)
    except pa.ArrowInvalid:
        cells = column.cast(pa.large_binary()).to_pylist()
        return [(cell or b"").decode(errors="surrogateescape") for cell in cells]
    return text
