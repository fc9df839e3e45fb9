"""Thaw: cold-start recommendation from plain words.

The public face of the library. Names are imported when they are first asked for, so that
``import recsys`` takes no time and torch stays out until it is needed.

    import recsys

    films = recsys.open("demo")
    print(films.recommend("slow sci-fi, nothing gory").table)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recsys.building.build import build
    from recsys.building.publish import publish, withdraw
    from recsys.datatypes import Filters, NewItem, Query, Strategy
    from recsys.errors import ThawError
    from recsys.library import Recommender
    from recsys.library import open_workspace as open
    from recsys.store.events import Event
    from recsys.tables import Tables

__version__ = "0.9.0"

__all__ = [
    "Event", "Filters", "NewItem", "Query", "Recommender", "Strategy", "Tables", "ThawError",
    "build", "open", "publish", "withdraw",
]  # fmt: skip

_HOMES = {
    "Event": "recsys.store.events",
    "Filters": "recsys.datatypes",
    "NewItem": "recsys.datatypes",
    "Query": "recsys.datatypes",
    "Recommender": "recsys.library",
    "Strategy": "recsys.datatypes",
    "Tables": "recsys.tables",
    "ThawError": "recsys.errors",
    "build": "recsys.building.build",
    "open": "recsys.library",
    "publish": "recsys.building.publish",
    "withdraw": "recsys.building.publish",
}
"""Public name -> the module it lives in."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"recsys has no {name!r}; it has {', '.join(__all__)}.")
    found = getattr(import_module(_HOMES[name]), "open_workspace" if name == "open" else name)
    globals()[name] = found
    return found
