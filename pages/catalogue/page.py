"""Catalogue: what is in here, and is the index sound?"""

from typing import Any

import numpy as np
import streamlit as st

from pages.catalogue import upload
from pages.shared import address, workspaces
from pages.shared.text import escape
from recsys.charts import catalogue as charts
from recsys.errors import ThawError
from recsys.evaluation import index_recall as health
from recsys.indexes.hnsw import Parameters
from recsys.store import browse
from recsys.store.catalogue import Catalogue
from recsys.store.workspace import Workspace

PARTS = {
    "browse": ":material/search: Browse",
    "contents": ":material/bar_chart: What is in it",
    "health": ":material/speed: Index health",
    "upload": ":material/upload_file: Add your own",
}
ORDERS = {"title": "Title", "year": "Newest", "likes": "Most liked"}
SAMPLE = 500  # questions put to the index
SOUND = 0.95  # from this recall on, what the index misses is hardly seen in a ranking
PLAIN = {"displayModeBar": False}

opened = workspaces.choose()
about = opened.catalogue.about
nouns = about.get("nouns", "items")
kind = about.get("category", "category")
said, kind_said = escape(nouns), escape(kind)  # as Markdown: an upload may call them anything


@st.cache_data(max_entries=64, show_spinner=False)
def counted(name: str, version: str, what: str, _catalogue: Catalogue) -> Any:
    """The answer of ``browse.what``; a version never changes, so it is counted once for all."""
    return getattr(browse, what)(_catalogue)


@st.cache_data(max_entries=16, show_spinner=False)
def measured(name: str, version: str, _workspace: Workspace) -> health.Health:
    """Recall and milliseconds on this machine, for all visitors."""
    return health.recall(_workspace, health.WIDTHS, SAMPLE, np.random.default_rng(0))


def tally(what: str) -> Any:
    return counted(opened.name, opened.manifest.version, what, opened.catalogue)


def show_header(counts: browse.Counts) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if about.get("simulated"):
            st.badge("simulated", color="orange", icon=":material/smart_toy:")
        st.caption(escape(about.get("source", "")), width="content")
    cold = counts.cold / counts.items
    with st.grid(5, min_column_width=130):
        st.metric(said.capitalize(), f"{counts.items:,}")
        st.metric("Ratings and likes", f"{counts.interactions:,}")
        st.metric("People", f"{counts.users:,}")
        st.metric(
            "Facts",
            f"{counts.triples:,}",
            help=f"Links between {said} and names, such as “has theme: grief” (triples).",
        )
        st.metric(
            "Without a like",
            f"{cold:.1%}" if 0 < cold < 1 else f"{cold:.0%}",
            help=f"The share of {said} that nobody has liked: cold items. Only their words and"
            " facts can recommend them.",
        )


def show_browse(counts: browse.Counts) -> None:
    categories = tally("categories")["name"].tolist()
    dated = not tally("years")[0].empty
    offered = [
        o for o in ORDERS if (o != "year" or dated) and (o != "likes" or counts.interactions)
    ]
    keys = {part: f"browse_{part}_{opened.name}" for part in ("find", "in", "order", "page")}
    st.session_state.setdefault(keys["in"], address.name("in", categories, None))
    st.session_state.setdefault(keys["order"], address.name("order", offered, "title"))

    def from_page_one() -> None:
        st.session_state[keys["page"]] = 1

    find, within, order = st.columns([3, 2, 2])
    search = find.text_input(
        "Search",
        key=keys["find"],
        placeholder="Words of the title or the text",
        help="Every word must be there; a part of a word and letters without accents will do.",
        icon=":material/search:",
        on_change=from_page_one,
        persist_state="session",
    )
    category = within.selectbox(
        kind_said.capitalize(),
        categories,
        key=keys["in"],
        placeholder="Any",
        disabled=not categories,
        on_change=from_page_one,
        persist_state="session",
    )
    by = order.segmented_control(
        "Sorted by",
        offered,
        format_func=ORDERS.__getitem__,
        required=True,
        key=keys["order"],
        on_change=from_page_one,
        persist_state="session",
    )
    matches = browse.found(opened.catalogue, search, category)
    if not matches:
        st.info(f"Try fewer words, or any {about.get('category', 'category')}.",
                title=f"No {nouns} match", icon=":material/search_off:")  # fmt: skip
        return
    pages = -(-matches // browse.PAGE)
    page = min(st.session_state.get(keys["page"], 1), pages)
    listed = browse.listing(opened.catalogue, search, category, by or "title", page)
    left, right = st.columns([3, 2], gap="large")
    with left:
        shown = {
            "title": True,
            "year": dated,
            "likes": counts.interactions,
            "categories": categories,
        }
        columns = [name for name, there in shown.items() if there]
        state = st.dataframe(
            listed[columns],
            hide_index=True,
            height="content",
            key=f"browse_rows_{opened.name}",
            on_select="rerun",
            selection_mode="single-row-required",
            column_config={
                "title": st.column_config.TextColumn("Title", width="medium"),
                "year": st.column_config.NumberColumn("Year", format="%d", width=60),
                "categories": st.column_config.ListColumn(kind.capitalize()),
                "likes": st.column_config.NumberColumn("Likes", format="localized", width=60),
            },
            alt=f"{nouns.capitalize()} found, page {page} of {pages}",
        )
        first = (page - 1) * browse.PAGE + 1
        last = first + len(listed) - 1
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.caption(f"{first:,} to {last:,} of {matches:,} {said}", width="content")
            if pages > 1:
                st.pagination(pages, key=keys["page"], persist_state="session")
    with right:
        chosen = [row for row in state["selection"]["rows"] if row < len(listed)]
        line = listed.iloc[chosen[0] if chosen else 0]
        show_item(int(line.name), int(line["likes"]))


def show_item(row: int, likes: int) -> None:
    item = browse.item(opened.catalogue, row)
    with st.container(border=True, key="item"):
        year = "" if item.year is None else f" ({item.year})"
        st.markdown(f"#### {escape(item.title)}{year}")
        if item.categories:
            st.markdown(" ".join(f":gray-badge[{escape(name)}]" for name in item.categories))
        st.markdown(escape(item.text))
        facts = [f"**{escape(label)}** {escape(', '.join(names))}"
                 for label, names in item.facts.items() if names]  # fmt: skip
        st.markdown("  \n".join(f":small[{fact}]" for fact in facts))
        if tally("counts").interactions:
            st.caption(f"{likes:,} {'person likes' if likes == 1 else 'people like'} this.")


def show_contents(counts: browse.Counts) -> None:
    figures = []
    ranked = tally("likes_by_rank")
    if len(ranked):
        most = ranked["likes"].iloc[0]
        title = f"A few are liked by many: the first by {most:,}, and {counts.cold:,} by nobody"
        figures.append((title, charts.liked(ranked, nouns)))
    lengths = tally("text_lengths")
    title = f"Half of the texts have {lengths.median:,} words or fewer"
    figures.append((title, charts.lengths(lengths, nouns)))
    dated, step = tally("years")
    if len(dated):
        top = dated.loc[dated["count"].idxmax()]
        when = f"{top['year']:.0f}s" if step == 10 else f"{top['year']:.0f}"
        title = f"{'The ' * (step == 10)}{when} have the most {nouns}: {top['count']:,.0f}"
        figures.append((title, charts.years(dated, step, nouns)))
    named = tally("categories")
    if len(named):
        top = named.iloc[0]
        title = f"{top['name']} is the most common {kind}: {top['count']:,} {nouns}"
        figures.append((title, charts.most_used(named, "violet", nouns)))
    related = tally("relations").replace({"name": "_"}, {"name": " "}, regex=True)
    if len(related):
        top = related.iloc[0]
        title = f"{counts.triples:,} facts, most of them of the kind “{top['name']}”"
        figures.append((title, charts.most_used(related, "red", "facts")))
    if not counts.interactions:
        st.info("Every ranking comes from words and facts, until people and their likes are added.",
                title=f"Nobody has liked any of these {said} yet",
                icon=":material/heart_broken:")  # fmt: skip
    for pair in (figures[i : i + 2] for i in range(0, len(figures), 2)):
        for column, (title, figure) in zip(st.columns(2, gap="large"), pair, strict=False):
            with column:
                st.markdown(f"**{escape(title)}**")
                st.plotly_chart(figure, config=PLAIN, alt=title)


def show_health() -> None:
    usual = Parameters().ef
    asked = address.number("ef", usual, min(health.WIDTHS), max(health.WIDTHS))
    st.session_state.setdefault("ef", asked if asked in health.WIDTHS else usual)
    st.markdown(
        f"Searching for the {said} nearest in meaning, the index looks at some of them instead of"
        " all, and may miss a few. The wider it looks, the fewer it misses and the longer it takes."
    )
    with st.skeleton(height=520):
        found = measured(opened.name, opened.manifest.version, opened)
    chosen, *slots = st.columns([4, 3, 3, 3], gap="medium")
    here = chosen.select_slider(
        "Width of the search",
        health.WIDTHS,
        key="ef",
        help=f"Candidates kept in hand while searching (HNSW's ef). Rankings use {usual}.",
        persist_state="session",
    )
    line = found.curve.loc[here]
    slots[0].metric("Neighbours found", f"{line['recall']:.1%}")
    slots[1].metric("Time with the index", f"{line['milliseconds']:.3f} ms")
    slots[2].metric("Time through all", f"{found.exact_ms:.3f} ms")
    left, right = st.columns([3, 2], gap="large")
    with left:
        share = found.curve["recall"]
        title = f"{share.min():.1%} to {share.max():.1%} of the true neighbours are found"
        st.markdown(f"**{title}**")
        alt = (
            f"{title}, against milliseconds, for widths from {share.index[0]} to {share.index[-1]}"
        )
        st.plotly_chart(charts.trade(found, here, usual), config=PLAIN, alt=alt)
    with right:
        show_verdict(found, usual)
        st.button("Measure again", icon=":material/refresh:", on_click=measured.clear)


def show_verdict(found: health.Health, usual: int) -> None:
    sound, took = found.curve.loc[usual]
    words = f"At the width in use, {usual}, it finds {sound:.1%} of the true neighbours."
    if sound >= SOUND:
        st.success(words, title="The index is sound", icon=":material/check_circle:")
    else:
        st.warning(f"{words} Some rankings lack what belongs there.",
                   title="The index misses too much", icon=":material/warning:")  # fmt: skip
    if found.exact_ms < took:
        st.markdown(
            f"Among {found.count:,} {said}, going through all is quicker still: an index pays"
            " where there are tens of thousands."
        )
    st.caption(
        f"{found.asked:,} points, each halfway between two {said} drawn at random, looked for"
        f" their {found.nearest} nearest of {found.count:,} (recall@{found.nearest}). Times are"
        " medians of one search at a time, on this machine."
    )


st.title("What is in here, and is the index sound?")
totals = tally("counts")
show_header(totals)
st.session_state.setdefault("part", address.name("part", PARTS, "browse"))
part = st.segmented_control(
    "Part of the page",
    PARTS,
    format_func=PARTS.__getitem__,
    key="part",
    required=True,
    label_visibility="collapsed",
    persist_state="session",
)
try:
    if part == "browse":
        show_browse(totals)
    elif part == "contents":
        show_contents(totals)
    elif part == "health":
        show_health()
    else:
        upload.show_upload()
except ThawError as error:
    st.error(escape(str(error)), title="This part cannot be shown")
state = st.session_state
address.write(
    {
        "workspace": opened.name if opened.name != workspaces.DEFAULT else None,
        "part": part if part != "browse" else None,
        "in": state.get(f"browse_in_{opened.name}") if part == "browse" else None,
        "order": state.get(f"browse_order_{opened.name}") if part == "browse" else None,
        "ef": state.get("ef") if part == "health" else None,
    }
)
