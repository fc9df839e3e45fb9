"""What stands in a catalogue's files, and everything that is ever written into them.

catalogue.duckdb, which a build makes and nobody changes:

stored        place, id, title, text, year, categories, facts, document, digest, published
interactions  user, item (row of a built item), rating, timestamp
triples       head, relation, tail (external ids and names)
personas      id, name, taste
judgements    persona, item (row of a built item), grade
embeddings    digest of the document, encoder, vector
about         words for the page and where the data comes from
popularity    item (row), likes: how many of its interactions are likes, where any is
totals        how many interactions and users there are

published.duckdb, where anything was published or edited: stored, triples and embeddings of that,
the edits of triples (recsys/store/edits.py), and

counter       next_place

Of both together: ``items``, which is stored with ``row``, 0 to n - 1 in the order of the places,
and ``likes``. A place is never given twice. Items of the source have their row for a place and were
not published; published ones come after them.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from recsys.store import edits
from recsys.tables import ITEM_COLUMNS, TRIPLE_COLUMNS, Tables

_ITEMS = """
CREATE TABLE stored (
    place INTEGER PRIMARY KEY, id VARCHAR UNIQUE NOT NULL, title VARCHAR NOT NULL,
    text VARCHAR NOT NULL, year INTEGER, categories VARCHAR[] NOT NULL, facts JSON NOT NULL,
    document VARCHAR NOT NULL, digest VARCHAR NOT NULL, published TIMESTAMP);
CREATE TABLE triples (head VARCHAR NOT NULL, relation VARCHAR NOT NULL, tail VARCHAR NOT NULL);
"""
_SOURCE = """
CREATE TABLE interactions (
    "user" VARCHAR NOT NULL, item INTEGER NOT NULL, rating FLOAT, timestamp BIGINT);
CREATE TABLE personas (id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, taste VARCHAR NOT NULL);
CREATE TABLE judgements (persona VARCHAR NOT NULL, item INTEGER NOT NULL, grade INTEGER NOT NULL);
CREATE TABLE about (key VARCHAR PRIMARY KEY, value JSON NOT NULL);
CREATE VIEW items AS SELECT place AS row, * FROM stored;
"""
_COUNTED = """
CREATE TABLE popularity AS SELECT item, count(*) AS likes FROM likes GROUP BY item ORDER BY item;
CREATE TABLE totals AS
    SELECT count(*) AS interactions, count(DISTINCT "user") AS users FROM interactions;
"""
"""What every page would count again, in seconds where there are millions."""
_QUESTIONS = """
CREATE VIEW likes AS SELECT "user", item FROM interactions
    WHERE rating >= (SELECT value::FLOAT FROM about WHERE key = 'like_from');
CREATE MACRO has_words(title, text, words) AS len(words) = 0 OR list_bool_and([
    contains(lower(text), lower(word))
    OR contains(strip_accents(lower(title)), strip_accents(lower(word)))
    FOR word IN words]);
"""
_OF_SOURCE = ("interactions", "personas", "judgements", "about", "popularity", "totals")
"""Tables that only the source has."""
_SHARED = ("stored", "triples", "embeddings")
"""Tables that both files have."""


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?")


def document(
    title: str, categories: Sequence[str], text: str, facts: Mapping[str, Sequence[str]]
) -> str:
    """The text that stands for an item when it is embedded; numbers alone say nothing in it.

    >>> document("Ran", ["War", "Drama"], "A lord divides his realm.", {"Country": ["Japan"]})
    'Ran. War, Drama. A lord divides his realm. Country: Japan'
    >>> document("Ran", ["War"], "", {"Country": ["Japan"]})
    'Ran. War. Country: Japan'
    >>> document("Ran", [], "A lord.", {"Minutes": ["162"], "Time": ["162 minutes"]})
    'Ran. A lord. Time: 162 minutes'
    """
    said = {label: names for label, names in facts.items() if not all(map(_is_number, names))}
    known = ". ".join(f"{label}: {', '.join(names)}" for label, names in said.items())
    head = ". ".join(part for part in (title, ", ".join(categories), text) if part)
    stop = "" if text or not known else "."  # a text ends with its own
    return f"{head}{stop} {known}".strip()


def _is_number(name: str) -> bool:
    return bool(_NUMBER.fullmatch(name))


def digest(text: str) -> str:
    """The key of a document among the embeddings."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def fill(connection: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    """Makes the tables in an empty file and puts ``tables`` into them."""
    connection.execute(_ITEMS + _SOURCE + _QUESTIONS)
    add_items(connection, tables.items.assign(published=pd.NaT), tables.triples, 0)
    about = dict(tables.about) | {"like_from": tables.like_from}
    _insert(
        connection,
        'interactions SELECT e."user", i.place, e.rating, e.timestamp'
        " FROM new e JOIN stored i ON i.id = e.item",
        tables.interactions,
    )
    _insert(connection, "personas SELECT id, name, taste FROM new", tables.personas)
    _insert(
        connection,
        "judgements SELECT j.persona, i.place, j.grade FROM new j JOIN stored i ON i.id = j.item",
        tables.judgements,
    )
    connection.executemany(
        "INSERT INTO about VALUES (?, ?)", [(k, json.dumps(v)) for k, v in about.items()]
    )
    connection.execute(_COUNTED)


def attach(connection: duckdb.DuckDBPyConnection, source: Path, published: Path | None) -> None:
    """Makes an empty ``connection`` one that reads the ``source``, and behind its items those in
    ``published``, as if they were one file."""
    _attach(connection, source, "source")
    for name in _OF_SOURCE:
        connection.execute(f"CREATE VIEW {name} AS FROM source.{name}")
    if published is None:
        for name in _tables(connection, "source"):
            connection.execute(f"CREATE VIEW {name} AS FROM source.{name}")
        connection.execute("CREATE VIEW items AS SELECT place AS row, * FROM source.stored")
    else:
        _attach(connection, published, "more")
        edited = set(edits.TABLES) <= _all_tables(connection, "more")
        for name in _tables(connection, "source"):
            if name == "triples" and edited:
                connection.execute(edits.EDITED)
                continue
            connection.execute(
                f"CREATE VIEW {name} AS FROM source.{name} UNION ALL BY NAME FROM more.{name}"
            )
        connection.execute("CREATE VIEW published_triples AS FROM more.triples")
        for name in edits.TABLES if edited else ():
            connection.execute(f"CREATE VIEW {name} AS FROM more.{name}")
        connection.execute("""CREATE VIEW items AS
            SELECT place AS row, * FROM source.stored UNION ALL
            SELECT (row_number() OVER (ORDER BY place) - 1
                + (SELECT count(*) FROM source.stored))::INTEGER AS row, * FROM more.stored""")
    connection.execute(_QUESTIONS)


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    escaped = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{escaped}' AS {name} (READ_ONLY)")


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """Those of _SHARED that the file has: one that was never embedded lacks some."""
    there = _all_tables(connection, database)
    return [name for name in _SHARED if name in there]


def _all_tables(connection: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    found = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ?", [database]
    ).fetchall()
    return {name for (name,) in found}


def start_published(connection: duckdb.DuckDBPyConnection, built: int, dimension: int) -> None:
    """Makes the tables of an empty file of what is published after ``built`` items."""
    connection.execute(_ITEMS)
    _create_embeddings(connection, dimension)
    connection.execute(f"CREATE TABLE counter AS SELECT {built:d} AS next_place")


def publish(
    connection: duckdb.DuckDBPyConnection, items: pd.DataFrame, triples: pd.DataFrame
) -> pd.DataFrame:
    """Adds ``items`` (as in Tables, and ``published``) at the next places, and the ``triples``.

    Returns for each item its place, document and digest.
    """
    first = connection.execute("SELECT next_place FROM counter").fetchall()[0][0]
    connection.execute("UPDATE counter SET next_place = ?", [first + len(items)])
    return add_items(connection, items, triples, first)


def add_items(
    connection: duckdb.DuckDBPyConnection, items: pd.DataFrame, triples: pd.DataFrame, first: int
) -> pd.DataFrame:
    """Adds ``items`` (as in Tables, and ``published``) from the place ``first`` on, and the
    ``triples``.

    Returns for each item its place, document and digest.
    """
    items = items[[*ITEM_COLUMNS, "published"]].reset_index(drop=True)
    parts = (items[name] for name in ("title", "categories", "text", "facts"))
    items["document"] = [document(*row) for row in zip(*parts, strict=True)]
    items["digest"] = items["document"].map(digest)
    items["facts"] = [json.dumps(facts, ensure_ascii=False) for facts in items["facts"]]
    items["year"] = items["year"].astype("Int32")
    items["published"] = items["published"].astype("datetime64[us]")
    items["place"] = np.arange(first, first + len(items), dtype=np.int32)
    _insert(connection, "stored BY NAME SELECT * FROM new", _arrow(items))
    _insert(connection, "triples SELECT head, relation, tail FROM new", triples[TRIPLE_COLUMNS])
    return items[["place", "document", "digest"]]


def remove_item(connection: duckdb.DuckDBPyConnection, id_: str) -> None:
    """Takes out the item, what it is tied to, and its embedding where no other has the same."""
    connection.execute("DELETE FROM triples WHERE head = ?", [id_])
    edits.forget_item(connection, id_)
    connection.execute(
        "DELETE FROM embeddings WHERE digest = (SELECT digest FROM stored WHERE id = $1)"
        " AND digest NOT IN (SELECT digest FROM stored WHERE id <> $1)",
        [id_],
    )
    connection.execute("DELETE FROM stored WHERE id = ?", [id_])


def add_embeddings(
    connection: duckdb.DuckDBPyConnection, encoder: str, digests: Sequence[str], vectors: np.ndarray
) -> None:
    """Stores ``vectors`` (len(digests), d) under their documents' digests."""
    dimension = vectors.shape[1]
    _create_embeddings(connection, dimension)
    flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).ravel())
    columns = {
        "digest": list(digests),
        "encoder": [encoder] * len(digests),
        "vector": pa.FixedSizeListArray.from_arrays(flat, dimension),
    }
    _insert(connection, "embeddings SELECT digest, encoder, vector FROM new", pa.table(columns))


def _create_embeddings(connection: duckdb.DuckDBPyConnection, dimension: int) -> None:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS embeddings (digest VARCHAR, encoder VARCHAR,"
        f" vector FLOAT[{dimension:d}], PRIMARY KEY (digest, encoder))"
    )


def _insert(connection: duckdb.DuckDBPyConnection, what: str, new: pd.DataFrame | pa.Table) -> None:
    if not len(new):
        return
    if isinstance(new, pd.DataFrame):  # whose texts DuckDB would turn into objects one by one
        new = pa.Table.from_pandas(new, preserve_index=False)
    connection.register("new", new)
    connection.execute(f"INSERT INTO {what}")
    connection.unregister("new")


def _arrow(items: pd.DataFrame) -> pa.Table:
    # The lists' type cannot be guessed when every list is empty.
    categories = pa.array(items["categories"].map(list).tolist(), type=pa.list_(pa.string()))
    table = pa.Table.from_pandas(items.drop(columns="categories"), preserve_index=False)
    return table.append_column("categories", categories)
