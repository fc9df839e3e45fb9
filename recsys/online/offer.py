"""Weights as learned from use: an offer for the strategy, never a silent change."""

from collections.abc import Mapping

import numpy as np

from recsys.signals import default_weights
from recsys.store.learned import State

MIN_CHOICES = 50
"""Fewer likes in lists teach too little to offer anything."""
STEP = 0.05
"""What weights are rounded to: what a slider can be set to."""


def offered(state: State) -> Mapping[str, float] | None:
    """Signal -> weight from 0 to 1, the greatest 1; None where too little was learned.

    A signal that never said anything keeps its usual weight, on the scale of the others; one that
    speaks against what is liked is silenced.
    """
    if state.choices < MIN_CHOICES:
        return None
    usual = default_weights()
    known = {name: w for name, w in zip(state.signals, state.weights, strict=True) if name in usual}
    raw = {name: max(float(known.get(name, weight)), 0.0) for name, weight in usual.items()}
    greatest = max(raw.values()) or 1.0
    return {name: float(np.round(w / greatest / STEP) * STEP) for name, w in raw.items()}
