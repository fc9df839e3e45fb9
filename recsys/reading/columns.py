"""What each column of a file seems to hold, by its name and by what is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from recsys.reading import cleaning, interactions, measures
from recsys.reading.contents import look
from recsys.reading.guesses import CHOSEN, REMEMBERED, Columns, Guess, as_columns
from recsys.reading.item_columns import ItemColumns
from recsys.reading.vocabulary import PEOPLE, REQUIRED, SYNONYMS, UNITS, match, named, plain

SAMPLE = 2_000
"""Rows from which a guess is made."""


@dataclass(frozen=True)
class Rest:
    """What the other columns of items are: ``facts``, ``numbers``, and what ``others`` hold."""

    facts: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)


def guess(
    frame: pd.DataFrame,
    kind: str,
    chosen: Mapping[str, Columns],
    remembered: Mapping[str, Columns] | None = None,
) -> dict[str, Guess]:
    """What the columns of a file of ``kind`` are, by key; not every key has one.

    Those ``chosen`` stand, and those ``remembered`` where all of them are there; "" is no column.
    For the others names and contents decide together: a name counts in many languages, and only
    where the cells fit it; failing that, items go by what is in the cells alone. Of interactions a
    name decides, and where there is none the cells; triples go by names, and then take what is left
    from left to right.
    """
    found = {key: Guess(as_columns(own), CHOSEN, 1.0) for key, own in chosen.items()}
    for key, own in (remembered or {}).items():
        columns = as_columns(own)
        if set(columns) <= set(frame) and not _taken(found) & set(columns):
            found.setdefault(key, Guess(columns, REMEMBERED, 1.0))
    if kind == "items":
        found |= ItemColumns(frame, found).guesses()
    elif kind == "interactions":
        found |= _of_interactions(frame, found)
    else:
        found |= _by_name(frame, kind, found)
    return {key: found[key] for key in SYNONYMS[kind] if key in found and found[key].columns}


def plainly(guesses: Mapping[str, Guess]) -> dict[str, str]:
    """Key -> column, the first where there are several."""
    return {key: one.column for key, one in guesses.items()}


def _taken(found: Mapping[str, Guess]) -> set[str]:
    return {column for one in found.values() for column in one.columns}


def _of_interactions(frame: pd.DataFrame, known: Mapping[str, Guess]) -> dict[str, Guess]:
    """Columns of interactions: by name, and where that says nothing by what is in them."""
    settled = {key: one.columns[0] if one.columns else "" for key, one in known.items()}
    called = interactions.by_name(frame, settled)
    found = {}
    for key, column in interactions.guess(frame, settled).items():
        if key not in known:
            named = called.get(key) == column
            why, sure = ("called so", 0.9) if named else ("by what is in it", 0.6)
            found[key] = Guess((column,), why, sure)
    return found


def _by_name(frame: pd.DataFrame, kind: str, known: Mapping[str, Guess]) -> dict[str, Guess]:
    """Columns of triples: by name, and then what is left."""
    free: dict[str, str] = {}
    for column in frame:
        if column not in _taken(known):
            free.setdefault(plain(column), column)
    found = {}
    for key, names in SYNONYMS[kind].items():
        name = next((name for name in names.split() if name in free), None)
        if name and key not in known:
            found[key] = Guess((free.pop(name),), "called so", 0.9)
    wanted = [key for key in REQUIRED[kind] if key not in {*known, *found}]
    left = sorted(free, key=lambda name: not name.endswith("id"))
    for key, name in zip(wanted, left, strict=False):
        found[key] = Guess((free[name],), "the first column that is left", 0.5)
    return found


def rest(frame: pd.DataFrame) -> Rest:
    """What the columns are that are none of ours, by their first rows."""
    found = Rest()
    for column in frame:
        what = look(frame[column].head(SAMPLE)).what
        if what == "numbers" and match(column, SYNONYMS["items"]["id"]):
            what = "codes"
        if what == "names":
            found.facts.append(column)
        elif what == "numbers" or (what == "dates" and named(column, UNITS)):
            found.numbers.append(column)
        else:
            found.others[column] = "long text" if what == "text" else what
    return found


def mark_of(cells: pd.Series, are_kinds: bool = False) -> str:
    """What stands between the names of a column, by its first rows."""
    some = cells.head(SAMPLE)
    known = some[~some.str.lower().isin(cleaning.MISSING)]
    is_people = bool(named(str(cells.name), PEOPLE))
    return cleaning.mark_between(known, are_kinds or is_people)


def names(cells: pd.Series, are_kinds: bool = False) -> list[list[str]]:
    """The names in every cell of a column; ``are_kinds`` says that they are short."""
    return cleaning.lists(cells, mark_of(cells, are_kinds))


def numbers(frame: pd.DataFrame, columns: Iterable[str]) -> list[measures.Measures]:
    """The columns of numbers, those of the least and the most of the same as one."""
    columns = list(columns)
    read = {column: measures.column(frame[column]) for column in columns}
    for low, high, name in measures.pairs(columns):
        read[low] = [measures.paired(read[low][0], read.pop(high)[0], name)]
    return [each for own in read.values() for each in own]
