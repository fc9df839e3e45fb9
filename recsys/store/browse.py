"""Looking through a catalogue: answered inside DuckDB, so that 100,000 items stay quick.

The other file with SQL; it only reads.
"""

import json
from dataclasses import dataclass

import pandas as pd

from recsys.errors import QueryError
from recsys.store.catalogue import Catalogue

PAGE = 25
"""Items on a page of a listing."""

MAX_WORDS = 12
"""Words of a search that are looked at."""

ORDERS = ("title", "year", "likes")
"""How a listing may be sorted: years and likes from the highest down."""


@dataclass(frozen=True)
class Counts:
    """How much there is; ``cold`` items have not been liked by anybody."""

    items: int
    interactions: int
    users: int
    triples: int
    cold: int


@dataclass(frozen=True)
class Item:
    """One item in full; ``facts`` has label -> names."""

    title: str
    text: str
    year: int | None
    categories: tuple[str, ...]
    facts: dict[str, list[str]]


def counts(catalogue: Catalogue) -> Counts:
    """The sizes of the tables."""
    line = catalogue.select("""
        SELECT (SELECT count(*) FROM items) AS items, (SELECT count(*) FROM triples) AS triples,
            interactions, users, (SELECT count(*) FROM popularity) AS liked
        FROM totals""").iloc[0]
    sizes = {name: int(value) for name, value in line.items()}
    return Counts(cold=sizes["items"] - sizes.pop("liked"), **sizes)


def found(catalogue: Catalogue, search: str = "", category: str | None = None) -> int:
    """How many items ``listing`` goes through."""
    # has_words() knows no wildcards: % and _ are letters like any other; and it is several times as
    # fast as ILIKE.
    frame = catalogue.select(
        """
        SELECT count(*) AS n FROM items
        WHERE ($1 IS NULL OR list_contains(categories, $1)) AND has_words(title, text, $2)""",
        [category, _words(search)],
    )
    return int(frame["n"].iloc[0])


def listing(
    catalogue: Catalogue,
    search: str = "",
    category: str | None = None,
    order: str = "title",
    page: int = 1,
) -> pd.DataFrame:
    """Page ``page`` (from 1) of the items of ``category`` that have every word of ``search``.

    Index ``row``; title, year, categories, likes. A word is found inside others, and in
    titles without its accents. Raises QueryError for an unknown order or a page below 1.
    """
    if order not in ORDERS:
        raise QueryError(f"The order {order!r} is not one of {', '.join(ORDERS)}.")
    if page < 1:
        raise QueryError(f"The page is {page}; the first is 1.")
    frame = catalogue.select(
        """
        SELECT row, title, year, categories, coalesce(likes, 0) AS likes
        FROM items LEFT JOIN popularity ON row = item
        WHERE ($1 IS NULL OR list_contains(categories, $1)) AND has_words(title, text, $2)
        ORDER BY CASE $3 WHEN 'likes' THEN coalesce(likes, 0) WHEN 'year' THEN year END
            DESC NULLS LAST, lower(title), row
        LIMIT $4 OFFSET $5""",
        [category, _words(search), order, PAGE, (page - 1) * PAGE],
    ).set_index("row")
    return frame.astype({"year": "Int32", "likes": "int64"})


def item(catalogue: Catalogue, row: int) -> Item:
    """The item in ``row`` in full; raises QueryError when there is none."""
    frame = catalogue.select(
        "SELECT title, text, year, categories, facts FROM items WHERE row = ?", [row]
    )
    if frame.empty:
        raise QueryError(f"There is no item in row {row}.")
    line = frame.iloc[0]
    return Item(
        line["title"],
        line["text"],
        None if pd.isna(line["year"]) else int(line["year"]),
        tuple(line["categories"]),
        json.loads(line["facts"]),
    )


def categories(catalogue: Catalogue) -> pd.DataFrame:
    """name, count: how many items each category has, the most used first."""
    return catalogue.select(
        "SELECT unnest(categories) AS name, count(*) AS count FROM items"
        " GROUP BY name ORDER BY count DESC, name"
    )


def relations(catalogue: Catalogue) -> pd.DataFrame:
    """name, count: how many triples each relation has, the most used first."""
    return catalogue.select(
        "SELECT relation AS name, count(*) AS count FROM triples"
        " GROUP BY name ORDER BY count DESC, name"
    )


def years(catalogue: Catalogue) -> tuple[pd.DataFrame, int]:
    """year, count; and how many years stand in one line: 1, or 10 where more than 30 are spanned.

    ``year`` is the first of its decade then; items without a year are left out.
    """
    ends = catalogue.select("SELECT min(year) AS low, max(year) AS high FROM items").iloc[0]
    step = 10 if pd.notna(ends["low"]) and ends["high"] - ends["low"] > 30 else 1
    frame = catalogue.select(
        "SELECT (year // ?) * ? AS year, count(*) AS count FROM items"
        " WHERE year IS NOT NULL GROUP BY 1 ORDER BY 1",
        [step, step],
    )
    return frame, step


@dataclass(frozen=True)
class Lengths:
    """``bins``: words (the low end), count; each ``width`` words wide, the last one open-ended."""

    bins: pd.DataFrame
    width: int
    median: int


def text_lengths(catalogue: Catalogue) -> Lengths:
    """How long the texts are, in words; the longest hundredth share the last bin."""
    frame = catalogue.select("""
        SELECT CASE trim(text) WHEN '' THEN 0 ELSE len(string_split(trim(text), ' ')) END AS words,
            count(*) AS count FROM items
        GROUP BY words ORDER BY words""")
    share = frame["count"].cumsum() / frame["count"].sum()
    few, middle, many = (int(frame["words"][(share >= q).idxmax()]) for q in (0.01, 0.5, 0.99))
    width = next(w * 10**p for p in range(9) for w in (1, 2, 5) if w * 10**p * 30 >= many - few)
    low = frame["words"].clip(upper=many) // width * width
    return Lengths(frame.groupby(low)["count"].sum().reset_index(), width, middle)


def likes_by_rank(catalogue: Catalogue) -> pd.DataFrame:
    """rank (from 1, the most liked), likes; of high ranks, as many as a logarithmic axis can show.

    Items without a like are left out.
    """
    return catalogue.select("""
        WITH ranked AS (
            SELECT likes, row_number() OVER (ORDER BY likes DESC) AS rank FROM popularity)
        SELECT rank, likes FROM ranked
        WHERE rank <= 50 OR floor(50 * log10(rank)) > floor(50 * log10(rank - 1))
            OR rank = (SELECT count(*) FROM ranked)
        ORDER BY rank""")


def _words(search: str) -> list[str]:
    return search.split()[:MAX_WORDS]
