"""The list of results: a component of our own, since ten rows of widgets do not fit on a screen.

A row has its title, the parts of its score as a bar, the reason, how it moved, and what can be
done with it. It is a real list for a screen reader, and works by keys alone.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__)
_LIST = st.components.v2.component(
    "thaw_results",
    html="<section></section>\n",
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def draw_results(key: str, data: dict[str, Any], act: Callable[[str, str], None]) -> None:
    """Draws ``data``, made by ``rows.list_data``; ``act(what, id)`` is called for what is done.

    ``what`` is liked, disliked, seen, why, neighbours, graph, undo, redo or present; ``id`` is the
    item's, "" where there is none.
    """

    def told() -> None:
        action = st.session_state[key].get("action") or {}
        act(str(action.get("what", "")), str(action.get("id", "")))

    _LIST(key=key, data=data, on_action_change=told)
