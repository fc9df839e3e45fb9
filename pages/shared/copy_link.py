"""Buttons that copy a link to the page: one without what was typed, and one with it."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from pages.shared import address

_LINKS = st.components.v2.component(
    "thaw_copy_link",
    html="<section></section><output></output>\n",
    css="""
section { display: flex; flex-wrap: wrap; gap: 0.5rem; }
button {
  font: inherit; color: var(--st-text-color); background: transparent; cursor: pointer;
  padding: 0.45rem 0.8rem; border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius);
}
button:hover, button:focus-visible {
  color: var(--st-primary-color); border-color: var(--st-primary-color);
}
output { display: block; margin-top: 0.5rem; font-size: 0.9rem; overflow-wrap: anywhere; }
""",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def copy_links(
    shown: Mapping[str, address.Value], told: Mapping[str, address.Value], what: str
) -> None:
    """Draws both buttons; what was copied is said, and where the browser refuses the clipboard,
    the link is shown instead.

    ``shown`` is what either link says, ``told`` what only the second says, and ``what`` names it:
    "the taste and 3 likes".
    """
    without = {name: value for name, value in shown.items() if name not in told}
    links = [
        {
            "label": f"Copy link without {what}",
            "query": address.query(without),
            "told": f"a link to the page as it is set, without {what}.",
        },
        {
            "label": f"Copy link with {what}",
            "query": address.query({**shown, **told}),
            "told": f"a link that tells {what}, to whoever opens it.",
        },
    ]
    _LINKS(key="copy_link", data={"links": links})
