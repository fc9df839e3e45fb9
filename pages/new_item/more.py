"""What is on demand below the first screen: one tab is drawn at a time."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.new_item import publish, result, versions
from pages.new_item.bulk import show_bulk
from pages.new_item.export import show_exports
from pages.new_item.neighbours import show_neighbours
from pages.new_item.quality import show_quality
from pages.new_item.suggested import show_suggested
from pages.new_item.visit import Judged
from recsys.new_item.judge import NewItems
from recsys.new_item.landing import NEIGHBOURS, Changes
from recsys.store.workspace import Workspace


def show_more(
    opened: Workspace, new_items: NewItems | None, judged: Judged | None, moved: Changes | None
) -> None:
    """A tab for each part that there is something to say of."""
    parts: dict[str, Callable[[], None]] = {}
    if judged and moved is not None:
        parts["What moved"] = partial(versions.show_moved, judged, moved)
    if judged:
        parts |= {
            "In words": partial(_show_words, judged),
            "Who says so": partial(result.show_attributes, judged),
            "Suggested facts": partial(show_suggested, judged),
            "All groups": partial(result.show_audience, judged),
            "All places": partial(result.show_places, judged),
            "The map": partial(result.show_map, judged),
            "Ten nearest": partial(show_neighbours, judged, NEIGHBOURS),
            "Keep it": partial(show_exports, judged),
        }
    if new_items:
        parts["Many at once"] = partial(show_bulk, opened, new_items)
    if count := len(opened.catalogue.published):
        parts[f"Published here: {count:,}"] = partial(publish.show_published, opened)
    if not parts:
        return
    tabs = st.tabs(list(parts), key="new_item_here_tab", on_change="rerun")
    for tab, show in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                show()


def _show_words(judged: Judged) -> None:
    result.show_words(judged)
    show_quality()
