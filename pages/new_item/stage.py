"""The first screen of a landing: four answers, three pictures, and the nearest."""

import numpy as np
import streamlit as st

from pages.new_item import words
from pages.new_item.neighbours import FIRST, show_neighbours
from pages.new_item.tiles import Tile, show_tiles
from pages.new_item.visit import Judged
from pages.shared.drawing import PLAIN, ink
from pages.shared.text import escape
from recsys.charts import new_item_map, new_item_pictures
from recsys.new_item.landing import Changes

PICTURE = 236
"""Height of a picture below its heading, in pixels."""


def show_stage(judged: Judged, moved: Changes | None) -> None:
    """Tiles, pictures, neighbours; ``moved`` since the version that is held, if one is."""
    with st.container(gap="xsmall", key="new_item_stage"):
        show_tiles(tiles(judged, moved))
        what, who, where = st.columns(3, gap="small")
        with what.container(gap=None, key="new_item_what"):
            _show_what(judged)
        with who.container(gap=None, key="new_item_who"):
            _show_who(judged)
        with where.container(gap=None, key="new_item_where"):
            _show_where(judged)
        with st.container(gap=None, key="new_item_nearest"):
            show_neighbours(judged, FIRST)


def tiles(judged: Judged, moved: Changes | None) -> list[Tile]:
    """The four answers."""
    found, about = judged.landing, judged.opened.catalogue.about
    people, nouns = words.people(about), about.get("nouns", "items")
    likes, n = found.likes, words.number
    now = f"80 %: {n(likes.low)} to {n(likes.high)}"
    if moved is not None:
        now = f"{words.difference(moved.likes, moved.low, moved.high)} since held"
    found_tiles = [
        Tile(
            f"Likes, of {likes.users:,} {'simulated' if about.get('simulated') else 'people'}",
            f"about {n(likes.expected)}",
            now,
            words.expected(found, about),
        )
    ]
    if len(found.segments):
        best = found.segments.iloc[0]
        share = f"{best['rate']:.0%} [{100 * best['low']:.0f} to {100 * best['high']:.0f}]"
        beside = f"{share} · ×{best['lift']:.1f}"
        found_tiles.append(
            Tile("Suits most", best["name"], beside, words.best_segment(found, about))
        )
    first, chance = (found.ranks <= words.TOP).mean(), words.by_chance(found.candidates)
    everyone = words.standing(found.ranks, found.candidates, found.n_candidates, f"all {people}")
    return [
        *found_tiles,
        Tile(
            "Gap in the catalogue",
            words.verdict(found),
            f"{found.novelty_percentile:.0%} of {nouns} less apart",
            words.gap(found, about),
        ),
        Tile(f"In the first {words.TOP} for", f"{first:.1%}", f"by chance {chance:.1%}", everyone),
    ]


def _show_what(judged: Judged) -> None:
    frame = judged.attributes
    st.markdown("**What it is** :small[” in its words; solid: likely]")
    if new_item_pictures.chosen(frame).empty:
        st.markdown(":small[Nothing here is likely enough to be said.]")
        return
    st.plotly_chart(
        new_item_pictures.attributes_in_small(frame, PICTURE, ink()),
        key="new_item_what_bars",
        config=PLAIN,
        alt=words.reads_as(frame),
    )


def _show_who(judged: Judged) -> None:
    found, about = judged.landing, judged.opened.catalogue.about
    st.markdown("**Who would like it** :small[share · × the average]")
    if found.segments.empty:
        st.markdown(":small[Nobody is grouped here.]")
        return
    st.plotly_chart(
        new_item_pictures.segments_in_small(found.segments, PICTURE, ink()),
        key="new_item_who_bars",
        config=PLAIN,
        alt=words.suits(found, about),
    )


def _show_where(judged: Judged) -> None:
    catalogue, found = judged.opened.catalogue, judged.landing
    noun = escape(catalogue.about.get("noun", "item"))
    st.markdown(f"**Where** :small[★ this {noun}, amid its nearest ○]")
    st.plotly_chart(
        new_item_map.landscape_in_small(
            judged.new_items.points,
            catalogue.items["title"],
            found.neighbours.index[:FIRST].tolist(),
            np.asarray(found.point),
            ink(),
            PICTURE,
        ),
        key="new_item_map",
        config=PLAIN,
        alt="The map of the catalogue with the new one on it",
    )
