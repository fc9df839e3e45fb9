"""The verdict in one line, and all of it on demand."""

from collections.abc import Sequence

import streamlit as st

from pages.shared.text import escape
from recsys.ranking.engine import Engine, Recommendation
from recsys.ranking.verdict import plain, summary, verdict


def show_verdict(engine: Engine, results: Sequence[Recommendation]) -> None:
    """What the other lists do to the first, in plain words."""
    with st.container(key="compare_verdict"):
        st.markdown(f"**{escape(summary(engine, results))}**")


def show_all(engine: Engine, results: Sequence[Recommendation]) -> None:
    """The rest of the verdict, in a popover."""
    with st.popover("Say more", key="compare_more"):
        if len(results) > 2:
            for other in results[1:]:
                st.markdown(escape(plain(engine, results[0], other)))
        for line in verdict(engine, results).splitlines():
            st.markdown(escape(line))
        st.markdown(
            ":small[An item has what was asked for by its facts or its own words. It matches a"
            " phrase, or stands out in a signal, where its score is a standard deviation above the"
            " mean candidate.]"
        )
