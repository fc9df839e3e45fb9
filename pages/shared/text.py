"""Words on the page."""

import re
from typing import Any

import pandas as pd

MOST_KINDS = 2
"""So many of an item's kinds stand behind its title."""


def escape(text: str) -> str:
    """``text`` as Markdown that shows exactly its characters, whoever wrote it.

    >>> escape("*Airplane!* :red[x]")
    '\\\\*Airplane\\\\!\\\\* \\\\:red\\\\[x\\\\]'
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text.replace("\n", " "))


def facts(item: Any) -> str:
    """The year and the kinds of an item (a row of the catalogue), for behind its title."""
    year = [] if pd.isna(item.year) else [str(item.year)]
    return " · ".join([*year, *item.categories[:MOST_KINDS]])
