"""What the text in a column's cells means: names, numbers and years."""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

MISSING = ("", "\\n", "nan", "null", "none", "n/a", "na")
"""Ways to write that there is no value."""
MAX_YEAR = 2100
"""A year after this is a slip of the pen."""
MAX_SECONDS = 4_102_444_800
"""The seconds of 1 January 2100."""
MIN_SECONDS = 1e8
"""A year that is greater is a moment: seconds since 1970, or finer."""
MAX_AGO = 60_000_000_000
"""Seconds before 1970 that are still a year of ours."""

MARKS = ("|", ";", "\n", "、", "；", " / ", " > ", " · ", ",", "，", "/")
"""What may stand between names, the surest first."""
MAX_PIECE = 30
"""Mean characters of names in a list."""
MAX_WORDS = 3
"""Words of a name in a list of kinds."""
PEOPLE_SHARE = 0.8
"""The share of names that must look like those of people."""
MAX_LIST = 20_000
"""Characters of a list that is read."""
STOPS = ".!?…。！？"
"""What a sentence ends with."""
NAME_KEYS = ("name", "title", "label", "value")
"""Where the name of an object stands."""

_LIST = re.compile(r"\[.*\]|\(.*,.*\)|\{.*\}|c\(.*\)", re.DOTALL)
_QUOTED = re.compile(r"""(['"])(.*?)\1""")
_SPACED = re.compile(r"""\[\s*(?:(?:'[^']*'|"[^"]*")\s+)+(?:'[^']*'|"[^"]*")\s*\]""")
_PERSON = re.compile(
    r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
    r"(?: (?:de|del|della|der|den|di|da|du|dos|la|le|van|von|ter|bin|al))*"
    r"(?: [^\W\d_a-zß-öø-ÿ][\w'’.-]*){1,3}"
)


def names_in(cell: str, mark: str = "|") -> list[str]:
    """The names in a cell: a list as JSON, Python or R write it, or names with ``mark`` between.

    Of an object in a list its name is taken; lists in lists are one.

    >>> names_in("Ann Leckie | Ursula K. Le Guin"), names_in('["War", "Drama"]'), names_in("")
    (['Ann Leckie', 'Ursula K. Le Guin'], ['War', 'Drama'], [])
    >>> names_in("[{'id': 1, 'name': 'lighthouse'}]"), names_in('c("flour", "salt")')
    (['lighthouse'], ['flour', 'salt'])
    """
    listed = _listed(cell) if is_list(cell) else None
    names = cell.split(mark) if listed is None else listed
    plain = (name.strip() for name in names)
    return list(dict.fromkeys(name for name in plain if name.lower() not in MISSING))


def is_list(cell: str) -> bool:
    """Whether a cell is written as a list, or as one object."""
    return bool(_LIST.fullmatch(cell))


def _listed(cell: str) -> list[str] | None:
    """The names of a list; None if it cannot be read as one."""
    if len(cell) > MAX_LIST:
        return None
    spaced = _SPACED.fullmatch(cell)
    if spaced:  # as NumPy writes: ['War' 'Drama'] would be one word for Python
        return [name for _, name in _QUOTED.findall(cell)]
    try:
        return list(_flat(json.loads(cell, parse_int=str, parse_float=str)))
    except (ValueError, RecursionError):
        pass
    try:
        return list(_flat(ast.literal_eval(cell.removeprefix("c"))))
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return cell[1:-1].split(",") if cell.startswith("[") else None


def _flat(value: Any) -> Iterator[str]:
    """The names in what was read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        name = next((value[key] for key in NAME_KEYS if isinstance(value.get(key), str)), None)
        if name is not None:
            yield name
    elif isinstance(value, list | tuple | set):
        for each in value:
            yield from _flat(each)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


def lists(cells: pd.Series, mark: str = "|") -> list[list[str]]:
    """The names in every cell."""
    known = {cell: names_in(cell, mark) for cell in cells.unique()}
    return [known[cell] for cell in cells]


def is_chinese(cells: pd.Series) -> bool:
    """Whether texts are written without spaces, as Chinese and Japanese are."""
    return bool(cells.head(100).str.contains(r"[\u3040-\u30ff\u3400-\u9fff]").mean() > 0.5)


def prose(cell: str) -> str:
    """A text that may be written as a list of sentences.

    >>> prose("['Mix flour and water.', 'Rest']"), prose("Fry in a dry pan.")
    ('Mix flour and water. Rest', 'Fry in a dry pan.')
    """
    if not is_list(cell):
        return cell
    return " ".join(_sentences(names_in(cell))) or cell


def _sentences(parts: list[str]) -> Iterator[str]:
    for part in parts[:-1]:
        yield part if part[-1] in STOPS else f"{part}."
    yield from parts[-1:]


def mark_between(cells: Iterable[str], are_lists: bool = False) -> str:
    """What stands between the names in cells: | unless another splits them into names.

    Another mark does where names recur, where they look like those of people, or where
    ``are_lists`` is known and they are short.

    >>> mark_between(pd.Series(["War, Drama", "Drama, War", "War, Drama, Crime"]))
    ','
    >>> mark_between(pd.Series(["Ann Weir, Tom Okoro", "Lu Chen"]))
    ','
    >>> mark_between(pd.Series(["bread, salt"]))
    '|'
    """
    known = [cell for cell in dict.fromkeys(cells) if cell and not is_list(cell)]
    if sum(cell[-1] in STOPS for cell in known) > len(known) / 2:  # sentences, not lists
        return "|"
    for mark in MARKS:
        split = [cell for cell in known if mark in cell]
        if split and (mark == "|" or _splits(known, split, mark, are_lists)):
            return mark
    return "|"


def _splits(cells: list[str], split: list[str], mark: str, are_lists: bool) -> bool:
    """Whether the mark stands between names, and not within."""
    pieces = _pieces(split, mark)
    if not pieces or sum(map(len, pieces)) > MAX_PIECE * len(pieces):
        return False
    if len(set(pieces)) < len(pieces) / 2:
        return True
    if sum(map(is_person, pieces)) > PEOPLE_SHARE * len(pieces):
        return True
    counted = Counter(_pieces(cells, mark))
    if sum(counted[piece] > 1 for piece in pieces) > len(pieces) / 2:
        return True
    return are_lists and all(len(piece.split()) <= MAX_WORDS for piece in pieces)


def _pieces(cells: Iterable[str], mark: str) -> list[str]:
    """What stands between the marks."""
    pieces = (piece.strip() for cell in cells for piece in cell.split(mark))
    return [piece for piece in pieces if piece]


def is_person(name: str) -> bool:
    """Whether a name could be that of a person: two to four words with capitals.

    >>> is_person("Ann Weir"), is_person("Ursula K. Le Guin"), is_person("slow and good")
    (True, True, False)
    """
    return bool(_PERSON.fullmatch(name))


def numbers(cells: pd.Series) -> pd.Series:
    """The cells as float64, NaN for what is no number."""
    codes, different = pd.factorize(cells, use_na_sentinel=False)
    read = pd.to_numeric(pd.Series(different), errors="coerce").to_numpy(dtype="float64")
    return pd.Series(read[codes], cells.index, name=cells.name)


def years(cells: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Years as Int32, which cells hold something else, and which are out of range.

    Dates have a year in them; a number from MIN_SECONDS on is a moment. 0 is no year.
    """
    cells = cells.where(~cells.str.lower().isin((*MISSING, "0")), "")
    number = numbers(cells.str.replace(r"^([0-9]{4})[0-9]{4}$", r"\1", regex=True))
    number = number.where(number.abs() < MIN_SECONDS, _year_of_moment(number))
    dated = numbers(cells.str.extract(r"(?:^|[^0-9])([0-9]{4})(?:[^0-9]|$)")[0])
    year = number.fillna(dated)
    unreadable = (cells != "") & (year % 1 != 0)
    far = (cells != "") & ~unreadable & ~year.between(0, MAX_YEAR)
    return year.where(~unreadable & ~far).astype("Int32"), unreadable, far


def epoch_seconds(numbers: pd.Series) -> pd.Series:
    """Seconds since 1970 of numbers of seconds, milli-, micro- or nanoseconds.

    From 1973 on their size alone tells which they are.
    """
    for finer in (1e17, 1e14, 1e11):
        numbers = numbers.where(numbers.abs() < finer, numbers / 1000)
    return numbers


def _year_of_moment(seconds: pd.Series) -> pd.Series:
    """The year of seconds since 1970, or of milli-, micro- or nanoseconds."""
    seconds = epoch_seconds(seconds)
    known = seconds.between(-MAX_AGO, MAX_SECONDS)
    moments = seconds.where(known, 0).to_numpy().astype("int64").astype("datetime64[s]")
    year = pd.Series(moments.astype("datetime64[Y]").astype("int64") + 1970.0, seconds.index)
    return year.where(known, seconds // 1)
