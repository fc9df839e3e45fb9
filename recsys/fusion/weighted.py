"""Weighted sum of standardised signals."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

TITLE = "Weighted sum"
HELP = "Puts every signal on one scale and adds them up by their weights."


def fuse(scores: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Contribution of signal s to item i: w_s / sum(w) * (x_is - mean_s) / std_s.

    Mean and standard deviation run over the candidates that have an opinion; a missing opinion
    and a signal that says the same of everyone contribute 0. Shapes: (n, signals) in and out.

    >>> scores = pd.DataFrame({"a": [1.0, 3.0], "b": [np.nan, 7.0]})
    >>> fuse(scores, {"a": 1, "b": 1}).to_numpy().tolist()
    [[-0.5, 0.0], [0.5, 0.0]]
    """
    x = scores.to_numpy(dtype=np.float64)  # (n, signals)
    weight = np.array([weights[name] for name in scores], dtype=np.float64)
    voiced = ~np.isnan(x)
    count = np.maximum(voiced.sum(axis=0), 1)
    centred = np.where(voiced, x - np.where(voiced, x, 0).sum(axis=0) / count, 0)
    deviation = np.sqrt((centred**2).sum(axis=0) / count)
    # Rounding leaves a constant float32 column a deviation of about 1e-8, which is not an opinion.
    scale = np.where(deviation > 1e-6, deviation, np.inf)
    return pd.DataFrame(
        weight / weight.sum() * centred / scale, index=scores.index, columns=scores.columns
    )
