"""Concatenation: the cosine of one long vector, in which every signal is a block."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from recsys.arrays import centred
from recsys.datatypes import Context

TITLE = "One long vector"
TERM = "concatenation"
HELP = "Joins the signals into one long vector and measures the angle between taste and item."
MODEL = ""


def fuse(
    scores: pd.DataFrame, weights: Mapping[str, float], context: Context = Context()
) -> pd.DataFrame:
    """Contribution of signal s to item i: w_s² sim_is / (|query| |item i|).

    The query is the blocks w_s q_s and an item the blocks w_s x_is, with q_s and x_is at unit
    length, so a block's dot product is w_s² times its cosine. A signal says no cosine but a score;
    sim_is in [-1, 1] is that score less its mean, over the largest distance from the mean among
    the candidates. A signal without an opinion on an item is a block that the item lacks, and one
    without any opinion a block that the query lacks; lacked blocks have no part in the lengths.
    The score is a cosine in [-1, 1]. Shapes: (n, signals) in and out.

    >>> scores = pd.DataFrame({"a": [1.0, 3.0], "b": [np.nan, 7.0]})
    >>> fuse(scores, {"a": 1, "b": 1}).round(4).to_numpy().tolist()
    [[-0.7071, 0.0], [0.5, 0.0]]
    """
    x = scores.to_numpy()  # (n, signals)
    square = np.array([weights[name] for name in scores], dtype=np.float64) ** 2
    away = centred(x)
    furthest = np.abs(away).max(axis=0)
    similarity = away / np.where(furthest > 0, furthest, 1)
    voiced = ~np.isnan(x)
    item = np.sqrt(voiced @ square)  # (n,)
    query = np.sqrt(voiced.any(axis=0) @ square)
    length = np.where(item > 0, item * query, 1)
    return pd.DataFrame(
        square * similarity / length[:, None], index=scores.index, columns=scores.columns
    )
