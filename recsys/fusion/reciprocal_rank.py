"""Reciprocal rank fusion: only the order that each signal gives counts."""

from collections.abc import Mapping

import pandas as pd

from recsys.datatypes import Context

TITLE = "Places, not scores"
TERM = "reciprocal rank fusion"
HELP = "Looks at each signal's order only: the higher an item stands in it, the more it adds."
MODEL = ""

SMOOTHING = 60
"""How slowly places lose their worth (Cormack, Clarke & Büttcher 2009)."""


def fuse(
    scores: pd.DataFrame, weights: Mapping[str, float], context: Context = Context()
) -> pd.DataFrame:
    """Contribution of signal s to item i: w_s / sum(w) * 61 / (60 + place of i in s).

    Places run from 1; equal scores share their mean place; no opinion contributes 0. The 61 makes
    an item that is first everywhere score 1. Shapes: (n, signals) in and out.

    >>> scores = pd.DataFrame({"a": [5.0, 9.0], "b": [float("nan"), 2.0]})
    >>> fuse(scores, {"a": 1, "b": 1}).round(4).to_numpy().tolist()
    [[0.4919, 0.0], [0.5, 0.5]]
    """
    weight = pd.Series(weights, dtype=float)[list(scores)]
    worth = (SMOOTHING + 1) / (SMOOTHING + scores.rank(ascending=False))
    return (worth * (weight / weight.sum())).fillna(0.0)
