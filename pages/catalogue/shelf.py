"""Where one visitor's files lie while they are looked at: a folder that only this visit knows.

They have names of our choosing, and go when they are built, taken back, or the visit ends.
"""

import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from recsys.datasets import table
from recsys.errors import DataError
from recsys.reading import columns

SUFFIXES = (".csv", ".tsv", ".jsonl", ".parquet")


@dataclass(frozen=True)
class Held:
    """A file that was given: where it lies, what its owner calls it, its size in bytes, the first
    thousands of its rows, and which of its columns seem to be ours (our name -> theirs)."""

    path: Path
    name: str
    size: int
    rows: pd.DataFrame
    columns: dict[str, str]


class Shelf:
    """One visitor's files, in a folder nobody else may read; it goes when the shelf does."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="thaw-upload-"))
        self.held: dict[str, Held] = {}
        self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def put(self, kind: str, name: str, content: bytes, limit: int) -> Held:
        """Keeps a file of ``kind``; ``name`` is its owner's and decides the format only.

        Raises DataError when it is of no known format, empty, above ``limit`` bytes, or unreadable.
        """
        suffix = Path(name).suffix.lower()
        if suffix not in SUFFIXES:
            raise DataError(f"{name!r} is none of {', '.join(SUFFIXES)}.")
        if not content:
            raise DataError(f"{name!r} is empty.")
        if len(content) > limit:
            raise DataError(
                f"{name!r} has {len(content):,} bytes; at most {limit:,} bytes are taken."
            )
        path = self.folder / f"{kind}{suffix}"
        path.write_bytes(content)
        try:
            rows = table.preview(path, columns.SAMPLE)
            held = Held(
                path, name, len(content), rows, columns.plainly(columns.guess(rows, kind, {}))
            )
        except DataError as error:
            path.unlink()
            raise DataError(str(error).replace(path.name, name)) from error
        self.held[kind] = held
        return held

    def drop(self, kind: str) -> None:
        """Forgets the file of ``kind``."""
        self.held.pop(kind).path.unlink(missing_ok=True)

    def close(self) -> None:
        """Removes the folder and all that is in it."""
        self.held.clear()
        self._remove()
