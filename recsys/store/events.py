"""What visitors were shown and did: an append-only log in a file of the workspace, beside its
versions.

data/workspaces/NAME/events.sqlite

Like judgements, events belong to a catalogue and to none of its versions: building, publishing and
withdrawing never touch this file. Items go by their external ids, visitors by random ones. Nothing
is written unless the host says so, or the visitor. Each event has an id, and one that is there
already is not kept again: what is sent twice, or read in from a copy of the log, counts once.
"""

import json
import math
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Connection

import pandas as pd

from recsys.errors import QueryError, WorkspaceError
from recsys.store.sqlite import opened, transaction
from recsys.store.workspace import folder_of

FILE = "events.sqlite"
"""In the folder of the workspace."""
KINDS = ("impression", "like", "dislike", "seen", "open")
"""Of events; an impression is one item of a list, at its place."""
HOST = "THAW_KEEP_EVENTS"
"""Environment variable: 1 keeps the events of everybody who does not say no, 0 nobody's; without
it, those of visitors who say yes."""
USUAL_DAYS = 90
"""So long events are kept, unless the workspace has another number."""
MAX_DAYS = 3650
"""So long they may be kept."""
DAY = 86_400.0
"""Seconds."""
LONGEST_ID = 200
"""Characters of an id of a visitor, an item, a list or an event."""
COLUMNS = [
    "id", "at", "visitor", "kind", "list_id", "item", "place", "strategy", "propensity", "signals",
]  # fmt: skip
"""Of the log as a table: the fields of an Event; the signals as JSON."""

SCHEMA = (
    "CREATE TABLE events (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
    " at REAL NOT NULL, visitor TEXT NOT NULL, kind TEXT NOT NULL, list_id TEXT NOT NULL,"
    " item TEXT NOT NULL, place INTEGER NOT NULL, strategy TEXT NOT NULL,"
    " propensity REAL NOT NULL, signals TEXT NOT NULL)",
    "CREATE INDEX of_visitor ON events (visitor)",
    "CREATE INDEX of_list ON events (list_id)",
    "CREATE TABLE states (number INTEGER PRIMARY KEY AUTOINCREMENT, upto INTEGER NOT NULL,"
    " hash TEXT NOT NULL, made TEXT NOT NULL, body TEXT NOT NULL)",
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
    "PRAGMA user_version = 1",
)
"""The states are what was learned from the events (recsys/store/learned.py)."""


def new_id() -> str:
    """A random id that sorts by when it was made: an index to which such are added stays fast."""
    return f"{time.time_ns():016x}{secrets.token_hex(8)}"


@dataclass(frozen=True)
class Event:
    """Something a visitor was shown, or did.

    ``at`` is in seconds since 1970 (UTC); ``kind`` one of KINDS; ``item`` an external id;
    ``list_id`` tells which list it stood in, "" for none, and ``place`` where, from 1, or 0;
    ``strategy`` is what ranked the list, in words of the host's; ``propensity`` how probable it was
    that the item would be shown, above 0, up to 1. ``signals`` are what each signal said of the
    item, standardised over the candidates: what weights are learned from. Raises QueryError.
    """

    at: float
    visitor: str
    kind: str
    list_id: str
    item: str
    place: int = 0
    strategy: str = ""
    propensity: float = 1.0
    signals: Mapping[str, float] = field(default_factory=dict)
    id: str = field(default_factory=new_id)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise QueryError(
                f"There is no event called {self.kind!r}. There are: {', '.join(KINDS)}."
            )
        for what in ("visitor", "item", "id"):
            if not 0 < len(getattr(self, what)) <= LONGEST_ID:
                raise QueryError(f"The {what} of an event must have 1 to {LONGEST_ID} characters.")
        if len(self.list_id) > LONGEST_ID:
            raise QueryError(f"The list_id of an event may have {LONGEST_ID} characters.")
        if not 0 < self.propensity <= 1:
            raise QueryError(f"The propensity is {self.propensity}; it must be above 0, at most 1.")
        if self.place < 0 or not math.isfinite(self.at):
            raise QueryError("The place of an event must be 0 or more, and its time a number.")
        if not all(map(math.isfinite, self.signals.values())):
            raise QueryError("A signal of an event is no number: leave out who says nothing.")

    def line(self) -> tuple:
        """The values of COLUMNS."""
        plain = (getattr(self, name) for name in COLUMNS[:-1])
        return (*plain, json.dumps(self.signals) if self.signals else "")


@dataclass(frozen=True)
class Kept:
    """What a log holds: so many ``events``, by ``kinds``, of so many ``visitors``; the first and
    the last moment, None of an empty log."""

    events: int
    visitors: int
    kinds: Mapping[str, int]
    first: float | None
    last: float | None


class EventLog:
    """The log of one workspace; nothing is kept open between two calls, and any number of processes
    may append.

    Every call raises WorkspaceError for a workspace that is not there and for a damaged file, and
    DiskFull; nothing is changed then.
    """

    def __init__(self, name: str, home: Path | None = None):
        self.path = folder_of(name, home) / FILE

    def append(self, events: Iterable[Event]) -> int:
        """Keeps all of the events, or none; they are on the disk once this returns. How many were
        new: one whose id is known is not kept twice."""
        lines = [event.line() for event in events]
        if not lines:
            return 0
        with self.changing() as connection:
            before = connection.total_changes
            connection.executemany(
                f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES"  # noqa: S608
                f" ({', '.join('?' * len(COLUMNS))}) ON CONFLICT (id) DO NOTHING",
                lines,
            )
            return connection.total_changes - before

    def table(self, visitor: str = "", after: int = 0, limit: int = -1) -> pd.DataFrame:
        """The events in the order in which they came, of one ``visitor`` or of all: index
        ``number``, COLUMNS; those ``after`` a number, ``limit`` of them (-1: all)."""
        chosen = "visitor = :visitor AND" if visitor else ""
        rows = self.read(
            f"SELECT number, {', '.join(COLUMNS)} FROM events"  # noqa: S608
            f" WHERE {chosen} number > :after ORDER BY number LIMIT :limit",
            {"visitor": visitor, "after": after, "limit": limit},
        )
        return pd.DataFrame(rows, columns=["number", *COLUMNS]).set_index("number")

    def of_lists(self, ids: Sequence[str]) -> list[tuple]:
        """What was shown and liked in these lists, in the order in which it came: (list_id, item,
        number, kind, signals) each."""
        return self.read(
            "SELECT list_id, item, number, kind, signals FROM events"
            " WHERE list_id IN (SELECT value FROM json_each(?)) AND kind IN ('impression', 'like')"
            " ORDER BY number",
            [json.dumps(ids)],
        )

    def count(self, after: int = 0) -> int:
        """How many events came after a number."""
        found = self.read("SELECT count(*) FROM events WHERE number > ?", [after])
        return int(found[0][0]) if found else 0

    def newest(self) -> int:
        """The number of the last event, 0 for none."""
        found = self.read("SELECT max(number) FROM events")
        return int(found[0][0] or 0) if found else 0

    def summary(self) -> Kept:
        """What the log holds."""
        kinds = dict(self.read("SELECT kind, count(*) FROM events GROUP BY kind ORDER BY kind"))
        found = self.read("SELECT count(DISTINCT visitor), min(at), max(at) FROM events")
        visitors, first, last = found[0] if found else (0, None, None)
        return Kept(sum(kinds.values()), visitors, kinds, first, last)

    def forget(self, visitor: str) -> int:
        """Deletes all events of the visitor, and what was learned from them; how many there were.

        Their bytes are overwritten, and the write-ahead log, which has them too, is emptied; raises
        WorkspaceError where a reader kept that from being done.
        """
        return self._delete("visitor = ?", visitor)

    def sweep(self, now: float) -> int:
        """Deletes the events that are older than the log keeps them, as ``forget`` does."""
        return self._delete("at < ?", now - self.days * DAY)

    @property
    def days(self) -> int:
        """How many days events are kept."""
        return self.setting("days", USUAL_DAYS)

    def keep_for(self, days: int) -> None:
        """Sets how many days events are kept; raises QueryError unless from 1 to MAX_DAYS."""
        if not 1 <= days <= MAX_DAYS:
            raise QueryError(f"Events are kept for 1 to {MAX_DAYS:,} days, not {days}.")
        with self.changing() as connection:
            put_setting(connection, "days", days)

    def setting(self, name: str, usual: int) -> int:
        """The setting called ``name``, or the ``usual``."""
        found = self.read("SELECT value FROM settings WHERE name = ?", [name])
        return int(found[0][0]) if found else usual

    def stamp(self) -> tuple[tuple[int, int], ...]:
        """What changes whenever the log does, without a look into it."""
        files = (self.path, self.path.with_name(f"{FILE}-wal"))
        stats = [file.stat() for file in files if file.exists()]
        return tuple((stat.st_mtime_ns, stat.st_size) for stat in stats)

    def read(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[tuple]:
        """What a SELECT finds; nothing where nothing was kept, and looking makes no file."""
        if not self.path.is_file():
            return []
        with opened(self.path, SCHEMA, "events") as connection:
            return connection.execute(sql, values).fetchall()

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """One change, whole or not at all."""
        with opened(self.path, SCHEMA, "events") as connection, transaction(connection):
            yield connection

    def _delete(self, chosen: str, value: object) -> int:
        where = f"FROM events WHERE {chosen}"
        if not self.read(f"SELECT 1 {where} LIMIT 1", [value]):
            return 0
        with opened(self.path, SCHEMA, "events") as connection:
            connection.execute("PRAGMA secure_delete = ON")
            with transaction(connection):
                (first,) = connection.execute(f"SELECT min(number) {where}", [value]).fetchone()
                if first is None:  # another deleted them meanwhile
                    return 0
                count = connection.execute(f"DELETE {where}", [value]).rowcount
                connection.execute("DELETE FROM states WHERE upto >= ?", [first])
                # Whoever is learning just now learns from what is gone, and has to begin again.
                put_setting(connection, "deletions", _value(connection, "deletions") + 1)
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise WorkspaceError(
                f"The events are deleted, but {self.path}-wal has their bytes until everybody who"
                " is reading it is done."
            )
        return count


def put_setting(connection: Connection, name: str, value: int) -> None:
    """Makes ``value`` the setting called ``name``."""
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, value])


def token(connection: Connection) -> tuple[int, int]:
    """The newest state, and how often something was deleted: what was learned from the log is out
    of date once either has changed."""
    (newest,) = connection.execute("SELECT coalesce(max(number), 0) FROM states").fetchone()
    return newest, _value(connection, "deletions")


def host_keeps() -> bool | None:
    """What the host says: keep events, keep none, or None to ask each visitor.

    Raises QueryError for another value of the variable than 0 and 1.
    """
    said = os.environ.get(HOST, "")
    known = {"": None, "0": False, "1": True}
    if said not in known:
        raise QueryError(f"{HOST} is {said!r}; it must be 0 or 1, or not be set.")
    return known[said]


def _value(connection: Connection, name: str) -> int:
    found = connection.execute("SELECT value FROM settings WHERE name = ?", [name]).fetchone()
    return int(found[0]) if found else 0
