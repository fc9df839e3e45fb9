"""Weighted sum by weights that were learned from people."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from recsys.arrays import standardised, unpacked
from recsys.datatypes import Context

TITLE = "Weights learned from people"
TERM = "linear listwise ranking"
HELP = "Adds the signals up by weights that were learned from what people judged."
MODEL = "ranker"


def fuse(
    scores: pd.DataFrame, weights: Mapping[str, float], context: Context = Context()
) -> pd.DataFrame:
    """Contribution of signal s to item i: w_s f_s / sum(w f) * (x_is - mean_s) / std_s, where f is
    what was learned, 1 for a signal that the model does not know and without a model.

    The scale and the rest are those of the weighted sum. Shapes: (n, signals) in and out.

    >>> scores = pd.DataFrame({"a": [1.0, 3.0], "b": [7.0, 5.0]})
    >>> fuse(scores, {"a": 3, "b": 1}).to_numpy().tolist()
    [[-0.75, 0.25], [0.75, -0.25]]
    """
    weight = np.array([weights[name] for name in scores], dtype=np.float64)
    if context.model is not None:
        known = pd.Series(context.model["factors"], unpacked(context.model["signals"]))
        weight = weight * known.reindex(list(scores)).fillna(1).to_numpy(dtype=np.float64)
    parts = weight / max(weight.sum(), 1e-12) * standardised(scores.to_numpy())
    return pd.DataFrame(parts, index=scores.index, columns=scores.columns)
