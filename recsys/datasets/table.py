"""Anybody's catalogue: a table of items, and if there are any, of interactions and of triples."""

import argparse
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from recsys.datasets import _events
from recsys.datasets._examples import examples
from recsys.datasets._facts import tied, ties_of
from recsys.datasets._interactions import Wish, read_interactions
from recsys.datasets._items import Items, read_items
from recsys.datasets._triples import read_triples
from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError
from recsys.reading import columns, corrections, files
from recsys.reading.columns import SAMPLE
from recsys.reading.feedback import KINDS
from recsys.reading.files import Reading
from recsys.reading.guesses import Columns, as_columns
from recsys.reading.sieve import Sieve
from recsys.reading.ties import Tie
from recsys.reading.vocabulary import SYNONYMS
from recsys.tables import INTERACTION_COLUMNS, Tables

TITLE = "A table of your own"
HELP = (
    "Your catalogue as CSV, JSON, Excel, XML or Parquet; columns are guessed and may be corrected."
)
KEYS = ", ".join(chain.from_iterable(SYNONYMS.values()))
"""All that a column can be."""
OPTIONS: dict[str, dict[str, Any]] = {
    "items": {
        "required": True,
        "metavar": "FILE",
        "help": "the items, one a row: delimited text, JSON, Excel, ODS, an XML feed or Parquet,"
        " perhaps compressed",
    },
    "interactions": {"metavar": "FILE", "help": "who met which item, if known: user, item, rating"},
    "triples": {"metavar": "FILE", "help": "a knowledge graph, if any: head, relation, tail"},
    "map": {
        "nargs": "+",
        "metavar": "KEY=COLUMN",
        "help": "columns that are guessed wrong, such as id=sku text=blurb year= (none);"
        " several columns of text are joined; keys: " + KEYS,
    },
    "rows": {
        "choices": _events.ROWS,
        "help": "what a row of the items file is, where that is guessed wrong: an item, or an event"
        " of one such as a review or a purchase",
    },
    "feedback": {
        "choices": KINDS,
        "help": "whether the values of interactions are opinions (explicit) or counts (implicit),"
        " where that is guessed wrong",
    },
    "like-from": {
        "type": float,
        "metavar": "VALUE",
        "help": "the value from which an interaction counts as a like (guessed)",
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
    "encoding": {"metavar": "NAME", "help": "that of the files, such as cp1252 (found)"},
    "part": {"metavar": "NAME", "help": "the sheet or key that the items stand under (found)"},
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
    encoding: str | Mapping[str, str] | None = None,
    part: str | Mapping[str, str] | None = None,
    rows: str | None = None,
    feedback: str | None = None,
    like_from: float | None = None,
    remember: bool | None = None,
    progress: Progress = no_progress,
) -> Tables:
    """The tables in these files, by the columns that ``map`` names and guesses for the others.

    ``map`` is key -> column, or "key=column" each; an empty column means that there is none, and a
    text may have several. With ``remember``, what it corrects is kept beside the workspaces for the
    next file with the same columns; what was kept is used, and without (False) it is forgotten.
    ``ties`` are the columns whose names become triples: by default those found, where no triples
    are given. ``called`` is what the owner of a file calls it: items, interactions, triples.
    ``encoding`` and ``part`` are by kind of file too, or else that of all and that of the items. An
    item needs a title or a text; an id is made where there is none. A file of reviews or purchases
    given as ``items`` alone is read as both, unless ``rows`` says that they are items (or that they
    are events, where that is not seen). ``feedback`` (explicit or implicit) and ``like_from`` stand
    in place of what the values tell. Rows that cannot be used are in ``rejected``. Raises DataError
    when a file cannot be read, a column is missing, or more than the share ``limit`` of a file is
    rejected.
    """
    if not 0 <= limit <= 1:
        raise DataError(f"The limit is {limit}; it must be from 0 to 1.")
    given = {"items": items, "interactions": interactions, "triples": triples}
    paths = {kind: path for kind, path in given.items() if path is not None}
    wish = Wish(feedback, like_from)
    kinds = list(paths)
    chosen = _chosen(map, [*kinds, "interactions"] if rows == "events" else kinds)
    readings = {kind: _reading(kind, encoding, part) for kind in kinds}
    recall = corrections.recall if remember else None
    whole = {}
    for done, (kind, path) in enumerate(paths.items()):
        progress(done, len(kinds), "reading tables")
        own = (called or {}).get(kind)
        whole[kind] = Sieve.read(path, kind, chosen, own, recall, readings[kind], progress)
    sieves = dict(whole)
    if interactions is None:
        sieves |= _events.split(sieves["items"], chosen, rows)
    found = read_items(sieves["items"])
    events, threshold = pd.DataFrame(columns=INTERACTION_COLUMNS), 0.0
    if "interactions" in sieves:
        events, threshold = read_interactions(sieves["interactions"], found, wish)
    if interactions is not None:
        found = _events.described(found, sieves["interactions"])
    things = found.table
    chosen_ties = [] if ties is None and triples else ties
    facts = tied(sieves["items"], things["id"], chosen_ties)
    if "triples" in sieves:
        facts = pd.concat([read_triples(sieves["triples"], found), facts], ignore_index=True)
    told = list(dict.fromkeys([*whole.values(), *sieves.values()]))
    rejected = pd.concat([sieve.rejected(limit) for sieve in told], ignore_index=True)
    if remember is not None:
        _remember(whole, sieves, remember)
    progress(len(kinds), len(kinds), "reading tables")
    return Tables(
        things,
        events,
        facts,
        about=_about((noun or "item").strip(), found, [sieve.name for sieve in whole.values()]),
        like_from=threshold,
        rejected=rejected,
        notes=tuple(note for sieve in told for note in sieve.notes),
    )


def _reading(
    kind: str, encoding: str | Mapping[str, str] | None, part: str | Mapping[str, str] | None
) -> Reading:
    encodings = encoding if isinstance(encoding, Mapping) else {kind: encoding or ""}
    parts = part if isinstance(part, Mapping) else {"items": part or ""}
    return Reading(encodings.get(kind, ""), parts.get(kind, ""))


def _remember(whole: Mapping[str, Sieve], sieves: Mapping[str, Sieve], remember: bool) -> None:
    """Keeps what was corrected of each file, or forgets it; of one whose rows are events nothing,
    as its columns are others."""
    for kind, sieve in whole.items():
        if sieves.get(kind) is sieve:
            corrections.keep(kind, sieve.header, sieve.corrected() if remember else {})


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
            raise DataError(
                f"The mapping names {key}={column}, but no {kind} file is given. Where the items"
                " file holds reviews or purchases, say that its rows are events."
            )
        before = as_columns(chosen.get(key, "")) if key == "text" else ()
        chosen[key] = (*before, *as_columns(column))
    return chosen


def _pair(written: str) -> tuple[str, str]:
    key, equals, column = written.partition("=")
    if not equals:
        raise DataError(f"{written!r} is not KEY=COLUMN with a key of: {KEYS}.")
    return key.strip(), column.strip()


def _about(noun: str, items: Items, files: Sequence[str]) -> dict[str, Any]:
    """Words for the page."""
    return {
        "noun": noun,
        "nouns": _plural(noun),
        "category": items.categories,
        "source": f"Imported from {', '.join(files)}.",
        "examples": examples(items.table, noun, _plural(noun)),
    }


def _plural(noun: str) -> str:
    return re.sub(r"(?<=[^aeiou])y$", "ie", noun) + "s"
