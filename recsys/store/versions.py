"""Changing a workspace: a whole new version beside the one in use, then a change-over in one step.

Whoever has the older version open keeps it; killed at any moment, the version in use stays. A new
name and a deletion are one step each: what is deleted first gets a name that is no workspace's.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from recsys.disk import full_disk_told, is_full
from recsys.errors import WorkspaceError
from recsys.store.workspace import MANIFEST, Manifest, folder_of

_PAUSE = 0.02
"""Seconds between two looks whether the other writer is done."""
PATIENCE = 10.0
"""Seconds that a new name or a deletion waits for whoever publishes, or is just opening it."""
_WORKING = ".building"
"""What a version is called while it is made."""
_GONE = ".gone-"
"""How the folder of a deleted workspace begins, until it is empty."""


@contextmanager
def only_writer(folder: Path, patience: float) -> Iterator[None]:
    """Keeps other writers of the workspace out, in this process or another.

    Raises WorkspaceError when one is still at it after ``patience`` seconds, and when the
    workspace has got another name, or was deleted, by then; DiskFull, and what was begun is gone,
    where there is no room for what is written meanwhile.
    """
    with full_disk_told(folder), _locked(folder, patience):
        try:
            yield
        except Exception as error:
            if is_full(error):
                shutil.rmtree(folder / _WORKING, ignore_errors=True)
            raise


@contextmanager
def _locked(folder: Path, patience: float) -> Iterator[None]:
    lock = folder / ".lock"
    gone = WorkspaceError(f"The workspace {folder.name!r} is not there: renamed, or deleted.")
    try:
        file = lock.open("w")
    except FileNotFoundError:
        raise gone from None
    with file:
        if not _taken_within(patience, file.fileno()):  # let go by the system if we are killed
            raise WorkspaceError(
                f"The workspace {folder.name!r} is being built by another process:"
                " wait until it is done."
            )
        if not lock.exists() or not os.path.samestat(os.fstat(file.fileno()), lock.stat()):
            raise gone
        yield


def rename(name: str, new: str) -> None:
    """Calls the workspace ``name`` ``new``, in one step; whoever has it open keeps it.

    Raises WorkspaceError when there is none, when ``new`` is no name or taken, and while the
    workspace is being built.
    """
    target = folder_of(new)
    with _left_alone(folder_of(name)) as folder:
        if target.exists():
            raise WorkspaceError(f"There is a workspace {new!r} already: choose another name.")
        os.rename(folder, target)


def delete(name: str) -> None:
    """Deletes the workspace ``name``, in one step; whoever has it open keeps it until they close.

    Raises WorkspaceError when there is none, and while it is being built.
    """
    with _left_alone(folder_of(name)) as folder:
        os.rename(folder, folder.with_name(f"{_GONE}{name}-{stamp()}"))
    for left in folder.parent.glob(f"{_GONE}*"):  # and that of others who were killed at this
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _left_alone(folder: Path) -> Iterator[Path]:
    """The folder of a workspace, while nobody changes it, and nobody is just opening it."""
    with only_writer(folder, PATIENCE), ExitStack() as held:
        for version in filter(Path.is_dir, folder.iterdir()):
            handle = os.open(version, os.O_RDONLY)
            held.callback(os.close, handle)
            if not _taken_within(PATIENCE, handle):
                raise WorkspaceError(f"The workspace {folder.name!r} is being opened: try again.")
        yield folder


def empty_folder(folder: Path) -> Path:
    """Where the next version is made; for the only writer."""
    working = folder / _WORKING
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir()
    return working


def stamp() -> str:
    """The name of a version that is made now."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"


def change_over(folder: Path, working: Path, manifest: Manifest) -> None:
    """Makes what was made in ``working`` the version in use, and sweeps older ones away."""
    described = working / f".{MANIFEST}"
    with described.open("w") as file:
        json.dump(asdict(manifest), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(working, folder / manifest.version)
    os.replace(folder / manifest.version / described.name, folder / MANIFEST)
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


def _taken_within(patience: float, handle: int) -> bool:
    until = time.monotonic() + patience
    while not _taken(handle):
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE)
    return True


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
