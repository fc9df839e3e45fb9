"""What curiosity costs and brings, shown on simulated people."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.charts import show_chart
from pages.shared.progress import advance
from recsys.charts.exploration import regret
from recsys.online.explore import World, courses, first_looks, regrets

ROUNDS = 3_000
"""Lists that are shown to simulated people."""
NAMES = {"Thompson": "drawn (Thompson sampling)", "greedy": "sure (greedy)", "random": "random"}
"""What the ways to fill a list are called on the page."""
WORLDS = 3
"""The mean of so many worlds is drawn."""


def show_curiosity() -> None:
    """A button; then likes lost by sure, drawn and random lists, and when a new item is seen."""
    with st.expander("What curiosity costs, and what it brings (simulated people)"):
        st.markdown(
            "A new item that nobody is shown stays cold. The slider “sure … curious” under Strategy"
            " gives the last places of a list to what is not known well yet and may be liked."
        )
        if st.button("Show it on simulated people", key="trust_simulate"):
            bar = st.progress(0.0)
            found = courses(World(), ROUNDS, WORLDS, progress=partial(advance, bar))
            bar.empty()
            st.session_state["trust_simulated"] = regrets(found), first_looks(found)
        if "trust_simulated" not in st.session_state:
            return
        lost, looks = st.session_state["trust_simulated"]
        last = lost.iloc[-1]
        title = (
            f"After {ROUNDS:,} lists of ten the drawn ones have lost {last['Thompson']:,.0f} likes"
            f" to the best, sure ones {last['greedy']:,.0f}, random ones {last['random']:,.0f}"
        )
        show_chart(regret(lost), title, "trust_regret")
        st.dataframe(
            pd.DataFrame([_line(look) for look in looks.itertuples()]),
            hide_index=True,
            alt="When a new item has been shown 5, 20 and 100 times, and where it stands",
        )


def _line(look: Any) -> dict[str, str]:
    reached = round(look.reached * WORLDS)
    never = not reached
    return {
        "Lists": NAMES[look.way],
        "A new item was shown": f"{look.showings} times",
        "In so many worlds": f"{reached} of {WORLDS}",
        "By the list (median)": "never" if never else f"{look.round:,.0f}",
        "Then it stands at": "" if never else f"{look.place:,.0f} of {World().items}",
    }
