"""New user: what would someone who says this want to see?"""

import streamlit as st

from pages.shared import resources, taste
from pages.shared.ranking import show_ranking
from recsys.datatypes import Query
from recsys.errors import ThawError
from recsys.signals import default_weights, signals

opened = resources.workspace("demo")

st.title("What would someone who says this want to see?")
examples = opened.catalogue.about.get("examples", [])
taste.show_examples(examples)
left, right = st.columns([2, 3], gap="large")

with left:
    text = taste.show_taste(examples)
    liked, disliked = taste.show_likes(opened)
    with st.expander("Weights", icon=":material/tune:", expanded=True):
        weights = {
            name: st.slider(
                module.TITLE,
                0.0,
                1.0,
                default_weights()[name],
                0.05,
                key=f"w_{name}",
                help=module.HELP,
                bind="query-params",
            )
            for name, module in signals().items()
        }
    filters = taste.show_filters(opened)
    k = st.slider("How many", 5, 50, 10, 5, key="k", bind="query-params")

with right:
    with st.skeleton(height=600):
        engine = resources.engine(opened)
    try:
        rows = opened.catalogue.rows
        query = Query(text, rows(liked), rows(disliked), filters, k)
        result = engine.recommend(query, weights=weights)
    except ThawError as error:
        st.warning(str(error), title="Nothing to rank yet")
        st.stop()
    show_ranking(engine, result)
