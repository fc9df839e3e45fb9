"""A file of SQLite beside the versions of a workspace, safe for several processes.

With a write-ahead log a change is there whole or not at all, and is on the disk once the call
returns; two writers take turns; who reads waits for nobody. Nothing is kept open between two calls.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from recsys.disk import full_disk_told
from recsys.errors import WorkspaceError

PATIENCE = 10.0
"""Seconds that a writer waits for another."""


@contextmanager
def opened(path: Path, schema: Sequence[str], what: str) -> Iterator[sqlite3.Connection]:
    """The file at ``path``, with the tables of ``schema``, whose last statement sets the version.

    ``what`` it holds stands in what is raised: WorkspaceError for a workspace that is not there and
    for a damaged file, DiskFull where there is no room.
    """
    folder = path.parent
    if not folder.is_dir():
        raise WorkspaceError(f"The workspace {folder.name!r} is not there: renamed, or deleted.")
    try:
        with (
            full_disk_told(folder),
            closing(sqlite3.connect(path, PATIENCE, isolation_level=None)) as connection,
        ):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            _prepare(connection, schema)
            yield connection
    except sqlite3.OperationalError as error:
        raise WorkspaceError(f"The {what} in {path} cannot be used: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise WorkspaceError(
            f"The file of {what} {path} is damaged ({error}). Take it away, and import what was"
            " exported."
        ) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One change, whole or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection, schema: Sequence[str]) -> None:
    """Makes the tables in a file that has none: a new one, or what somebody left who was killed."""
    if _version(connection):
        return
    with transaction(connection):
        if not _version(connection):  # else another made them meanwhile
            for statement in schema:
                connection.execute(statement)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
