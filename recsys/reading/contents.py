"""What is in a column, by its cells: names, prose, numbers, dates, addresses and so on."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from recsys.reading import cleaning, measures
from recsys.reading.vocabulary import NOT_FACTS, UNITS, named

MAX_READ = 500
"""Different cells that are looked at: enough to know what the others are like."""
MOST = 0.9
"""Nearly all cells."""
MIN_TEXT = 30
"""Mean characters from which words are a text."""
MIN_CHINESE_TEXT = 12
"""The same, in a script that needs no spaces."""
MAX_NAME = 60
"""Mean characters up to which names are facts."""
KEY = re.compile(
    r"(?:[_\-. ](?:id|ids|code|key)|[a-z](?:Id|ID|Ids|IDs|Code|Key)|^(?:id|code|key))$"
)
"""How columns of keys are called."""

_WEB = re.compile(r"(?:https?:)?//\S+|www\.\S+", re.IGNORECASE)
_PICTURE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|bmp)(?:[?#]\S*)?", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_PHONE = re.compile(r"(?=(?:\D*\d){7,15}\D*$)(?:\+|\(?0|\d{3}[-. ]|\(\d)[\d\s().\-/]*")
_MONTHS = "jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|avr|déc"
_DATE = re.compile(
    r"(?:[A-Z]{2,9},? )?(?:"
    r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:[T ].*)?"
    rf"|(?:\d{{1,2}}\.? )?(?:{_MONTHS})[a-z]*\.? (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?\d{{4}}(?: .*)?)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d(?:\.0)?")
_STREET = re.compile(
    r"\d+\w?,? [\w .'-]+ (?:st|street|ave|avenue|road|rd|blvd|boulevard|lane|ln|drive|dr|way|square"
    r"|court|place)\b.*|[\w .'-]*(?:straße|strasse|str\.|weg|gasse|platz|rue |calle |via ).*\d.*"
    r"|[^\W\d_a-z]{1,12}[街路道巷弄].*[号弄]?",
    re.IGNORECASE,
)
_RECORD = re.compile(r"\{.*:.*\}", re.DOTALL)
_COORDINATE = re.compile(r"-?\d{1,3}\.\d{3,}")
_CODED = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z_-])[A-Za-z0-9_-]+")
_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCES = re.compile(r"[.!?;][\s\"']|[.!?]$|[。！？；，]")

TRUTHS = frozenset(["true", "false", "yes", "no", "t", "f", "y", "n"])


@dataclass(frozen=True)
class Contents:
    """What a column holds.

    ``what`` in words: "names", "text", "numbers", ...; ``distinct`` and ``filled`` the shares of
    cells that differ and that are there; ``length`` in characters and ``words``, means; ``names``
    how many there are in cells, split at ``mark``, ``per_cell`` so many; ``shared`` is the share of
    cells with a name that others have; ``people`` is whether they are lists of what could be
    persons; ``moment`` is how times are written, "" for none.
    """

    what: str
    count: int
    distinct: float
    filled: float
    length: float
    words: float
    mark: str
    names: int
    per_cell: float
    shared: float
    people: bool
    moment: str
    sentences: bool

    @property
    def all_differ(self) -> bool:
        """Whether every cell that is there is another one."""
        return self.count > 0 and self.distinct == 1


def look(cells: pd.Series) -> Contents:
    """What the column holds."""
    known = [cell for cell in cells.tolist() if cell.lower() not in cleaning.MISSING]
    counted = Counter(known)
    some = list(counted)[:MAX_READ]
    mark = cleaning.mark_between(some)
    split = {cell: cleaning.names_in(cell, mark) for cell in counted}
    names = Counter(name for cell, count in counted.items() for name in split[cell] * count)
    shared = sum(any(names[name] > 1 for name in split[cell]) for cell in known)
    is_list = mark != "|" or _share(some, cleaning.is_list) > 0.5
    some_names = list(names)[:MAX_READ]
    total, count = names.total(), max(len(known), 1)
    people = total > len(known) and _share(some_names, cleaning.is_person) > MOST
    return Contents(
        what=_what(str(cells.name), some, known, some_names, is_list),
        count=len(known),
        distinct=len(counted) / count,
        filled=len(known) / max(len(cells), 1),
        length=sum(map(len, known)) / count,
        words=max(_mean(some, _words), _mean(some, _signs) / 2),
        mark=mark,
        names=len(names),
        per_cell=total / count,
        shared=shared / count,
        people=people,
        moment=_moment(some),
        sentences=_share(some, _SENTENCES.search) > 0.3,
    )


def _words(cell: str) -> int:
    return len(cell.split())


def _signs(cell: str) -> int:
    return len(_CHINESE.findall(cell))


def _mean(cells: Sequence[str], count: Callable[[str], int]) -> float:
    return sum(map(count, cells)) / max(len(cells), 1)


def looks_coded(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are a word with digits in it, such as tt0111161."""
    return _share(cells, _CODED.fullmatch) > MOST


def _what(column: str, some: list[str], known: list[str], pieces: list[str], is_list: bool) -> str:
    if not pieces:
        return "records" if some and _share(some, _RECORD.fullmatch) > 0.5 else "nothing"
    by_form = next((what for what, test in _FORMS.items() if _share(some, test) > MOST), "")
    if max(_share(some, _PICTURE.fullmatch), _share(pieces, _PICTURE.fullmatch)) > 0.5:
        return "pictures"
    if max(_share(some, _WEB.fullmatch), _share(pieces, _WEB.fullmatch)) > 0.5:
        return "pictures" if named(column, NOT_FACTS) == "pictures" else "addresses"
    if by_form:
        return by_form
    by_name = named(column, NOT_FACTS)
    if by_name and not named(column, UNITS) and (by_name != "coordinates" or _numeric(some)):
        return by_name
    if all(cell.lower() in TRUTHS for cell in some):
        return "truth values"
    if _numeric(some) or _numeric(pieces):
        return _kind_of_numbers(column, some, known, not _numeric(some))
    if _is_text(some, pieces, is_list):
        return "text"
    if len(known) > 1 and len(set(known)) == len(known) and looks_coded(some):
        return "codes"
    return "ids" if KEY.search(column) and looks_coded(some) else "names"


def _kind_of_numbers(column: str, some: list[str], known: list[str], is_list: bool) -> str:
    if is_list:
        return "lists of numbers"
    if set(some) == {"0", "1"}:
        return "truth values"
    if KEY.search(column) and not named(column, UNITS):
        return "ids"
    if _is_counting(known):
        return "row numbers"
    return "coordinates" if _share(some, _COORDINATE.fullmatch) > MOST and _far(some) else "numbers"


def _is_counting(cells: list[str]) -> bool:
    """Whether the cells count from 0 or 1, or from anywhere, one by one."""
    if len(cells) < 2 or not all(cell.isdecimal() for cell in cells):
        return False
    return all(int(after) - int(before) == 1 for before, after in pairwise(cells))


def _far(some: list[str]) -> bool:
    """Whether numbers have the many decimals of places on a map."""
    return sum(len(cell.partition(".")[2]) for cell in some) / len(some) >= 4


def _numeric(cells: Sequence[str]) -> bool:
    return measures.are_numbers(cells)


def _is_text(some: list[str], pieces: list[str], is_list: bool) -> bool:
    """Whether the cells are prose: long, in words, and no lists of short names."""
    in_words = _share(some, lambda cell: " " in cell) > 0.5
    length = sum(map(len, some)) / len(some)
    if is_list:
        return sum(map(len, pieces)) / len(pieces) > MAX_NAME / 2
    if in_words and length >= MIN_TEXT:
        return True
    return _mean(some, _signs) >= MIN_CHINESE_TEXT


def _moment(some: list[str]) -> str:
    """How times are written: years, dates, seconds or milliseconds since 1970; "" for none."""
    if _share(some, _YEAR.fullmatch) > MOST:
        return "years"
    if _share(some, lambda cell: _DATE.fullmatch(cell) or _YEAR.fullmatch(cell)) > MOST:
        return "dates"
    if some and all(cell.lstrip("-").isdecimal() for cell in some):
        size = sorted(abs(int(cell[:20])) for cell in some)[len(some) // 2]
        if 1e8 < size < 4.2e9 and not _share(some, re.compile(r"(?:19|20)\d{6}").fullmatch) > MOST:
            return "seconds since 1970"
        if 1e11 < size < 4.2e12:
            return "milliseconds since 1970"
        if len(str(size)) == 8:
            return "dates"
    return ""


def _share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(cell)) for cell in cells) / len(cells) if cells else 0.0


_FORMS: dict[str, Callable[[str], object]] = {
    "mail addresses": _MAIL.fullmatch,
    "dates": _DATE.fullmatch,
    "telephone numbers": _PHONE.fullmatch,
    "records": _RECORD.fullmatch,
    "street addresses": _STREET.fullmatch,
}
"""What has a form of its own."""
