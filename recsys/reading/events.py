"""A file of items whose rows are events of them, several an item: reviews, purchases, plays."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from recsys.reading import columns, interactions
from recsys.reading.cleaning import numbers
from recsys.reading.contents import MAX_NAME
from recsys.reading.feedback import COUNTS
from recsys.reading.vocabulary import SYNONYMS, plain

MIN_REPEATED = 0.05
"""The share of rows about an item of an earlier row, from which rows are not items."""
MIN_AGREED = 0.9
"""The share of an item's rows that must say the same for it to be said of the item."""
MAX_REVIEWS = 3
"""So many of its reviews describe an item."""
MAX_DESCRIPTION = 2_000
"""Characters of a description made of reviews."""
REVIEWS = "reviews"
"""What the column of descriptions made of reviews is called."""


@dataclass(frozen=True)
class Events:
    """``what`` they are in a word; ``columns``: which is the user's, the item's, the rating's and
    the time's (as in SYNONYMS), and ``text``, what is said of the item, "" if nothing is."""

    what: str
    columns: Mapping[str, str]
    text: str


def recognise(frame: pd.DataFrame, chosen: Mapping[str, str], sure: bool = False) -> Events | None:
    """What the rows of a file of items tell of events; None where each may be an item.

    An item comes more than once, and either a column is called as people are, and there is a
    rating, a time or an opinion in words; or there are opinions and ratings of nobody in
    particular, and no column tells the rows apart. Whoever is ``sure`` settles it; then None is
    for what names no item.
    """
    known = {key: chosen[key] for key in interactions.SYNONYMS if key in chosen}
    if chosen.get("id") and "item" not in known:
        known["item"] = chosen["id"]
    named = interactions.by_name(frame, known)
    found = interactions.guess(frame, known)
    if "item" not in (found if sure else named):
        return None
    if "user" not in named and not sure:
        found.pop("user", None)
    text = interactions.texts(frame.drop(columns=list(set(found.values()))))
    events = Events(_what(found, text), found, text)
    repeated = float(frame[found["item"]].duplicated().mean()) >= MIN_REPEATED
    if sure or (repeated and _tells(frame, named, text)):
        return events
    return None


def _tells(frame: pd.DataFrame, named: Mapping[str, str], text: str) -> bool:
    if "user" in named:
        return bool(text) or "rating" in named or "timestamp" in named
    if not text or "rating" not in named:
        return False
    keys = [c for c in frame if plain(c) in interactions.SYNONYMS["item"].split()]
    return all(frame[column].duplicated().mean() >= MIN_REPEATED for column in keys)


def _what(found: Mapping[str, str], text: str) -> str:
    value = plain(found.get("rating", ""))
    if value in interactions.QUANTITIES:
        return "purchases"
    if text:
        return "reviews"
    if value in COUNTS:
        return "counts"
    return "ratings" if value else "interactions"


def items_of(frame: pd.DataFrame, events: Events, also: Mapping[str, str]) -> pd.DataFrame:
    """One row an item, at the line where it first comes: its id, what its rows agree on, the
    columns that ``also`` names, and REVIEWS, the best of what is said of it.

    An id without a title is its title where nothing is said of it either.
    """
    item = events.columns["item"]
    frame = frame[frame[item] != ""]
    left = [column for column in frame if column not in {*events.columns.values(), events.text}]
    wanted = [column for column in also.values() if column in frame and column != item]
    agreed = [column for column in left if column not in wanted and _agreed(frame, item, column)]
    rows = frame.drop_duplicates(item)[[item]]
    for column in [*wanted, *agreed]:
        rows[column] = _mapped(rows[item], _commonest(frame, item, column))
    if events.text:
        rows[REVIEWS] = _mapped(rows[item], _descriptions(frame, item, events.text))
    return rows


def _mapped(ids: pd.Series, known: pd.Series) -> pd.Series:
    found = known.to_dict()
    return pd.Series([found.get(id_, "") for id_ in ids], ids.index, dtype="str")


def meanings(rows: pd.DataFrame, events: Events, also: Mapping[str, str]) -> dict[str, str]:
    """Key of an item -> column of ``rows``, as ``items_of`` gave them: what ``also`` says, and
    where that says nothing short "descriptions" as titles, and REVIEWS as the text."""
    chosen = {**also, "id": events.columns["item"]}
    plain_rows = rows.drop(columns=[REVIEWS], errors="ignore")
    found = columns.plainly(columns.guess(plain_rows, "items", chosen))
    text = found.get("text", "")
    short = bool(text) and rows[text].str.len().mean() <= MAX_NAME
    if short and "title" not in found and not {"title", "text"} & also.keys():
        found["title"], text = found.pop("text"), ""
    if "title" not in found and "title" not in also:
        free = [column for column in plain_rows if column not in found.values()]
        titles = [c for c in free if plain(c).endswith(("name", "title", "名称"))]
        found |= dict(zip(["title"], titles, strict=False))
    if REVIEWS in rows and not text and "text" not in also:
        found["text"] = REVIEWS
    elif "text" not in found:
        found.setdefault("title", events.columns["item"])
    return {key: found.get(key, "") for key in SYNONYMS["items"]}


def descriptions(frame: pd.DataFrame, item: str) -> pd.Series:
    """item -> the best of what is said of it in a file of reviews; empty if there are no texts."""
    text = interactions.texts(frame.drop(columns=[item]))
    if not text:
        return pd.Series(dtype="str")
    return _descriptions(frame, item, text)


def _descriptions(frame: pd.DataFrame, item: str, text: str) -> pd.Series:
    """item -> the most helpful of its texts, or the longest, as far as they fit."""
    helpful = interactions.named(frame, interactions.HELPFUL)
    said = pd.DataFrame({"item": frame[item], "text": frame[text]})
    said["length"] = said["text"].str.len()
    said["helpful"] = numbers(frame[helpful]).fillna(0.0) if helpful else 0.0
    said = said[said["length"] > 0].drop_duplicates(["item", "text"])
    said = said.sort_values(["helpful", "length"], ascending=False, kind="stable")
    best = said.groupby("item", sort=False).head(MAX_REVIEWS)
    joined = best.groupby("item", sort=False)["text"].agg(" ".join)
    return joined.str.slice(0, MAX_DESCRIPTION).str.strip()


def _agreed(frame: pd.DataFrame, item: str, column: str) -> bool:
    """Whether the rows of an item that comes more than once say the same in ``column``."""
    said = frame[(frame[column] != "") & frame[item].duplicated(keep=False)]
    if said.empty:
        return not (frame[column] == "").all()
    common = said[item].map(_commonest(said, item, column))
    return float((said[column] == common).mean()) >= MIN_AGREED


def _commonest(frame: pd.DataFrame, item: str, column: str) -> pd.Series:
    """item -> its commonest cell that is not blank; of several the first."""
    said = frame[frame[column] != ""]
    counted = said.groupby([item, column], sort=False).size().reset_index(name="n")
    counted = counted.sort_values("n", ascending=False, kind="stable").drop_duplicates(item)
    return counted.set_index(item)[column]
