"""Compare: what does the strategy do to the list?"""

import streamlit as st

from pages.compare.export import show_exports
from pages.compare.item import show_item
from pages.compare.lists import show_lists, show_share
from pages.compare.newcomer import show_taste
from pages.compare.sweeps import show_quality, show_trade_off
from pages.shared import address, resources, strategies, taste, workspaces
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.ranking import compare
from recsys.ranking.verdict import verdict

TABS = ["What they share", "One item, part by part", "Weights and quality", "Personal or popular"]

opened = workspaces.choose()
taste.set_newcomer(opened)

st.title("What does the strategy do to the list?")
left, right = st.columns([2, 3], gap="large")
with left:
    show_taste(opened)
chosen = strategies.show_strategies()
address.write(
    strategies.in_address(chosen)
    | taste.newcomer_in_address(opened)
    | workspaces.in_address(opened)
)

with st.skeleton(height=500):
    engine = resources.engine(opened)
try:
    query = taste.newcomer(opened)
    results = [engine.recommend(query, strategy) for strategy in chosen]
except ThawError as error:
    st.warning(escape(str(error)), title="Nothing to compare yet")
    st.stop()

with right:
    with st.container(border=True, key="compare_verdict"):
        st.markdown("**:material/balance: The verdict**")
        for line in verdict(engine, results).splitlines():
            st.markdown(escape(line))
    for notice in dict.fromkeys(notice for result in results for notice in result.notices):
        st.caption(escape(notice))
ranks = compare.ranks(results)
show_lists(opened, results, ranks)
show_exports(engine, results)

share, item, quality, trade = st.tabs(TABS, key="compare_tab", on_change="rerun")
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
