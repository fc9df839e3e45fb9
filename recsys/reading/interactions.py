"""Which column of a file of interactions is what, by its name, and where that says nothing by what
is in it."""

import re
from collections.abc import Mapping

import pandas as pd

from recsys.reading import vocabulary
from recsys.reading.cleaning import numbers
from recsys.reading.moments import looks_like_moments
from recsys.reading.vocabulary import plain

SYNONYMS = vocabulary.SYNONYMS["interactions"]
"""What columns are called, without capitals and signs; the first that is there is taken."""
QUANTITIES = "quantity qty units 数量".split()
"""How columns of how many were bought are called; below 0 is a return."""
INVOICES = "invoiceno invoice invoicenumber orderno order ordernumber orderid".split()
"""How columns of the invoice are called; one that begins with C takes back."""
TEXTS = "reviewtext reviewbody review text body comment comments content opinion 评论".split()
"""How columns of what people say of an item are called; the first that is there is taken."""
HELPFUL = "helpful helpfulvotes helpfulvote votes useful reviewvotes helpfulness".split()
"""How columns of how many found that helpful are called."""
MAX_SCALE = 10.0
"""No scale of few ratings goes higher, or below its negative."""
MAX_STEPS = 21
"""Values of a scale: 0 to 10 in halves."""
UNNAMED = re.compile(r"column\d+|\d+|unnamed\d+|field\d+|f\d+")
"""Names of columns that have none."""


def named(frame: pd.DataFrame, names: list[str]) -> str:
    """The column with the first of these ``names`` that is there; "" for none."""
    known = {plain(column): column for column in reversed(list(frame))}
    return next((known[name] for name in names if name in known), "")


def guess(frame: pd.DataFrame, chosen: Mapping[str, str]) -> dict[str, str]:
    """The column of each of SYNONYMS; not every one has one.

    Those ``chosen`` stand, "" for no column. A name decides first. Where no name says anything,
    values do: dates and great numbers are the time, few values in a small range the rating. Person
    and item are what is left, from left to right, those that recur and are called so first.
    """
    found = dict(chosen) | by_name(frame, chosen)
    free = [column for column in frame if column not in found.values()]
    if "timestamp" not in found:
        for column in filter(lambda column: looks_like_moments(frame[column]), list(free)):
            if _unnamed(column):
                found["timestamp"] = column
                free.remove(column)
                break
    wanted = [key for key in ("user", "item") if key not in found]
    if "rating" not in found and len(free) > len(wanted):
        scales = [c for c in free if _unnamed(c) and is_scale(numbers(frame[c]))]
        for column in scales[-1:]:
            found["rating"] = column
            free.remove(column)
    free.sort(key=lambda column: (_is_unique(frame[column]), not plain(column).endswith("id")))
    found |= dict(zip(wanted, free, strict=False))
    return {key: column for key, column in found.items() if column}


def by_name(frame: pd.DataFrame, chosen: Mapping[str, str]) -> dict[str, str]:
    """The columns of SYNONYMS that are ``chosen``, or called so."""
    found = {key: column for key, column in chosen.items() if column}
    free = [column for column in frame if column not in chosen.values()]
    for key, names in SYNONYMS.items():
        column = named(frame[free], names.split()) if key not in chosen else ""
        if column:
            found[key] = column
            free.remove(column)
    return found


def is_scale(values: pd.Series) -> bool:
    """Whether numbers are few values in a small range; one that is no number is none."""
    whole = bool(values.notna().all()) and len(values) > 0
    return whole and values.abs().max() <= MAX_SCALE and values.nunique() <= MAX_STEPS


def texts(frame: pd.DataFrame) -> str:
    """The column of what people say of an item; "" where there is none."""
    return named(frame, TEXTS)


def by_overlap(frame: pd.DataFrame, found: Mapping[str, str], ids: pd.Series) -> dict[str, str]:
    """``found`` with the column of the item and another's changed, where columns have no names and
    that other has more of the ``ids`` of the known items.

    >>> frame = pd.DataFrame({"column 1": ["a", "b"], "column 2": ["u", "v"]})
    >>> by_overlap(frame, {"user": "column 1", "item": "column 2"}, pd.Series(["a", "b"]))
    {'user': 'column 2', 'item': 'column 1'}
    """
    keys = [key for key in ("item", "user") if _unnamed(found.get(key, "column 0x"))]
    if len(keys) < 2:
        return dict(found)
    shares = {key: float(frame[found[key]].isin(ids).mean()) for key in keys}
    # Numbers of people are often numbers of items, too: only a clear lead decides.
    if shares["user"] <= shares["item"] + 0.25:
        return dict(found)
    return dict(found) | {"user": found["item"], "item": found["user"]}


def _unnamed(column: str) -> bool:
    return bool(UNNAMED.fullmatch(plain(column)))


def _is_unique(cells: pd.Series) -> bool:
    return not cells.duplicated().any()
