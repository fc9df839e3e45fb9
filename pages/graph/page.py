"""Graph: what ties these together?"""

import streamlit as st

from pages.graph import canvas, card, more, routes, search, switches, trail
from pages.shared import address, pulled, taste, use, workspaces
from pages.shared.strategy import own_in_address, set_strategy
from pages.shared.text import escape
from recsys.charts.explorer import styles
from recsys.errors import ThawError

opened = workspaces.choose()
taste.set_newcomer(opened)
set_strategy()
trail.set_place(opened)

workspaces.show_head(opened, "What ties these together?")
hues = styles(opened.graph.relation_counts.index.tolist())
left, middle, right = search.places()
with left, st.container(gap="small", key="graph_left"):
    search.show_search(opened)
    search.show_path_finder(opened)
    switches.show_switches(opened.graph, hues)
    pulled.show_pulled(opened)
graph = trail.shown_graph(opened, pulled.pulled(opened))

end = routes.target(opened)
with middle, st.container(gap="xsmall", key="graph_middle"):
    canvas.show_crumbs(opened)
    try:
        ways = [] if end is None else routes.routes_to(opened, graph, end)
    except ThawError as error:
        ways = []
        st.warning(escape(str(error)), title="No taste to start at")
    if ways:
        canvas.show_routes(opened, graph, ways, hues)
    else:
        canvas.show_canvas(opened, graph, hues)
    if end is None:
        canvas.show_controls()
    else:
        routes.show_ways(opened, ways, end)
with right, st.container(gap="small", key="graph_card"):
    card.show_card(opened, graph)

more.show_more(opened, graph)
shown = own_in_address() | taste.newcomer_in_address(opened) | trail.place_in_address()
shown |= pulled.pulled_in_address()
address.write(shown | workspaces.in_address(opened), taste.told() | use.in_tab())
