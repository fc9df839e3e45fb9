"""One item taken apart: what each signal adds to it, in each list."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.compare.inked import inked
from pages.compare.lists import PICKED
from pages.shared.choose import FILTER, item_labels
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.charts import compare as charts
from recsys.charts.contributions import score_parts
from recsys.ranking.compare import share_of_best
from recsys.ranking.engine import Recommendation
from recsys.ranking.explain import reasons
from recsys.store.workspace import Workspace

SCALE = (
    "Each list's parts are in per cent of that list's best score: every strategy scores on a scale"
    " of its own, so only these shares can be compared."
)


def show_item(opened: Workspace, results: Sequence[Recommendation], ranks: pd.DataFrame) -> None:
    """A choice, to begin with what the strategies disagree on most; then its parts and reasons."""
    state = st.session_state
    if state.get(PICKED) not in ranks.index:
        state[PICKED] = int((ranks.max(axis=1) - ranks.min(axis=1)).idxmax())
    item = st.selectbox(
        "Item (or click one in the lists)",
        ranks.index.tolist(),
        key=PICKED,
        format_func=item_labels(opened).__getitem__,
        filter_mode=FILTER,
    )
    name = opened.catalogue.items["title"][item]
    title = f"{name} is number {_standing(results, ranks.loc[item])}"
    st.markdown(f"**{escape(title)}**")
    parts = pd.DataFrame([share_of_best(result, item) for result in results])
    names = [result.strategy.name for result in results]
    figure = charts.side_by_side(parts, score_parts(), names)
    st.plotly_chart(inked(figure), key="compare_parts", config=PLAIN, alt=f"{title}. {SCALE}")
    st.markdown(f":small[{SCALE}]")
    for result in results:
        if item in result.shown.index:
            st.markdown(f"**{escape(result.strategy.name)}**: {escape(_reasons(result, item))}.")


def _standing(results: Sequence[Recommendation], ranks: pd.Series) -> str:
    pairs = zip(results, ranks, strict=True)
    return ", ".join(f"{rank} in {result.strategy.name}" for result, rank in pairs)


def _reasons(result: Recommendation, item: int) -> str:
    found = reasons(result, result.shown.index.get_loc(item))
    return "; ".join(reason for _, reason in found) or "nothing speaks for it"
