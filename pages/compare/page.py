"""Compare: what does the strategy do to the list?"""

import json

import pandas as pd
import streamlit as st

from pages.compare.sweeps import PLAIN, show_quality, show_trade_off
from pages.shared import address, resources, strategies, taste, workspaces
from pages.shared.copy_link import copy_link
from pages.shared.text import escape
from recsys.charts import compare as compare_charts
from recsys.errors import ThawError
from recsys.ranking import compare
from recsys.ranking.engine import Recommendation
from recsys.ranking.explain import reasons
from recsys.signals import signals

TABS = {
    "share": "What they share",
    "item": "One item, part by part",
    "quality": "Weights and quality",
    "trade": "Personal or popular",
}
# Key of the visit -> key of the widget that shows it here. (A string here would be drawn.)
HERE = {"taste": "compare_taste", "shared": "compare_shared"}

opened = workspaces.choose()
about = opened.catalogue.about
nouns = about.get("nouns", "items")
named = opened.catalogue.items["title"]
taste.set_newcomer(opened)
titles = {name: module.TITLE for name, module in signals().items()}
parts = {**titles, "diversity": "Variety"}


def mirror(key: str) -> None:
    """Shows here what stands in the visit under ``key``.

    A widget of that key belongs to New user: Streamlit would start another page's anew.
    """
    st.session_state[HERE[key]] = st.session_state[key]


def carry(key: str) -> None:
    """Takes what was set here over into the visit; for callbacks."""
    st.session_state[key] = st.session_state[HERE[key]]


def show_taste() -> None:
    """The taste that was carried over; what else is known of the newcomer, in words."""
    mirror("taste")
    text = st.text_area(
        "A taste in plain words",
        height=110,
        key=HERE["taste"],
        help="The same as on New user. Ctrl+Enter compares.",
        on_change=carry,
        args=("taste",),
    )
    if text in about.get("examples", []):
        st.caption("This is an example: type over it.")
    counts = {key: len(st.session_state[key]) for key in ("liked", "disliked", "muted")}
    known = ", ".join(f"{count} {key}" for key, count in counts.items() if count)
    st.page_link(
        "pages/new_user/page.py",
        label=f"{f'With {known}: change' if known else 'Add likes, dislikes and filters'}",
        icon=":material/person:",
    )


def show_lines(results: list[Recommendation], places: pd.DataFrame) -> None:
    """The lists in columns; a click picks an item for the part that takes one apart."""
    lines = {(item, i): result.ranking.loc[item]
             for i, result in enumerate(results) for item in result.shown.index}  # fmt: skip
    hover = {
        (item, i): compare_charts.hover_text(named[item], line, parts)
        for (item, i), line in lines.items()
    }
    k = results[0].query.k
    everywhere = int((places <= k).all(axis=1).sum())
    alone = int(((places <= k).sum(axis=1) == 1).sum())
    title = f"{everywhere} of {len(places)} {nouns} are in every list, {alone} in one only"
    st.markdown(f"**{escape(title)}**")
    st.plotly_chart(
        compare_charts.rank_lines(
            places,
            k,
            named[places.index].to_dict(),
            [r.strategy.name for r in results],
            hover,
            ink(),
            narrow="Mobi" in st.context.headers.get("User-Agent", ""),
        ),
        key="lines",
        on_select=pick,
        selection_mode="points",
        config={
            "displayModeBar": True,
            "displaylogo": False,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": {"filename": f"thaw-{opened.name}-compare", "scale": 2},
        },
        alt=title,
    )


def ink() -> str:
    """The colour of the text in the theme that the visitor sees."""
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor"))


def pick() -> None:
    points = st.session_state["lines"]["selection"]["points"]
    if points and "customdata" in points[0]:
        item = points[0]["customdata"]
        st.session_state["picked"] = int(item[0] if isinstance(item, list) else item)


def show_share(results: list[Recommendation]) -> None:
    """Overlap, correlation, and what each list is like."""
    names = [result.strategy.name for result in results]
    left, right = st.columns(2, gap="large")
    k = results[0].query.k
    for column, frame, title, low, number, what in (
        (left, compare.overlap(results), f"Share of {nouns} that two top {k} have in common",
         0, ".0%", "overlap"),
        (right, compare.correlation(results), "How far two agree on the order of all that is shown",
         -1, ".2f", "tau"),
    ):  # fmt: skip
        with column:
            st.markdown(f"**{escape(title)}**")
            figure = compare_charts.heatmap(frame, names, low, number, what)
            st.plotly_chart(figure, key=f"chart_{what}", config=PLAIN, alt=title)
    lists = pd.DataFrame([compare.traits(engine, result) for result in results], index=names)
    head = int(compare.popular(opened.interactions.popularity).sum())
    simulated = "simulated " if about.get("simulated") else ""
    st.markdown("**What each list is like**")
    st.dataframe(
        lists.rename_axis("strategy"),
        column_config={
            "strategy": "Strategy",
            "likes": st.column_config.NumberColumn(
                "Likes (median)", format="%.0f", help=f"How many {simulated}people like an item."
            ),
            "popular": st.column_config.ProgressColumn(
                f"Among the {head} most liked", format="percent", min_value=0, max_value=1
            ),
            "variety": st.column_config.NumberColumn(
                "Variety", format="%.2f", help="Mean of 1 - cosine over all pairs of a list."
            ),
            "year": st.column_config.NumberColumn("Year (median)", format="%.0f"),
        },
    )
    st.caption(
        "Overlap is Jaccard's: shared over all in either. Agreement is Kendall's tau over what any"
        " list shows, from -1, the opposite order, to 1, the same."
    )


def show_item(results: list[Recommendation], places: pd.DataFrame) -> None:
    """What each signal adds to one item, in each list."""
    if st.session_state.get("picked") not in places.index:
        st.session_state["picked"] = int((places.max(axis=1) - places.min(axis=1)).idxmax())
    item = st.selectbox(
        "Item (or click one in the lists)",
        places.index.tolist(),
        key="picked",
        format_func=lambda row: named[row],
    )
    lines = pd.DataFrame([result.ranking.reindex([item]).iloc[0] for result in results])
    stands = ", ".join(
        f"{place} in {result.strategy.name}"
        for result, place in zip(results, places.loc[item], strict=True)
    )
    title = f"{named[item]} is number {stands}"
    st.markdown(f"**{escape(title)}**")
    figure = compare_charts.side_by_side(
        lines.drop(columns=["rank", "score"]), parts, [r.strategy.name for r in results]
    )
    st.plotly_chart(figure, key="chart_parts", config=PLAIN, alt=title)
    for result in results:
        if item in result.shown.index:
            why = reasons(result, result.shown.index.get_loc(item))
            said = "; ".join(reason for _, reason in why) or "nothing speaks for it"
            st.caption(f"{escape(result.strategy.name)}: {escape(said)}.")


def show_exports(results: list[Recommendation]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download CSV",
            compare.table(engine, results).to_csv(index=False),
            file_name=f"thaw-{opened.name}-compare.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Download JSON",
            json.dumps(compare.report(engine, results), ensure_ascii=False, indent=1),
            file_name=f"thaw-{opened.name}-compare.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        copy_link()
        mirror("shared")
        st.checkbox(
            "The link includes the taste, likes and dislikes",
            key=HERE["shared"],
            on_change=carry,
            args=("shared",),
            help="Without it the link reopens the strategies only; what was typed stays here.",
        )
    st.caption("The camera above the lists saves them as a picture (PNG).")


st.title("What does the strategy do to the list?")
left, right = st.columns([2, 3], gap="large")
with left:
    show_taste()
said = right.container()
chosen = strategies.show_strategies()
address.write(
    {
        **strategies.in_address(chosen),
        **taste.newcomer_in_address(opened),
        "workspace": opened.name if opened.name != workspaces.DEFAULT else None,
    }
)
with st.skeleton(height=500):
    engine = resources.engine(opened)
try:
    query = taste.newcomer(opened)
    results = [engine.recommend(query, strategy) for strategy in chosen]
except ThawError as error:
    st.warning(escape(str(error)), title="Nothing to compare yet")
    st.stop()
with said:
    with st.container(border=True, key="verdict"):
        st.markdown("**:material/balance: The verdict**")
        for line in compare.verdict(engine, results).splitlines():
            st.markdown(escape(line))
    for notice in dict.fromkeys(notice for result in results for notice in result.notices):
        st.caption(escape(notice))
places = compare.places(results)
show_lines(results, places)
show_exports(results)

share, item, quality, trade = st.tabs(list(TABS.values()), key="compared", on_change="rerun")
try:
    if share.open:
        with share:
            show_share(results)
    elif item.open:
        with item:
            show_item(results, places)
    elif quality.open:
        with quality:
            show_quality(engine, chosen)
    elif trade.open:
        with trade:
            show_trade_off(engine, chosen)
except ThawError as error:
    st.warning(escape(str(error)), title="This part cannot be shown")
