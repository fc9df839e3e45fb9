"""The comparison to keep: files, and the link that brings it back."""

import json
from collections.abc import Mapping, Sequence

import streamlit as st

from pages.shared import address, taste
from pages.shared.copy_link import copy_links
from recsys.ranking import compare
from recsys.ranking.engine import Engine, Recommendation


def show_exports(
    engine: Engine, results: Sequence[Recommendation], shown: Mapping[str, address.Value]
) -> None:
    """The lists as a table and with all that made them, and the links; ``shown`` is what the
    address says of the page."""
    name = f"thaw-{engine.workspace.name}-compare"
    with st.popover("Keep", key="compare_keep"):
        st.download_button(
            "Download CSV",
            compare.table(engine, results).to_csv(index=False),
            file_name=f"{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Download JSON",
            json.dumps(compare.report(engine, results), ensure_ascii=False, indent=1),
            file_name=f"{name}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        copy_links(shown, taste.told(), taste.told_in_words())
