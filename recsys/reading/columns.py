"""What each column of a file seems to hold, by its name and its values."""

import re
from collections.abc import Mapping

import pandas as pd

from recsys.reading import interactions
from recsys.reading.cleaning import names_in

SYNONYMS: dict[str, dict[str, str]] = {
    "items": {
        "id": "id itemid sku isbn isbn13 isbn10 asin ean upc uid uuid productid movieid filmid"
        " bookid articleid key code",
        "title": "title name itemname itemtitle productname producttitle movietitle booktitle"
        " primarytitle originaltitle headline label artistname trackname",
        "text": "text description synopsis overview plot abstract summary content body blurb"
        " storyline longdescription productdescription shortdescription about details",
        "year": "year releaseyear yearreleased publicationyear yearofpublication yearpublished"
        " originalpublicationyear startyear date releasedate released publicationdate publisheddate"
        " published pubdate",
        "categories": "categories category genres genre tags tag topics topic subjects subject"
        " keywords types type section department",
    },
    "interactions": interactions.SYNONYMS,
    "triples": {
        "head": "head subject item itemid id movieid source from",
        "relation": "relation predicate property rel edge",
        "tail": "tail object entity value target to",
    },
}
"""What columns are called, without capitals and signs; the first that is there is taken."""
REQUIRED: dict[str, tuple[str, ...]] = {
    "items": (),
    "interactions": ("user", "item"),
    "triples": ("head", "relation", "tail"),
}
"""What a file of each kind cannot do without, in the order of the columns that nobody named."""

SAMPLE = 2_000
"""Rows from which a guess is made."""
ADDRESS = r"^(?:https?://|www\.)\S+$"
"""A value that leads elsewhere."""
KEY = re.compile("(?:id|code|key)$", re.IGNORECASE)
"""How columns of keys are called."""
NUMBER = r"^[-+]?[0-9.,]+ ?%?$"
"""A value that is no name."""
MIN_TEXT = 30
"""Mean characters from which an unnamed column may be the text."""
SHORT_TEXT = 8
"""Where half of the texts have fewer words than this, they are short, and that is said."""
MAX_BLANK = 0.05
"""The share of a key's cells that may be blank; one always may."""
MAX_NAME = 60
"""Mean characters up to which names are facts."""


def guess(frame: pd.DataFrame, kind: str, chosen: Mapping[str, str]) -> dict[str, str]:
    """The column of each key of a file of ``kind``; not every key has one.

    Those ``chosen`` stand, "" for no column. For the others a name decides first; failing that,
    items look at values (the longest text; short values that are all different are the id where
    they look like codes, and else the title), and interactions and triples take what is left from
    left to right.
    """
    if kind == "interactions":
        return interactions.guess(frame, chosen)
    free: dict[str, str] = {}
    for column in frame:
        if column not in chosen.values():
            free.setdefault(re.sub(r"[\W_]+", "", column.casefold()), column)
    found = dict(chosen)
    for key, names in SYNONYMS[kind].items():
        name = next((name for name in names.split() if name in free), None)
        if name and key not in found:
            found[key] = free.pop(name)
    wanted = [key for key in REQUIRED[kind] if key not in found]
    left = sorted(free, key=lambda name: not name.endswith("id"))
    found |= {key: free[name] for key, name in zip(wanted, left, strict=False)}
    if kind == "items":
        columns = [column for column in frame if column in free.values()]
        texts = _texts(frame[columns])
        if "text" not in found and texts:
            found["text"] = texts[-1]
        others = [column for column in columns if column != found.get("text")]
        titled, named = "title" in found, "id" in found
        for column in _unique(frame[others]):
            if _is_key(frame[column], titled):
                found.setdefault("id", column)
            elif not named:  # else it might be anything that is different everywhere
                found.setdefault("title", column)
    return {key: column for key, column in found.items() if column}


def _texts(frame: pd.DataFrame) -> list[str]:
    """Columns of prose, the longest last."""
    lengths = {}
    for column in frame:
        cells = frame[column][frame[column] != ""]
        in_words = cells.str.contains(" ", regex=False).mean() > 0.5
        length = cells.str.len().mean()
        if in_words and length >= MIN_TEXT:
            lengths[column] = length
    return sorted(lengths, key=lambda column: lengths[column])


def _unique(frame: pd.DataFrame) -> list[str]:
    """Columns of short values that are all different, but for blank ones; called so first."""
    found = []
    for column in frame:
        cells = frame[column][frame[column] != ""]
        blank = len(frame) - len(cells)
        if blank > max(1, MAX_BLANK * len(frame)) or cells.empty:
            continue
        if not cells.duplicated().any() and cells.str.len().max() <= MAX_NAME:
            found.append(column)
    return sorted(found, key=lambda column: not KEY.search(column))


def _is_key(cells: pd.Series, titled: bool) -> bool:
    """Whether different values are made to be keys; numbers are, unless titles are known."""
    known = cells[cells != ""]
    numbers = known.str.match(NUMBER).all() and not titled
    return bool(KEY.search(str(cells.name)) or _coded(known) or numbers)


def _coded(cells: pd.Series) -> bool:
    """Whether nearly all cells are a word with digits in it, such as tt0111161."""
    coded = cells.str.contains("[0-9]") & ~cells.str.contains(r"\s") & ~cells.str.match(NUMBER)
    return bool(coded.mean() > 0.9)


def facts(frame: pd.DataFrame) -> tuple[list[str], dict[str, str]]:
    """Columns whose short texts are facts, and what each of the others holds instead."""
    kept, others = [], {}
    for column in frame:
        cells = frame[column][frame[column] != ""]
        names = cells.map({cell: names_in(cell) for cell in cells.unique()}).explode().dropna()
        if names.empty:
            others[column] = "nothing"
        elif names.str.match(ADDRESS).mean() > 0.5:
            others[column] = "addresses"
        elif names.str.match(NUMBER).mean() > 0.9 or names.isin(["true", "false"]).all():
            others[column] = "numbers"
        elif names.str.len().mean() > MAX_NAME:
            others[column] = "long text"
        elif not cells.duplicated().any() and _coded(cells):
            others[column] = "codes"
        else:
            kept.append(column)
    return kept, others
