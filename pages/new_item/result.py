"""Where a new item lands, at length: one function a part, for whoever asks for more."""

import numpy as np
import pandas as pd
import streamlit as st

from pages.new_item import words
from pages.new_item.visit import Judged
from pages.shared import address
from pages.shared.drawing import PLAIN, ink
from pages.shared.text import escape
from recsys.charts import new_item as charts
from recsys.charts import new_item_map
from recsys.charts.landscape import topics
from recsys.charts.new_item_places import places

MAP = {
    "displaylogo": False,
    "modeBarButtons": [["pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
}
"""Buttons of the map: it can be walked on and saved."""

SHOWN = 10
"""Neighbours that are ringed on the map."""

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


def show_unread(judged: Judged) -> None:
    """How much of a long text was left out."""
    unread = judged.landing.unread
    if unread:
        st.caption(
            f"The text is long: the sentences that tell most are read by meaning, and {unread:,}"
            " others are not."
        )


def show_words(judged: Judged) -> None:
    """The answers in sentences, what had to be assumed, and how the map is to be read."""
    opened, found = judged.opened, judged.landing
    about = opened.catalogue.about
    everyone = f"all {words.people(about)}"
    with st.container(gap="xsmall", key="new_item_verdict"):
        for line in (
            words.reads_as(judged.attributes) + ".",
            words.expected(found, about),
            words.best_segment(found, about),
            words.standing(found.ranks, found.candidates, found.n_candidates, everyone),
            words.gap(found, about),
            words.assumed(found),
        ):
            st.markdown(escape(line))


def show_attributes(judged: Judged) -> None:
    """What it is predicted to be, and which neighbours say so."""
    frame, named = judged.attributes, judged.opened.catalogue.items["title"]
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
    st.markdown(
        "Solid is what is likely (50 % or more, beyond the dotted line) or said in the text's own"
        " words; paler what is perhaps so, from where each heading says: each kind has the"
        " threshold that was right most often on what is here. A country that the text does not"
        " name is never more than perhaps."
    )
    st.dataframe(
        frame.assign(
            said=frame["named"].map({True: "yes", False: ""}),
            probability=frame["probability"].round(2),
            neighbours=[[named[row] for row in rows] for rows in frame["neighbours"]],
        ),
        hide_index=True,
        height=360,
        column_order=["relation", "name", "probability", "threshold", "said", "neighbours"],
        column_config={
            "relation": st.column_config.TextColumn("What", width=70),
            "name": st.column_config.TextColumn("Name", width=110),
            "probability": st.column_config.NumberColumn("Chance", format="percent", width=70),
            "threshold": st.column_config.NumberColumn("Perhaps from", format="percent", width=90),
            "said": st.column_config.TextColumn("In its words", width=90),
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
        " the group would like it; the thin line is the 80 % interval, where all likes together"
        f" are at the ends of theirs. {escape(words.expected(found, about))}"
    )
    columns = ["name", "users", "expected", "rate", "low", "high", "lift"]
    st.dataframe(
        frame[columns].round({"rate": 3, "low": 3, "high": 3}),
        hide_index=True,
        height=360,
        column_config={
            "name": st.column_config.TextColumn("Group", width=150),
            "users": st.column_config.NumberColumn("People", format="localized", width=60),
            "expected": st.column_config.NumberColumn("Would", format="%.1f", width=60),
            "rate": st.column_config.NumberColumn("Share", format="percent", width=60),
            "low": st.column_config.NumberColumn("From", format="percent", width=60),
            "high": st.column_config.NumberColumn("To", format="percent", width=60),
            "lift": st.column_config.NumberColumn("Lift", format="×%.2f", width=60),
        },
        alt=f"All {len(frame)} groups, and how many of each would like the new item",
    )


def set_segment(judged: Judged) -> None:
    """Puts into the visit whose lists the address asks for, though they are not on show yet."""
    state, named = st.session_state, judged.landing.segments["name"].to_dict()
    numbers = {name: number for number, name in named.items()}
    if state.get("new_item_here_segment") not in named:
        state["new_item_here_segment"] = numbers.get(address.name("segment", numbers, None))


def show_places(judged: Judged) -> None:
    """Where it would stand in people's lists: everybody's, or those of one segment."""
    opened, found = judged.opened, judged.landing
    about, named = opened.catalogue.about, found.segments["name"].to_dict()
    heading = st.container()
    chosen = st.selectbox(
        "In whose lists?",
        list(named),
        key="new_item_here_segment",
        format_func=named.__getitem__,
        placeholder="Everybody's",
        persist_state="session",
    )
    members = np.full(len(found.ranks), True) if chosen is None else found.segment_of == chosen
    mine, beside = found.ranks[members], found.candidates[members]
    if not len(mine):
        st.info("Nobody is in this group.")
        return
    who = f"all {words.people(about)}" if chosen is None else f"the group “{named[chosen]}”"
    title = words.standing(mine, beside, found.n_candidates, who)
    heading.markdown(f"##### {escape(title)}")
    st.plotly_chart(
        places(mine, found.ranks, beside, found.n_candidates, who),
        key="new_item_places",
        config=PLAIN,
        alt=title,
    )
    st.caption(
        f"Its place among the {escape(about.get('nouns', 'items'))} that a person does not like"
        f" yet, up to {found.n_candidates:,}, by how likely they are to like them. Each bar is as"
        " wide as the next on a scale of times, and the dashed line is what chance would give it."
    )


def segment_in_address(judged: Judged) -> dict[str, address.Value]:
    """What the address should say of the group whose lists are looked at."""
    chosen = st.session_state.get("new_item_here_segment")
    if chosen is None:
        return {}
    return {"segment": str(judged.landing.segments["name"].get(chosen, ""))}


def show_map(judged: Judged) -> None:
    """Where it falls among what is here."""
    catalogue, found = judged.opened.catalogue, judged.landing
    named = catalogue.items["title"]
    st.plotly_chart(
        new_item_map.landscape(
            judged.new_items.points,
            topics(catalogue.items["categories"], catalogue.categories),
            named,
            found.neighbours.index[:SHOWN].tolist(),
            np.asarray(found.point),
            ink(),
        ),
        key="new_item_large_map",
        config=MAP,
        alt="The map of the catalogue with the new one on it, coloured",
    )
    nouns, category = (
        escape(catalogue.about.get(key, usual))
        for key, usual in (("nouns", "items"), ("category", "category"))
    )
    st.caption(
        f"Each dot is one of the {nouns}; near on the map is about near in meaning. The new one"
        " stands amid its nearest, all sides together. Coloured by"
        f" {category}: the first of each that is among the most used."
    )
