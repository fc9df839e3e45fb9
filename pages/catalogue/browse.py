"""Browsing a catalogue: search, filter, sort, page, and one item in full."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.catalogue.counts import counted
from pages.shared import address, nodes
from pages.shared.text import escape
from recsys.store import browse
from recsys.store.browse import Counts
from recsys.store.workspace import Workspace

ORDERS = {"title": "Title", "year": "Newest", "likes": "Most liked"}
"""Order -> what a visitor calls it."""


def show_browse(opened: Workspace, counts: Counts) -> None:
    """The search and what it finds, a page at a time, beside the item that was chosen."""
    categories = counted(opened, browse.categories)["name"].tolist()
    dated = not counted(opened, browse.years)[0].empty
    offered = _orders(dated, counts)
    _set(opened, categories, offered)
    search, category, order = _show_search(opened, categories, offered)
    matches = browse.found(opened.catalogue, search, category)
    about = opened.catalogue.about
    if not matches:
        st.info(
            f"Try fewer words, or any {about.get('category', 'category')}.",
            title=f"No {about.get('nouns', 'items')} match",
            icon=":material/search_off:",
        )
        return
    pages = -(-matches // browse.PAGE)
    page = min(st.session_state.get(_key(opened, "page"), 1), pages)
    listed = browse.listing(opened.catalogue, search, category, order, page)
    there = {
        "title": True,
        "year": dated,
        "likes": bool(counts.interactions),
        "categories": bool(categories),
    }
    columns = [name for name, known in there.items() if known]
    left, right = st.columns([3, 2], gap="large")
    with left:
        place = _show_table(opened, listed[columns], f"page {page} of {pages}")
        _show_pages(opened, page, len(listed), matches)
    with right:
        line = listed.iloc[place]
        _show_item(opened, int(line.name), int(line["likes"]) if counts.interactions else None)


def browse_in_address(opened: Workspace) -> dict[str, address.Value]:
    """What the address should say of the search."""
    state = st.session_state
    return {"in": state.get(_key(opened, "in")), "order": state.get(_key(opened, "order"))}


def _orders(dated: bool, counts: Counts) -> list[str]:
    """The orders that this catalogue has."""
    there = {"year": dated, "likes": bool(counts.interactions)}
    return [order for order in ORDERS if there.get(order, True)]


def _key(opened: Workspace, part: str) -> str:
    """The key of a part of the search, which is another one in every workspace."""
    return f"catalogue_{part}_{opened.name}"


def _set(opened: Workspace, categories: list[str], offered: list[str]) -> None:
    """Puts into the visit what the address says of the search, where the visit has nothing."""
    state = st.session_state
    state.setdefault(_key(opened, "in"), address.name("in", categories, None))
    state.setdefault(_key(opened, "order"), address.name("order", offered, "title"))


def _show_search(
    opened: Workspace, categories: list[str], offered: list[str]
) -> tuple[str, str | None, str]:
    """The controls; returns the words searched for, the category, and the order."""
    kind = escape(opened.catalogue.about.get("category", "category"))
    find, within, order = st.columns([3, 2, 2])
    search = find.text_input(
        "Search",
        key=_key(opened, "find"),
        placeholder="Words of the title or the text",
        help="Every word must be there; a part of one will do, and titles need no accents.",
        icon=":material/search:",
        on_change=_from_page_one,
        args=(opened,),
        persist_state="session",
    )
    category = within.selectbox(
        kind.capitalize(),
        categories,
        key=_key(opened, "in"),
        placeholder="Any",
        disabled=not categories,
        on_change=_from_page_one,
        args=(opened,),
        persist_state="session",
    )
    by = order.segmented_control(
        "Sorted by",
        offered,
        format_func=ORDERS.__getitem__,
        required=True,
        key=_key(opened, "order"),
        on_change=_from_page_one,
        args=(opened,),
        persist_state="session",
    )
    return search, category, by or "title"


def _from_page_one(opened: Workspace) -> None:
    st.session_state[_key(opened, "page")] = 1


def _show_table(opened: Workspace, shown: pd.DataFrame, where: str) -> int:
    """The items found; returns the place of the one that is chosen."""
    about = opened.catalogue.about
    nouns, kind = about.get("nouns", "items"), about.get("category", "category")
    table: Any = st.dataframe(
        shown,
        hide_index=True,
        height="content",
        key=_key(opened, "rows"),
        on_select="rerun",
        selection_mode="single-row-required",
        column_config={
            "title": st.column_config.TextColumn("Title", width="medium"),
            "year": st.column_config.NumberColumn("Year", format="%d", width=60),
            "categories": st.column_config.ListColumn(kind.capitalize()),
            "likes": st.column_config.NumberColumn("Likes", format="localized", width=60),
        },
        alt=f"{nouns.capitalize()} found, {where}",
    )
    chosen = [row for row in table["selection"]["rows"] if row < len(shown)]
    return int(chosen[0]) if chosen else 0


def _show_pages(opened: Workspace, page: int, shown: int, matches: int) -> None:
    nouns = escape(opened.catalogue.about.get("nouns", "items"))
    first = (page - 1) * browse.PAGE + 1
    last = first + shown - 1
    pages = -(-matches // browse.PAGE)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.caption(f"{first:,} to {last:,} of {matches:,} {nouns}", width="content")
        if pages > 1:
            st.pagination(pages, key=_key(opened, "page"), persist_state="session")


def _show_item(opened: Workspace, row: int, likes: int | None) -> None:
    """One item in full; ``likes`` is None where nobody has liked anything."""
    item = browse.item(opened.catalogue, row)
    with st.container(border=True, key="catalogue_item"):
        year = "" if item.year is None else f" ({item.year})"
        st.markdown(f"#### {escape(item.title)}{year}")
        if item.categories:
            st.markdown(" ".join(f":gray-badge[{escape(name)}]" for name in item.categories))
        if item.text:
            st.markdown(escape(item.text))
        else:
            st.caption("Without a text: its name, kinds and facts stand for it.")
        facts = [
            f":small[**{escape(label)}** {escape(', '.join(names))}]"
            for label, names in item.facts.items()
            if names
        ]
        st.markdown("  \n".join(facts))
        st.button(
            "Explore on Graph",
            key="catalogue_explore",
            type="tertiary",
            icon=":material/hub:",
            help="What ties it to others",
            on_click=nodes.ask,
            args=(nodes.called(opened, row),),
        )
        if likes is not None:
            st.caption(f"{likes:,} {'person likes' if likes == 1 else 'people like'} this.")
