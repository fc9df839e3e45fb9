"""What the text in a column's cells means: names, numbers and years."""

import json
from contextlib import suppress
from typing import Any

import pandas as pd

MISSING = ("", "\\n", "nan", "null", "none", "n/a", "na")
"""Ways to write that there is no value."""
MAX_YEAR = 2100
"""A year after this is a slip of the pen."""


def names_in(cell: str, mark: str = "|") -> list[str]:
    """The names in a cell: a JSON array, or names with ``mark`` between them.

    >>> names_in("Ann Leckie | Ursula K. Le Guin"), names_in('["War", "Drama"]'), names_in("")
    (['Ann Leckie', 'Ursula K. Le Guin'], ['War', 'Drama'], [])
    """
    names: list[Any] = cell.split(mark)
    if cell.startswith("["):
        with suppress(ValueError, RecursionError):
            names = json.loads(cell, parse_int=str, parse_float=str)
    plain = (name.strip() for name in names if isinstance(name, str))
    return list(dict.fromkeys(name for name in plain if name.lower() not in MISSING))


def lists(cells: pd.Series, mark: str = "|") -> list[list[str]]:
    """The names in every cell."""
    known = {cell: names_in(cell, mark) for cell in cells.unique()}
    return [known[cell] for cell in cells]


def mark_between(cells: pd.Series) -> str:
    """What stands between the names in cells: | unless ; or , splits them into names that recur.

    >>> mark_between(pd.Series(["War, Drama", "Drama, War", "War, Drama, Crime"]))
    ','
    """
    cells = cells.drop_duplicates()
    for mark in "|;,":
        split = cells[cells.str.contains(mark, regex=False) & ~cells.str.startswith("[")]
        names = split.str.split(mark).explode().str.strip()
        if len(split) and (mark == "|" or names.nunique() < len(names) / 2):
            return mark
    return "|"


def numbers(cells: pd.Series) -> pd.Series:
    """The cells as float64, NaN for what is no number."""
    return pd.to_numeric(cells, errors="coerce").astype("float64")


def years(cells: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Years as Int32, which cells hold something else, and which are out of range."""
    cells = cells.where(~cells.str.lower().isin(MISSING), "")
    number = numbers(cells.str.replace(r"^([0-9]{4})[0-9]{4}$", r"\1", regex=True))
    dated = numbers(cells.str.extract(r"(?:^|[^0-9])([0-9]{4})(?:[^0-9]|$)")[0])
    year = number.fillna(dated)
    unreadable = (cells != "") & (year % 1 != 0)
    far = (cells != "") & ~unreadable & ~year.between(0, MAX_YEAR)
    return year.where(~unreadable & ~far).astype("Int32"), unreadable, far
