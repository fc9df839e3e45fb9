"""How the visitor's list moved with the last edit of this visit."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.graph.ranked import ALONE, moved_words, strategies
from pages.shared import resources, taste
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.store.workspace import Workspace

BEFORE = "graph_here_before_edit"
"""Key in the visit of the places before the edit: by strategy, item id -> rank."""

Places = Mapping[str, Mapping[str, int]]


def places(opened: Workspace) -> Places:
    """Strategy -> item id -> rank, of what the visitor's taste gets now; empty without a taste."""
    try:
        engine, query = resources.engine(opened), taste.newcomer(opened)
        found = {}
        for name, strategy in strategies().items():
            ranking = engine.recommend(query, strategy).ranking
            ids = opened.catalogue.items["id"].loc[ranking.index]
            found[name] = dict(zip(ids, ranking["rank"].tolist(), strict=True))
    except ThawError:
        return {}
    return found


def show_moved(opened: Workspace) -> None:
    """The list now, each with where it stood before the edit; nothing before the first edit."""
    before: Places = st.session_state.get(BEFORE, {})
    if not before:
        return
    now = places(opened)
    if not now:
        return
    text = escape(st.session_state["visit_taste"])
    st.markdown(f"**What the last edit did to the list** :small[for “{text}”]")
    titles = opened.catalogue.items.set_index("id")["title"]
    count = st.session_state["visit_k"]
    for column, name in zip(st.columns(len(now), gap="medium"), now, strict=True):
        first = sorted(now[name], key=lambda id_: now[name][id_])[:count]
        was = [before[name].get(id_) for id_ in first]
        table = pd.DataFrame(
            {
                "place": range(1, len(first) + 1),
                "moved": [moved_words(old, new) for new, old in enumerate(was, start=1)],
                "title": titles[first].to_numpy(),
            }
        )
        with column:
            still = (table["moved"] == "=").all()
            st.markdown(f"{name}: {'none of these moved' if still else 'moved'}")
            st.dataframe(
                table,
                key=f"graph_moved_{name == ALONE}",
                hide_index=True,
                column_config={
                    "place": st.column_config.NumberColumn("Now", width=50),
                    "moved": st.column_config.TextColumn("Moved", width=70),
                    "title": st.column_config.TextColumn("Title"),
                },
                alt=f"{name}: the list, and how it moved",
            )
