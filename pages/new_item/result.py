"""Where a new item lands, in pictures: one function a part, each with the words that sum it up."""

from textwrap import shorten

import numpy as np
import pandas as pd
import streamlit as st

from pages.new_item import words
from pages.new_item.visit import Judged
from pages.shared import address
from pages.shared.drawing import PLAIN, ink, show_legend
from pages.shared.text import escape
from recsys.charts import new_item as charts
from recsys.charts import new_item_map
from recsys.charts.contributions import contribution_bar, score_parts, span
from recsys.new_item.landing import Landing
from recsys.store.workspace import Workspace

MAP = {
    "displaylogo": False,
    "modeBarButtons": [["pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
}
"""Buttons of the map: it can be walked on and saved."""

SHOWN = 10
"""Neighbours that are shown."""

FIRST = 6
"""Neighbours that are shown at first sight."""

DECADE = r"\d{3}0s"
"""Not predicted for an item whose year is known."""

SEGMENTS = 8
"""Segments that are drawn; the table has all."""


def show_duplicates(judged: Judged) -> None:
    """A warning that names what is all but the same."""
    opened, found = judged.opened, judged.landing
    if found.duplicates.empty:
        return
    named = opened.catalogue.items["title"]
    like = [
        f"{named[row]} ({', '.join(f'{side} {near:.2f}' for side, near in line.items())})"
        for row, line in found.duplicates.iterrows()
    ]
    nouns = opened.catalogue.about.get("nouns", "items")
    st.warning(
        escape(
            f"It is very near to {words.listed(like)}: at most 1 in 100 of the {nouns} here has"
            " another so near."
        ),
        title="This may be here already",
        icon=":material/content_copy:",
    )


def show_verdict(judged: Judged) -> None:
    """The three answers in words, and what had to be assumed."""
    opened, found = judged.opened, judged.landing
    about = opened.catalogue.about
    everyone = f"all {words.people(about)}"
    with st.container(border=True, key="new_item_verdict"):
        st.markdown("**:material/flight_land: Where it lands**")
        for line in (
            words.expected(found, about),
            words.best_segment(found, about),
            words.standing(found.ranks, found.n_candidates, everyone),
        ):
            st.markdown(escape(line))
    if line := words.assumed(found):
        st.caption(escape(line))


def show_attributes(judged: Judged) -> None:
    """What it is predicted to be, and which neighbours say so."""
    opened, found = judged.opened, judged.landing
    frame, named = found.attributes, opened.catalogue.items["title"]
    if found.item.year is not None:
        frame = frame[~frame["name"].str.fullmatch(DECADE)]
    if frame.empty:
        st.info("Nothing here is likely enough to be said.", title="No attributes")
        return
    title = words.reads_as(frame)
    st.markdown(f"##### {escape(title)}")
    for part, column in zip(_halves(frame), st.columns(2, gap="medium"), strict=False):
        with column:
            st.plotly_chart(
                charts.attributes(part, named),
                key=f"new_item_attributes_{part.index[0]}",
                config=PLAIN,
                alt=f"{title}: probability of each {', '.join(part['relation'].unique())}",
            )
    st.caption("Probability; what is likely enough to be said is solid, the rest pale.")
    with st.expander("Who says so?", icon=":material/groups:"):
        st.dataframe(
            frame.assign(
                probability=frame["probability"].round(2),
                neighbours=[[named[row] for row in rows] for rows in frame["neighbours"]],
            ),
            hide_index=True,
            height=360,
            column_order=["relation", "name", "probability", "neighbours"],
            column_config={
                "relation": st.column_config.TextColumn("What", width=70),
                "name": st.column_config.TextColumn("Name", width=110),
                "probability": st.column_config.NumberColumn("Chance", format="percent", width=70),
                "neighbours": st.column_config.ListColumn("Neighbours that have it"),
            },
            alt="Predicted attributes and the neighbours that have them",
        )


def _halves(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The relations in two columns of about one height, the first relation on the left."""
    lengths = {
        relation: len(charts.drawn(group)) + 1
        for relation, group in frame.groupby("relation", sort=False)
    }
    sides: list[list[str]] = [[], []]
    for relation in lengths:
        shorter = min(sides, key=lambda side: sum(lengths[each] for each in side))
        shorter.append(relation)
    return [frame[frame["relation"].isin(side)] for side in sides if side]


def show_neighbours(judged: Judged) -> None:
    """The nearest items: what their nearness is made of, and what they share with it."""
    opened, found = judged.opened, judged.landing
    named = opened.catalogue.items["title"]
    nearest = found.neighbours.head(SHOWN)
    if nearest.empty:
        return
    noun = opened.catalogue.about.get("noun", "item")
    st.markdown(f"##### {escape(f'The {noun} most like it is {named[nearest.index[0]]}')}")
    contributions = nearest.drop(columns=["rank", "score"])
    show_legend(contributions.columns)
    for place in range(min(FIRST, len(nearest))):
        _show_card(opened, found, contributions, place)
    if len(nearest) > FIRST:
        with st.expander(f"{len(nearest) - FIRST} more", icon=":material/expand_more:"):
            for place in range(FIRST, len(nearest)):
                _show_card(opened, found, contributions, place)


def _show_card(opened: Workspace, found: Landing, contributions: pd.DataFrame, place: int) -> None:
    item = opened.catalogue.items.loc[contributions.index[place]]
    year = "" if pd.isna(item["year"]) else f" ({item['year']})"
    with st.container(border=True, gap="xsmall", key=f"new_item_near_{place + 1}"):
        with st.container(horizontal=True, wrap=False, gap="small"):
            kinds = escape(" · ".join(item["categories"][:4]))
            st.markdown(
                f"**{place + 1}  {escape(item['title'])}**{year} :small[{kinds}]", width="stretch"
            )
            st.markdown(f"**{found.neighbours['score'].iloc[place]:.2f}**", width="content")
        st.plotly_chart(
            contribution_bar(contributions.iloc[place], score_parts(), span(contributions)),
            key=f"new_item_near_bar_{place}_{item['id']}",
            config=PLAIN,
            alt=f"What the likeness of {item['title']} is made of",
        )
        if place < len(found.because) and found.because[place]:
            st.caption(escape(shorten(found.because[place], 240, placeholder=" …")))


def show_audience(judged: Judged) -> None:
    """Who would like it: segments by lift."""
    opened, found = judged.opened, judged.landing
    about, frame = opened.catalogue.about, found.segments
    if frame.empty:
        return
    title = words.suits(found, about)
    st.markdown(f"##### {escape(title)}")
    st.plotly_chart(
        charts.segments(frame.head(SEGMENTS)), key="new_item_segments", config=PLAIN, alt=title
    )
    st.caption(
        f"× is how many times the average {escape(about.get('noun', 'item'))}, then how many of"
        f" the group would like it. {escape(words.expected(found, about))}"
    )
    with st.expander(f"All {len(frame)} groups", icon=":material/groups:"):
        st.dataframe(
            frame[["name", "users", "expected", "rate", "lift"]].round({"rate": 3}),
            hide_index=True,
            height=360,
            column_config={
                "name": st.column_config.TextColumn("Group", width=150),
                "users": st.column_config.NumberColumn("People", format="localized", width=60),
                "expected": st.column_config.NumberColumn("Would", format="%.1f", width=60),
                "rate": st.column_config.NumberColumn("Share", format="percent", width=60),
                "lift": st.column_config.NumberColumn("Lift", format="×%.2f", width=60),
            },
            alt="Every group, and how many of it would like the new item",
        )


def show_places(judged: Judged) -> None:
    """Where it would stand in people's lists: everybody's, or those of one segment."""
    opened, found = judged.opened, judged.landing
    about, state = opened.catalogue.about, st.session_state
    named = found.segments["name"].to_dict()
    numbers = {name: number for number, name in named.items()}
    if state.get("new_item_here_segment") not in named:
        state["new_item_here_segment"] = numbers.get(address.name("segment", numbers, None))
    heading = st.container()
    chosen = st.selectbox(
        "In whose lists?",
        list(named),
        key="new_item_here_segment",
        format_func=named.__getitem__,
        placeholder="Everybody's",
        persist_state="session",
    )
    mine = found.ranks if chosen is None else found.ranks[found.segment_of == chosen]
    if not len(mine):
        st.info("Nobody is in this group.")
        return
    who = f"all {words.people(about)}" if chosen is None else f"the group “{named[chosen]}”"
    title = words.standing(mine, found.n_candidates, who)
    heading.markdown(f"##### {escape(title)}")
    st.plotly_chart(
        charts.places(mine, found.ranks, found.n_candidates, who),
        key="new_item_places",
        config=PLAIN,
        alt=title,
    )
    dotted = "" if chosen is None else " The dotted line is everybody."
    st.caption(
        f"Its place among the {escape(about.get('nouns', 'items'))} that a person does not like"
        f" yet, up to {found.n_candidates:,}, by how likely they are to like them.{dotted}"
    )


def segment_in_address(judged: Judged) -> dict[str, address.Value]:
    """What the address should say of the group whose lists are looked at."""
    chosen = st.session_state.get("new_item_here_segment")
    if chosen is None:
        return {}
    return {"segment": str(judged.landing.segments["name"].get(chosen, ""))}


def show_gap(judged: Judged) -> None:
    """Whether it fills a gap, in words."""
    catalogue, found = judged.opened.catalogue, judged.landing
    # By meaning: the first neighbour is the nearest from all sides together.
    nearest = catalogue.items["title"][found.neighbours["content"].idxmax()]
    st.markdown(f"##### {escape(words.gap(found, catalogue.about, nearest))}")
    nouns, category = (
        escape(catalogue.about.get(key, usual))
        for key, usual in (("nouns", "items"), ("category", "category"))
    )
    st.caption(
        f"Each dot of the map is one of the {nouns}; near on it is about near in meaning."
        f" Coloured by {category}: the first of each that is among the most used."
    )


def show_map(judged: Judged) -> None:
    """Where it falls among what is here."""
    catalogue, found = judged.opened.catalogue, judged.landing
    named = catalogue.items["title"]
    st.plotly_chart(
        new_item_map.landscape(
            judged.new_items.points,
            new_item_map.topics(catalogue.items["categories"], catalogue.categories),
            named,
            found.neighbours.index[:SHOWN].tolist(),
            np.asarray(found.point),
            ink(),
        ),
        key="new_item_map",
        config=MAP,
        alt="The map of the catalogue with the new one on it",
    )
