"""Where one visitor's files lie while they are looked at: a folder that only this visit knows.

They have names of our choosing, and go when they are built, taken back, or the visit ends.
"""

import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from recsys.disk import full_disk_told
from recsys.errors import DataError, DiskFull
from recsys.reading import columns, files
from recsys.reading.files import Reading, Rows
from recsys.reading.guesses import Guess


@dataclass(frozen=True)
class Held:
    """A file that was given: where it lies, what its owner calls it, its size in bytes, the first
    thousands of its rows, what its columns seem to be (our name -> a guess), how its owner
    wants it read, and what was found in reading it so."""

    path: Path
    name: str
    size: int
    rows: pd.DataFrame
    columns: dict[str, Guess]
    reading: Reading
    found: Rows


class Shelf:
    """One visitor's files, in a folder nobody else may read; it goes when the shelf does."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="thaw-upload-"))
        self.held: dict[str, Held] = {}
        self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def put(self, kind: str, name: str, content: bytes, limit: int) -> Held:
        """Keeps a file of ``kind``, of any format; ``name`` is its owner's and is only shown.

        Raises DataError when it is empty, above ``limit`` bytes, or unreadable.
        """
        if not content:
            raise DataError(f"{name!r} is empty.")
        if len(content) > limit:
            raise DataError(
                f"{name!r} has {len(content):,} bytes; at most {limit:,} bytes are taken."
            )
        path = self.folder / f"{kind}.given"
        try:
            with full_disk_told(self.folder, "the file was not kept"):
                path.write_bytes(content)
        except DiskFull as error:
            path.unlink(missing_ok=True)
            raise DataError(str(error)) from error
        try:
            self.held[kind] = _held(path, name, kind, Reading())
        except DataError:
            path.unlink()
            raise
        return self.held[kind]

    def read_again(self, kind: str, reading: Reading) -> None:
        """Reads the file of ``kind`` as its owner says; raises DataError and keeps what was read
        before, when it cannot be read so."""
        held = self.held[kind]
        self.held[kind] = _held(held.path, held.name, kind, reading)

    def drop(self, kind: str) -> None:
        """Forgets the file of ``kind``."""
        self.held.pop(kind).path.unlink(missing_ok=True)

    def close(self) -> None:
        """Removes the folder and all that is in it."""
        self.held.clear()
        self._remove()


def _held(path: Path, name: str, kind: str, reading: Reading) -> Held:
    try:
        found = files.read(path, columns.SAMPLE, reading)
    except DataError as error:
        raise DataError(str(error).replace(path.name, name, 1)) from error
    guessed = columns.guess(found.frame, kind, {})
    return Held(path, name, path.stat().st_size, found.frame, guessed, reading, found)
