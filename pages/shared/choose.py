"""Choosing an item by typing: what it is called in every list of items, and how that is searched.

The search is the browser's, and knows labels only: what is to be found has to stand in one. Lists
of several need ``select_all=False``, or Enter chooses everything that matches.
"""

from typing import Final, Literal

import pandas as pd
import streamlit as st

from recsys.reading.titles import typed
from recsys.store.workspace import Workspace

FILTER: Final[Literal["fuzzy"]] = "fuzzy"
"""How Streamlit filters: letters in their order, the beginnings of words first.

Typing the title of a bundled film and Enter chose it in 80 of 80 tries, its first five letters in
64; with "contains", which keeps the order of the list, it was 76 and 61.
"""


def item_labels(opened: Workspace) -> list[str]:
    """What each item is called, by row: its title, and where another has the same, its year.

    A title that a plain keyboard cannot type is followed by what is typed for it.
    """
    return _labels(opened.name, opened.manifest.version, opened.catalogue.items)


def labels_by_id(opened: Workspace) -> dict[str, str]:
    """Item id -> what the item is called."""
    return _labels_by_id(opened.name, opened.manifest.version, opened.catalogue.items)


def labelled(title: str, told: str = "") -> str:
    """The label of one item; ``told`` tells it from others of this title.

    >>> labelled("Amélie"), labelled("Ran", "1985")
    ('Amélie · Amelie', 'Ran (1985)')
    """
    plain = typed(title)
    told = f" ({told})" if told else ""
    return f"{title}{told}" if plain == title else f"{title}{told} · {plain}"


@st.cache_data(max_entries=4, show_spinner=False)
def _labels(name: str, version: str, _items: pd.DataFrame) -> list[str]:
    title, year = _items["title"], _items["year"].astype("string").fillna("")
    shared = title.duplicated(keep=False)
    again = pd.DataFrame({"title": title, "year": year}).duplicated(keep=False) | (year == "")
    told = year.where(~again, _items["id"]).where(shared, "")
    return list(map(labelled, title, told))


@st.cache_data(max_entries=4, show_spinner=False)
def _labels_by_id(name: str, version: str, _items: pd.DataFrame) -> dict[str, str]:
    return dict(zip(_items["id"], _labels(name, version, _items), strict=True))
