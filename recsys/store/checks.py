"""Checks of a new item against what the catalogue knows."""

from collections.abc import Collection
from datetime import UTC, datetime
from difflib import get_close_matches

from recsys.datatypes import NewItem
from recsys.errors import QueryError
from recsys.knowledge.graph import kind
from recsys.store.catalogue import Catalogue

EARLIEST_YEAR = 1000
"""Years are believed from this one on, or from the catalogue's first."""
YEARS_AHEAD = 10
"""And up to so many after today's."""
MAY_BE_NEW = frozenset({"person", "company"})
"""Kinds whose names may be new: every director has a first film."""


def check_known(catalogue: Catalogue, item: NewItem) -> None:
    """Raises QueryError for a category, a relation or a name that nobody in the catalogue has, and
    for a year that cannot be."""
    for name in item.categories:
        _known("category", name, catalogue.categories)
    triples = catalogue.triples
    for relation, names in item.facts.items():
        _known("relation", relation, triples["relation"].unique())
        if kind(relation) not in MAY_BE_NEW:
            own = triples["tail"][triples["relation"] == relation]
            there = catalogue.items["id"] if kind(relation) == "item" else own
            for name in names:
                _known(relation, name, there.unique())
    if item.year is not None:
        last = datetime.now(UTC).year + YEARS_AHEAD
        first = min(EARLIEST_YEAR, int(catalogue.items["year"].fillna(EARLIEST_YEAR).min()))
        if not first <= item.year <= last:
            raise QueryError(f"The year is {item.year}; it must be from {first} to {last}.")


def _known(what: str, name: str, names: Collection[str]) -> None:
    if name not in set(names):
        plain = {other.casefold(): other for other in names}
        near = get_close_matches(name.casefold(), list(plain), n=3) or list(plain)[:5]
        there = ", ".join(repr(plain[key]) for key in near) or "none"
        raise QueryError(f"Nothing here has the {what} {name!r}. There are, for example: {there}.")
