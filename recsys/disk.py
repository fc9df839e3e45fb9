"""A disk without room: told in one line, whichever library met it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recsys.errors import DiskFull

NUMBERS = (errno.ENOSPC, errno.EDQUOT)
"""Of the system's errors."""
WORDS = ("No space left on device", "os error 28", "Disk quota exceeded", "disk is full")
"""Of libraries that keep the number to themselves, and of what lists several errors."""


@contextmanager
def full_disk_told(place: Path, unchanged: str = "nothing was changed") -> Iterator[None]:
    """Raises DiskFull, with ``place`` and what stays as it was, where there was no room to write;
    all else that is raised passes."""
    try:
        yield
    except DiskFull:
        raise
    except Exception as error:
        if not is_full(error):
            raise
        raise DiskFull(f"No space left on {place}; {unchanged}.") from error


def is_full(error: BaseException | None) -> bool:
    """Whether the error, or one that led to it, is that of a full disk."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NUMBERS:
            return True
        if any(words in str(error) for words in WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False
