"""Limits: what the words rule out stands behind everything else, and the ranking says by how much.

Post-filtering that keeps the score additive: one contribution, zero or below.
"""

import numpy as np
import pandas as pd

TITLE = "What you ruled out"
TERM = "hard constraints"

PUSH_THRESHOLD = 0.8
"""From this penalty on an item comes after all that have less."""
SOFT_WEIGHT = 3.0
"""What a full penalty would weigh below that, in standard deviations of the scores."""


def limit(contributions: pd.DataFrame, penalty: np.ndarray) -> pd.DataFrame:
    """The contributions with a column ``limits``, 0 or negative, where anything is ruled out.

    ``penalty`` (n,), from 0 to 1, in the order of the frame. From PUSH_THRESHOLD on an item loses
    more than lies between the best score and the worst, the more the worse its penalty: it stands
    behind all that are not pushed. Below, a penalty weighs. Less penalty never lowers an item.

    >>> scores = pd.DataFrame({"a": [3.0, 2.0, 1.0]})
    >>> limit(scores, np.array([1.0, 0.0, 0.0]))["limits"].tolist()
    [-4.0, 0.0, 0.0]
    """
    if not penalty.any():
        return contributions
    score = contributions.sum(axis=1).to_numpy(dtype=np.float64)
    distance = float(score.max() - score.min()) or 1.0
    pushed = -distance * (1 + penalty)
    weighed = -SOFT_WEIGHT * score.std() * penalty
    limits = np.where(penalty >= PUSH_THRESHOLD, pushed, np.maximum(weighed, -distance))
    return contributions.assign(limits=limits + 0.0)
