"""Compare: what does the strategy do to the list?"""

import streamlit as st

from pages.compare import heads, newcomer
from pages.compare.export import show_exports
from pages.compare.item import show_item
from pages.compare.lists import show_between, show_lists, show_share
from pages.compare.sweeps import show_quality, show_trade_off
from pages.compare.words import show_all, show_verdict
from pages.shared import address, judged, resources, strategies, taste, use, workspaces
from pages.shared.strategy import own_in_address, set_strategy
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.ranking import compare

TABS = ["What they share", "One item, part by part", "Weights and quality", "Personal or popular"]

opened = workspaces.choose()
taste.set_newcomer(opened)
set_strategy()

workspaces.show_head(opened, "What does the strategy do to the list?")
stage = st.container(gap="xsmall", key="compare_stage")
with stage:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        newcomer.show_taste(opened)
        heads.show_more()
    newcomer.show_doubt(opened)
    said, more = st.columns([4.4, 1], vertical_alignment="center")
    chosen, gaps = heads.show_heads()
shown = (
    strategies.in_address(chosen)
    | taste.newcomer_in_address(opened)
    | workspaces.in_address(opened)
    | judged.in_address(opened)
)

try:
    with said, st.skeleton(height=40), stage, st.skeleton(height=400):
        engine = resources.engine(opened)
        query = taste.newcomer(opened)
        results = [engine.recommend(query, strategy) for strategy in chosen]
except ThawError as error:
    st.warning(escape(str(error)), title="Nothing to compare yet")
    address.write(shown, taste.told() | own_in_address() | use.in_tab())
    st.stop()

ranks = compare.ranks(results)
with said:
    show_verdict(engine, results)
with more, st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
    show_all(engine, results)
    show_exports(engine, results, shown)
show_between(gaps, results)
with stage:
    show_lists(opened, results, ranks, TABS[1])
    share, item, quality, trade = st.tabs(TABS, key="compare_tab", on_change="rerun")
for notice in dict.fromkeys(notice for result in results for notice in result.notices):
    st.markdown(f":small[{escape(notice)}]")
try:
    if share.open:
        with share:
            show_share(engine, results)
    elif item.open:
        with item:
            show_item(opened, results, ranks)
    elif quality.open:
        with quality:
            show_quality(engine, chosen)
    elif trade.open:
        with trade:
            show_trade_off(engine, chosen)
except ThawError as error:
    st.warning(escape(str(error)), title="This part cannot be shown")
address.write(shown, taste.told() | own_in_address() | use.in_tab())
