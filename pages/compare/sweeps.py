"""What the weights do to quality and to sameness, beyond the one taste on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared.strategies import to_link
from pages.shared.text import escape
from recsys.charts import sweep as sweep_charts
from recsys.datatypes import MOST_DIVERSE, Strategy
from recsys.metrics.statistics import interval
from recsys.ranking import sweep
from recsys.ranking.engine import Engine, check_weights
from recsys.signals import signals

PLAIN = {"displayModeBar": False}
WEIGHTS = tuple(np.linspace(0, 1, 21).round(2).tolist())
VARIETY = tuple(np.linspace(0, 0.9, 10).round(2).tolist())
COARSE = tuple(np.linspace(0, 1, 11).round(2).tolist())
CORNERS = ("behaviour", "content", "popularity")
"""The three signals of the triangle to begin with."""


Heard: TypeAlias = tuple[sweep.Taste, ...]


def judged(heard: Heard) -> bool:
    """Whether the tastes are of people who judged something."""
    return any(len(taste.own) for taste in heard)


def show_quality(engine: Engine, strategies: Sequence[Strategy]) -> None:
    """How good each strategy is, and what one weight, or the share of three, does to that."""
    nouns = engine.workspace.catalogue.about.get("nouns", "items")
    strategy, heard = _chosen(engine, strategies)
    if not judged(heard):
        st.info(
            "Quality needs people whose taste is known in words and who judged what they saw."
            " This workspace has none; the bundled ones do.",
            title="No judged tastes here",
            icon=":material/person_off:",
        )
        return
    left, right = st.columns(2, gap="large")
    with left:
        _show_along(engine, heard, strategy)
    with right:
        _show_ternary(engine, heard, strategy)
    simulated = " simulated" if engine.workspace.catalogue.about.get("simulated") else ""
    st.caption(
        f"NDCG@10 of ordering the {escape(nouns)} that each of {len(heard)}{simulated}"
        " judged tastes has judged, from its words alone: 1 is the best order there is. Measured"
        " now, on this workspace. In a simulated world popularity is flattered: its likes are drawn"
        " from the same tastes."
    )


def show_trade_off(engine: Engine, strategies: Sequence[Strategy]) -> None:
    """What being good costs in showing everybody the same."""
    strategy, heard = _chosen(engine, strategies)
    if len(heard) < 2:
        st.info("It takes two tastes to tell whether they are shown the same.")
        return
    named = {name: module.TITLE for name, module in signals().items()} | {"diversity": "How varied"}
    st.session_state.setdefault("trade", "popularity")
    control = st.selectbox(
        "Turn this up", list(named), key="trade", format_func=named.__getitem__, width=360,
        persist_state="session",
    )  # fmt: skip
    values, now = _values(strategy, control, VARIETY if control == "diversity" else COARSE)
    settings = sweep.along(strategy, control, values)
    values = values[-len(settings) :]  # the first of all may leave no signal a say
    table = _trade_off(_key(engine), tuple(map(to_link, settings)), settings, heard, engine).copy()
    table.index = pd.Index(values, name=control)
    up = "ndcg" if judged(heard) else "popular"
    first, last = table.iloc[0], table.iloc[-1]
    title = (
        f"{named[control]} from {values[0]:g} to {values[-1]:g}: two top tens overlap by"
        f" {first['overlap']:.1%} at first and {last['overlap']:.1%} at last,"
        f" the most liked fill {first['popular']:.0%} and then {last['popular']:.0%}"
    )
    st.markdown(f"**{escape(title)}**")
    st.plotly_chart(
        sweep_charts.trade_off(table, values.index(now), named[control], up),
        key="chart_trade", config=PLAIN, alt=title,
    )  # fmt: skip
    whose = "judged tastes" if judged(heard) else "example tastes"
    st.caption(
        f"Top tens of {len(heard)} {whose}, from the whole catalogue."
        " Overlap is Jaccard's: what two lists share over what is in either, on average over all"
        " pairs. The most liked are the 100 that most people like, or the most liked tenth of a"
        " smaller catalogue."
    )


def _show_along(engine: Engine, heard: Heard, strategy: Strategy) -> None:
    titles = {name: module.TITLE for name, module in signals().items()}
    st.session_state.setdefault("along", "popularity")
    control = st.selectbox(
        "One weight", list(titles), key="along", format_func=titles.__getitem__,
        persist_state="session",
    )  # fmt: skip
    values, now = _values(strategy, control, WEIGHTS)
    settings = sweep.along(strategy, control, values)
    found = _quality(_key(engine), tuple(map(to_link, settings)), settings, heard, engine)
    curve = pd.DataFrame([interval(each) for each in found], index=values[-len(settings) :])
    best = curve["mean"].idxmax()
    title = (
        f"{titles[control]} does best at {best:g} ({curve.loc[best, 'mean']:.3f});"
        f" at {now:g} it is {curve['mean'].get(now, np.nan):.3f}"
    )
    st.markdown(f"**{escape(title)}**")
    st.plotly_chart(
        sweep_charts.along(curve, now, f"weight of {titles[control].lower()}"),
        key="chart_along", config=PLAIN, alt=title,
    )  # fmt: skip


def _show_ternary(engine: Engine, heard: Heard, strategy: Strategy) -> None:
    titles = {name: module.TITLE for name, module in signals().items()}
    st.session_state.setdefault("corners", [name for name in CORNERS if name in titles])
    three = st.multiselect(
        "Three shares", list(titles), key="corners", format_func=titles.__getitem__,
        max_selections=3, persist_state="session",
    )  # fmt: skip
    if len(three) != 3:
        st.info("Choose three signals: each becomes a corner.")
        return
    settings = sweep.shares(strategy, three)
    points = [sweep.share_of(each.weights, three) for each in settings]
    worth = np.nanmean(
        _quality(_key(engine), tuple(map(to_link, settings)), settings, heard, engine), axis=1
    )
    here = sweep.share_of(check_weights(strategy.weights), three)
    best = ", ".join(
        f"{share:.0%} {titles[name].lower()}"
        for name, share in zip(three, points[int(worth.argmax())], strict=True)
    )
    title = f"The best of {len(settings)} shares is {best} ({worth.max():.3f})"
    st.markdown(f"**{escape(title)}**")
    st.plotly_chart(
        sweep_charts.ternary(points, worth, here, [titles[name] for name in three]),
        key="chart_shares", config=PLAIN, alt=title,
    )  # fmt: skip


def _chosen(engine: Engine, strategies: Sequence[Strategy]) -> tuple[Strategy, Heard]:
    """The strategy to start from, as a weighted sum, and all tastes under its similarity."""
    named = {strategy.name: strategy for strategy in strategies}
    if st.session_state.get("start") not in named:
        st.session_state["start"] = strategies[0].name
    chosen = st.segmented_control(
        "Start from", list(named), key="start", format_func=escape, required=True
    )
    strategy = named[chosen or strategies[0].name]
    return replace(strategy, name=""), _listen(engine, strategy.similarity)


def _listen(engine: Engine, similarity: str) -> Heard:
    said: Mapping[str, str] = sweep.askers(engine.workspace.catalogue)
    bar = st.progress(0.0, "asking")
    tastes = []
    for done, (persona, text) in enumerate(said.items(), start=1):
        tastes.append(_heard(_key(engine), similarity, persona, text, engine))
        bar.progress(done / len(said), "asking the judged tastes")
    bar.empty()
    return tuple(tastes)


def _key(engine: Engine) -> tuple[str, str]:
    return engine.workspace.name, engine.workspace.manifest.version


@st.cache_data(max_entries=512, show_spinner=False)
def _heard(
    key: tuple[str, str], similarity: str, persona: str, text: str, _engine: Engine
) -> sweep.Taste:
    return sweep.hear(_engine, persona, text, similarity)


# What is cached goes by the links of the strategies: they say all that there is to a strategy.
@st.cache_data(max_entries=64, show_spinner="Weighing")
def _quality(
    key: tuple[str, str],
    links: tuple[str, ...],
    _settings: Sequence[Strategy],
    _tastes: Heard,
    _engine: Engine,
) -> np.ndarray:
    return sweep.quality(_engine, _tastes, _settings)


@st.cache_data(max_entries=64, show_spinner="Weighing")
def _trade_off(
    key: tuple[str, str],
    links: tuple[str, ...],
    _settings: Sequence[Strategy],
    _tastes: Heard,
    _engine: Engine,
) -> pd.DataFrame:
    return sweep.trade_off(_engine, _tastes, _settings)


def _values(strategy: Strategy, control: str, values: Sequence[float]) -> tuple[list[float], float]:
    """The values to try, among them the one that stands now; and that one."""
    now = strategy.diversity if control == "diversity" else check_weights(strategy.weights)[control]
    return sorted({*values, min(now, MOST_DIVERSE if control == "diversity" else 1.0)}), now
