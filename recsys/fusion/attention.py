"""Attention: a gate, trained on the query's features, says how far to listen to each signal."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from recsys.arrays import on_scale, unpacked
from recsys.datatypes import Context

TITLE = "Weights that fit the taste"
TERM = "attention"
HELP = "Learned from people's likes which signals to listen to for a taste like this one."
MODEL = "gate"


def fuse(
    scores: pd.DataFrame, weights: Mapping[str, float], context: Context = Context()
) -> pd.DataFrame:
    """Contribution of signal s to item i: gate_s * (x_is - mean_s) / std_s, see ``gate``.

    The scale is that of the weighted sum, which is what comes out without a trained gate when
    every signal has an opinion. Shapes: (n, signals) in and out.

    >>> scores = pd.DataFrame({"a": [1.0, 3.0], "b": [7.0, 5.0]})
    >>> fuse(scores, {"a": 3, "b": 1}).to_numpy().tolist()
    [[-0.75, 0.25], [0.75, -0.25]]
    """
    parts = gate(scores, weights, context) * on_scale(scores.to_numpy(), context.scale)
    return pd.DataFrame(parts, index=scores.index, columns=scores.columns)


def gate(scores: pd.DataFrame, weights: Mapping[str, float], context: Context) -> np.ndarray:
    """The share of attention of each signal: (signals,), 0 or more, of sum 1.

    softmax of W2 tanh(W1 f + b1) + b2 + log(w_s) over the signals that have an opinion on any
    candidate, f being the features less their ``mean``, over their ``scale``: the weights are the
    prior that the learned part multiplies, so 0 silences. Without a model, or features, the
    weights are all there is; so are they for a signal that the model was not trained for.
    """
    voiced = ~np.isnan(scores.to_numpy()).all(axis=0)
    prior = np.array([weights[name] for name in scores], dtype=np.float64) * voiced
    if not prior.any():
        return prior
    logits = learned(context, list(scores))
    share = prior * np.exp(logits - logits[prior > 0].max())
    return share / share.sum()


def learned(context: Context, signals: Sequence[str]) -> np.ndarray:
    """What the model makes of the features: one logit for each of the ``signals``, or zeros.

    A signal that it does not know has the mean logit; a feature that is gone is as usual.
    """
    model, features = context.model, context.features
    if model is None or features is None:
        return np.zeros(len(signals))
    known = features.reindex(unpacked(model["features"])).to_numpy()
    f = np.nan_to_num((known - model["mean"]) / model["scale"])
    hidden = np.tanh(model["W1"] @ f + model["b1"])
    logits = pd.Series(model["W2"] @ hidden + model["b2"], unpacked(model["signals"]))
    aligned = logits.reindex(signals)
    return aligned.fillna(logits.mean()).to_numpy(dtype=np.float64)
