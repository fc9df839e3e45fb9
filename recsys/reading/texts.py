"""Texts of several columns, and titles that carry a year."""

from collections.abc import Mapping, Sequence

import pandas as pd

from recsys.reading.cleaning import MISSING, STOPS, names_in, prose
from recsys.reading.measures import labelled
from recsys.reading.titles import read_title

MIN_DATED = 0.5
"""The share of titles that must end with a year in brackets."""
YEAR_OF_TITLE = "year of the title"
"""What the column of such years is called."""


def joined(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The texts in ``columns``, each after the first with its name before it.

    >>> frame = pd.DataFrame({"steps": ["Mix; rest."], "uses": ["flour, salt"]}, dtype="str")
    >>> joined(frame, ["steps", "uses"]).tolist()
    ['Mix; rest. Uses: flour, salt']
    """
    first, *others = columns
    text = frame[first].map(prose)
    for column in others:
        label = labelled(column, "")
        more = [f"{label}: {cell}" if cell else "" for cell in map(_listed, frame[column])]
        text = pd.Series(map(_both, text, more), frame.index, dtype="str")
    return text.astype("str")


def _listed(cell: str) -> str:
    if cell.lower() in MISSING:
        return ""
    whole = prose(cell)
    return whole if whole == cell else ", ".join(names_in(cell))


def _both(text: str, more: str) -> str:
    stop = "" if not text or text[-1] in STOPS else "."
    return f"{text}{stop} {more}".strip() if more else text


def with_years(frame: pd.DataFrame, found: Mapping[str, str]) -> tuple[pd.DataFrame, str]:
    """The frame with titles in their natural order, and their years in a column of its own.

    Only where most titles are written as "Lamp Keeper, The (1995)"; with one of those, and "" for
    a frame as it came. A year that the file has already stays.
    """
    if "title" not in found:
        return frame, ""
    titles = frame[found["title"]]
    read = {title: read_title(title) for title in titles.unique()}
    years = titles.map({title: year for title, (_, year) in read.items()})
    if len(titles) == 0 or years.notna().mean() < MIN_DATED:
        return frame, ""
    plain = titles.map({title: _named(names) for title, (names, _) in read.items()})
    own = frame[found["year"]] if "year" in found else pd.Series("", frame.index, dtype="str")
    told = years.map(lambda year: "" if pd.isna(year) else f"{year:.0f}")
    column = found.get("year", YEAR_OF_TITLE)
    example = titles[years.notna()].iloc[0]
    return frame.assign(**{found["title"]: plain, column: own.where(own != "", told)}), example


def _named(names: Sequence[str]) -> str:
    """The main name, with the others in brackets."""
    others = ", ".join(names[1:])
    return f"{names[0]} ({others})" if others else names[0]
