"""What the weights of several tasks trade, as a bench has measured it on the open workspace."""

from datetime import datetime

import streamlit as st

from pages.shared.charts import show_chart
from pages.shared.text import escape
from recsys.charts.tasks import trades
from recsys.errors import DataError
from recsys.models.multi_task import CHANCE, FIGURES
from recsys.reports import bench
from recsys.store.workspace import Workspace


def show_traded(opened: Workspace) -> None:
    """The figures of the three tasks at each mix of their weights, where these were measured."""
    try:
        lines = bench.lines("tasks")
    except DataError as error:
        st.error(escape(str(error)), title="Figures that cannot be read", icon=":material/error:")
        return
    if not len(lines) or opened.name not in set(lines["workspace"]):
        return
    own = lines[lines["workspace"] == opened.name].set_index("learned")
    show_chart(
        trades(own[list(FIGURES)], CHANCE), "What alpha, beta and gamma trade", "models_traded"
    )
    last = own.iloc[-1]
    made = f"{datetime.fromisoformat(last['made']):%-d %B %Y}"
    said = f"On what was held out; dotted is chance. {last['machine']}, {made}."
    st.markdown(f":small[{escape(said)}]")
