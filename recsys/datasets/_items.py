"""The items of a table: ids, texts and facts as far as there are any, and what ties them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from recsys.reading import cleaning, columns, ties
from recsys.reading.codes import codes
from recsys.reading.columns import SHORT_TEXT
from recsys.reading.sieve import Sieve
from recsys.reading.ties import Tie

MAX_TEXT = 20_000
"""Characters kept of an item's text."""


@dataclass(frozen=True)
class Items:
    """``table`` (as in Tables), what its ``categories`` are called, and its ``codes`` by the titles
    from which they were made."""

    table: pd.DataFrame
    categories: str
    codes: Mapping[str, str]


def read_items(sieve: Sieve) -> Items:
    """The rows that can be used; raises DataError where ids and titles are both without a column,
    or texts and titles."""
    if "id" not in sieve.columns:
        sieve.need("title", "titles or ids")
    if "title" not in sieve.columns:
        sieve.need("text", "texts or titles")
    for key, shown in (("id", "text"), ("text", "id")):
        neither = (sieve.cells(key) == "") & (sieve.cells("title") == "")
        sieve.reject(neither, f"neither {key} nor title", shown)
    unnamed = sieve.cells("id") == ""
    sieve.reject(unnamed & sieve.frame.duplicated(), "the same as an earlier row", "title")
    sieve.reject(sieve.cells("id").duplicated() & ~unnamed, "duplicate id", "id")
    year, unreadable, far = cleaning.years(sieve.cells("year"))
    sieve.reject(unreadable, "year is not a number or date", "year")
    sieve.reject(far[sieve.frame.index], f"year is not from 0 to {cleaning.MAX_YEAR}", "year")
    ids, made = _ids(sieve)
    facts, text, title = _facts(sieve), _text(sieve), sieve.cells("title")
    table = pd.DataFrame(
        {
            "id": ids,
            "title": title.where(title != "", ids),
            "text": text,
            "year": year[sieve.frame.index],
            "categories": _categories(sieve),
            "facts": facts,
        }
    )
    category = ties.singular(sieve.columns.get("categories", "category"))
    return Items(table.reset_index(drop=True), category, made)


def _ids(sieve: Sieve) -> tuple[pd.Series, dict[str, str]]:
    """Every row's id, and title -> id of those that were made; none where two have the title."""
    ids = sieve.cells("id")
    unnamed = ids == ""
    if not unnamed.any():
        return ids, {}
    titles = sieve.cells("title")[unnamed]
    made = pd.Series(codes(titles, set(ids)), titles.index, dtype="str")
    sieve.note(f"{len(made):,} codes were made from titles.")
    unique = ~titles.duplicated(keep=False)
    return ids.where(~unnamed, made), dict(zip(titles[unique], made[unique], strict=True))


def _facts(sieve: Sieve) -> list[dict[str, list[str]]]:
    kept, others = columns.facts(sieve.frame.drop(columns=[*sieve.columns.values()]))
    if kept:
        sieve.note(f"facts: {', '.join(kept)}.")
    if others:
        told = ", ".join(f"{column} ({what})" for column, what in others.items())
        sieve.note(f"not used: {told}.")
    labels = [column.replace("_", " ").strip().capitalize() for column in kept]
    facts: list[dict[str, list[str]]] = [{} for _ in sieve.frame.index]
    for label, column in zip(labels, kept, strict=True):
        for row, names in zip(facts, cleaning.lists(sieve.frame[column]), strict=True):
            if names:
                row[label] = names
    return facts


def tied(sieve: Sieve, ids: pd.Series, chosen: Sequence[str] | None) -> pd.DataFrame:
    """The triples of the ``chosen`` columns, or of those that tie."""
    found: Sequence[Tie] = ties.find(sieve.frame, sieve.columns)
    names = [tie.column for tie in found] if chosen is None else list(dict.fromkeys(chosen))
    sieve.known(names, "ties")
    rows = pd.Series(ids.to_numpy(), sieve.frame.index)
    told = ties.triples(rows, sieve.frame, names, sieve.columns)
    if names:
        sieve.note(f"tied in the graph by: {', '.join(names)} ({len(told):,} facts).")
    other = [tie.column for tie in found if tie.column not in names]
    if other:
        sieve.note(f"not tied, but could be: {', '.join(other)}.")
    return told


def _text(sieve: Sieve) -> pd.Series:
    text = sieve.cells("text")
    blank = (text == "").sum()
    if blank:
        sieve.note(
            f"{blank:,} of {len(text):,} have no description: titles, kinds, people and facts stand"
            " for them."
        )
    if text.str.count(r"\S+").median() < SHORT_TEXT:
        sieve.note(f"descriptions are short: half have fewer than {SHORT_TEXT} words.")
    long = text.str.len() > MAX_TEXT
    if long.any():
        sieve.note(
            f"{long.sum():,} texts were cut to {MAX_TEXT:,} characters, the first in line"
            f" {long.idxmax()}."
        )
    return text.str.slice(0, MAX_TEXT).str.strip()


def _categories(sieve: Sieve) -> list[list[str]]:
    cells = sieve.cells("categories")
    mark = cleaning.mark_between(cells)
    if mark != "|":
        sieve.note(f"categories are split at {mark!r}.")
    return cleaning.lists(cells, mark)
