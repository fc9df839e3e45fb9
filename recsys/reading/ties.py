"""What ties the items of a table together: names that more than one of them has.

A tie is a column, and becomes a relation of the knowledge graph; a year ties by its decade.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from recsys.reading import cleaning, columns
from recsys.reading.contents import look
from recsys.reading.vocabulary import OTHER_FACTS, PEOPLE, last_part, match, named

MIN_SHARED = 0.05
"""The share of a column's items that have a name in common with another, from which it ties."""


@dataclass(frozen=True)
class Tie:
    """A column and its ``relation``: how many ``names`` it has, and the one that most items have,
    so many."""

    column: str
    relation: str
    names: int
    commonest: str
    items: int


def find(frame: pd.DataFrame, found: Mapping[str, str], unused: pd.DataFrame) -> list[Tie]:
    """The columns of a table of items that tie them; ``found`` is key -> column, as guessed, and
    the others are in ``unused``.

    Those of the categories and of the year, and those of facts that are no code and no text, as
    far as items have their names in common; a name that all have tells nothing.
    """
    facts = columns.rest(unused).facts
    keys = [found[key] for key in ("categories", "year") if key in found]
    ties = [_tie(frame, column, found) for column in [*keys, *facts]]
    return [tie for tie in ties if tie]


def triples(
    ids: pd.Series, frame: pd.DataFrame, chosen: Iterable[str], found: Mapping[str, str]
) -> pd.DataFrame:
    """head, relation, tail of the ``chosen`` columns; ``ids`` are those of the frame's rows."""
    parts = []
    for column in chosen:
        told = pd.DataFrame({"head": ids, "tail": _names(frame, column, found)})
        told = told.explode("tail").dropna()
        parts.append(told.assign(relation=relation_of(frame, column, found)))
    empty = pd.DataFrame(columns=["head", "relation", "tail"], dtype="str")
    return pd.concat([empty, *parts], ignore_index=True)[list(empty)].drop_duplicates()


def _tie(frame: pd.DataFrame, column: str, found: Mapping[str, str]) -> Tie | None:
    names = _names(frame, column, found).explode().dropna()
    counted = names.value_counts()
    if len(counted) < 2:
        return None
    shared = names.map(counted) > 1
    if shared.groupby(level=0).any().mean() < MIN_SHARED:
        return None
    relation = relation_of(frame, column, found)
    first = sorted(counted.index[counted == counted.iloc[0]])[0]
    return Tie(column, relation, len(counted), first, int(counted.iloc[0]))


def _names(frame: pd.DataFrame, column: str, found: Mapping[str, str]) -> pd.Series:
    """The names in each row, a list."""
    cells = frame[column]
    if column == found.get("year"):
        year, _, _ = cleaning.years(cells)
        decades = (year // 10 * 10).astype("string") + "s"
        return decades.map(lambda name: [] if pd.isna(name) else [name])
    names = columns.names(cells, column == found.get("categories"))
    return pd.Series(names, index=cells.index, dtype=object)


def people_relation(column: str) -> str:
    """The relation of a column of people, by its name; "" for any other.

    >>> people_relation("Book-Author"), people_relation("genres")
    ('written_by', '')
    """
    return named(column, PEOPLE)


def relation_of(frame: pd.DataFrame, column: str, found: Mapping[str, str]) -> str:
    """What ties items by a column: people by its name, or where nearly all could be people."""
    if column == found.get("year"):
        return "from_decade"
    own = column == found.get("categories")
    people = people_relation(column) or ("" if own else _like_people(frame[column]))
    return people or "has_" + re.sub(r"\W+", "_", singular(column)).strip("_")


def are_people(cells: pd.Series) -> bool:
    """Whether a column is one of people, by its name or by its cells."""
    return bool(people_relation(str(cells.name)) or _like_people(cells))


def _like_people(cells: pd.Series) -> str:
    """The relation of a column of lists whose names could all be people; "" for any other."""
    if match(str(cells.name), OTHER_FACTS):
        return ""
    return "made_by" if look(cells.head(columns.SAMPLE)).people else ""


def singular(column: str) -> str:
    """What one of the names in a column is called.

    >>> singular("Genres"), singular("item_categories"), singular("class")
    ('genre', 'item category', 'class')
    >>> singular("column 3")  # which nobody has named
    'kind'
    """
    name = re.sub(r"[\W_]+", " ", last_part(column)).strip().casefold()
    if re.fullmatch(r"column \d+", name):
        return "kind"
    if name in ("keyword", "keywords"):
        return "theme"
    return re.sub(r"(?<!s)s$", "", re.sub(r"ies$", "y", name))
