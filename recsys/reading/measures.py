"""Numbers as people write them: prices, minutes, players, ratings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from recsys.reading.vocabulary import UNITS, last_part, named, plain

MIN_SHARE = 0.9
"""The share of cells that must be numbers."""
MAX_MINUTES = 400
"""Half of all running times are not longer: they are in seconds then, or in milliseconds."""
COUNTING = ("num", "number", "of", "total", "count", "n")
"""Words of a label that say no more than its unit."""
MAX_STARS = 5
"""Ratings that go further are no stars."""

_SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "元": "CNY"}
_CODES = frozenset(
    "USD EUR GBP CNY JPY CHF SEK NOK DKK ISK PLN CZK HUF RON BGN RUB UAH TRY INR KRW TWD HKD SGD"
    " THB IDR MYR PHP VND AUD NZD CAD MXN BRL ARS CLP COP PEN ZAR NGN KES EGP ILS AED SAR".split()
)
"""Codes of currencies (ISO 4217)."""
_WORDS = {
    "minutes": "minutes minute mins min m 分钟",
    "hours": "hours hour hrs hr h 小时",
    "seconds": "seconds second secs sec s",
    "players": "players player 人",
    "pages": "pages page pp p 页",
    "stars": "stars star 星 分",
    "years": "years year",
    "seasons": "seasons season",
    "episodes": "episodes episode",
    "%": "%",
    "USD": "usd dollars dollar us$ $",
    "EUR": "eur euros euro €",
    "GBP": "gbp pounds pound £",
    "CNY": "cny rmb yuan 元 ¥ ￥",
}
"""Unit -> what stands after a number in it."""
_WORDS |= {unit: unit for unit in "g kg mg l ml cl cm mm m² km kcal kj mb gb".split()}
_UNIT = {word: unit for unit, words in _WORDS.items() for word in words.split()}
_MINUTES = {"minutes": 1.0, "hours": 60.0, "seconds": 1 / 60}
_DIGITS = r"\d{1,3}(?:[,.'’\u00a0 ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?(?:e[-+]?\d\d?)?|[.,]\d+"
_NUMBER = re.compile(
    rf"(?P<before>US\$|[$€£¥￥]|[A-Z]{{3}})?\s*(?P<low>[-+−]?(?:{_DIGITS}))"
    rf"(?:\s*(?:[-–~]|to)\s*(?P<high>{_DIGITS}))?\+?"
    r"(?:\s*(?:/|out of)\s*(?P<of>\d+))?"
    r"\s*(?P<unit>us\$|[$€£¥￥%]|[^\W\d_]+)?\.?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:PT|P0DT)?(?:(?P<h>\d+)\s*h(?:ours?|rs?)?)?\s*(?:(?P<m>\d+)\s*m(?:in(?:ute)?s?)?)?"
    r"\s*(?:(?P<s>\d+)\s*s(?:ec(?:ond)?s?)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")


@dataclass(frozen=True)
class Measure:
    """One number, or a range of numbers, and its ``unit``, "" where none is written."""

    low: float
    high: float
    unit: str = ""


@dataclass(frozen=True)
class Measures:
    """A column of numbers: ``label``, which names their unit, the number in each row as it is
    written ("" for none), and what was ``assumed`` of them."""

    label: str
    cells: list[str]
    assumed: str = ""


def read(cell: str) -> Measure | None:
    """The number in a cell that holds nothing else.

    >>> read("12.00 EUR"), read("2-5 players")
    (Measure(low=12.0, high=12.0, unit='EUR'), Measure(low=2.0, high=5.0, unit='players'))
    >>> read("1h 30m") == read("PT1H30M"), read("Ran")
    (True, None)
    """
    time = _TIME.fullmatch(cell)
    if time and (time["h"] or (time["m"] and cell[:1] in "Pp") or time["s"]):
        hours, minutes, seconds = (float(part or 0) for part in time.groups())
        total = hours * 60 + minutes + seconds / 60
        return Measure(total, total, "minutes")
    clock = _CLOCK.fullmatch(cell)
    if clock:
        hours, minutes, seconds = (float(part or 0) for part in clock.groups())
        total = hours * 60 + minutes + seconds / 60
        return Measure(total, total, "clock")
    found = _NUMBER.fullmatch(cell)
    if found is None:
        return None
    unit = _unit_of(found)
    if unit is None:
        return None
    low = _value(found["low"])
    high = _value(found["high"]) if found["high"] else low
    if high < low:
        return None
    if unit in _MINUTES:
        low, high, unit = low * _MINUTES[unit], high * _MINUTES[unit], "minutes"
    return Measure(low, high, unit)


def are_numbers(cells: Iterable[str]) -> bool:
    """Whether nearly all cells are numbers, or moments of a clock."""
    cells = list(cells)
    return bool(cells) and sum(map(_is_number, cells)) >= MIN_SHARE * len(cells)


def column(cells: pd.Series) -> list[Measures]:
    """A column of numbers, by its name and its cells; one for each unit that is written there.

    A cell that is no number, or of another unit, is left out.
    """
    known = {cell: read(cell) for cell in cells.unique()}
    measures = [known[cell] for cell in cells]
    name = str(cells.name)
    units = dict.fromkeys(one.unit for one in measures if one and one.unit)
    named_so = named(name, UNITS)
    return [_of_unit(name, measures, unit) for unit in units or [named_so]]


def _of_unit(name: str, measures: list[Measure | None], unit: str) -> Measures:
    own = [one if one and one.unit in (unit, "") else None for one in measures]
    values = [one.high for one in own if one]
    is_written = any(one.unit for one in own if one)
    unit = "minutes" if unit == "clock" else unit
    if unit == "stars" and values and max(values) > MAX_STARS:
        unit = ""  # of ten or of a hundred: four stars are something else there
    factor, assumed = _factor(name, unit, is_written, values)
    return Measures(labelled(name, unit), [_written(one, factor) for one in own], assumed)


def paired(least: Measures, most: Measures, name: str) -> Measures:
    """The two columns of the least and the most as one, called ``name``."""
    cells = []
    for low, high in zip(least.cells, most.cells, strict=True):
        cells.append(f"{low}-{high}" if low and high and low != high else low or high)
    return Measures(labelled(name, named(name, UNITS)), cells)


def pairs(columns: Iterable[str]) -> list[tuple[str, str, str]]:
    """Columns of the least and of the most of the same, and what they are of.

    >>> pairs(["minplayers", "weight", "max_players"])
    [('minplayers', 'max_players', 'players')]
    """
    by_name = {plain(column): column for column in columns}
    found = []
    for name, low in by_name.items():
        high = by_name.get(f"max{name[3:]}")
        if name.startswith("min") and len(name) > 3 and high:
            found.append((low, high, name[3:]))
    return found


def labelled(name: str, unit: str) -> str:
    """The name of a column with its unit.

    >>> labelled("run_time", "minutes"), labelled("num_pages", "pages"), labelled("prix", "EUR")
    ('Run time (minutes)', 'Pages', 'Prix (EUR)')
    """
    label = re.sub(r"[\s_]+", " ", last_part(name)).strip().capitalize() or name
    if unit and not {*label.casefold().split()} - {*COUNTING, unit}:
        return unit.capitalize()
    return f"{label} ({unit})" if unit else label


def _is_number(cell: str) -> bool:
    return read(cell) is not None


def _unit_of(found: re.Match[str]) -> str | None:
    """The unit that is written, "" for none, None for a word that is no unit."""
    before, after = found["before"] or "", (found["unit"] or "").lower()
    if before:
        code = _SIGNS.get(before, before.upper())
        return code if not after and (before in _SIGNS or code in _CODES) else None
    if after in _UNIT:
        return _UNIT[after]
    if after.upper() in _CODES:
        return after.upper()
    return None if after else ""


def _value(digits: str) -> float:
    """The number that is written, with marks of thousands and of decimals as they come.

    >>> _value("1,299"), _value("1.299,50"), _value("12,5"), _value("4.125")
    (1299.0, 1299.5, 12.5, 4.125)
    """
    digits = re.sub(r"['’\u00a0 ]", "", digits.replace("−", "-"))
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return float(digits)
    mark, after = digits[last], digits[last + 1 :]
    if "e" in digits.lower():
        return float(digits.replace(",", "."))
    thousands = digits.count(mark) > 1 or (
        mark == "," and len(after) == 3 and digits[0] not in "0,"
    )
    if thousands:
        return float(re.sub("[,.]", "", digits))
    return float(re.sub("[,.]", "", digits[:last]) + "." + after)


def _factor(name: str, unit: str, is_written: bool, values: list[float]) -> tuple[float, str]:
    """What makes minutes of running times that are in seconds, and how that is told."""
    if unit != "minutes" or is_written or not values:
        return 1.0, ""
    short = plain(name)
    middle = sorted(values)[len(values) // 2]
    if short.endswith(("ms", "millis", "milliseconds")) or middle > MAX_MINUTES * 1000:
        return 1 / 60_000, "milliseconds"
    if short.endswith(("sec", "secs", "seconds")) or middle > MAX_MINUTES:
        return 1 / 60, "seconds"
    return 1.0, ""


def _written(one: Measure | None, factor: float) -> str:
    if one is None:
        return ""
    low, high = _short(one.low * factor), _short(one.high * factor)
    return low if low == high else f"{low}-{high}"


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
