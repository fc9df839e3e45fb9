"""What a compressed file holds, unpacked into a temporary file, never more than is bounded."""

import bz2
import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import pyarrow as pa

from recsys.errors import DataError

MAX_BYTES = 1 << 30
"""Most bytes that a file may unpack to."""
_PIECE = 1 << 20
_SHEETS = ("[Content_Types].xml", "mimetype")
"""Members of archives that are documents of their own."""

_OPENERS: dict[bytes, tuple[str, Callable[[IO[bytes]], Any]]] = {
    b"\x1f\x8b": ("gzip", lambda file: gzip.GzipFile(fileobj=file)),
    b"BZh": ("bzip2", bz2.BZ2File),
    b"\x28\xb5\x2f\xfd": ("Zstandard", lambda file: pa.CompressedInputStream(file, "zstd")),
}
BROKEN = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    zipfile.BadZipFile,
)
"""What the libraries raise for a compressed file that is not whole, or asks for a password."""


@contextmanager
def unpacked(file: IO[bytes]) -> Iterator[tuple[IO[bytes], str]]:
    """The content of ``file`` and how it was packed, "" where it was not.

    gzip, bzip2, Zstandard, and a zip that holds one file. Raises DataError for one that is broken,
    holds several files, or unpacks to more than MAX_BYTES.
    """
    start = file.read(4)
    file.seek(0)
    if start == b"PK\x03\x04":
        how, opened = "zip", _only_member(file)
    else:
        how, opener = next((_OPENERS[m] for m in _OPENERS if start.startswith(m)), ("", None))
        opened = opener(file) if opener else None
    if opened is None:
        yield file, ""
        return
    with tempfile.TemporaryFile(prefix="thaw-unpacked-") as content:
        try:
            _copy(opened, content, how)
        except BROKEN as error:
            if isinstance(error, DataError):
                raise
            raise DataError(f"is no whole {how} file: {error or 'it ends too soon'}.") from error
        content.seek(0)
        yield content, how


def _only_member(file: IO[bytes]) -> Any:
    """The one file in a zip, opened; None for a document that is a zip itself."""
    try:
        archive = zipfile.ZipFile(file)
        names = archive.namelist()
        if any(name in names for name in _SHEETS):
            return None
        members = [name for name in names if not name.endswith("/")]
        members = [name for name in members if not name.startswith("__MACOSX/")]
        if len(members) != 1:
            shown = ", ".join(members[:5]) or "none"
            raise DataError(f"is a zip of {len(members)} files, and one is read ({shown}).")
        return archive.open(members[0])
    except BROKEN as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"is no zip that can be opened: {error}.") from error
    finally:
        file.seek(0)


def _copy(opened: Any, content: IO[bytes], how: str) -> None:
    total = 0
    while piece := opened.read(_PIECE):
        total += len(piece)
        if total > MAX_BYTES:
            raise DataError(
                f"unpacks ({how}) to more than {MAX_BYTES >> 20:,} MB, the most that is read."
            )
        content.write(piece)
