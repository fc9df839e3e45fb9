"""Before there is a set: what judging is for, and the way to begin."""

import streamlit as st

from pages.judge.kept import show_import
from pages.shared import judged
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.store.judgements import LONGEST_NAME, Judgements
from recsys.store.workspace import Workspace


def show_start(opened: Workspace) -> None:
    """What a set is, a name to make one, and a table to begin with."""
    nouns = escape(opened.catalogue.about.get("nouns", "items"))
    st.markdown(
        f"Type a taste, and say of some {nouns} how well each fits: 0 not at all, 1 a little, 2"
        " well, 3 just right. From then on Compare and Metrics can measure strategies on it, the"
        " best weights can be searched for, and attention can learn whom to listen to."
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Make a set**")
        show_make(opened)
        st.markdown(
            ":small[Nothing is kept until you make one. A set belongs to this workspace, and"
            " everybody who opens it can see it.]"
        )
    with right:
        st.markdown("**Or bring a table**")
        show_import(opened, "")


def show_make(opened: Workspace) -> None:
    """A name, and the button that makes a set of it."""
    with (
        st.form("judge_make", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        name = st.text_input(
            "Name of the set",
            key="judge_here_new",
            placeholder="Friday tastes",
            max_chars=LONGEST_NAME,
            width=260,
        )
        asked = st.form_submit_button("Make it", type="primary")
    if not asked:
        return
    try:
        judged.choose(Judgements(opened.name).make(name))
    except ThawError as error:
        st.error(escape(str(error)))
    else:
        st.rerun()
