"""What stands in a catalogue's file, and everything that is ever written into it.

stored        place, id, title, text, year, categories, facts, document, digest, published
items         the same with ``row``: 0 to n - 1 in the order of the places
interactions  user, item (row of a built item), rating, timestamp
triples       head, relation, tail (external ids and names)
personas      id, name, taste
judgements    persona, item (row of a built item), grade
embeddings    digest of the document, encoder, vector
about         words for the page and where the data comes from
counter       next_place

A place is never given twice. Items of the source have their row for a place and were not published;
published ones come after them.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from recsys.tables import ITEM_COLUMNS, TRIPLE_COLUMNS, Tables

_SCHEMA = """
CREATE TABLE stored (
    place INTEGER PRIMARY KEY, id VARCHAR UNIQUE NOT NULL, title VARCHAR NOT NULL,
    text VARCHAR NOT NULL, year INTEGER, categories VARCHAR[] NOT NULL, facts JSON NOT NULL,
    document VARCHAR NOT NULL, digest VARCHAR NOT NULL, published TIMESTAMP);
CREATE VIEW items AS
    SELECT (row_number() OVER (ORDER BY place) - 1)::INTEGER AS row, * FROM stored;
CREATE TABLE interactions (
    "user" VARCHAR NOT NULL, item INTEGER NOT NULL, rating FLOAT, timestamp BIGINT);
CREATE TABLE triples (head VARCHAR NOT NULL, relation VARCHAR NOT NULL, tail VARCHAR NOT NULL);
CREATE TABLE personas (id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, taste VARCHAR NOT NULL);
CREATE TABLE judgements (persona VARCHAR NOT NULL, item INTEGER NOT NULL, grade INTEGER NOT NULL);
CREATE TABLE about (key VARCHAR PRIMARY KEY, value JSON NOT NULL);
CREATE VIEW likes AS SELECT "user", item FROM interactions
    WHERE rating >= (SELECT value::FLOAT FROM about WHERE key = 'like_from');
CREATE MACRO has_words(title, text, words) AS len(words) = 0 OR list_bool_and([
    contains(lower(text), lower(word))
    OR contains(strip_accents(lower(title)), strip_accents(lower(word)))
    FOR word IN words]);
CREATE TABLE counter AS SELECT 0 AS next_place;
"""


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
    connection.execute(_SCHEMA)
    add_items(connection, tables.items.assign(published=pd.NaT), tables.triples)
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


def add_items(
    connection: duckdb.DuckDBPyConnection, items: pd.DataFrame, triples: pd.DataFrame
) -> pd.DataFrame:
    """Adds ``items`` (as in Tables, and ``published``) at the next places, and the ``triples``.

    Returns for each item its place, document and digest.
    """
    items = items[[*ITEM_COLUMNS, "published"]].reset_index(drop=True)
    parts = (items[name] for name in ("title", "categories", "text", "facts"))
    items["document"] = [document(*row) for row in zip(*parts, strict=True)]
    items["digest"] = items["document"].map(digest)
    items["facts"] = [json.dumps(facts, ensure_ascii=False) for facts in items["facts"]]
    items["year"] = items["year"].astype("Int32")
    items["published"] = items["published"].astype("datetime64[us]")
    first = connection.execute("SELECT next_place FROM counter").fetchall()[0][0]
    items["place"] = np.arange(first, first + len(items), dtype=np.int32)
    connection.execute("UPDATE counter SET next_place = ?", [first + len(items)])
    _insert(connection, "stored BY NAME SELECT * FROM new", _arrow(items))
    _insert(connection, "triples SELECT head, relation, tail FROM new", triples[TRIPLE_COLUMNS])
    return items[["place", "document", "digest"]]


def remove_item(connection: duckdb.DuckDBPyConnection, id_: str) -> None:
    """Takes out the item, what it is tied to, and its embedding where no other has the same."""
    connection.execute("DELETE FROM triples WHERE head = ?", [id_])
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
    connection.execute(
        "CREATE TABLE IF NOT EXISTS embeddings (digest VARCHAR, encoder VARCHAR,"
        f" vector FLOAT[{dimension:d}], PRIMARY KEY (digest, encoder))"
    )
    flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).ravel())
    columns = {
        "digest": list(digests),
        "encoder": [encoder] * len(digests),
        "vector": pa.FixedSizeListArray.from_arrays(flat, dimension),
    }
    _insert(connection, "embeddings SELECT digest, encoder, vector FROM new", pa.table(columns))


def _insert(connection: duckdb.DuckDBPyConnection, what: str, new: pd.DataFrame | pa.Table) -> None:
    connection.register("new", new)
    connection.execute(f"INSERT INTO {what}")
    connection.unregister("new")


def _arrow(items: pd.DataFrame) -> pa.Table:
    # The lists' type cannot be guessed when every list is empty.
    categories = pa.array(items["categories"].map(list).tolist(), type=pa.list_(pa.string()))
    table = pa.Table.from_pandas(items.drop(columns="categories"), preserve_index=False)
    return table.append_column("categories", categories)
