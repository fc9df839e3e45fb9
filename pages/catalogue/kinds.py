"""The files that may be given, and what their columns are called for a visitor."""

from dataclasses import dataclass

from recsys.tables import INTERACTION_COLUMNS, ITEM_COLUMNS, TRIPLE_COLUMNS


@dataclass(frozen=True)
class Kind:
    """A file that may be given: what it is called, what it should hold, our columns, and which of
    them it needs: one of each."""

    title: str
    help: str
    columns: list[str]
    needs: tuple[tuple[str, ...], ...]


KINDS = {
    "items": Kind(
        "Items",
        "One line an item. A name is enough; a text, kinds, a year and whatever else is known of it"
        " make the rankings better.",
        [name for name in ITEM_COLUMNS if name != "facts"],
        (("title", "id"), ("title", "text")),
    ),
    "interactions": Kind(
        "Likes",
        "One line a rating: who, which item, how much.",
        INTERACTION_COLUMNS,
        (("user",), ("item",)),
    ),
    "triples": Kind(
        "Facts",
        "One line a fact: item, relation, name.",
        TRIPLE_COLUMNS,
        (("head",), ("relation",), ("tail",)),
    ),
}
MEANINGS = {
    "id": "Code (id)",
    "title": "Name (title)",
    "text": "Text",
    "year": "Year",
    "categories": "Kinds (categories)",
    "user": "Person",
    "item": "Item",
    "rating": "Rating",
    "timestamp": "When",
    "head": "Item",
    "relation": "Relation",
    "tail": "Name at the other end",
}
"""Our columns in a visitor's words."""

ABSENT = {"id": "Made from the name", "text": "Without a text"}
"""What stands where a column is not in the file."""
SEVERAL = frozenset(["text"])
"""What may be joined of several columns."""
