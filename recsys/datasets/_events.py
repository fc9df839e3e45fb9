"""A table of events in place of one of items: its items, and who did what; and what reviews say of
items that have no description."""

from collections.abc import Mapping
from dataclasses import replace

from recsys.datasets._items import Items
from recsys.errors import DataError
from recsys.reading import events
from recsys.reading.events import Events
from recsys.reading.guesses import Columns, as_columns
from recsys.reading.sieve import Sieve
from recsys.reading.vocabulary import SYNONYMS

ROWS = ("items", "events")
"""What the rows of a file of items may be."""


def split(sieve: Sieve, given: Mapping[str, Columns], rows: str | None) -> dict[str, Sieve]:
    """The ``sieve`` of a file of items as that of its ``interactions``, where its rows are events,
    and another of its ``items``, one row each; without ``interactions`` where nobody is named.

    ``rows`` is one of ROWS, or None for a guess. Nothing where the rows are items. Raises DataError
    where rows that are to be events name no item.
    """
    if rows not in (*ROWS, None):
        raise DataError(f"The rows are {rows!r}; they must be {' or '.join(ROWS)}.")
    if rows == "items":
        return {}
    chosen = {key: next(iter(as_columns(own)), "") for key, own in given.items()}
    found = events.recognise(sieve.frame, chosen, sure=rows == "events")
    if found is None:
        if rows == "events":
            sieve.regard("interactions", chosen)
            sieve.need("item", "items")
        return {}
    also = {key: chosen[key] for key in SYNONYMS["items"] if key in chosen and key != "id"}
    own = events.items_of(sieve.frame, found, also)
    none = dict.fromkeys(SYNONYMS["interactions"], "")
    because = f"as in {found.what}"
    sieve.regard("interactions", none | dict(found.columns), because=because)
    sieve.note(told(found, len(sieve.frame), len(own)))
    parts = {"items": sieve.over(own, "items", events.meanings(own, found, also), because)}
    if "user" in found.columns:
        return parts | {"interactions": sieve}
    sieve.reject(sieve.cells("item") == "", "no item", "rating")
    sieve.note("nobody is named, so they do not tell who likes what.")
    return parts


def told(found: Events, rows: int, items: int) -> str:
    """A line for the person who imports."""
    item = found.columns["item"]
    read = "items and likes" if "user" in found.columns else "items"
    return (
        f"these are {found.what}, several rows with the same {item}: {rows:,} of them are read as"
        f" {items:,} {read}."
    )


def described(items: Items, sieve: Sieve) -> Items:
    """The items with what reviews say of them in place of descriptions that are not there."""
    table = items.table
    blank = table["text"] == ""
    if not blank.any():
        return items
    said = events.descriptions(sieve.frame, sieve.columns["item"]).to_dict()
    found = table["id"].map(lambda id_: said.get(id_, "")).where(blank, "")
    count = int((found != "").sum())
    if not count:
        return items
    sieve.note(f"items without a description that their reviews describe: {count:,}.")
    return replace(items, table=table.assign(text=table["text"].where(~blank, found)))
