"""How a list comes about: one sentence, the steps with their milliseconds, and who is silent."""

import streamlit as st

from pages.shared.drawing import PLAIN, ink
from pages.shared.text import escape
from recsys.charts.contributions import score_parts
from recsys.charts.pipeline import pipeline
from recsys.ranking.engine import Engine, Recommendation

STEPS = {
    "encode": ("Read", "what is asked, and a vector of its meaning"),
    "feedback": ("Feed back", "the items that the words stand for"),
    "search": ("Propose", "the best of each signal"),
    "score": ("Score", "all of them, by every signal"),
    "fuse": ("Join", "one score, a sum of parts; varied if asked"),
    "explain": ("Explain", "a reason for each that is shown"),
}
"""Step of a recommendation -> its name on the page, and what it makes."""


def show_how(engine: Engine, result: Recommendation) -> None:
    """Draws the steps of ``result``."""
    about = engine.workspace.catalogue.about
    st.markdown(
        "What is typed is read, everything that could fit is scored from several sides, and the"
        f" sides are added up: the {escape(about.get('nouns', 'items'))} with the largest sums are"
        " shown."
    )
    steps = [(*STEPS[name], ms) for name, ms in result.took_ms.items()]
    total = sum(result.took_ms.values())
    alt = f"The steps of this list and their milliseconds, {total:.0f} in all"
    st.plotly_chart(pipeline(steps, ink()), key="new_user_pipeline", config=PLAIN, alt=alt)
    encoder = engine.encoder
    read = f"Texts read by {encoder.name} on {encoder.device_name}: {encoder.why}."
    st.caption(escape(f"{total:.0f} ms in all. {read}"))
    looks = score_parts()
    silent = [looks[name].title for name in result.scores if result.scores[name].isna().all()]
    if silent:
        st.caption(escape(f"No opinion on this taste here: {', '.join(silent)}."))
