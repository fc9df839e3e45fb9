"""The items of a table: ids, titles and texts, and what else is known of each."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from recsys.datasets._facts import facts_of
from recsys.reading import cleaning, columns, ties
from recsys.reading.codes import codes
from recsys.reading.guesses import Guess
from recsys.reading.item_columns import SHORT_TEXT
from recsys.reading.sieve import Sieve
from recsys.reading.texts import YEAR_OF_TITLE, with_years

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
    _read_titles(sieve)
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
    facts, text, title = facts_of(sieve), _text(sieve), sieve.cells("title")
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


def _read_titles(sieve: Sieve) -> None:
    """Takes the years out of titles, where most have one."""
    sieve.frame, example = with_years(sieve.frame, sieve.columns)
    if not example:
        return
    sieve.note(f"titles carry their year, as in “{example}”: it was read, and articles put first.")
    if "year" not in sieve.columns:
        sieve.columns["year"] = YEAR_OF_TITLE
        sieve.guesses["year"] = Guess((YEAR_OF_TITLE,), "read from the titles", 0.9)


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


def _text(sieve: Sieve) -> pd.Series:
    text = sieve.cells("text")
    blank = (text == "").sum()
    if blank:
        sieve.note(
            f"{blank:,} of {len(text):,} have no description: titles, kinds, people and facts stand"
            " for them."
        )
    if text.str.count(r"\S+").median() < SHORT_TEXT and not cleaning.is_chinese(text):
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
    mark = columns.mark_of(cells, are_kinds=True)
    if mark != "|":
        sieve.note(f"categories are split at {mark!r}.")
    return cleaning.lists(cells, mark)
