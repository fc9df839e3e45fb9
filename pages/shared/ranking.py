"""A ranking on the page: one card an item, with the parts of its score and the reason."""

from itertools import cycle
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.copy_link import copy_link
from pages.shared.text import escape
from recsys.charts import COLOURS, contribution_bar, span
from recsys.engine import Engine, Recommendation, result_frame
from recsys.explain import sentence
from recsys.signals import signals


def show_ranking(engine: Engine, result: Recommendation) -> None:
    """Legend, cards, and the signals that say nothing here."""
    titles = {name: module.TITLE for name, module in signals().items()}
    st.markdown("  ".join(f":{c}[■] {t}" for c, t in zip(cycle(COLOURS), titles.values())))
    shown = result.shown
    contributions = shown.drop(columns=["rank", "score"])
    across = span(contributions)
    items = engine.workspace.catalogue.items.loc[shown.index]
    for place, item in enumerate(items.itertuples()):
        line = shown.iloc[place]
        with st.container(border=True, gap="xsmall", key=f"card_{place + 1}"):
            with st.container(horizontal=True, wrap=False, gap="small"):
                head = f"**{line['rank']:.0f}  {escape(item.title)}** {_facts(item)}"
                st.markdown(head, width="stretch")
                for key, icon, label in _THUMBS:
                    st.button(
                        icon,
                        key=f"{key}_{item.id}",
                        help=label,
                        type="tertiary",
                        on_click=_judge,
                        args=(key, item.id),
                    )
                st.markdown(f"**{line['score']:.2f}**", width="content")
            st.plotly_chart(
                contribution_bar(contributions.iloc[place], titles, across),
                key=f"bar_{item.id}",
                config={"displayModeBar": False},
                alt=f"Parts of the score of {item.title}",
            )
            st.caption(escape(item.text))
            st.markdown(f":small[{escape(sentence(result, place))}]")
    silent = [titles[name] for name in result.scores if result.scores[name].isna().all()]
    if silent:
        st.caption(f"{' and '.join(silent)}: no opinion on this taste in this catalogue.")


def show_footer(engine: Engine, result: Recommendation) -> None:
    """What each step took and where, the table to keep, and the link."""
    took = " · ".join(f"{step} {ms:.1f} ms" for step, ms in result.took_ms.items())
    st.caption(f"{took} · {engine.encoder.name} on {engine.encoder.device_name}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download CSV",
            result_frame(engine.workspace, result).to_csv(index=False),
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


_THUMBS = (
    ("liked", ":material/thumb_up:", "Like"),
    ("disliked", ":material/thumb_down:", "Dislike"),
)


def _judge(key: str, id_: str) -> None:
    st.session_state[key] = [*st.session_state.get(key, []), id_]


def _facts(item: Any) -> str:
    year = "" if pd.isna(item.year) else f"({item.year})"
    names = dict.fromkeys([*item.categories, *(group[0] for group in item.facts.values())])
    return f"{year} :small[{escape(' · '.join(names))}]"
