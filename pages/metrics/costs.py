"""What it costs: seconds and memory, as they grow with a catalogue, and what visitors wait."""

import pandas as pd
import streamlit as st

from pages.shared.charts import show_chart
from pages.shared.text import escape
from recsys.charts.growth import growth
from recsys.errors import DataError
from recsys.reports import bench

SECONDS = {
    "import": "Read the files",
    "build": "Build, apart from reading texts",
    "open": "Open",
    "recommend": "Recommend",
    "publish": "Publish an item",
}
"""Columns of the bench of imports; what a recommendation takes is in milliseconds there."""

MEMORY = {f"{name} GiB": called for name, called in SECONDS.items() if name != "publish"}
"""And the memory at most meanwhile."""

TABLES = {
    "start": "From nothing to the first ranking",
    "recommend": "A recommendation, step by step",
    "serve": "Visitors at once",
    "encode": "Reading texts",
}
"""Benches whose figures stand in a table, and what they measure."""


def show_costs() -> None:
    """The figures that benches have kept, each with the machine and the day."""
    try:
        grown = bench.lines("import")
        tables = {name: bench.lines(name) for name in TABLES}
    except DataError as error:
        st.warning(escape(str(error)), icon=":material/broken_image:")
        return
    if len(grown):
        _show_growth(grown.set_index("items").sort_index())
    for name, lines in tables.items():
        if len(lines):
            st.markdown(f"**{TABLES[name]}**")
            _show_table(lines)
    if not len(grown) and not any(map(len, tables.values())):
        st.info("Nothing is kept yet. Measure with: python -m recsys bench recommend --record")


def _show_growth(grown: pd.DataFrame) -> None:
    seconds = grown.assign(recommend=grown["recommend"] / 1e3)
    left, right = st.columns(2, gap="large")
    with left:
        show_chart(growth(seconds, SECONDS, "seconds"), "Seconds, by items", "metrics_seconds")
    with right:
        show_chart(growth(grown, MEMORY, "GiB"), "Memory at most, by items", "metrics_memory")
    st.caption(f"Generated catalogues, twenty likes an item. {escape(_source(grown))}")


def _show_table(lines: pd.DataFrame) -> None:
    st.dataframe(lines.drop(columns=list(bench.STAMP)), hide_index=True)
    st.caption(escape(_source(lines)))


def _source(lines: pd.DataFrame) -> str:
    """Which machines measured, with which version, and when."""
    told = lines.assign(day=lines["made"].str[:10])[["machine", "thaw", "day"]].drop_duplicates()
    return "; ".join(f"{line.machine}, Thaw {line.thaw}, {line.day}" for line in told.itertuples())
