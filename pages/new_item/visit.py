"""Landings of this visit: the last few are kept, since a page runs again at every click."""

from dataclasses import dataclass
from time import perf_counter

import pandas as pd
import streamlit as st

from recsys.datatypes import NewItem
from recsys.new_item.judge import NewItems
from recsys.new_item.landing import Landing
from recsys.store.workspace import Workspace

DECADE = r"\d{3}0s"
"""Not predicted for an item whose year is known."""

KEPT = 3
"""The one on the page, the version it is compared with, and the one before."""


@dataclass(frozen=True, eq=False)
class Judged:
    """A landing, the catalogue in which it lands, and the milliseconds that judging it took."""

    opened: Workspace
    new_items: NewItems
    landing: Landing
    took_ms: float

    @property
    def attributes(self) -> pd.DataFrame:
        """Those that are a question: no decade where the year is given."""
        frame = self.landing.attributes
        if self.landing.item.year is None:
            return frame
        return frame[~frame["name"].str.fullmatch(DECADE)]


@dataclass(frozen=True, eq=False)
class Published:
    """What the last click on Publish came to: the id, the item, and how it was judged then."""

    id: str
    item: NewItem
    judged: Judged | None


def judge(opened: Workspace, new_items: NewItems, item: NewItem) -> Judged:
    """Where ``item`` lands; once it is published, where it landed: it does not collide with itself.

    Raises as ``NewItems.describe`` does.
    """
    done: Published | None = st.session_state.get("new_item_here_published")
    if done and done.judged and done.item == item:
        return done.judged
    kept: list[Judged] = st.session_state.get("new_item_here_landings", [])
    here = (each for each in kept if each.opened is opened and each.landing.item == item)
    found = next(here, None)
    if found is None:
        start = perf_counter()
        landing = new_items.describe(item)
        found = Judged(opened, new_items, landing, (perf_counter() - start) * 1e3)
    others = [each for each in kept if each is not found]
    st.session_state["new_item_here_landings"] = [found, *others][:KEPT]
    return found
