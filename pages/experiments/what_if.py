"""What if another strategy had chosen? From a simulated log of the first."""

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared.charts import show_chart
from pages.shared.text import escape
from recsys.charts import experiments as charts
from recsys.online.experiments.experiment import Plan
from recsys.online.experiments.off_policy import (
    cross_fitted,
    doubly_robust,
    ips,
    overlap,
    snips,
)
from recsys.online.experiments.people import People
from recsys.online.experiments.trial import CURIOUS, logged, policies, true_value


def show_what_if(plan: Plan, known: People, lists: np.ndarray, seed: int) -> None:
    """What each other strategy is worth, from what the first one has shown and got."""
    probabilities, rows = policies(lists)
    rng = np.random.default_rng(seed)
    log = logged(known, probabilities[0], rows, plan.visitors, rng)
    predicted = cross_fitted(log, len(known.names), len(rows), rng)
    first = plan.strategies[0]
    for place, name in enumerate(plan.strategies[1:], start=1):
        target = probabilities[place]
        found = {
            "weighted (IPS)": ips(log, target),
            "weighted, self-normalised (SNIPS)": snips(log, target),
            "weighted and predicted (doubly robust)": doubly_robust(log, target, predicted),
        }
        table = pd.DataFrame({key: vars(each) for key, each in found.items()}).T
        truth = true_value(known, target, rows)
        best = found["weighted and predicted (doubly robust)"]
        title = (
            f"{name} would get {best.value:.3f} likes a visitor [{best.low:.3f}, {best.high:.3f}];"
            f" {first} got {log.reward.mean():.3f}"
        )
        marks = {f"{first} in the log": float(log.reward.mean()), "the truth, simulated": truth}
        show_chart(charts.worth(table, marks), title, f"experiments_chart_what_if_{place}")
        _show_overlap(overlap(log, target).effective, overlap(log, target).warning, plan.visitors)
    st.markdown(
        f":small[A simulated log: {escape(first)} showed {plan.visitors:,} visitors one item each,"
        f" mostly the first of its list, and in {CURIOUS:.0%} of cases any item of the lists. Bars"
        " are 95 % intervals.]"
    )


def _show_overlap(effective: float, warning: str, lines: int) -> None:
    if warning:
        st.warning(escape(warning), title="The two show too little of the same")
        return
    st.markdown(f":small[{lines:,} lines of the log tell as much as {effective:,.0f} of its own.]")
