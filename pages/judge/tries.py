"""Tries: strategies that were measured on the set and kept, each with its figure and a way back."""

from functools import partial

import streamlit as st

from pages.shared import strategies
from pages.shared.progress import advance
from pages.shared.strategy import VISIT, put_strategy, standing_strategy
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.ranking.engine import Engine
from recsys.ranking.judging import measure
from recsys.store.judged import of_table
from recsys.store.judgements import Judgements, Try

SHOWN = 6
"""So many tries are shown, the latest, until all are asked for."""


def show_tries(engine: Engine, name: str) -> None:
    """A button that measures the visitor's own strategy, and all that was kept before."""
    own = standing_strategy()
    st.markdown(f"Now on New user: **{escape(strategies.summary(own))}**")
    with st.container(horizontal=True):
        asked = st.button(
            "Measure and keep",
            key="judge_measure",
            type="primary",
            icon=":material/speed:",
            help="Ranks the tastes of the set, and keeps the strategy here with its figure.",
        )
        st.page_link("pages/compare/page.py", label="Find the best weights on Compare")
    if asked:
        _measure(engine, name)
    found = Judgements(engine.workspace.name).tries(name)
    if not found:
        st.markdown(":small[Nothing was tried on this set yet.]")
        return
    best = max(found, key=lambda each: each.figures.ndcg)
    everything = len(found) <= SHOWN or st.toggle(f"All {len(found)}", key="judge_here_all_tries")
    for each in found if everything else found[:SHOWN]:
        _show(each, engine.workspace.name, each.number == best.number)
    st.markdown(
        ":small[Figures of one set can be compared while its judgements are the same. A strategy"
        " that was chosen by a figure does worse elsewhere, unless the tastes were held out.]"
    )


def _measure(engine: Engine, name: str) -> None:
    kept = Judgements(engine.workspace.name)
    bar = st.progress(0.0, "Reading the tastes")
    try:
        judged = of_table(engine.workspace.catalogue, name, kept.table(name))
        if not judged.useful:
            st.warning("Nothing in this set is worth anything yet: grade some above 0.")
            return
        own = standing_strategy()
        kept.keep_try(name, own, measure(engine, judged, own, partial(advance, bar)))
    except ThawError as error:
        st.error(escape(str(error)), title="That try was not kept")
    finally:
        bar.empty()


def _show(each: Try, workspace: str, best: bool) -> None:
    figures = each.figures
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        key=f"judge_try_{each.number}",
        gap="small",
    ):
        mark = " :green-badge[best]" if best else ""
        how = f" · {escape(figures.how)}" if figures.how else ""
        st.markdown(
            f"**{figures.ndcg:.3f}**{mark} {escape(strategies.summary(each.strategy))}  \n"
            f":small[{figures.tastes} tastes, {figures.judgements:,} judgements,"
            f" {figures.unjudged:.0%} of the top tens unjudged{how} ·"
            f" {each.made:%-d %b %H:%M} UTC]",
            width="stretch",
        )
        st.button(
            "Go back",
            key=f"judge_back_{each.number}",
            help="Makes it the strategy of New user, and puts it on Compare",
            on_click=_go_back,
            args=(each,),
        )
        st.button(
            "",
            key=f"judge_drop_{each.number}",
            icon=":material/close:",
            type="tertiary",
            help=f"Forget the try of {figures.ndcg:.3f}",
            on_click=Judgements(workspace).drop_try,
            args=(each.number,),
        )


def _go_back(each: Try) -> None:
    """Makes the strategy of a try the visitor's own; for callbacks."""
    put_strategy(VISIT, each.strategy)
    st.toast("It is your strategy again, on every page.", icon=":material/history:")
