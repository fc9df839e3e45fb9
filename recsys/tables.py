"""Tables: what a source hands over, and what a workspace is built from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from recsys.errors import DataError

ITEM_COLUMNS = ["id", "title", "text", "year", "categories", "facts"]
INTERACTION_COLUMNS = ["user", "item", "rating", "timestamp"]
TRIPLE_COLUMNS = ["head", "relation", "tail"]
PERSONA_COLUMNS = ["id", "name", "taste"]
JUDGEMENT_COLUMNS = ["persona", "item", "grade"]
GRADED_COLUMNS = ["taste", "item", "grade", "judge"]
"""Of a set of judged tastes: a taste in words, an item's id, one of GRADES, who says so."""
GRADES = (0, 1, 2, 3)
"""What an item can be worth to a taste: nothing, a little, fits, just right."""
REJECT_COLUMNS = ["file", "line", "reason", "value"]


def _empty(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=columns)


@dataclass(frozen=True)
class Tables:
    """What a source hands over; external ids throughout.

    ``items``: id, title, text, year (or missing), categories (list), facts (label -> list of
    names). ``interactions``: user, item, rating, timestamp. ``triples``: head, relation, tail.
    An item may have no text, or no title, but not neither. Raises DataError when it does, when
    columns are missing, and when ids repeat.
    """

    items: pd.DataFrame
    interactions: pd.DataFrame = field(default_factory=lambda: _empty(INTERACTION_COLUMNS))
    triples: pd.DataFrame = field(default_factory=lambda: _empty(TRIPLE_COLUMNS))
    about: Mapping[str, Any] = field(default_factory=dict)
    """Words for the page: ``noun``, ``nouns``, ``category``, ``source``, and ``examples``, a list
    of tastes to try."""
    like_from: float = 4.0
    """A rating of this or more is a like."""
    personas: pd.DataFrame = field(default_factory=lambda: _empty(PERSONA_COLUMNS))
    """Invented people: id, name, taste in their own words."""
    judgements: pd.DataFrame = field(default_factory=lambda: _empty(JUDGEMENT_COLUMNS))
    """What personas say of items: persona, item, grade (2 love, 1 like, -1 dislike)."""
    rejected: pd.DataFrame = field(default_factory=lambda: _empty(REJECT_COLUMNS))
    """What the source could not use: file, line (from 1, the header included), reason, and the
    value at fault."""
    notes: tuple[str, ...] = ()
    """Lines for the person who imports: what was guessed, how much was joined."""

    def __post_init__(self) -> None:
        for name, columns in (
            ("items", ITEM_COLUMNS),
            ("interactions", INTERACTION_COLUMNS),
            ("triples", TRIPLE_COLUMNS),
            ("personas", PERSONA_COLUMNS),
            ("judgements", JUDGEMENT_COLUMNS),
            ("rejected", REJECT_COLUMNS),
        ):
            missing = set(columns) - set(getattr(self, name))
            if missing:
                raise DataError(f"The {name} table lacks the columns {sorted(missing)}.")
        if self.items.empty:
            raise DataError("The items table is empty.")
        repeated = self.items["id"][self.items["id"].duplicated()]
        if len(repeated):
            raise DataError(f"The item id {repeated.iloc[0]!r} appears more than once.")
        words = self.items["text"].str.strip() + self.items["title"].str.strip()
        blank = self.items["id"][words == ""]
        if len(blank):
            raise DataError(f"The item {blank.iloc[0]!r} has neither a text nor a title.")
