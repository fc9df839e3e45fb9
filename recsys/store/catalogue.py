"""The catalogue, read: one DuckDB file, and another of what was published since.

All SQL is in this room; external ids end here.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from recsys.store import edits, schema
from recsys.tables import Tables

PUBLISHED = "published.duckdb"
"""What was published since the catalogue beside it was built."""


BATCH = 16_384
"""Embeddings read at a time."""


_ALL_EMBEDDINGS = """
    SELECT i.row, e.vector FROM items i JOIN embeddings e USING (digest) WHERE e.encoder = ?"""
_EMBEDDINGS = f"{_ALL_EMBEDDINGS} AND i.row IN (SELECT unnest(?))"


class CatalogueInUse(WorkspaceError):
    """Another program has the file open for writing."""


@contextmanager
def _damage_reported(path: Path) -> Iterator[None]:
    # Every statement here is known to be right: what fails is the file.
    try:
        yield
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        if "Could not set lock" in reason:
            raise CatalogueInUse(
                f"The catalogue file {path.name} is open in another program: close it there."
            ) from error
        raise WorkspaceError(f"The catalogue file {path.name} is damaged ({reason}).") from error


class Catalogue:
    """An open catalogue; row numbers run from 0 to ``len(self) - 1``.

    What was built comes in the order of the source, and then what was published.
    """

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection):
        self.path = path
        self._connection = connection

    @classmethod
    def create(cls, path: Path, tables: Tables) -> "Catalogue":
        """A new file at ``path`` holding ``tables``, open for writing."""
        connection = duckdb.connect(str(path))
        try:
            schema.fill(connection, tables)
        except BaseException:
            connection.close()  # else this process would find it there at the next try
            raise
        return cls(path, connection)

    @classmethod
    def open(cls, path: Path) -> "Catalogue":
        """The catalogue at ``path`` with what is PUBLISHED beside it, read only.

        Raises WorkspaceError if it is missing, damaged, or being written to by another program.
        """
        if not path.is_file():
            raise WorkspaceError(f"The catalogue file {path.name} is missing.")
        published = path.with_name(PUBLISHED)
        connection = duckdb.connect()
        with _damage_reported(path):
            schema.attach(connection, path, published if published.is_file() else None)
        return cls(path, connection)

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
        frame = self._query("""
            SELECT row, id, title, text, year, to_json(categories)::VARCHAR AS categories,
                facts::VARCHAR AS facts
            FROM items ORDER BY row""").set_index("row")
        frame["year"] = frame["year"].astype("Int32")
        frame["categories"] = _decoded(frame["categories"], lambda text: tuple(json.loads(text)))
        frame["facts"] = _decoded(frame["facts"], json.loads)
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
        frame = self._query("SELECT item, likes FROM popularity")
        likes = np.zeros(len(self), dtype=np.int64)
        likes[frame["item"].to_numpy()] = frame["likes"]
        return likes

    def likes_of_users(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Users (u,) by their ids in sorted order, and the pairs of a user's place among them and
        an item (row), (p,) each: who likes what, by user and then by item."""
        users = self._arrow('SELECT DISTINCT "user" FROM likes ORDER BY "user"', [])
        pairs = self._arrow(
            """WITH fans AS (
                SELECT "user", (row_number() OVER (ORDER BY "user") - 1)::INTEGER AS place
                FROM (SELECT DISTINCT "user" FROM likes))
            SELECT DISTINCT place, item FROM likes JOIN fans USING ("user")
            ORDER BY place, item""",
            [],
        )
        ids = np.array(users["user"].to_pylist(), dtype=object)
        return ids, pairs["place"].to_numpy(), pairs["item"].to_numpy()

    @cached_property
    def ratings(self) -> pd.DataFrame:
        """Every rating: user, item (row), rating, timestamp; by user, then by time."""
        return self._query(
            'SELECT "user", item, rating, timestamp FROM interactions WHERE rating IS NOT NULL'
            ' ORDER BY "user", timestamp, item, rating'
        )

    @cached_property
    def personas(self) -> pd.DataFrame:
        """Index persona ``id``; name, taste."""
        return self._query("SELECT id, name, taste FROM personas ORDER BY id").set_index("id")

    @cached_property
    def judgements(self) -> pd.DataFrame:
        """What personas say of items: persona, item (row), grade."""
        return self._query("SELECT persona, item, grade FROM judgements ORDER BY persona, item")

    def __len__(self) -> int:
        return len(self._order)

    @cached_property
    def _order(self) -> pd.DataFrame:
        return self._query("SELECT place, id, published FROM items ORDER BY row")

    @property
    def keys(self) -> np.ndarray:
        """(n,) ascending: the number that an item keeps when rows move; never given twice."""
        return self._order["place"].to_numpy(np.int64)

    @property
    def published(self) -> pd.DataFrame:
        """Index ``row`` of what was published and not built, in this order; id, published (UTC)."""
        return self._order.loc[self._order["published"].notna(), ["id", "published"]]

    @property
    def built(self) -> int:
        """How many items came with the source: these have the rows before all others."""
        return int(self._order["published"].isna().sum())

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
        schema.add_embeddings(self._connection, encoder, digests, vectors)

    def embeddings(self, encoder: str, rows: np.ndarray | None = None) -> np.ndarray:
        """(m, d) float32 of the items in ``rows`` (m,), or of all.

        Raises WorkspaceError when some of them have none.
        """
        wanted = np.arange(len(self)) if rows is None else np.asarray(rows)
        found = None
        there = np.zeros(len(wanted), dtype=bool)
        order = np.argsort(wanted)
        for own, vectors in self.each_embedding(encoder, None if rows is None else wanted):
            places = order[np.searchsorted(wanted, own, sorter=order)]
            if found is None:
                found = np.empty((len(wanted), vectors.shape[1]), dtype=np.float32)
            found[places] = vectors
            there[places] = True
        if not there.all():
            raise WorkspaceError(
                f"{(~there).sum()} of {len(there)} items have no embedding by {encoder}."
            )
        return np.empty((0, 0), dtype=np.float32) if found is None else found

    def each_embedding(
        self, encoder: str, rows: np.ndarray | None = None
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Rows of items (b,) and their embeddings (b, d) float32, some thousands at a time and in
        any order: of the different ``rows``, or of all that have one."""
        if rows is not None and not len(rows):
            return
        sql = _ALL_EMBEDDINGS if rows is None else _EMBEDDINGS
        values: list[object] = [encoder] if rows is None else [encoder, rows.tolist()]
        with _damage_reported(self.path), self._connection.cursor() as cursor:
            found = cursor.sql(sql, params=values)
            for batch in found.to_arrow_reader(BATCH):
                yield batch["row"].to_numpy(), _matrix(batch["vector"])

    def select(self, sql: str, values: Sequence[object] = ()) -> pd.DataFrame:
        """The rows that answer ``sql``, a question of recsys.browse, given its ``values``."""
        return self._query(sql, values)


class Publications:
    """The file of what was published, open for writing."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self._connection = connection

    @classmethod
    def open(cls, folder: Path, built: int = 0, dimension: int = 0) -> "Publications":
        """PUBLISHED in ``folder``; where there is none, a new one for what comes after ``built``
        items whose embeddings have this ``dimension``.

        Raises WorkspaceError if it is damaged.
        """
        path = folder / PUBLISHED
        new = not path.is_file()
        with _damage_reported(path):
            connection = duckdb.connect(str(path))
            if new:
                schema.start_published(connection, built, dimension)
        return cls(connection)

    def close(self) -> None:
        """Writes what is pending and lets go of the file."""
        self._connection.close()

    def add_items(self, items: pd.DataFrame, triples: pd.DataFrame) -> pd.DataFrame:
        """Adds ``items`` (as in Tables, and ``published``) after all others, and ``triples``.

        Returns for each item its place, document and digest.
        """
        return schema.publish(self._connection, items, triples)

    def add_embeddings(self, encoder: str, digests: Sequence[str], vectors: np.ndarray) -> None:
        """Stores ``vectors`` (len(digests), d) under their documents' digests."""
        schema.add_embeddings(self._connection, encoder, digests, vectors)

    def add_edit(self, what: str, changes: pd.DataFrame) -> None:
        """Keeps an edit of the triples: ``what`` was done, and head, relation, tail, added."""
        edits.add(self._connection, what, changes)

    def keep_edits(self, log: pd.DataFrame, changes: pd.DataFrame) -> None:
        """Puts the edits of another catalogue, as recsys.store.edited has them, into this file."""
        edits.keep(self._connection, log, changes)

    def undo_edit(self) -> None:
        """Forgets the last edit of the triples."""
        edits.undo(self._connection)

    def remove_item(self, id_: str) -> None:
        """Takes out an item, what it is tied to, and its embedding where no other has the same."""
        schema.remove_item(self._connection, id_)


def _decoded(cells: pd.Series, read: Callable[[str], Any]) -> pd.Series:
    """What ``read`` makes of each cell; cells that are the same share it."""
    codes, texts = pd.factorize(cells)
    found = np.empty(len(texts), dtype=object)
    found[:] = [read(text) for text in texts]
    return pd.Series(found[codes], cells.index, dtype=object)


def _matrix(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    if len(column) == 0:
        return np.empty((0, 0), dtype=np.float32)
    flat = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return flat.flatten().to_numpy().reshape(len(column), -1)
