"""Weighted sum of standardised signals."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from recsys.arrays import on_scale
from recsys.datatypes import Context

TITLE = "Added up by weight"
TERM = "weighted sum"
HELP = "Puts every signal on one scale and adds them up by their weights."
MODEL = ""


def fuse(
    scores: pd.DataFrame, weights: Mapping[str, float], context: Context = Context()
) -> pd.DataFrame:
    """Contribution of signal s to item i: w_s / sum(w) * (x_is - mean_s) / std_s.

    That is the usual scale; ``context`` may name another. Mean and standard deviation run over the
    candidates that have an opinion; a missing opinion and a signal that says the same of everyone
    contribute 0. Shapes: (n, signals) in and out.

    >>> scores = pd.DataFrame({"a": [1.0, 3.0], "b": [np.nan, 7.0]})
    >>> fuse(scores, {"a": 1, "b": 1}).to_numpy().tolist()
    [[-0.5, 0.0], [0.5, 0.0]]
    """
    weight = np.array([weights[name] for name in scores], dtype=np.float64)
    parts = weight / weight.sum() * on_scale(scores.to_numpy(), context.scale)
    return pd.DataFrame(parts, index=scores.index, columns=scores.columns)
