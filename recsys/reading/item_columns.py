"""Which column of a table of items is the id, the title, the text, the year and the kinds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from recsys.reading.contents import KEY, MAX_NAME, Contents, look
from recsys.reading.guesses import CHOSEN, REMEMBERED, Guess
from recsys.reading.vocabulary import (
    JOINED,
    NOT_FACTS,
    NOT_THE_YEAR,
    OTHER_FACTS,
    PEOPLE,
    SYNONYMS,
    UNITS,
    WEAK_IDS,
    match,
    named,
)

SHORT_TEXT = 8
"""Where half of the texts have fewer words than this, they are short, and that is said."""
MAX_BLANK = 0.05
"""The share of a key's cells that may be blank; one always may."""
NEARLY_ALL = 0.9
"""The share of titles that must differ."""
MAX_KINDS = 0.5
"""Names of kinds are at most so many for each item."""
MAX_LISTED = 0.8
"""Names in lists of kinds are at most so many for each that is mentioned."""
EXACT = 0.95
"""A name that is as sure as this is one of ours."""
UNNAMED = re.compile(r"column \d+")
"""How columns are called that nobody has named."""
DESCRIPTIONS = "description productdescription itemdescription beschreibung descripcion"
"""Texts that are names where they are short and there are no others, as in orders."""
TEXTS = f"{SYNONYMS['items']['text']} {JOINED}"
"""What is called a text, or joined to one."""


class ItemColumns:
    """Finds what the columns of a table of items are, one key after the other."""

    def __init__(self, frame: pd.DataFrame, known: Mapping[str, Guess]):
        self._frame = frame
        self._known = dict(known)
        self._taken = {column for one in known.values() for column in one.columns}
        self._contents: dict[str, Contents] = {}

    def guesses(self) -> dict[str, Guess]:
        """Those that were not known."""
        before = set(self._known)
        for key in SYNONYMS["items"]:
            self._take(key, self._named(key))
        self._rename_short()
        self._take("text", self._longest())
        self._take_unique()
        self._take("year", self._dated())
        self._take("categories", self._recurring())
        for key in ("id", "title", "text"):
            self._take(key, self._empty(key))
        self._join()
        return {key: one for key, one in self._known.items() if key not in before}

    def _take(self, key: str, found: Guess | None) -> None:
        if found and key not in self._known:
            self._known[key] = found
            self._taken.update(found.columns)

    def _look(self, column: str) -> Contents:
        if column not in self._contents:
            self._contents[column] = look(self._frame[column])
        return self._contents[column]

    def _free(self) -> list[str]:
        return [column for column in self._frame if column not in self._taken]

    def _named(self, key: str) -> Guess | None:
        """The column that is called so, and whose cells fit best."""
        found = []
        for column in self._free():
            named = match(column, SYNONYMS["items"][key])
            fit = named and FITS[key](column, self._look(column), named[0] >= EXACT)
            if named and fit:
                called = "called so" if named[0] >= EXACT else "called nearly so"
                why = f"{called}, {fit.why}" if fit.why else called
                order = (-round(named[0] * fit.sure, 2), named[1])
                found.append((order, Guess((column,), why, named[0] * fit.sure)))
        return min(found, key=lambda one: one[0])[1] if found else None

    def _rename_short(self) -> None:
        """Takes a short description for the title, where nothing else is one."""
        text = self._known.get("text")
        if "title" in self._known or not text or not text.columns:
            return
        held = self._look(text.column)
        short = held.words < SHORT_TEXT and not held.sentences and held.what != "nothing"
        if short and match(text.column, DESCRIPTIONS) and text.why not in (CHOSEN, REMEMBERED):
            why = f"a short description, {held.words:.0f} words a cell"
            self._known["title"] = Guess(self._known.pop("text").columns, why, 0.65)

    def _longest(self) -> Guess | None:
        """The column of the longest prose; a single one of short lines is the title."""
        texts = [column for column in self._free() if self._look(column).what == "text"]
        if not texts:
            return None
        best = max(texts, key=lambda column: self._look(column).length)
        held = self._look(best)
        if "title" not in self._known and held.words < SHORT_TEXT and not held.sentences:
            return None
        return Guess((best,), f"the longest text, {held.words:.0f} words a cell", 0.7)

    def _take_unique(self) -> None:
        """Columns that are different everywhere: the id where they look like keys, or the title."""
        titled, named = "title" in self._known, "id" in self._known
        unique = [column for column in self._free() if self._is_unique(column)]
        for column in sorted(unique, key=lambda column: not KEY.search(column)):
            if self._is_key(column, titled):
                self._take("id", Guess((column,), "a key, all differ", 0.7))
        for column in self._free():
            if self._may_be_title(column, named):
                share = self._look(column).distinct
                differ = "all differ" if share == 1 else f"{share:.0%} differ"
                self._take("title", Guess((column,), f"short names, {differ}", 0.65))

    def _is_unique(self, column: str) -> bool:
        held, count = self._look(column), len(self._frame)
        blank = count - held.count
        longest = self._frame[column].str.len().max()
        return held.all_differ and blank <= max(1, MAX_BLANK * count) and longest <= MAX_NAME

    def _is_key(self, column: str, titled: bool) -> bool:
        what = self._look(column).what
        numbers = what in ("numbers", "ids", "row numbers") and not titled
        unnamed = what == "numbers" and bool(UNNAMED.fullmatch(column))
        counting = (what == "row numbers" or unnamed) and self._is_first(column)
        return bool(KEY.search(column)) or what == "codes" or numbers or counting

    def _is_first(self, column: str) -> bool:
        """Whether it is the first column, of whole numbers."""
        whole = bool(self._frame[column].str.fullmatch("[0-9]*").all())
        return whole and column == next(iter(self._frame))

    def _may_be_title(self, column: str, named: bool) -> bool:
        held, count = self._look(column), len(self._frame)
        if held.what not in ("names", "text") or held.length > MAX_NAME or _is_other(column):
            return False
        blank = count - held.count
        full = blank <= max(1, MAX_BLANK * count)
        listed = held.mark != "|" or held.names > held.count  # names in lists
        if named and count < 3:
            return False
        return full and held.distinct >= NEARLY_ALL and not listed

    def _dated(self) -> Guess | None:
        for wanted, sure in (("years", 0.7), ("dates", 0.6)):
            for column in self._free():
                told = self._look(column).moment
                other = NOT_THE_YEAR.search(column) or _is_other(column)
                if told == wanted and not other:
                    return Guess((column,), "years of four digits" if sure > 0.6 else told, sure)
        return None

    def _recurring(self) -> Guess | None:
        """The column of few names that recur, lists before single ones."""
        found = []
        for column in self._free():
            held = self._look(column)
            if held.people or _is_other(column):
                continue
            listed = held.per_cell > 1
            most = MAX_LISTED * held.per_cell if listed else MAX_KINDS
            few = 1 < held.names <= max(2, most * held.count)
            if held.what == "names" and few and held.shared > 0.5:
                found.append((not listed, held.names, column))
        if not found:
            return None
        single, names, column = min(found)
        why = f"{names} names that recur" + ("" if single else ", in lists")
        return Guess((column,), why, 0.5 if single else 0.65)

    def _empty(self, key: str) -> Guess | None:
        """A column that is called so and holds nothing: why rows are missing is to be said."""
        for column in self._free():
            named = match(column, SYNONYMS["items"][key])
            if named and named[0] >= EXACT and self._look(column).what == "nothing":
                return Guess((column,), "called so, but empty", 0.3)
        return None

    def _join(self) -> None:
        """Adds to the text what else is called so, and says something else."""
        text = self._known.get("text")
        if text is None or text.why in (CHOSEN, REMEMBERED) or not text.columns:
            return
        more = []
        for column in self._free():
            held = self._look(column)
            prose = held.what == "text" and match(column, TEXTS)
            listed = held.what == "names" and match(column, JOINED)
            if (prose or listed) and not self._repeats(column, text.column):
                more.append(column)
        if more:
            why = f"{text.why}; joined with {', '.join(more)}"
            self._known["text"] = Guess((*text.columns, *more), why, text.sure)

    def _repeats(self, column: str, text: str) -> bool:
        """Whether most cells of a column stand in the text already."""
        pairs = zip(self._frame[column], self._frame[text], strict=True)
        return sum(cell in whole for cell, whole in pairs) > len(self._frame) / 2


@dataclass(frozen=True)
class Fit:
    """How well cells fit a name (0 to 1), and what of them says so."""

    sure: float
    why: str = ""


def _fits_id(column: str, held: Contents, exact: bool) -> Fit | None:
    if held.what in ("text", "addresses", "pictures", "truth values", "nothing"):
        return None
    weak = match(column, WEAK_IDS) is not None
    if held.all_differ:
        return Fit(0.6 if weak else 0.95, "all differ")
    if not exact or weak:
        return None
    return Fit(0.5 + 0.4 * held.distinct, f"{held.distinct:.0%} differ")


def _fits_title(column: str, held: Contents, exact: bool) -> Fit | None:
    unfit = held.what not in ("names", "text", "codes", "numbers", "row numbers", "ids")
    if held.what == "nothing" or (unfit and not exact):
        return None
    if held.what not in ("names", "text", "codes") or held.distinct < MAX_KINDS:
        return Fit(0.6, f"{held.distinct:.0%} differ") if exact else None
    return Fit(0.95, "all differ" if held.all_differ else f"{held.distinct:.0%} differ")


def _fits_text(column: str, held: Contents, exact: bool) -> Fit | None:
    if held.what == "text":
        return Fit(0.95, f"{held.words:.0f} words a cell")
    if held.what in ("names", "codes") and exact:
        return Fit(0.7, f"{held.words:.0f} words a cell" if held.words >= 1.5 else "short")
    return None


def _fits_year(column: str, held: Contents, exact: bool) -> Fit | None:
    if held.what == "nothing" or NOT_THE_YEAR.search(column):
        return None
    if held.moment:
        return Fit(0.95, held.moment)
    says_year = exact and bool(match(column, "year jahr annee ano anno 年份 年"))
    mixed = held.what in ("numbers", "names", "row numbers", "dates", "ids", "codes")
    return Fit(0.6) if says_year and mixed else None


def _fits_kinds(column: str, held: Contents, exact: bool) -> Fit | None:
    if held.what != "names":
        return Fit(0.4) if exact and held.what in ("text", "codes") else None
    if not held.shared and not exact:
        return None
    return Fit(0.95, f"{held.names} names" if held.names > 1 else "")


FITS = {
    "id": _fits_id,
    "title": _fits_title,
    "text": _fits_text,
    "year": _fits_year,
    "categories": _fits_kinds,
}
"""Key -> how well cells fit it; None where they cannot be it."""


def _is_other(column: str) -> bool:
    """Whether a column is called as people, facts, numbers, or as what is no fact."""
    return bool(
        named(column, PEOPLE)
        or match(column, OTHER_FACTS)
        or named(column, UNITS)
        or named(column, NOT_FACTS)
    )
