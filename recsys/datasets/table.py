"""Anybody's catalogue: a table of items, and if there are any, of interactions and of triples."""

import argparse
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from recsys.datasets._examples import examples
from recsys.datasets._facts import tied, ties_of
from recsys.datasets._items import Items, read_items
from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError
from recsys.reading import cleaning, columns, corrections, files
from recsys.reading.columns import SAMPLE
from recsys.reading.guesses import Columns, as_columns
from recsys.reading.sieve import Sieve
from recsys.reading.ties import Tie
from recsys.reading.vocabulary import SYNONYMS
from recsys.tables import INTERACTION_COLUMNS, TRIPLE_COLUMNS, Tables

TITLE = "A table of your own"
HELP = (
    "Your catalogue as CSV, TSV, JSON Lines or Parquet; columns are guessed and may be corrected."
)
KEYS = ", ".join(chain.from_iterable(SYNONYMS.values()))
"""All that a column can be."""
OPTIONS: dict[str, dict[str, Any]] = {
    "items": {
        "required": True,
        "metavar": "FILE",
        "help": "the items, one a row: .csv, .tsv, .jsonl, .ndjson, .json (one object a line) or"
        " .parquet",
    },
    "interactions": {"metavar": "FILE", "help": "who met which item, if known: user, item, rating"},
    "triples": {"metavar": "FILE", "help": "a knowledge graph, if any: head, relation, tail"},
    "map": {
        "nargs": "+",
        "metavar": "KEY=COLUMN",
        "help": "columns that are guessed wrong, such as id=sku text=blurb year= (none);"
        " several columns of text are joined; keys: " + KEYS,
    },
    "limit": {
        "type": float,
        "default": 0.5,
        "help": "the share of a file's rows that may be unusable (%(default)s)",
    },
    "ties": {
        "nargs": "*",
        "metavar": "COLUMN",
        "help": "columns whose names tie items in the knowledge graph (guessed where no triples are"
        " given; without a column: none)",
    },
    "noun": {"help": "what one item is called, such as book (item)"},
    "remember": {
        "action": argparse.BooleanOptionalAction,
        "default": True,
        "help": "keep what --map corrects for the next file with the same columns, and use what was"
        " kept (--no-remember forgets it)",
    },
}


def preview(path: str | Path, rows: int = 20) -> pd.DataFrame:
    """The first ``rows`` of a file as columns of text; raises DataError as ``load`` does."""
    return files.read(path, rows).frame


def guess(path: str | Path, kind: str) -> dict[str, str]:
    """Key -> column for a file of ``kind``: items, interactions or triples; not all are found."""
    if kind not in SYNONYMS:
        raise DataError(f"{kind!r} is no kind of file; there are: {', '.join(SYNONYMS)}.")
    return columns.plainly(columns.guess(files.read(path, SAMPLE).frame, kind, {}))


@dataclass(frozen=True)
class Shown:
    """Rows of a file of items as they will be: the ``items`` (as in Tables), ``notes`` on what
    became of the other columns and of rows left out, and the ``ties`` that may be chosen."""

    items: pd.DataFrame
    notes: list[str]
    ties: list[Tie]


def shown(rows: files.Rows, chosen: Mapping[str, Columns]) -> Shown:
    """``rows`` as they will be, by the ``chosen`` columns; raises DataError as ``load`` does."""
    sieve = Sieve(rows, "items", chosen, "")
    before = len(sieve.notes)
    found = read_items(sieve).table
    sieve.rejected(1.0)
    notes = [note.removeprefix(": ") for note in sieve.notes[before:]]
    return Shown(found, notes, ties_of(sieve))


def load(
    items: str | Path,
    interactions: str | Path | None = None,
    triples: str | Path | None = None,
    map: Mapping[str, Columns] | Sequence[str] | None = None,
    limit: float = 0.5,
    ties: Sequence[str] | None = None,
    noun: str | None = None,
    called: Mapping[str, str] | None = None,
    remember: bool | None = None,
    progress: Progress = no_progress,
) -> Tables:
    """The tables in these files, by the columns that ``map`` names and guesses for the others.

    ``map`` is key -> column, or "key=column" each; an empty column means that there is none, and a
    text may have several. With ``remember``, what it corrects is kept beside the workspaces for the
    next file with the same columns; what was kept is used, and without (False) it is forgotten.
    ``ties`` are the columns whose names become triples: by default those found, where no triples
    are given. ``called`` is what the owner of a file calls it: items, interactions, triples. An
    item needs a title or a text; an id is made where there is none. Rows that cannot be used are in
    ``rejected``. Raises DataError when a file cannot be read, a column is missing, or more than the
    share ``limit`` of a file is rejected.
    """
    if not 0 <= limit <= 1:
        raise DataError(f"The limit is {limit}; it must be from 0 to 1.")
    paths = {"items": items, "interactions": interactions, "triples": triples}
    chosen = _chosen(map, [kind for kind, path in paths.items() if path is not None])
    sieves = {}
    for done, (kind, path) in enumerate(paths.items()):
        progress(done, len(paths), "reading tables")
        if path is not None:
            recall = corrections.recall if remember else None
            sieves[kind] = Sieve.read(path, kind, chosen, (called or {}).get(kind), recall)
    found = read_items(sieves["items"])
    things = found.table
    events, like_from = pd.DataFrame(columns=INTERACTION_COLUMNS), 0.0
    if "interactions" in sieves:
        events, like_from = _interactions(sieves["interactions"], found)
    chosen_ties = [] if ties is None and triples else ties
    facts = tied(sieves["items"], things["id"], chosen_ties)
    if "triples" in sieves:
        facts = pd.concat([_triples(sieves["triples"], found), facts], ignore_index=True)
    rejected = pd.concat([sieve.rejected(limit) for sieve in sieves.values()], ignore_index=True)
    if remember is not None:
        for kind, sieve in sieves.items():
            corrections.keep(kind, sieve.header, sieve.corrected() if remember else {})
    progress(len(paths), len(paths), "reading tables")
    noun = (noun or "item").strip()
    return Tables(
        things,
        events,
        facts,
        about={
            "noun": noun,
            "nouns": _plural(noun),
            "category": found.categories,
            "source": f"Imported from {', '.join(sieve.name for sieve in sieves.values())}.",
            "examples": examples(things, noun, _plural(noun)),
        },
        like_from=like_from,
        rejected=rejected,
        notes=tuple(note for sieve in sieves.values() for note in sieve.notes),
    )


def _chosen(
    given: Mapping[str, Columns] | Sequence[str] | None, kinds: Sequence[str]
) -> dict[str, Columns]:
    if isinstance(given, Mapping):
        pairs = [(key, column) for key, own in given.items() for column in as_columns(own) or ("",)]
    else:
        pairs = [_pair(pair) for pair in given or ()]
    chosen: dict[str, Columns] = {}
    for key, column in pairs:
        kind = next((kind for kind, keys in SYNONYMS.items() if key in keys), None)
        if kind is None:
            raise DataError(f"{f'{key}={column}'!r} is not KEY=COLUMN with a key of: {KEYS}.")
        if kind not in kinds:
            raise DataError(f"The mapping names {key}={column}, but no {kind} file is given.")
        before = as_columns(chosen.get(key, "")) if key == "text" else ()
        chosen[key] = (*before, *as_columns(column))
    return chosen


def _pair(written: str) -> tuple[str, str]:
    key, equals, column = written.partition("=")
    if not equals:
        raise DataError(f"{written!r} is not KEY=COLUMN with a key of: {KEYS}.")
    return key.strip(), column.strip()


def _interactions(sieve: Sieve, items: Items) -> tuple[pd.DataFrame, float]:
    sieve.need("user", "users")
    sieve.need("item", "items")
    sieve.rename("item", items.codes)
    sieve.reject(sieve.cells("user") == "", "no user", "item")
    sieve.reject(sieve.cells("item") == "", "no item", "user")
    sieve.reject(~sieve.cells("item").isin(items.table["id"]), "unknown item", "item")
    rating = cleaning.numbers(sieve.cells("rating"))
    if "rating" in sieve.columns:
        sieve.reject(~rating.between(-1e9, 1e9), "rating is not a number", "rating")
    seconds = cleaning.seconds(sieve.cells("timestamp"))
    sieve.reject(seconds.isna(), "timestamp is not a date", "timestamp")
    table = pd.DataFrame(
        {
            "user": sieve.cells("user"),
            "item": sieve.cells("item"),
            "rating": rating[sieve.frame.index].fillna(1.0),
            "timestamp": seconds[sieve.frame.index].astype("int64"),
        }
    ).reset_index(drop=True)
    if "rating" not in sieve.columns:
        sieve.note("no ratings: every interaction counts as a like.")
        return table, 0.0
    like_from, share = _like_from(table["rating"])
    sieve.note(f"a rating of {like_from:g} or more counts as a like: {share:.0%} of them.")
    return table, like_from


def _like_from(ratings: pd.Series) -> tuple[float, float]:
    """The rating from which the share of likes is nearest to one half, and that share.

    Of two that are about as near, the higher: 4, not 3, where 1 to 5 are equally frequent.

    >>> _like_from(pd.Series([1, 2, 3, 4, 4, 5]))
    (4.0, 0.5)
    """
    if ratings.empty:
        return 0.0, 0.0
    values, counts = np.unique(ratings, return_counts=True)
    shares = counts[::-1].cumsum()[::-1] / len(ratings)
    distance = np.abs(shares - 0.5).round(1)
    best = int(np.flatnonzero(distance == distance.min())[-1])
    return float(values[best]), float(shares[best])


def _triples(sieve: Sieve, items: Items) -> pd.DataFrame:
    for key in TRIPLE_COLUMNS:
        sieve.need(key, f"the {key} of a triple")
        shown = "head" if key == "tail" else "tail"
        sieve.reject(sieve.cells(key) == "", f"no {key}", shown)
    sieve.rename("head", items.codes)
    table = pd.DataFrame({key: sieve.cells(key) for key in TRIPLE_COLUMNS})
    return table.reset_index(drop=True)


def _plural(noun: str) -> str:
    return re.sub(r"(?<=[^aeiou])y$", "ie", noun) + "s"
