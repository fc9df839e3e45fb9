"""Rooms in which people vote or wish together: on all server processes, and gone after a day.

A file of SQLite beside the workspaces. What is kept of a room: its random code, what it is about,
and of each person a random name and which of two strategies was preferred, or the taste that was
typed. All of it is deleted when
the room is closed, or when any room is looked for a day after it was opened.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from recsys import folders
from recsys.disk import full_disk_told
from recsys.errors import DataError, QueryError

FOLDER = ".rooms"
"""Beside the workspaces; no workspace can be called that."""

KEPT = timedelta(days=1)
"""After so long a room is deleted, whoever is in it."""

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of codes: none that is taken for another."""

LENGTH = 6
"""Of a code: one of 887 million."""

PATIENCE = 10.0
"""Seconds that a vote waits for another."""

MAX_TASTE = 300
"""Letters of a taste."""

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS rooms (code TEXT PRIMARY KEY, about TEXT NOT NULL,"
    " opened TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS votes (number INTEGER PRIMARY KEY, code TEXT NOT NULL"
    " REFERENCES rooms ON DELETE CASCADE, voter TEXT NOT NULL,"
    " preferred INTEGER NOT NULL CHECK (preferred IN (-1, 0, 1)), UNIQUE (code, voter))",
    "CREATE TABLE IF NOT EXISTS tastes (number INTEGER PRIMARY KEY, code TEXT NOT NULL"
    " REFERENCES rooms ON DELETE CASCADE, voter TEXT NOT NULL, taste TEXT NOT NULL,"
    " UNIQUE (code, voter))",
)


@dataclass(frozen=True)
class Room:
    """An open room: its ``code``, and what it is ``about``."""

    code: str
    about: Mapping[str, Any]


class Rooms:
    """The rooms of this machine; ``home`` is the folder of the workspaces."""

    def __init__(self, home: Path | None = None):
        self.path = (home or folders.workspaces()) / FOLDER / "rooms.sqlite"

    def open(self, about: Mapping[str, Any]) -> str:
        """Opens a room and returns its code."""
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        with self._changing() as connection:
            values = [code, json.dumps(about), datetime.now(UTC).isoformat()]
            connection.execute("INSERT INTO rooms VALUES (?, ?, ?)", values)
        return code

    def find(self, code: str) -> Room:
        """The room with this code; raises QueryError where it is closed, or never was."""
        with self._changing() as connection:
            return _found(connection, code)

    def vote(self, code: str, voter: str, preferred: int) -> bool:
        """Keeps that ``voter`` prefers the second (1), the first (-1), or neither (0); whether this
        was their first vote: another does not count. Raises as ``find`` does."""
        with self._changing() as connection:
            _found(connection, code)
            told = connection.execute(
                "INSERT INTO votes (code, voter, preferred) VALUES (?, ?, ?)"
                " ON CONFLICT (code, voter) DO NOTHING",
                [code, voter, preferred],
            )
            return told.rowcount == 1

    def votes(self, code: str) -> np.ndarray:
        """(n,) what was preferred, in the order in which it was said; raises as ``find`` does."""
        with self._changing() as connection:
            _found(connection, code)
            sql = "SELECT preferred FROM votes WHERE code = ? ORDER BY number"
            return np.array([each for (each,) in connection.execute(sql, [code])], dtype=np.int64)

    def say(self, code: str, voter: str, taste: str) -> None:
        """Keeps the ``taste`` of ``voter`` in place of what they said before, "" for nothing.

        Raises as ``find`` does, and QueryError for a taste that is too long.
        """
        if len(taste) > MAX_TASTE:
            raise QueryError(f"A taste has {len(taste):,} letters; {MAX_TASTE} fit in a room.")
        with self._changing() as connection:
            _found(connection, code)
            connection.execute("DELETE FROM tastes WHERE code = ? AND voter = ?", [code, voter])
            if taste.strip():
                sql = "INSERT INTO tastes (code, voter, taste) VALUES (?, ?, ?)"
                connection.execute(sql, [code, voter, taste.strip()])

    def tastes(self, code: str) -> list[str]:
        """What was said, in its order; raises as ``find`` does."""
        with self._changing() as connection:
            _found(connection, code)
            sql = "SELECT taste FROM tastes WHERE code = ? ORDER BY number"
            return [str(each) for (each,) in connection.execute(sql, [code])]

    def close(self, code: str) -> None:
        """Deletes the room and all that was said in it."""
        with self._changing() as connection:
            connection.execute("DELETE FROM rooms WHERE code = ?", [code])

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """One change, whole or not at all, after what is too old was deleted."""
        folder = self.path.parent
        try:
            with full_disk_told(folder):
                folder.mkdir(parents=True, exist_ok=True)
                with closing(sqlite3.connect(self.path, PATIENCE, isolation_level=None)) as found:
                    found.execute("PRAGMA foreign_keys = ON")
                    found.execute("PRAGMA secure_delete = ON")
                    yield from _transaction(found)
        except sqlite3.DatabaseError as error:
            raise DataError(f"The rooms in {self.path} cannot be used: {error}.") from error


def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in SCHEMA:
            connection.execute(statement)
        last = (datetime.now(UTC) - KEPT).isoformat()
        connection.execute("DELETE FROM rooms WHERE opened < ?", [last])
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _found(connection: sqlite3.Connection, code: str) -> Room:
    line = connection.execute("SELECT about FROM rooms WHERE code = ?", [code]).fetchone()
    if line is None:
        raise QueryError(f"There is no open room {code}: it was closed, or the link is mistyped.")
    return Room(code, json.loads(line[0]))
