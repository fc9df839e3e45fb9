"""What the weights do to quality and to sameness, beyond the one taste on the page."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import pandas as pd
import streamlit as st

from pages.compare.best import show_best
from pages.compare.inked import inked
from pages.shared import judged as judged_tastes
from pages.shared.drawing import PLAIN
from pages.shared.strategies import to_link
from pages.shared.text import escape
from recsys.charts import sweep as sweep_charts
from recsys.datatypes import MOST_DIVERSE, Strategy
from recsys.metrics.statistics import interval
from recsys.ranking import sweep
from recsys.ranking.engine import Engine, check_weights
from recsys.signals import signals
from recsys.store.judged import JudgedTaste

WEIGHTS = tuple(np.linspace(0, 1, 21).round(2).tolist())
"""The values of a weight whose quality is drawn."""

COARSE_WEIGHTS = tuple(np.linspace(0, 1, 11).round(2).tolist())
"""The values of a weight for which everybody's list is made: a list takes longer than a figure."""

DIVERSITIES = tuple(np.linspace(0, 0.9, 10).round(2).tolist())
"""The values of the diversity."""

CORNERS = ("behaviour", "content", "popularity")
"""The three signals of the triangle to begin with."""

JudgedQueries: TypeAlias = tuple[sweep.JudgedQuery, ...]
"""The scores of each taste that is known in words, with what its owner judged."""


def judged(queries: JudgedQueries) -> bool:
    """Whether the tastes are of people who judged something."""
    return any(len(query.own) for query in queries)


def show_quality(engine: Engine, strategies: Sequence[Strategy]) -> None:
    """How good each strategy is, and what one weight, or the share of three, does to that."""
    nouns = engine.workspace.catalogue.about.get("nouns", "items")
    strategy, queries = _chosen(engine, strategies, whole=False)
    if not judged(queries):
        judged_tastes.show_none("Quality")
        return
    left, right = st.columns(2, gap="large")
    with left:
        _show_along(engine, queries, strategy)
    with right:
        _show_ternary(engine, queries, strategy)
    show_best(engine, strategy, queries)
    st.markdown(
        f":small[NDCG@10 of ordering the {escape(nouns)} that were judged for each of"
        f" {len(queries)} tastes ({escape(_whose(engine))}), from its words alone: 1 is the best"
        f" order there is. Measured now, on this workspace.{_flattered(engine)}]"
    )


def show_trade_off(engine: Engine, strategies: Sequence[Strategy]) -> None:
    """What being good costs in showing everybody the same."""
    strategy, queries = _chosen(engine, strategies, whole=True)
    if len(queries) < 2:
        st.info("It takes two tastes to tell whether they are shown the same.")
        return
    named = {name: module.TITLE for name, module in signals().items()} | {"diversity": "How varied"}
    st.session_state.setdefault("compare_trade", "popularity")
    control = st.selectbox(
        "Turn this up", list(named), key="compare_trade", format_func=named.__getitem__, width=360,
        persist_state="session",
    )  # fmt: skip
    values, now = _values(
        strategy, control, DIVERSITIES if control == "diversity" else COARSE_WEIGHTS
    )
    settings = sweep.settings_along(strategy, control, values)
    values = values[-len(settings) :]  # the first of all may leave no signal a say
    table = _trade_off(
        _key(engine), tuple(map(to_link, settings)), settings, queries, engine
    ).copy()
    table.index = pd.Index(values, name=control)
    up = "ndcg" if judged(queries) else "popular"
    first, last = table.iloc[0], table.iloc[-1]
    title = (
        f"{named[control]} from {values[0]:g} to {values[-1]:g}: two top tens overlap by"
        f" {first['overlap']:.1%} at first and {last['overlap']:.1%} at last,"
        f" the most liked fill {first['popular']:.0%} and then {last['popular']:.0%}"
    )
    st.markdown(f"**{escape(title)}**")
    st.plotly_chart(
        inked(sweep_charts.trade_off(table, values.index(now), named[control], up)),
        key="compare_chart_trade", config=PLAIN, alt=title,
    )  # fmt: skip
    whose = "judged tastes" if judged(queries) else "example tastes"
    st.markdown(
        f":small[Top tens of {len(queries)} {whose}, from the whole catalogue."
        " Overlap is Jaccard's: what two lists share over what is in either, on average over all"
        " pairs. The most liked are the 100 that most people like, or the most liked tenth of a"
        " smaller catalogue.]"
    )


def _show_along(engine: Engine, queries: JudgedQueries, strategy: Strategy) -> None:
    titles = {name: module.TITLE for name, module in signals().items()}
    st.session_state.setdefault("compare_along", "popularity")
    control = st.selectbox(
        "One weight", list(titles), key="compare_along", format_func=titles.__getitem__,
        persist_state="session",
    )  # fmt: skip
    values, now = _values(strategy, control, WEIGHTS)
    settings = sweep.settings_along(strategy, control, values)
    found = _quality(_key(engine), tuple(map(to_link, settings)), settings, queries, engine)
    curve = pd.DataFrame([interval(each) for each in found], index=values[-len(settings) :])
    best = curve["mean"].idxmax()
    title = (
        f"{titles[control]} does best at {best:g} ({curve.loc[best, 'mean']:.3f});"
        f" at {now:g} it is {curve['mean'].get(now, np.nan):.3f}"
    )
    st.markdown(f"**{escape(title)}**")
    st.plotly_chart(
        inked(sweep_charts.along(curve, now, f"weight of {titles[control].lower()}")),
        key="compare_chart_along", config=PLAIN, alt=title,
    )  # fmt: skip


def _show_ternary(engine: Engine, queries: JudgedQueries, strategy: Strategy) -> None:
    titles = {name: module.TITLE for name, module in signals().items()}
    st.session_state.setdefault("compare_corners", [name for name in CORNERS if name in titles])
    three = st.multiselect(
        "Three shares", list(titles), key="compare_corners", format_func=titles.__getitem__,
        max_selections=3, persist_state="session",
    )  # fmt: skip
    if len(three) != 3:
        st.info("Choose three signals: each becomes a corner.")
        return
    settings = sweep.weight_grid(strategy, three)
    points = [sweep.shares_of(each.weights, three) for each in settings]
    worth = np.nanmean(
        _quality(_key(engine), tuple(map(to_link, settings)), settings, queries, engine), axis=1
    )
    here = sweep.shares_of(check_weights(strategy.weights), three)
    best = ", ".join(
        f"{share:.0%} {titles[name].lower()}"
        for name, share in zip(three, points[int(worth.argmax())], strict=True)
    )
    title = f"The best of {len(settings)} shares is {best} ({worth.max():.3f})"
    st.markdown(f"**{escape(title)}**")
    st.plotly_chart(
        inked(sweep_charts.ternary(points, worth, here, [titles[name] for name in three])),
        key="compare_chart_shares", config=PLAIN, alt=title,
    )  # fmt: skip


def _whose(engine: Engine) -> str:
    name = judged_tastes.chosen_name(engine.workspace) or ""
    return judged_tastes.title(engine.workspace, name)


def _flattered(engine: Engine) -> str:
    """What makes a figure better than it is, where something does."""
    opened = engine.workspace
    personas = judged_tastes.chosen_name(opened) == judged_tastes.PERSONAS
    if not personas or not opened.catalogue.about.get("simulated"):
        return ""
    return (
        " In a simulated world popularity is flattered: its likes are drawn from the same tastes."
    )


def _chosen(
    engine: Engine, strategies: Sequence[Strategy], whole: bool
) -> tuple[Strategy, JudgedQueries]:
    """The strategy to start from, and all tastes under its similarity."""
    named = {strategy.name: strategy for strategy in strategies}
    if st.session_state.get("compare_start") not in named:
        st.session_state["compare_start"] = strategies[0].name
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.segmented_control(
            "Start from", list(named), key="compare_start", format_func=escape, required=True
        )
        judged_tastes.show_choice(engine.workspace, "compare")
    strategy = named[chosen or strategies[0].name]
    return replace(strategy, name=""), score_all(engine, strategy.similarity, whole)


def score_all(engine: Engine, similarity: str, whole: bool) -> JudgedQueries:
    """All tastes of the chosen set, or without any the examples, as the signals see them."""
    found = judged_tastes.chosen(engine.workspace).useful
    tastes = found or sweep.example_tastes(engine.workspace.catalogue)
    bar = st.progress(0.0, "asking")
    key, queries = (engine.workspace.name, engine.workspace.manifest.version), []
    for done, taste in enumerate(tastes, start=1):
        queries.append(_scored(key, similarity, taste.fingerprint, whole, taste, engine))
        bar.progress(done / len(tastes), "asking the judged tastes")
    bar.empty()
    return tuple(queries)


def _key(engine: Engine) -> tuple[str, str, str]:
    opened = engine.workspace
    return opened.name, opened.manifest.version, judged_tastes.chosen(opened).fingerprint


@st.cache_data(max_entries=512, show_spinner=False)
def _scored(
    key: tuple[str, str],
    similarity: str,
    said: str,
    whole: bool,
    _taste: JudgedTaste,
    _engine: Engine,
) -> sweep.JudgedQuery:
    return sweep.score_query(_engine, _taste, similarity, whole)


# What is cached goes by the links of the strategies: they say all that there is to a strategy.
@st.cache_data(max_entries=64, show_spinner="Weighing")
def _quality(
    key: tuple[str, str, str],
    links: tuple[str, ...],
    _settings: Sequence[Strategy],
    _queries: JudgedQueries,
    _engine: Engine,
) -> np.ndarray:
    return sweep.quality(_engine, _queries, _settings)


@st.cache_data(max_entries=64, show_spinner="Weighing")
def _trade_off(
    key: tuple[str, str, str],
    links: tuple[str, ...],
    _settings: Sequence[Strategy],
    _queries: JudgedQueries,
    _engine: Engine,
) -> pd.DataFrame:
    return sweep.trade_off(_engine, _queries, _settings)


def _values(strategy: Strategy, control: str, values: Sequence[float]) -> tuple[list[float], float]:
    """The values to try, among them the one that stands now; and that one."""
    now = strategy.diversity if control == "diversity" else check_weights(strategy.weights)[control]
    return sorted({*values, min(now, MOST_DIVERSE if control == "diversity" else 1.0)}), now
