"""Who judged, and how far they agree."""

import math

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared.text import escape
from recsys.metrics.agreement import krippendorff_alpha, weighted_kappa
from recsys.store.judgements import Judgements
from recsys.store.workspace import Workspace

BANDS = {0.8: "they agree well", 0.667: "good enough to go by with care"}
"""From so much agreement on, what may be made of it (Krippendorff 2004, ch. 11.4.2)."""

MOST = 10
"""So many pairs of judges are told one by one, those who have judged most of the same."""


def show_judges(opened: Workspace, name: str) -> None:
    """How much each has judged, and how far those agree who judged the same."""
    table = Judgements(opened.name).table(name)
    if table.empty:
        st.info("Nobody has judged anything yet.", icon=":material/group:")
        return
    wide = table.pivot_table(index=["taste", "item"], columns="judge", values="grade")
    st.markdown(_said(wide))
    counts = table.groupby("judge")["grade"].agg(["count", "mean"])
    st.dataframe(
        counts,
        column_config={
            "judge": "Judge",
            "count": st.column_config.NumberColumn("Judgements"),
            "mean": st.column_config.NumberColumn("Mean grade", format="%.2f"),
        },
    )
    if len(wide.columns) > 2:
        _show_pairs(wide)
    st.markdown(
        ":small[Agreement beyond chance: 1 is the same of everything, 0 what chance would bring. Of"
        " two judges it is Cohen's kappa with quadratic weights, of more Krippendorff's alpha for"
        " intervals. A figure counts the mean of their grades.]"
    )


def _said(wide: pd.DataFrame) -> str:
    """The agreement of all judges in a sentence."""
    names = list(wide.columns)
    common = int((wide.notna().sum(axis=1) > 1).sum())
    if len(names) == 1:
        return f"**Only {escape(names[0])} has judged**: it takes two to agree."
    if not common:
        return f"**{len(names)} judges, and no item that two of them judged for the same taste**"
    if len(names) == 2:
        both = wide.dropna()
        figure, called = weighted_kappa(*(both[each].to_numpy() for each in names)), "kappa"
    else:
        figure, called = krippendorff_alpha(wide.to_numpy(dtype=float).T), "alpha"
    over = f"{called}, over {common} item{'s' if common > 1 else ''} that several judged"
    if math.isnan(figure):
        return f"**They gave one and the same grade**: that says nothing ({over})"
    band = next((said for low, said in BANDS.items() if figure >= low), "too far apart to go by")
    return f"**{figure:.2f}: {band}** ({over})"


def _show_pairs(wide: pd.DataFrame) -> None:
    """The kappa of those pairs that have judged most of the same."""
    judged = wide.notna().to_numpy(dtype=np.int64)
    common = np.triu(judged.T @ judged, 1)  # (judges, judges)
    most = np.argsort(-common, axis=None, kind="stable")[:MOST]
    lines = []
    for one, other in zip(*np.unravel_index(most, common.shape), strict=True):
        if common[one, other]:
            names = [wide.columns[place] for place in (one, other)]
            both = wide[names].dropna().to_numpy()
            lines.append((" and ".join(names), len(both), weighted_kappa(*both.T)))
    if not lines:
        return
    pairs = pd.DataFrame(lines, columns=["pair", "items", "kappa"]).sort_values("kappa")
    st.markdown("**Two by two, those who agree least first**")
    st.dataframe(
        pairs,
        hide_index=True,
        column_config={
            "pair": "Judges",
            "items": "Items of both",
            "kappa": st.column_config.NumberColumn("Kappa", format="%.2f"),
        },
    )
