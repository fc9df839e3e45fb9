"""Judged tastes that people keep: named sets, in a file of the workspace beside its versions.

data/workspaces/NAME/judgements.sqlite

A judgement belongs to a catalogue and to none of its versions: building, publishing and withdrawing
make versions and sweep others away, and never touch this file. Items go by their external ids: one
that a build leaves out is ignored until it comes back.

It is SQLite, with a write-ahead log. DuckDB, which holds the catalogue, keeps everybody else out
while one process writes; lines appended to a text cannot be changed or taken back without code of
our own for what SQLite has tested for twenty years. Here a change is there whole or not at all, and
is on the disk once the call returns; two writers take turns; who reads waits for nobody.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from recsys.datatypes import Strategy, clean_text
from recsys.errors import QueryError
from recsys.store.sqlite import opened, transaction
from recsys.store.workspace import folder_of
from recsys.tables import GRADED_COLUMNS, GRADES

FILE = "judgements.sqlite"
"""In the folder of the workspace."""
LONGEST_NAME = 60
"""Characters that the name of a set, or of a judge, may have."""

_SCHEMA = (
    "CREATE TABLE sets ("
    "name TEXT PRIMARY KEY, teaches INTEGER NOT NULL DEFAULT 0, made TEXT NOT NULL)",
    "CREATE TABLE judgements ("
    "owner TEXT NOT NULL REFERENCES sets ON UPDATE CASCADE ON DELETE CASCADE,"
    " taste TEXT NOT NULL, item TEXT NOT NULL, judge TEXT NOT NULL,"
    " grade INTEGER NOT NULL CHECK (grade BETWEEN 0 AND 3), made TEXT NOT NULL,"
    " PRIMARY KEY (owner, taste, item, judge))",
    "CREATE TABLE tries (number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " owner TEXT NOT NULL REFERENCES sets ON UPDATE CASCADE ON DELETE CASCADE,"
    " strategy TEXT NOT NULL, figures TEXT NOT NULL, made TEXT NOT NULL)",
    "PRAGMA user_version = 1",
)
"""``owner`` is the set; the version in the file says that all of it is there."""


@dataclass(frozen=True)
class Figures:
    """What a strategy reached on a set: mean NDCG@10 of so many ``tastes`` and ``judgements``, and
    the share of its top tens that nobody had judged; ``how`` says what stands behind it."""

    ndcg: float
    tastes: int
    judgements: int
    unjudged: float
    how: str = ""


@dataclass(frozen=True)
class Try:
    """A strategy that was measured on a set and kept; ``made`` is when (UTC)."""

    number: int
    strategy: Strategy
    figures: Figures
    made: datetime


class Judgements:
    """The sets of one workspace; nothing is kept open between two calls.

    Every call raises WorkspaceError for a workspace that is not there and for a damaged file, and
    QueryError for a set that there is not.
    """

    def __init__(self, name: str, home: Path | None = None):
        self.path = folder_of(name, home) / FILE

    def sets(self) -> pd.DataFrame:
        """Index ``name``, sorted: how many tastes, judgements and judges it has; whether attention
        learns from it."""
        rows = self._read(
            "SELECT name, count(DISTINCT taste), count(taste), count(DISTINCT judge), teaches"
            " FROM sets LEFT JOIN judgements ON owner = name GROUP BY name ORDER BY name"
        )
        names = ["name", "tastes", "judgements", "judges", "teaches"]
        table = pd.DataFrame(rows, columns=names).set_index("name")
        return table.astype({"teaches": bool})

    def make(self, name: str) -> str:
        """Makes an empty set; returns its name, as it was tidied. Raises QueryError if taken."""
        name = clean_name(name, "set")
        with self._changing() as connection:
            _check_free(connection, name)
            connection.execute("INSERT INTO sets VALUES (?, 0, ?)", [name, _now()])
        return name

    def rename(self, name: str, new: str) -> str:
        """Calls the set otherwise; returns the new name. Raises QueryError if that is taken."""
        new = clean_name(new, "set")
        with self._changing(name) as connection:
            if new != name:
                _check_free(connection, new)
            connection.execute("UPDATE sets SET name = ? WHERE name = ?", [new, name])
        return new

    def delete(self, name: str) -> None:
        """Takes the set away, with its judgements and tries."""
        with self._changing(name) as connection:
            connection.execute("DELETE FROM sets WHERE name = ?", [name])

    def judge(self, name: str, taste: str, item: str, judge: str, grade: int | None) -> None:
        """Keeps what the ``judge`` thinks of the ``item`` for the ``taste``; None takes it back.

        Raises QueryError for a grade that is none of GRADES, and for a taste without words.
        """
        if grade is None:
            with self._changing(name) as connection:
                connection.execute(
                    "DELETE FROM judgements"
                    " WHERE owner = ? AND taste = ? AND item = ? AND judge = ?",
                    [name, clean_text(taste), item, clean_name(judge, "judge")],
                )
            return
        self.add(name, pd.DataFrame([(taste, item, grade, judge)], columns=GRADED_COLUMNS))

    def add(self, name: str, table: pd.DataFrame) -> None:
        """Puts ``table`` (taste, item, grade, judge) into the set; what was said before of the same
        by the same judge gives way. All of it is kept, or nothing; raises as ``judge``."""
        wrong = table["grade"][~table["grade"].isin(GRADES)]
        if len(wrong):
            accepted = ", ".join(map(str, GRADES))
            raise QueryError(f"A grade is {wrong.iloc[0]}; it must be one of {accepted}.")
        tastes = {text: clean_text(text) for text in table["taste"].unique()}
        judges = {judge: clean_name(judge, "judge") for judge in table["judge"].unique()}
        now = _now()
        rows = [
            (name, tastes[taste], item, judges[judge], int(grade), now)
            for taste, item, grade, judge in table[GRADED_COLUMNS].itertuples(index=False)
        ]
        with self._changing(name) as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO judgements VALUES (?, ?, ?, ?, ?, ?)", rows
            )

    def table(self, name: str) -> pd.DataFrame:
        """All that the set holds: taste, item, grade, judge; by taste, item and judge."""
        self._check(name)
        rows = self._read(
            "SELECT taste, item, grade, judge FROM judgements WHERE owner = ?"
            " ORDER BY taste, item, judge",
            [name],
        )
        return pd.DataFrame(rows, columns=GRADED_COLUMNS)

    def teach(self, name: str) -> None:
        """Makes the set the one that attention learns from, "" for none."""
        with self._changing(name) as connection:
            connection.execute("UPDATE sets SET teaches = (name = ?)", [name])

    @property
    def teaching(self) -> str:
        """The set that attention learns from, "" for none."""
        return next((name for (name,) in self._read("SELECT name FROM sets WHERE teaches")), "")

    def keep_try(self, name: str, strategy: Strategy, figures: Figures) -> None:
        """Keeps what the ``strategy`` reached on the set."""
        said = json.dumps(asdict(strategy)), json.dumps(asdict(figures))
        with self._changing(name) as connection:
            connection.execute(
                "INSERT INTO tries (owner, strategy, figures, made) VALUES (?, ?, ?, ?)",
                [name, *said, _now()],
            )

    def tries(self, name: str) -> list[Try]:
        """What was tried on the set, the latest first."""
        rows = self._read(
            "SELECT number, strategy, figures, made FROM tries WHERE owner = ?"
            " ORDER BY number DESC",
            [name],
        )
        return [
            Try(
                number,
                Strategy(**json.loads(strategy)),
                Figures(**json.loads(figures)),
                datetime.fromisoformat(made),
            )
            for number, strategy, figures, made in rows
        ]

    def drop_try(self, number: int) -> None:
        """Forgets one of the tries."""
        with self._changing() as connection:
            connection.execute("DELETE FROM tries WHERE number = ?", [number])

    def _check(self, name: str) -> None:
        known = [each for (each,) in self._read("SELECT name FROM sets ORDER BY name")]
        if name not in known:
            raise _no_set(name, known)

    def _read(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:
        if not self.path.is_file():  # nobody has kept anything yet, and looking makes no file
            return []
        with opened(self.path, _SCHEMA, "judgements") as connection:
            return connection.execute(sql, values).fetchall()

    @contextmanager
    def _changing(self, name: str = "") -> Iterator[sqlite3.Connection]:
        """One change, whole or not at all; of the set ``name``, where that is given."""
        with (
            opened(self.path, _SCHEMA, "judgements") as connection,
            transaction(connection),
        ):
            if name:
                known = connection.execute("SELECT name FROM sets ORDER BY name").fetchall()
                if (name,) not in known:
                    raise _no_set(name, [each for (each,) in known])
            yield connection


def clean_name(name: str, what: str) -> str:
    """The name of a set or a judge without what cannot be seen; raises QueryError for none, and for
    one that is too long.

    >>> clean_name("  Friday\\tnight ", "set")
    'Friday night'
    """
    tidy = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not tidy:
        raise QueryError(f"The {what} has no name: type one.")
    if len(tidy) > LONGEST_NAME:
        raise QueryError(
            f"The name of the {what} has {len(tidy)} characters; at most {LONGEST_NAME} are kept."
        )
    return tidy


def _check_free(connection: sqlite3.Connection, name: str) -> None:
    if connection.execute("SELECT 1 FROM sets WHERE name = ?", [name]).fetchone():
        raise QueryError(f"There is a set {name!r} already: choose another name.")


def _no_set(name: str, known: Sequence[str]) -> QueryError:
    there = ", ".join(map(repr, known)) or "none yet"
    return QueryError(f"There is no set of judged tastes called {name!r}. There are: {there}.")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
