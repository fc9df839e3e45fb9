"""What the cells of a column say of when: epochs, ISO, and dates as people write them."""

import re
from dataclasses import dataclass

import pandas as pd

from recsys.reading.cleaning import MAX_SECONDS, MISSING, epoch_seconds, numbers

MIN_EPOCH = 1e8
"""A column of numbers below this is no time: its seconds would be of 1973 or before."""
MIN_DATES = 0.9
"""The share of a column's cells that must be moments where its name does not say so."""

_CLOCK = r"(?:[T ,]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?))?"
_NUMERIC = rf"^(\d{{1,2}})[-/. ](\d{{1,2}})(?:[-/.]|, ?| )(\d{{4}}|\d{{2}}){_CLOCK}$"
"""Two numbers, the year, and a time of day: 12/1/2010 8:26, 01.12.2010, "09 13, 2009"."""
_YEAR_FIRST = rf"^(\d{{4}})[/.年](\d{{1,2}})[/.月](\d{{1,2}})日?{_CLOCK}$"
_COMPACT = r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$"
_NAMED = (
    "%d %b %Y",
    "%d-%b-%Y",
    "%d %B %Y",
    "%b %d %Y",
    "%B %d %Y",
    "%d %b %Y %H:%M",
    "%b %d %Y %H:%M",
    "%d %b %Y %H:%M:%S",
    "%b %d %Y %H:%M:%S",
    "%d %b %Y %H:%M:%S %z",
    "%b %d %H:%M:%S %z %Y",
)
"""Dates with the name of the month, without commas and the day of the week."""
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +", re.IGNORECASE)


@dataclass(frozen=True)
class Moments:
    """``seconds`` since 1970 of each cell, 0 for nothing and NaN for what is no moment; ``order``
    says how day and month were told apart, "" where there was nothing to tell."""

    seconds: pd.Series
    order: str = ""


def moments(cells: pd.Series) -> Moments:
    """The moments in cells: numbers (of s, ms, us or ns), ISO dates, years, and dates as people
    write them; of a date in numbers the cells together decide which is the day.

    NaN for something else, and for what is after 2099 or in the far past.
    """
    if (cells == "").all():
        return Moments(pd.Series(0.0, cells.index))
    cells = cells.where(~cells.str.lower().isin(MISSING), "0")
    said = cells[cells != "0"]
    if len(said) and said.str.match(_COMPACT).all():
        found = _stamps(pd.to_datetime(cells, format="%Y%m%d", errors="coerce", utc=True))
        return Moments(found.where(cells != "0", 0.0))
    if len(said) and said.str.match(r"^(?:19|20)\d{2}$").all():
        found = _stamps(pd.to_datetime(cells, format="%Y", errors="coerce", utc=True))
        return Moments(found.where(cells != "0", 0.0))
    number = epoch_seconds(numbers(cells))
    order = ""
    dates = cells[number.isna()]
    if len(dates):
        written, order = _dates(dates)
        number = number.fillna(written)
    return Moments(number.where(number.between(-MAX_SECONDS * 20, MAX_SECONDS)), order)


def looks_like_moments(cells: pd.Series) -> bool:
    """Whether nearly all cells are dates, or numbers as great as an epoch's."""
    known = cells[cells != ""]
    if known.empty:
        return False
    number = numbers(known)
    if number.notna().mean() > MIN_DATES:
        return bool((number >= MIN_EPOCH).mean() > MIN_DATES)
    return bool(moments(known).seconds.notna().mean() > MIN_DATES)


def _dates(cells: pd.Series) -> tuple[pd.Series, str]:
    """Seconds of dates that are no number, and how day and month were told apart."""
    found = _stamps(pd.to_datetime(cells, format="ISO8601", utc=True, errors="coerce"))
    left = cells[found.isna()]
    first = left.str.extract(_YEAR_FIRST)
    found = found.fillna(_made(first[0], first[1], first[2], first[3]))
    parts = left.str.extract(_NUMERIC)
    order = ""
    if parts[0].notna().any():
        day, month, order = _day_and_month(parts, left)
        found = found.fillna(_made(parts[2], month, day, parts[3]))
    left = cells[found.isna()]
    plain = left.str.replace(_WEEKDAY, "", regex=True).str.replace(",", " ", regex=False)
    plain = plain.str.replace(r"\s+", " ", regex=True).str.removesuffix(" GMT").str.strip()
    for form in _NAMED:
        if found.notna().all():
            break
        stamps = pd.to_datetime(plain, format=form, utc=True, errors="coerce")
        found = found.fillna(_stamps(stamps))
    return found, order


def _day_and_month(parts: pd.DataFrame, cells: pd.Series) -> tuple[pd.Series, pd.Series, str]:
    """Which of the two numbers is which, by those that no month can be, else by the sign between
    them; and the reason in words."""
    first, second = numbers(parts[0]), numbers(parts[1])
    beyond_first, beyond_second = int((first > 12).sum()), int((second > 12).sum())
    if beyond_first or beyond_second:
        day_first = beyond_first > beyond_second
        beyond = first if day_first else second
        example = cells[beyond > 12].iloc[0]
        reason = f"{example} can be nothing else"
    else:
        # Where nothing decides: 01.12.2010 is written day first, 12/1/2010 in exports mostly not.
        day_first = bool(cells.str.contains(r"^\d+[.-]").mean() > 0.5)
        reason = "nothing in them decides"
    told = "day, month, year" if day_first else "month, day, year"
    order = f"dates are read as {told}: {reason}."
    return (parts[0], parts[1], order) if day_first else (parts[1], parts[0], order)


def _made(year: pd.Series, month: pd.Series, day: pd.Series, clock: pd.Series) -> pd.Series:
    """Seconds of dates in pieces, NaN where a piece is missing or out of range."""
    year = numbers(year)
    year = year.where(year >= 100, year + 1900 + 100 * (year < 70))
    stamps = pd.to_datetime(
        pd.DataFrame({"year": year, "month": numbers(month), "day": numbers(day)}),
        errors="coerce",
        utc=True,
    )
    return _stamps(stamps) + _of_day(clock)


def _of_day(clock: pd.Series) -> pd.Series:
    """Seconds since midnight, 0 where no time is said."""
    parts = clock.str.extract(r"^(\d+):(\d+)(?::([\d.]+))?")
    hour, minute, second = (numbers(parts[place]).fillna(0) for place in range(3))
    half = clock.str.extract(r"([AaPp])")[0].str.lower()
    hour = (hour % 12).where(half.notna(), hour) + 12 * (half == "p")
    return hour * 3600 + minute * 60 + second


def _stamps(stamps: pd.Series) -> pd.Series:
    return ((stamps - pd.Timestamp(0, tz="UTC")) / pd.Timedelta("1s")).astype("float64")
