"""Cascade: one signal retrieves a shortlist, the others rerank it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from recsys.arrays import on_scale
from recsys.datatypes import Context

TITLE = "Shortlist first"
TERM = "cascade"
HELP = "The weightiest signal picks a shortlist; the others put the shortlist in order."
MODEL = ""

SHORTLIST = 100
"""Longest shortlist: ten pages of ten, which is as far as anybody reads."""

SHARE = 3
"""One candidate in this many is shortlisted at most: a shortlist of all would retrieve nothing."""

TIEBREAK = 0.01
"""The retrieving signal's say inside the shortlist: enough to part what the others hold equal."""

STEP = 1.0
"""The gap between the shortlist and the rest, in standard deviations."""


def fuse(
    scores: pd.DataFrame, weights: Mapping[str, float], context: Context = Context()
) -> pd.DataFrame:
    """Contributions in three tiers, each wholly above the one below; z is a standardised score.

    * The shortlist, the retrieving signal's best (see ``shortlisted``): the others contribute
      w_s / sum(w of the others) * z_is, the retrieving signal a lift + 0.01 z.
    * The rest of what it has an opinion on: it alone contributes, a lift + z.
    * What it has no opinion on: the others contribute as in the shortlist.

    The retrieving signal is the one of the largest weight, the first by name among equals. A lift
    is the same for a whole tier, and puts its last score at least one step above the best of the
    tier below; the lowest tier that has items needs none. Shapes: (n, signals) in and out.

    >>> scores = pd.DataFrame({"a": [1.0, 3.0, 1.0, 3.0], "b": [9.0, 5.0, 9.0, 9.0]})
    >>> fuse(scores, {"a": 2, "b": 1}).round(2).to_numpy().tolist()
    [[-1.0, 0.0], [1.73, -1.73], [-1.0, 0.0], [1.73, 0.58]]
    """
    x = scores.to_numpy()
    weight = np.array([weights[name] for name in scores], dtype=np.float64)
    names = list(scores)
    retriever = names.index(min(names, key=lambda name: (-weights[name], name)))
    weight[retriever] = 0
    z = on_scale(x, context.scale)  # (n, signals)
    voiced = ~np.isnan(x[:, retriever])
    short = shortlisted(z[:, retriever], voiced)
    rest = voiced & ~short
    parts = z * weight / (weight.sum() or 1)
    parts[rest] = 0
    parts[:, retriever] = z[:, retriever] * np.where(short, TIEBREAK, 1)
    floor = None
    for tier in (~voiced, rest, short):
        if not tier.any():
            continue
        score = parts[tier].sum(axis=1)
        lift = 0.0 if floor is None else floor - min(score.min(), 0) + STEP
        parts[tier, retriever] += lift
        floor = lift + score.max()
    return pd.DataFrame(parts, index=scores.index, columns=scores.columns)


def shortlisted(opinions: np.ndarray, voiced: np.ndarray) -> np.ndarray:
    """Which of ``opinions`` (n,) are the best third, or the best 100 of more; (n,) of bool.

    What equals the last of them is in too, so that no item wins by its row number; where fewer
    are ``voiced`` (n,), these are all.
    """
    size = min(SHORTLIST, -(-len(opinions) // SHARE), int(voiced.sum()))
    if not size:
        return voiced
    last = np.sort(opinions[voiced])[-size]
    return voiced & (opinions >= last)
