"""What came of a build: how much, what was noted, and which rows could not be used."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.shared.text import escape

BUILT = "catalogue_built"


@dataclass(frozen=True)
class Built:
    """A workspace that was built."""

    name: str
    items: int
    nouns: str
    notes: tuple[str, ...]
    rejected: pd.DataFrame


def show_built(built: Built, switch: Callable[[str], None]) -> None:
    """What was built and noted, why rows were left out, and where to go from here.

    ``switch`` opens a workspace by its name.
    """
    st.success(
        f"It has {built.items:,} {escape(built.nouns)}, and everybody here can choose it.",
        title=f"The workspace {built.name} is built",
        icon=":material/check_circle:",
    )
    with st.container(horizontal=True):
        st.button("Open it", type="primary", on_click=_open, args=(built.name, switch))
        if len(built.rejected):
            st.download_button(
                "Download the rejected rows",
                built.rejected.to_csv(index=False),
                file_name=f"{built.name}-rejected.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
        st.button("Add another", on_click=lambda: st.session_state.pop(BUILT))
    st.markdown("\n".join(f"- {escape(note)}" for note in built.notes))
    if len(built.rejected):
        st.markdown(f"**{len(built.rejected):,} rows could not be used**")
        reasons = built.rejected.value_counts(["file", "reason"]).rename("rows").reset_index()
        st.dataframe(
            reasons,
            hide_index=True,
            column_config={"file": "File", "reason": "Reason", "rows": "Rows"},
            alt="Rows that could not be used, by reason",
        )


def _open(name: str, switch: Callable[[str], None]) -> None:
    switch(name)
    del st.session_state[BUILT]
    st.session_state["catalogue_part"] = "browse"
