"""How similar two items are, as a sum of what each signal contributes."""

from collections.abc import Mapping
from dataclasses import asdict

import numpy as np
import pandas as pd

from recsys.models.new_item.kernel import Weights

SHARES = {"behaviour": 0.5, "content": 1.0, "graph": 1.0, "lexical": 1.0, "period": 0.25}
"""What each signal counts in the similarity of two items."""
COMPONENTS = {
    "content": ("meaning",),
    "graph": ("people", "topics", "rest"),
    "lexical": ("words",),
    "period": ("year",),
}
"""Which components of the kernel are which signal's."""


def contributions(
    components: Mapping[str, np.ndarray], behaviour: np.ndarray, weights: Weights
) -> pd.DataFrame:
    """Contributions (m, 5) of the signals to the similarity, from the kernel's components (m,) each
    and the cosine ``behaviour`` (m,) of the two audiences."""
    similarity = {"behaviour": behaviour}
    for signal, names in COMPONENTS.items():
        similarity[signal] = _weighted_mean(components, names, asdict(weights))
    total = sum(SHARES.values())
    columns = {name: SHARES[name] / total * similarity[name] for name in sorted(SHARES)}
    return pd.DataFrame(columns)


def _weighted_mean(
    components: Mapping[str, np.ndarray], names: tuple[str, ...], weights: Mapping[str, float]
) -> np.ndarray:
    total = sum(weights[name] for name in names)
    weighted = [weights[name] / total * components[name].ravel() for name in names]
    return np.sum(weighted, axis=0)
