"""New user: what would someone who says this want to see?"""

import streamlit as st

from pages.shared import address, resources, taste, workspaces
from pages.shared.ranking import show_footer, show_ranking
from pages.shared.text import escape
from recsys.datatypes import Query
from recsys.errors import ThawError
from recsys.fusion import DEFAULT, fusions
from recsys.signals import default_weights, signals

opened = workspaces.choose()
examples = opened.catalogue.about.get("examples", [])

nouns = escape(opened.catalogue.about.get("nouns", "items"))
st.title(f"Which {nouns} would someone who says this like?")
taste.show_examples(examples)
left, right = st.columns([2, 3], gap="large")

with left:
    text = taste.show_taste(examples)
    liked, disliked = taste.show_likes(opened)
    weights = {}
    with st.expander("Strategy and weights", icon=":material/tune:", expanded=True):
        st.session_state.setdefault("fusion", address.name("fusion", fusions(), DEFAULT))
        fusion = st.selectbox(
            "Strategy",
            list(fusions()),
            key="fusion",
            format_func=lambda name: fusions()[name].TITLE,
            help="  \n".join(f"**{each.TITLE}**: {each.HELP}" for each in fusions().values()),
            persist_state="session",
        )
        for name, module in signals().items():
            usual = module.DEFAULT_WEIGHT
            st.session_state.setdefault(f"w_{name}", address.number(name, usual, 0.0, 1.0))
            weights[name] = st.slider(
                module.TITLE, 0.0, 1.0, step=0.05, key=f"w_{name}", help=module.HELP,
                persist_state="session",
            )  # fmt: skip
    filters = taste.show_filters(opened)
    st.session_state.setdefault("k", address.number("k", 10, 5, 50))
    k = st.slider("How many", 5, 50, step=5, key="k", persist_state="session")

st.session_state.setdefault("shared", "taste" in st.query_params)
shared = st.session_state["shared"]
touched = {name: w for name, w in weights.items() if w != default_weights()[name]}
address.write(
    touched
    | {"fusion": fusion if fusion != DEFAULT else None}
    | {"workspace": opened.name if opened.name != workspaces.DEFAULT else None}
    | {"k": k if k != 10 else None, "category": list(filters.categories)}
    | {"from": filters.year_from, "to": filters.year_to}
    | ({"taste": text, "liked": liked, "disliked": disliked} if shared else {})
)

with right:
    with st.skeleton(height=600):
        engine = resources.engine(opened)
    try:
        rows = opened.catalogue.rows
        most = min(k, len(opened.catalogue))
        query = Query(text, rows(liked), rows(disliked), filters, most)
        result = engine.recommend(query, fusion, weights)
    except ThawError as error:
        st.warning(str(error), title="Nothing to rank yet")
        st.stop()
    show_ranking(engine, result)
    show_footer(engine, result)
