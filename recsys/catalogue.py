"""The catalogue: one DuckDB file. All SQL is here, but for browse.py, which only reads; external
ids end here.

items         row, id, title, text, year, categories, facts, document
interactions  user, item (row), rating, timestamp
triples       head, relation, tail (external ids and names)
personas      id, name, taste
judgements    persona, item (row), grade
embeddings    digest of the document, encoder, vector
about         words for the page and where the data comes from
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from recsys.datatypes import Filters
from recsys.errors import QueryError, WorkspaceError
from recsys.tables import ITEM_COLUMNS, Tables

_SCHEMA = """
CREATE TABLE items (
    row INTEGER PRIMARY KEY, id VARCHAR UNIQUE NOT NULL, title VARCHAR NOT NULL,
    text VARCHAR NOT NULL, year INTEGER, categories VARCHAR[] NOT NULL, facts JSON NOT NULL,
    document VARCHAR NOT NULL, digest VARCHAR NOT NULL);
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
"""


def document(
    title: str, categories: Sequence[str], text: str, facts: Mapping[str, Sequence[str]]
) -> str:
    """The text that stands for an item when it is embedded.

    >>> document("Ran", ["War", "Drama"], "A lord divides his realm.", {"Country": ["Japan"]})
    'Ran. War, Drama. A lord divides his realm. Country: Japan'
    """
    known = ". ".join(f"{label}: {', '.join(names)}" for label, names in facts.items())
    head = ". ".join(part for part in (title, ", ".join(categories), text) if part)
    return f"{head} {known}".strip()


def digest(text: str) -> str:
    """The key of a document among the embeddings."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@contextmanager
def _damage_reported(path: Path) -> Iterator[None]:
    # Every statement here is known to be right: what fails is the file.
    try:
        yield
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise WorkspaceError(f"The catalogue file {path.name} is damaged ({reason}).") from error


class Catalogue:
    """An open catalogue; row numbers run from 0 to ``len(self) - 1`` in the order of the source."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection):
        self.path = path
        self._connection = connection

    @classmethod
    def create(cls, path: Path, tables: Tables) -> "Catalogue":
        """A new file at ``path`` holding ``tables``, open for ``add_embeddings``."""
        connection = duckdb.connect(str(path))
        connection.execute(_SCHEMA)
        items = tables.items[ITEM_COLUMNS].reset_index(drop=True)
        parts = (items[name] for name in ("title", "categories", "text", "facts"))
        items["document"] = [document(*row) for row in zip(*parts, strict=True)]
        items["facts"] = [json.dumps(facts, ensure_ascii=False) for facts in items["facts"]]
        items["year"] = items["year"].astype("Int32")
        items["digest"] = items["document"].map(digest)
        items.insert(0, "row", np.arange(len(items), dtype=np.int32))
        about = dict(tables.about) | {"like_from": tables.like_from}
        frames = {
            "new_items": _arrow(items),
            "new_events": tables.interactions,
            "new_triples": tables.triples,
            "new_personas": tables.personas,
            "new_judgements": tables.judgements,
        }
        for name, frame in frames.items():
            connection.register(name, frame)
        connection.execute("INSERT INTO items SELECT * FROM new_items")
        connection.execute(
            'INSERT INTO interactions SELECT e."user", i.row, e.rating, e.timestamp'
            " FROM new_events e JOIN items i ON i.id = e.item"
        )
        connection.execute("INSERT INTO triples SELECT head, relation, tail FROM new_triples")
        connection.execute("INSERT INTO personas SELECT id, name, taste FROM new_personas")
        connection.execute(
            "INSERT INTO judgements SELECT j.persona, i.row, j.grade"
            " FROM new_judgements j JOIN items i ON i.id = j.item"
        )
        connection.executemany(
            "INSERT INTO about VALUES (?, ?)", [(k, json.dumps(v)) for k, v in about.items()]
        )
        for name in frames:
            connection.unregister(name)
        return cls(path, connection)

    @classmethod
    def open(cls, path: Path) -> "Catalogue":
        """The catalogue at ``path``, read only; raises WorkspaceError if missing or damaged."""
        if not path.is_file():
            raise WorkspaceError(f"The catalogue file {path.name} is missing.")
        with _damage_reported(path):
            return cls(path, duckdb.connect(str(path), read_only=True))

    def close(self) -> None:
        """Writes what is pending and lets go of the file."""
        self._connection.close()

    def _query(self, sql: str, values: Sequence[object] = ()) -> pd.DataFrame:
        # A cursor of its own for every question: one connection serves one thread at a time.
        with _damage_reported(self.path), self._connection.cursor() as cursor:
            return cursor.execute(sql, values).df()

    def _arrow(self, sql: str, values: list[object]) -> pa.Table:
        with _damage_reported(self.path), self._connection.cursor() as cursor:
            return cursor.sql(sql, params=values).to_arrow_table()

    @cached_property
    def items(self) -> pd.DataFrame:
        """Index ``row``; id, title, text, year (Int32, may be missing), categories, facts."""
        frame = self._query(
            "SELECT row, id, title, text, year, categories, facts FROM items ORDER BY row"
        ).set_index("row")
        frame["year"] = frame["year"].astype("Int32")
        frame["categories"] = [tuple(names) for names in frame["categories"]]
        frame["facts"] = frame["facts"].map(json.loads)
        return frame

    @cached_property
    def about(self) -> dict[str, Any]:
        """What ``Tables.about`` said, and ``like_from``."""
        frame = self._query("SELECT key, value FROM about")
        return dict(zip(frame["key"], frame["value"].map(json.loads), strict=True))

    @cached_property
    def triples(self) -> pd.DataFrame:
        """The knowledge graph: head (an item's id), relation, tail (a name, or an item's id)."""
        return self._query("SELECT head, relation, tail FROM triples")

    @cached_property
    def categories(self) -> list[str]:
        """Every category, the most used first."""
        counted = self.items["categories"].explode().value_counts()
        return counted.index.tolist()

    @cached_property
    def likes(self) -> np.ndarray:
        """(n,) how many interactions of each item are likes."""
        frame = self._query("SELECT item, count(*) AS likes FROM likes GROUP BY item")
        likes = np.zeros(len(self), dtype=np.int64)
        likes[frame["item"].to_numpy()] = frame["likes"]
        return likes

    @cached_property
    def liked(self) -> pd.DataFrame:
        """Every like: user, item (row)."""
        return self._query('SELECT "user", item FROM likes')

    @cached_property
    def personas(self) -> pd.DataFrame:
        """Index persona ``id``; name, taste."""
        return self._query("SELECT id, name, taste FROM personas ORDER BY id").set_index("id")

    @cached_property
    def judgements(self) -> pd.DataFrame:
        """What personas say of items: persona, item (row), grade."""
        return self._query("SELECT persona, item, grade FROM judgements ORDER BY persona, item")

    @cached_property
    def _count(self) -> int:
        return int(self._query("SELECT count(*) AS items FROM items")["items"].iloc[0])

    def __len__(self) -> int:
        return self._count

    def documents(self) -> pd.DataFrame:
        """Index ``row``; ``document``, the text that is embedded, and its ``digest``."""
        return self._query("SELECT row, document, digest FROM items ORDER BY row").set_index("row")

    def rows(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Row numbers of external ``ids``; raises QueryError for an id that is not here."""
        known = self._rows
        ids = list(ids)
        for id_ in ids:
            if id_ not in known:
                raise QueryError(f"There is no item {id_!r} in this catalogue.")
        return tuple(int(known[id_]) for id_ in ids)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {id_: row for row, id_ in self.items["id"].items()}

    def allowed(self, filters: Filters) -> np.ndarray:
        """(n,) bool: which items pass; an item without a year fails a filter on years."""
        year = self.items["year"].to_numpy(dtype=np.float64, na_value=np.nan)
        passed = np.ones(len(self), dtype=bool)
        if filters.year_from is not None:
            passed &= year >= filters.year_from
        if filters.year_to is not None:
            passed &= year <= filters.year_to
        if filters.categories:
            chosen = self._membership[[c for c in filters.categories if c in self._membership]]
            passed &= chosen.to_numpy().any(axis=1)
        return passed

    @cached_property
    def _membership(self) -> pd.DataFrame:
        exploded = self.items["categories"].explode()
        return (
            pd.crosstab(exploded.index, exploded)
            .astype(bool)
            .reindex(self.items.index, fill_value=False)
        )

    def embedded(self, encoder: str, digests: Sequence[str]) -> dict[str, np.ndarray]:
        """The (d,) embeddings by ``encoder`` of those ``digests`` that have one."""
        table = self._arrow(
            "SELECT digest, vector FROM embeddings"
            " WHERE encoder = ? AND digest IN (SELECT unnest(?))",
            [encoder, list(digests)],
        )
        return dict(zip(table["digest"].to_pylist(), _matrix(table["vector"]), strict=True))

    def add_embeddings(self, encoder: str, digests: Sequence[str], vectors: np.ndarray) -> None:
        """Stores ``vectors`` (len(digests), d) under their documents' digests."""
        dimension = vectors.shape[1]
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS embeddings (digest VARCHAR, encoder VARCHAR,"
            f" vector FLOAT[{dimension:d}], PRIMARY KEY (digest, encoder))"
        )
        flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).ravel())
        columns = {
            "digest": list(digests),
            "vector": pa.FixedSizeListArray.from_arrays(flat, dimension),
        }
        self._connection.register("new_vectors", pa.table(columns))
        self._connection.execute(
            "INSERT INTO embeddings SELECT digest, ?, vector FROM new_vectors", [encoder]
        )
        self._connection.unregister("new_vectors")

    def embeddings(self, encoder: str) -> np.ndarray:
        """(n, d) float32, row i for item i; raises WorkspaceError when some item has none."""
        table = self._arrow(
            "SELECT e.vector FROM items i JOIN embeddings e USING (digest)"
            " WHERE e.encoder = ? ORDER BY i.row",
            [encoder],
        )
        if len(table) != len(self):
            raise WorkspaceError(
                f"{len(self) - len(table)} of {len(self)} items have no embedding by {encoder}."
            )
        return _matrix(table["vector"])

    def select(self, sql: str, values: Sequence[object] = ()) -> pd.DataFrame:
        """The rows that answer ``sql``, a question of recsys.browse, given its ``values``."""
        return self._query(sql, values)


def _arrow(items: pd.DataFrame) -> pa.Table:
    # The lists' type cannot be guessed when every list is empty.
    categories = pa.array(items["categories"].map(list).tolist(), type=pa.list_(pa.string()))
    table = pa.Table.from_pandas(items.drop(columns="categories"), preserve_index=False)
    return table.add_column(items.columns.get_loc("categories"), "categories", categories)


def _matrix(column: pa.ChunkedArray) -> np.ndarray:
    if len(column) == 0:
        return np.empty((0, 0), dtype=np.float32)
    flat = column.combine_chunks().flatten().to_numpy()
    return flat.reshape(len(column), -1)
