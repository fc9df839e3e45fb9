"""Facts that the text suggests, to be said of the item or not: each with the words that say so."""

import streamlit as st

from pages.new_item import form
from pages.new_item.visit import Judged
from pages.shared.text import escape

MOST = 12
"""So many are suggested at once; what is accepted makes room for others."""


def show_suggested(judged: Judged) -> None:
    """A line each, the most probable first, with a button that puts it into the form."""
    opened, item = judged.opened, judged.landing.item
    called = form.can_say(opened)
    found = judged.new_items.suggested(item)
    found = found[found["relation"].isin(called)].head(MOST)
    if found.empty:
        st.info(
            "The text suggests nothing that has not been said.",
            title="No facts to suggest",
            icon=":material/hub:",
        )
        return
    noun = escape(opened.catalogue.about.get("noun", "item"))
    st.markdown(
        f"**What the text suggests**, a guess until you say it of the {noun}: then it is published"
        " as a fact, and stands in the graph."
    )
    columns = st.columns(2, gap="medium")
    for place, fact in enumerate(found.itertuples(index=False)):
        with (
            columns[place % 2],
            st.container(horizontal=True, wrap=False, vertical_alignment="center"),
        ):
            quoted = ", ".join(f"“{word}”" for word in fact.words) or "the meaning of the whole"
            why = f"{quoted}; it names it" if fact.named else quoted
            chance = f"{fact.probability:.0%}"
            st.markdown(
                f"{escape(called[fact.relation])}: **{escape(fact.name)}** {escape(chance)}"
                f" :small[:gray[{escape(why)}]]",
                width="stretch",
            )
            st.button(
                "Accept",
                key=f"new_item_accept_{fact.relation}_{fact.name}",
                help=f"Says it of the {noun}",
                on_click=form.accept,
                args=(opened, fact.relation, fact.name),
            )
    st.caption(
        "The chance is that of the model that reads title and text alone: it adds up words and the"
        " meaning of the whole, and the words are those that add most."
    )
