"""Regions of the map of a catalogue: where they are and what they are called."""

import numpy as np
import pandas as pd

from recsys.knowledge.graph import kind
from recsys.learning.clusters import cluster_labels, clusters
from recsys.store.labels import labels
from recsys.store.workspace import Workspace

MIN_ITEMS = 5
"""A label that names a region is one of at least so many items."""
MAX_LABELS = 2_000
"""So many labels, the most used, are looked at."""
NOT_NAMING = frozenset({"person", "company", "item"})
"""Kinds of labels that do not say what is to be seen or played."""


def regions(workspace: Workspace, points: np.ndarray) -> pd.DataFrame:
    """x, y, name, items: the middle of each cluster of ``points`` (n, 2; NaN for what is not on the
    map), what it has more of than the rest ("" where there is no such thing), how many are in it.
    """
    rows = np.flatnonzero(np.isfinite(points[:, 0]))
    of = clusters(points[rows])
    tied, frame = labels(workspace, MIN_ITEMS, MAX_LABELS)
    naming = np.flatnonzero(~frame["relation"].map(kind).isin(NOT_NAMING))
    named = cluster_labels(of, tied[rows][:, naming], frame["name"].iloc[naming].tolist())
    middle = pd.DataFrame(points[rows], columns=["x", "y"]).groupby(of).median()
    return middle.assign(
        name=[" · ".join(name) for name in named], items=np.bincount(of)
    ).rename_axis("region")
