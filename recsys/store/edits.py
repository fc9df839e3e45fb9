"""What was changed in the knowledge graph since the source was built: SQL of its own two tables.

published.duckdb has them where anything was changed:

edits     number, what (in words), made (UTC)
changes   edit, head, relation, tail, added: a fact that the edit put in, or took out

Of several changes of a fact the last one counts, so that to undo an edit is to forget it.
"""

from datetime import UTC, datetime

import duckdb
import pandas as pd
import pyarrow as pa

TABLES = ("edits", "changes")
_CREATE = """
CREATE TABLE IF NOT EXISTS edits (
    number INTEGER PRIMARY KEY, what VARCHAR NOT NULL, made TIMESTAMP NOT NULL);
CREATE TABLE IF NOT EXISTS changes (
    edit INTEGER NOT NULL, head VARCHAR NOT NULL, relation VARCHAR NOT NULL,
    tail VARCHAR NOT NULL, added BOOLEAN NOT NULL);
"""
EDITED = """
CREATE VIEW triples AS
    WITH latest AS (
        SELECT head, relation, tail, max(edit) AS edit, arg_max(added, edit) AS added
        FROM more.changes GROUP BY head, relation, tail),
    told AS (
        SELECT 0 AS part, rowid AS place, head, relation, tail FROM source.triples
        UNION ALL SELECT 1, rowid, head, relation, tail FROM more.triples),
    kept AS (
        SELECT part, place, head, relation, tail FROM told ANTI JOIN latest
            USING (head, relation, tail)
        UNION ALL SELECT 2, edit, head, relation, tail FROM latest WHERE added)
    SELECT head, relation, tail FROM kept ORDER BY part, place, head, relation, tail
"""
"""The triples of both files as they are after all edits."""


_LAST = "SELECT max(number) FROM edits"


def add(connection: duckdb.DuckDBPyConnection, what: str, changes: pd.DataFrame) -> None:
    """Keeps an edit: ``what`` was done, and its ``changes``: head, relation, tail, added."""
    connection.execute(_CREATE)
    (last,) = connection.execute(_LAST).fetchall()[0]
    number, made = (last or 0) + 1, datetime.now(UTC).replace(tzinfo=None)
    log = pd.DataFrame({"number": [number], "what": [what], "made": [made]})
    keep(connection, log, changes.assign(edit=number))


def keep(connection: duckdb.DuckDBPyConnection, log: pd.DataFrame, changes: pd.DataFrame) -> None:
    """Puts lines into both tables, which are made where they are missing."""
    connection.execute(_CREATE)
    connection.register("log", pa.Table.from_pandas(log, preserve_index=False))
    connection.register("new", pa.Table.from_pandas(changes, preserve_index=False))
    connection.execute("INSERT INTO edits BY NAME SELECT * FROM log")
    connection.execute("INSERT INTO changes BY NAME SELECT * FROM new")
    connection.unregister("log")
    connection.unregister("new")


def undo(connection: duckdb.DuckDBPyConnection) -> None:
    """Forgets the last edit."""
    last = connection.execute(_LAST).fetchall()[0]
    connection.execute("DELETE FROM changes WHERE edit = ?", last)
    connection.execute("DELETE FROM edits WHERE number = ?", last)


def forget_item(connection: duckdb.DuckDBPyConnection, id_: str) -> None:
    """Forgets what was changed of an item that is no more."""
    there = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'changes'")
    if there.fetchall():
        connection.execute("DELETE FROM changes WHERE head = ?", [id_])
