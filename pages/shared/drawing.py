"""What charts on any page have in common: their buttons, the colour of their text, the legend."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from recsys.charts.contributions import Part, score_parts

PLAIN = {
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"filename": "thaw", "scale": 2},
}
"""A chart with one button, there while it is pointed at, that saves it as a picture."""

LEGEND = "display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 14px"
"""How the names of the parts stand in a line."""

SWATCH = "display: inline-block; width: 12px; height: 12px; margin-right: 6px; border-radius: 2px"
"""How the colour of a part stands before its name."""


def ink() -> str:
    """The colour of the text in the theme that the visitor sees."""
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor"))


def show_legend(names: Iterable[str]) -> None:
    """What the bars of a score are called: the parts in ``names``, each with its swatch."""
    parts = score_parts()
    shown = [parts[name] for name in names]
    st.html(f"<div style='{LEGEND}'>{''.join(map(_entry, shown))}</div>")


def _entry(part: Part) -> str:
    swatch = f"<span style='{SWATCH}; background: {part.css}'></span>"
    return f"<span style='white-space: nowrap'>{swatch}{escape(part.title)}</span>"
