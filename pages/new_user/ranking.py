"""A ranking on the page: one card an item, with the parts of its score and the reason."""

from textwrap import shorten
from typing import Any

import pandas as pd
import streamlit as st

from pages.new_user.moves import UNMOVED, Moves
from pages.new_user.why import show_why
from pages.shared import taste
from pages.shared.copy_link import copy_link
from pages.shared.drawing import PLAIN, show_legend
from pages.shared.text import escape
from recsys.charts.contributions import contribution_bar, score_parts, span
from recsys.ranking.engine import Engine, Recommendation, ranking_frame
from recsys.ranking.explain import sentence

THUMBS = {
    "liked": (":material/thumb_up:", "Like"),
    "disliked": (":material/thumb_down:", "Dislike"),
    "seen": (":material/visibility_off:", "Already seen: do not show it again"),
}
"""List of the newcomer -> the icon and the words of the button that puts an item into it."""

WHY = "new_user_here_why"
"""Key in the visit of the id of the item whose place is explained in full."""

CLOSE = 0.5
"""From this fit on an item is close to what was turned down."""

TEXT = 300
"""Characters of a description that a card shows."""


def show_ranking(engine: Engine, result: Recommendation, moves: Moves = UNMOVED) -> None:
    """Notices, legend, cards with how each moved, and the signals that say nothing here."""
    parts = score_parts()
    for notice in result.notices:
        st.info(escape(notice), icon=":material/info:")
    contributions = result.shown.drop(columns=["rank", "score"])
    show_legend(contributions.columns)
    across = span(contributions)
    items = engine.workspace.catalogue.items.loc[result.shown.index]
    for place, item in enumerate(items.itertuples()):
        with st.container(border=True, gap="xsmall", key=f"new_user_card_{place + 1}"):
            _show_head(item, result.shown.iloc[place], _badge(moves, item.Index))
            st.plotly_chart(
                contribution_bar(contributions.iloc[place], parts, across),
                key=f"new_user_bar_{item.id}",
                config=PLAIN,
                alt=f"Parts of the score of {item.title}",
            )
            st.caption(escape(shorten(item.text, TEXT, placeholder=" …")))
            _show_warnings(result, item.Index)
            _show_reason(engine, result, place, item.id)
    silent = [parts[name].title for name in result.scores if result.scores[name].isna().all()]
    if silent:
        st.caption(f"{' and '.join(silent)}: no opinion on this taste in this catalogue.")


def show_thumbs(id_: str, place: str = "") -> None:
    """Buttons that put the item into one of the newcomer's lists; ``place`` tells them apart."""
    for name, (icon, label) in THUMBS.items():
        st.button(
            icon,
            key=f"new_user_{place}{name}_{id_}",
            help=label,
            type="tertiary",
            on_click=taste.judge,
            args=(name, id_),
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
            key="visit_shared",
            persist_state="session",
            help="Without it the link reopens the settings only; what was typed stays here.",
        )


def _show_head(item: Any, line: pd.Series, badge: str) -> None:
    """Rank, title and facts; the thumbs; how it moved, and its score."""
    with st.container(horizontal=True, wrap=False, gap="small"):
        head = f"**{line['rank']:.0f}  {escape(item.title)}** {_facts(item)}"
        st.markdown(head, width="stretch")
        show_thumbs(item.id)
        st.markdown(f"{badge}**{line['score']:.2f}**", width="content")


def _show_reason(engine: Engine, result: Recommendation, place: int, id_: str) -> None:
    """Why it stands there in one sentence, and everything behind that where it is asked for."""
    is_open = st.session_state.get(WHY) == id_
    with st.container(horizontal=True, wrap=False, gap="small"):
        st.markdown(f":small[{escape(sentence(result, place))}]", width="stretch")
        st.button(
            "Close" if is_open else "Why?",
            key=f"new_user_explain_{id_}",
            type="tertiary",
            on_click=_open,
            args=(None if is_open else id_,),
        )
    if is_open:
        show_why(engine, result, place)


def _show_warnings(result: Recommendation, row: int) -> None:
    """What was turned down, and the item of ``row`` comes close to all the same."""
    for text in close_to(result, row):
        st.badge(
            f"close to ‘{escape(text)}’, which you turned down",
            icon=":material/warning:",
            color="orange",
        )


def close_to(result: Recommendation, row: int) -> list[str]:
    """The texts of the parts that are turned down and that the item of ``row`` fits."""
    turned = [part for part in result.understanding.parts if part.state == "not"]
    near = [part for part in turned if part.fit is not None and part.fit[row] >= CLOSE]
    return list(dict.fromkeys(part.intent.text for part in near))


def _open(id_: str | None) -> None:
    st.session_state[WHY] = id_


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
