"""Changing a workspace: a whole new version beside the one in use, then a change-over in one step.

Whoever has the older version open keeps it; killed at any moment, the version in use stays.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from recsys.errors import WorkspaceError
from recsys.store.workspace import MANIFEST, Manifest

_PAUSE = 0.02
"""Seconds between two looks whether the other writer is done."""


@contextmanager
def only_writer(folder: Path, patience: float) -> Iterator[None]:
    """Keeps other writers of the workspace out, in this process or another.

    Raises WorkspaceError when one is still at it after ``patience`` seconds.
    """
    with (folder / ".lock").open("w") as file:
        until = time.monotonic() + patience
        while not _taken(file.fileno()):  # let go by the system if we are killed
            if time.monotonic() > until:
                raise WorkspaceError(
                    f"The workspace {folder.name!r} is being built by another process:"
                    " wait until it is done."
                )
            time.sleep(_PAUSE)
        yield


def empty_folder(folder: Path) -> Path:
    """Where the next version is made; for the only writer."""
    working = folder / ".building"
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir()
    return working


def stamp() -> str:
    """The name of a version that is made now."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"


def change_over(folder: Path, working: Path, manifest: Manifest) -> None:
    """Makes what was made in ``working`` the version in use, and sweeps older ones away."""
    os.replace(working, folder / manifest.version)
    described = folder / f".{MANIFEST}"
    with described.open("w") as file:
        json.dump(asdict(manifest), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(described, folder / MANIFEST)
    for path in folder.iterdir():
        if path.is_dir() and path.name != manifest.version:
            _sweep(path)


def _sweep(version: Path) -> None:
    handle = os.open(version, os.O_RDONLY)
    try:
        if _taken(handle):  # else somebody is just opening it, and the next change sweeps it
            shutil.rmtree(version, ignore_errors=True)
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
