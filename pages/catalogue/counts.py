"""Where a catalogue comes from and what it holds in numbers: counted once for all visitors."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import streamlit as st

from pages.shared.text import escape
from recsys.store.browse import Counts
from recsys.store.catalogue import Catalogue
from recsys.store.workspace import Workspace

_Answer = TypeVar("_Answer")


def counted(opened: Workspace, count: Callable[[Catalogue], _Answer]) -> _Answer:
    """What ``count`` says of the open catalogue; a version never changes, so it is asked once."""
    answer: _Answer = _counted(
        opened.name, opened.manifest.version, count.__name__, count, opened.catalogue
    )
    return answer


def show_source(opened: Workspace) -> None:
    """Where the catalogue comes from, which model has read its texts, and when it was built."""
    manifest, about = opened.manifest, opened.catalogue.about
    built = datetime.fromisoformat(manifest.built)
    simulated = ":orange-badge[:material/smart_toy: simulated] " if about.get("simulated") else ""
    st.markdown(
        f"{simulated}:small[{escape(about.get('source', ''))} Texts read by"
        f" {escape(manifest.encoder)}; built {built:%-d %B %Y}.]"
    )


def show_counts(opened: Workspace, counts: Counts, in_a_row: int = 5) -> None:
    """How much is in it, up to ``in_a_row`` figures in a row."""
    nouns = escape(opened.catalogue.about.get("nouns", "items"))
    cold = counts.cold / counts.items
    with st.grid(in_a_row, min_column_width=105):
        st.metric(nouns.capitalize(), f"{counts.items:,}")
        st.metric("Ratings", f"{counts.interactions:,}")
        st.metric("People", f"{counts.users:,}")
        st.metric(
            "Facts",
            f"{counts.triples:,}",
            help=f"Links between {nouns} and names, such as “has theme: grief” (triples).",
        )
        st.metric(
            "Never liked",
            f"{cold:.1%}" if 0 < cold < 1 else f"{cold:.0%}",
            help=f"The share of {nouns} that nobody has liked: cold items. Only their words and"
            " facts can recommend them.",
        )


@st.cache_data(max_entries=64, show_spinner=False)
def _counted(
    name: str,
    version: str,
    what: str,
    _count: Callable[[Catalogue], Any],
    _catalogue: Catalogue,
) -> Any:
    return _count(_catalogue)
