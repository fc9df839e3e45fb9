"""Find the best weights: a search on judged tastes, and what is left of it on others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from pages.shared import judged as judged_tastes
from pages.shared import strategies
from pages.shared.progress import advance
from pages.shared.text import escape
from recsys.datatypes import Strategy
from recsys.errors import ThawError
from recsys.fusion import fusions
from recsys.metrics.statistics import interval
from recsys.models import gate
from recsys.ranking import best_weights, judging
from recsys.ranking.best_weights import FOLDS, Search
from recsys.ranking.engine import Engine
from recsys.ranking.sweep import JudgedQuery
from recsys.signals import signals
from recsys.store.judgements import Judgements

FOUND = "compare_here_best"
"""Key in the visit of what the last search has found."""

COUNTS = (50, 200, 1000)
"""How many settings can be tried."""

LEARNS = "attention"
"""The fusion that learns from judged tastes itself."""

CLEAR = 0.05
"""A gain whose p value is below is called clear."""


@dataclass(frozen=True, eq=False)
class Found:
    """What a search has found, of which tastes, and what it left out."""

    search: Search
    fingerprint: str
    left_out: tuple[str, ...]


def show_best(engine: Engine, start: Strategy, queries: Sequence[JudgedQuery]) -> None:
    """How many settings to try, the button, and what the last search of these tastes has found."""
    st.markdown("**Find the best weights**")
    st.session_state.setdefault("compare_here_count", COUNTS[1])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        count = st.segmented_control(
            "Settings to try", COUNTS, key="compare_here_count", required=True
        )
        asked = st.button("Search", key="compare_search", type="primary", icon=":material/search:")
    judged = judged_tastes.chosen(engine.workspace)
    if asked:
        _search(engine, start, queries, int(count or COUNTS[1]), judged.fingerprint)
    found = st.session_state.get(FOUND)
    if found is None or found.fingerprint != judged.fingerprint:
        st.markdown(
            ":small[Tries strategies, scales and weights at random, and reports what the winners"
            " reach on tastes that had no say in choosing them.]"
        )
        return
    _show_found(engine, found, judged.name)


def _search(
    engine: Engine,
    start: Strategy,
    queries: Sequence[JudgedQuery],
    count: int,
    fingerprint: str,
) -> None:
    bar = st.progress(0.0, "Weighing")
    st.button("Stop", key="compare_stop", icon=":material/stop:")  # any press begins anew
    names, left_out = _fusions(engine)
    try:
        found = best_weights.search(
            engine, queries, start, count, names, progress=partial(advance, bar)
        )
    except ThawError as error:
        bar.empty()
        st.warning(escape(str(error)))
        return
    st.session_state[FOUND] = Found(found, fingerprint, left_out)
    st.rerun()


def _fusions(engine: Engine) -> tuple[list[str], tuple[str, ...]]:
    """The fusions to try; and those left out, with the reason."""
    names = list(fusions())
    arrays = engine.workspace.models.get(fusions()[LEARNS].MODEL)
    if arrays is None:
        reason = "is not trained, and does what the weighted sum does"
    else:
        name = judged_tastes.chosen_name(engine.workspace) or ""
        source, _ = gate.learned_from(arrays)
        if source != gate.source(name):
            return names, ()
        reason = "has learned from these very tastes"
    names.remove(LEARNS)
    return names, (f"“{fusions()[LEARNS].TITLE}” {reason}.",)


def _show_found(engine: Engine, found: Found, name: str) -> None:
    search = found.search
    before, after, gain = interval(search.untuned), interval(search.held_out), search.gain
    best = replace(search.settings[search.best], name=f"Best of {len(search.settings):,}")
    left, right = st.columns(2, gap="large")
    with left:
        figures = st.columns(2)
        figures[0].metric("As it was, untuned", f"{before['mean']:.3f}", border=True)
        figures[1].metric(
            "Tuned, on tastes held out",
            f"{after['mean']:.3f}",
            f"{gain['mean']:+.3f}",
            border=True,
        )
        st.markdown(f"**{_verdict(gain)}**")
        st.markdown(
            f":small[NDCG@10, mean of {len(search.untuned)} tastes. The gain is"
            f" {gain['mean']:+.3f}, 95 % interval {gain['low']:+.3f} to {gain['high']:+.3f}, p"
            f" {gain['p']:.3f}. {len(search.settings):,} settings were looked at; each of {FOLDS}"
            f" folds was ranked by the one that was best on the others. On the tastes that chose it"
            f" the best reaches {search.in_sample['mean']:.3f}, which is too good."
            f"{_left_out(found)}]"
        )
    with right:
        agreed = len({*search.winners.tolist()})
        st.markdown(f"**{escape(fusions()[best.fusion].TITLE)}, scale {best.scale}**")
        st.markdown(escape(_weights(best)))
        st.markdown(
            f":small[The best on all tastes; the folds chose {agreed} different"
            f" setting{'s' if agreed > 1 else ''}: the fewer, the surer.]"
        )
        with st.container(horizontal=True):
            st.button(
                "Put it on Compare", key="compare_put_best", on_click=strategies.put, args=(best,)
            )
            if name and st.button("Keep as a try", key="compare_keep_best"):
                _keep(engine, search, best, name)


def _verdict(gain: dict[str, float]) -> str:
    if gain["mean"] > 0 and gain["p"] < CLEAR:
        return "Clearly better on tastes that had no say"
    if gain["mean"] < 0 and gain["p"] < CLEAR:
        return "Clearly worse on tastes that had no say: stay with what was"
    return "Not clearly different on tastes that had no say"


def _left_out(found: Found) -> str:
    return "".join(f" Left out: {escape(each)}" for each in found.left_out)


def _weights(best: Strategy) -> str:
    """The signals that have a say, the weightiest first."""
    loud = {name: weight for name, weight in best.weights.items() if weight}
    order = sorted(loud, key=lambda name: -loud[name])
    return ", ".join(f"{signals()[name].TITLE.lower()} {loud[name]:g}" for name in order)


def _keep(engine: Engine, search: Search, best: Strategy, name: str) -> None:
    bar = st.progress(0.0, "Asking the judged tastes")
    try:
        judged = judged_tastes.chosen(engine.workspace)
        figures = judging.measure(engine, judged, best, partial(advance, bar))
        held_out = float(search.held_out.mean())
        how = f"held out in {FOLDS} folds, {len(search.settings):,} settings looked at"
        kept = Judgements(engine.workspace.name)
        kept.keep_try(name, replace(best, name=""), replace(figures, ndcg=held_out, how=how))
    except ThawError as error:
        st.error(escape(str(error)))
    else:
        st.toast("Kept among the tries on Judge.", icon=":material/check_circle:")
    finally:
        bar.empty()
