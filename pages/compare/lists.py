"""The lists side by side, what they share, and what each is like."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.compare import lines
from pages.compare.heads import widths
from pages.compare.inked import inked
from pages.compare.venn import venn
from pages.shared.drawing import PLAIN
from pages.shared.text import escape
from recsys.charts import compare as charts
from recsys.charts.contributions import score_parts
from recsys.metrics.lists import popular
from recsys.ranking import compare
from recsys.ranking.engine import Engine, Recommendation
from recsys.store.workspace import Workspace

PICKED = "compare_here_item"
"""Key in the visit of the item, a row, that is taken apart."""

HERE = Path(__file__).parent

_LISTS = st.components.v2.component(
    "thaw_compare_lists",
    html="""
<div class="all">
  <div class="scroll"><div class="grid"></div></div>
  <div class="foot">
    <span class="rises">▲ rises</span> <span class="falls">▼ falls</span>
    <span class="keeps">= keeps its place</span>
    <span><span class="joined-word">Bold</span>: in several lists</span>
    <span class="passing">Dotted: passes below a list that lacks it</span>
    <span class="elsewhere">37 →: its place in the list beside it</span>
    <button type="button">Save as a picture</button>
  </div>
</div>
""",
    css=(HERE / "lists.css").read_text("utf-8"),
    js=(HERE / "lists.js").read_text("utf-8"),
)


def show_lists(
    opened: Workspace,
    results: Sequence[Recommendation],
    ranks: pd.DataFrame,
    tab: str,
) -> None:
    """The lists in columns; a click puts an item into PICKED, and opens the ``tab``."""
    titles = opened.catalogue.items["title"]
    k = results[0].query.k
    columns = lines.columns(ranks, k, [result.strategy.name for result in results])
    for result, column in zip(results, columns, strict=True):
        for row in column["rows"]:
            row["title"] = titles[row["item"]]
            row["detail"] = _detail(result, row)
    _LISTS(
        key="compare_lines",
        data={
            "lists": columns,
            "gaps": lines.gaps(ranks, k),
            "widths": widths(len(results)),
            "height": lines.height(ranks, k),
            "row": lines.ROW,
            "lanes": lines.LANES,
            "picked": st.session_state.get(PICKED),
            "file": f"thaw-{opened.name}-compare",
        },
        on_picked_change=lambda: _pick(tab),
    )


def show_between(gaps: Sequence[DeltaGenerator], results: Sequence[Recommendation]) -> None:
    """In each gap between two heads, how many items the lists beside it share."""
    shared = compare.shared(results)
    for place, gap in enumerate(gaps):
        first, second = shared[place, place], shared[place + 1, place + 1]
        both = shared[place, place + 1]
        gap.html(
            '<div style="text-align:center;font-size:14px;line-height:18px">'
            f"{venn(first, second, both)}<div>{both} shared</div></div>"
        )


def show_share(engine: Engine, results: Sequence[Recommendation]) -> None:
    """What each two share, how far they agree on the order, and what each list is like."""
    names = [result.strategy.name for result in results]
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{escape(_title(engine, results))}**")
        _show_pairs(results)
    with right:
        title = "How far two agree on the order of all that is shown"
        st.markdown(f"**{escape(title)}**")
        figure = charts.agreement(compare.correlation(results), names)
        st.plotly_chart(inked(figure), key="compare_tau", config=PLAIN, alt=title)
    st.markdown("**What each list is like**")
    _show_traits(engine, results)
    st.markdown(
        ":small[The per cent are Jaccard's: shared over all in either. Agreement is Kendall's tau"
        " over what any list shows, from -1, the opposite order, to 1, the same.]"
    )


def _title(engine: Engine, results: Sequence[Recommendation]) -> str:
    """How many items are everywhere, and how many in one list only."""
    shown = compare.rank_table(results).notna()
    everywhere = int(shown.all(axis=1).sum())
    alone = int((shown.sum(axis=1) == 1).sum())
    nouns = engine.workspace.catalogue.about.get("nouns", "items")
    return f"{everywhere} of {len(shown)} {nouns} are in every list, {alone} in one only"


def _show_pairs(results: Sequence[Recommendation]) -> None:
    """A Venn for each two lists, with what they share in words."""
    shared, overlap = compare.shared(results), compare.overlap(results)
    for one, other in combinations(range(len(results)), 2):
        first, second = (results[place].strategy.name for place in (one, other))
        both = shared[one, other]
        either = shared[one, one] + shared[other, other] - both
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            st.html(venn(shared[one, one], shared[other, other], both), width="content")
            said = f"{first} and {second}: {both} of {either} ({overlap.iloc[one, other]:.0%})"
            st.markdown(escape(said), width="stretch")


def _detail(result: Recommendation, row: lines.Data) -> str:
    """What a place is made of: title, share of the best score, and the parts that are not 0."""
    parts, shares = score_parts(), compare.share_of_best(result, row["item"])
    largest = shares[shares.abs() >= 0.5].sort_values(ascending=False, key=abs)
    head = f"{row['title']}: {shares.sum():.0f} % of the best score of {result.strategy.name}"
    told = [f"{value:+.0f} % {parts[name].title}" for name, value in largest.items()]
    return "\n".join([head, *told])


def _pick(tab: str) -> None:
    item = st.session_state["compare_lines"]["picked"]
    if item is not None:
        st.session_state[PICKED] = int(item)
        st.session_state["compare_tab"] = tab


def _show_traits(engine: Engine, results: Sequence[Recommendation]) -> None:
    workspace = engine.workspace
    names = [result.strategy.name for result in results]
    table = pd.DataFrame([compare.traits(engine, result) for result in results], index=names)
    most_liked = int(popular(workspace.interactions.popularity).sum())
    simulated = "simulated " if workspace.catalogue.about.get("simulated") else ""
    st.dataframe(
        table.rename_axis("strategy"),
        column_config={
            "strategy": "Strategy",
            "likes": st.column_config.NumberColumn(
                "Likes (median)", format="%.0f", help=f"How many {simulated}people like an item."
            ),
            "popular": st.column_config.ProgressColumn(
                f"Among the {most_liked} most liked", format="percent", min_value=0, max_value=1
            ),
            "variety": st.column_config.NumberColumn(
                "Variety", format="%.2f", help="Mean of 1 - cosine over all pairs of a list."
            ),
            "year": st.column_config.NumberColumn("Year (median)", format="%.0f"),
        },
    )
