"""How good such forecasts are: measured on items that are held out, beside the simple way."""

import json
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.text import escape
from recsys.reports.store import BUNDLED

MEASURED = BUNDLED / "landing" / "movielens.json"
ASKED = {
    "f1_micro": "Genres from title and text alone, F1 of all together",
    "f1_macro": "... mean F1 of the genres",
    "auc": "Who likes it, AUC",
    "auc_even": "... among people who like about as much of anything",
    "spearman": "How many like it, Spearman's correlation",
    "covered": "Truths within the 80 % interval",
}


def show_quality() -> None:
    """A popover with the figures, each with its 95 % interval, and where they come from."""
    report = _report()
    with st.popover("How good are such forecasts?", icon=":material/verified:"):
        columns = {line["name"]: line for line in report["strategies"]}
        table = pd.DataFrame(
            {
                name.replace("default", "here").capitalize(): [_cell(line[m]) for m in ASKED]
                for name, line in columns.items()
            },
            index=list(ASKED.values()),
        )
        st.table(table)
        st.caption(
            f"{report['n']:,} films of MovieLens with real people, of which no like was known,"
            f" {report['made'][:10]}, measured elsewhere: `{escape(report['command'])}`. In"
            " brackets the 95 % interval. On other catalogues it will differ."
        )


@cache
def _report() -> dict[str, Any]:
    report: dict[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return report


def _cell(figure: dict[str, float]) -> str:
    known = figure["mean"] is not None  # JSON's null
    return "{mean:.2f} [{low:.2f}, {high:.2f}]".format(**figure) if known else ""
