"""The sentence that the room reads."""

from html import escape

import streamlit as st

LARGE = (
    "font-size:clamp(1.25rem,1rem + 1.1vw,1.75rem);line-height:1.25;font-weight:700;"
    "margin:0;padding:0"
)
"""Its look: no heading of Streamlit is as large and below the page's title."""


def show_sentence(said: str) -> None:
    """Draws what was found as a heading."""
    st.html(f'<h2 style="{LARGE}">{escape(said)}</h2>')
