"""What charts on any page have in common: their buttons, the colour of their text, the legend."""

from collections.abc import Iterable

import streamlit as st

from recsys.charts.contributions import score_parts

PLAIN = {"displayModeBar": False}
"""A chart without buttons."""


def ink() -> str:
    """The colour of the text in the theme that the visitor sees."""
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor"))


def show_legend(names: Iterable[str]) -> None:
    """What the bars of a score are called: the parts in ``names``, each with its glyph."""
    parts = score_parts()
    shown = [parts[name] for name in names]
    st.markdown("  ".join(f":{each.colour}[{each.glyph}]\u00a0{each.title}" for each in shown))
