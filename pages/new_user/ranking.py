"""A ranking on the page: one card an item, with the parts of its score and the reason."""

from itertools import cycle
from textwrap import shorten
from typing import Any

import pandas as pd
import streamlit as st

from pages.new_user.moves import UNMOVED, Moves
from pages.new_user.why import show_why
from pages.shared import taste
from pages.shared.copy_link import copy_link
from pages.shared.text import escape
from recsys.charts.contributions import COLOURS, contribution_bar, span
from recsys.ranking.engine import Engine, Recommendation, ranking_frame
from recsys.ranking.explain import sentence
from recsys.signals import signals

THUMBS = {
    "liked": (":material/thumb_up:", "Like"),
    "disliked": (":material/thumb_down:", "Dislike"),
    "seen": (":material/visibility_off:", "Already seen: do not show it again"),
}
"""List of the newcomer -> the icon and the words of the button that puts an item into it."""

TEXT = 300
"""Characters of a description that a card shows."""


def show_ranking(engine: Engine, result: Recommendation, moves: Moves = UNMOVED) -> None:
    """Notices, legend, cards with how each moved, and the signals that say nothing here."""
    titles = {name: module.TITLE for name, module in signals().items()} | {"diversity": "Variety"}
    for notice in result.notices:
        st.info(escape(notice), icon=":material/info:")
    shown = result.shown
    contributions = shown.drop(columns=["rank", "score"])
    legend = zip(cycle(COLOURS), contributions.columns, strict=False)
    st.markdown("  ".join(f":{colour}[■]\u00a0{titles[name]}" for colour, name in legend))
    across = span(contributions)
    items = engine.workspace.catalogue.items.loc[shown.index]
    for place, item in enumerate(items.itertuples()):
        line = shown.iloc[place]
        with st.container(border=True, gap="xsmall", key=f"card_{place + 1}"):
            with st.container(horizontal=True, wrap=False, gap="small"):
                head = f"**{line['rank']:.0f}  {escape(item.title)}** {_facts(item)}"
                st.markdown(head, width="stretch")
                show_thumbs(item.id)
                score = f"{_badge(moves, item.Index)}**{line['score']:.2f}**"
                st.markdown(score, width="content")
            st.plotly_chart(
                contribution_bar(contributions.iloc[place], titles, across),
                key=f"bar_{item.id}",
                config={"displayModeBar": False},
                alt=f"Parts of the score of {item.title}",
            )
            st.caption(escape(shorten(item.text, TEXT, placeholder=" …")))
            opened = st.session_state.get("why") == item.id
            with st.container(horizontal=True, wrap=False, gap="small"):
                st.markdown(f":small[{escape(sentence(result, place))}]", width="stretch")
                st.button(
                    "Close" if opened else "Why?",
                    key=f"why_{item.id}",
                    type="tertiary",
                    on_click=_open,
                    args=(None if opened else item.id,),
                )
            if opened:
                show_why(engine, result, int(item.Index), titles)
    silent = [titles[name] for name in result.scores if result.scores[name].isna().all()]
    if silent:
        st.caption(f"{' and '.join(silent)}: no opinion on this taste in this catalogue.")


def show_thumbs(id_: str, place: str = "") -> None:
    """Buttons that put the item into one of the newcomer's lists; ``place`` tells them apart."""
    for key, (icon, label) in THUMBS.items():
        st.button(
            icon,
            key=f"{place}{key}_{id_}",
            help=label,
            type="tertiary",
            on_click=taste.judge,
            args=(key, id_),
        )


def show_footer(engine: Engine, result: Recommendation) -> None:
    """What each step took and where, the table to keep, and the link."""
    took = " · ".join(f"{step} {ms:.1f} ms" for step, ms in result.took_ms.items())
    st.caption(f"{took} · {engine.encoder.name} on {engine.encoder.device_name}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download CSV",
            ranking_frame(engine.workspace, result.shown).to_csv(index=False),
            file_name=f"thaw-{engine.workspace.name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        copy_link()
        st.checkbox(
            "The link includes the taste, likes and dislikes",
            key="shared",
            persist_state="session",
            help="Without it the link reopens the settings only; what was typed stays here.",
        )


def _open(id_: str | None) -> None:
    st.session_state["why"] = id_


def _badge(moves: Moves, row: int) -> str:
    if row not in moves.places:
        return ""
    places = moves.places[row]
    if places is None:
        return ":blue-badge[new] "
    if not places:
        return ""
    return f":green-badge[▲{places}] " if places > 0 else f":red-badge[▼{-places}] "


def _facts(item: Any) -> str:
    year = "" if pd.isna(item.year) else f"({item.year})"
    names = dict.fromkeys([*item.categories, *(group[0] for group in item.facts.values())])
    return f"{year} :small[{escape(' · '.join(names))}]"
