"""How much of a neighbourhood is left on a map of two dimensions."""

import numpy as np

BLOCK = 512
"""So many rows are compared with all others at once."""


def neighbours_kept(
    vectors: np.ndarray,
    points: np.ndarray,
    k: int = 10,
    sample: int = 2_000,
    rng: np.random.Generator | None = None,
) -> float:
    """The share, from 0 to 1, of the ``k`` nearest by cosine that are among the ``k`` nearest on
    the map; by chance it is k / (n - 1).

    ``vectors`` (n, d) are of length 1, ``points`` (n, 2) finite, n above ``k``. Measured on
    ``sample`` of the rows where there are more.

    >>> line = np.array([[0.0, 0], [1, 0], [3, 0], [6, 0]])
    >>> angle = line[:, 0] / 10
    >>> neighbours_kept(np.stack([np.cos(angle), np.sin(angle)], axis=1), line, k=1)
    1.0
    """
    from scipy.spatial import cKDTree

    if len(points) <= k:
        raise ValueError(f"expected more than {k} points, got {len(points)}")
    rows = np.arange(len(points))
    if len(rows) > sample:
        rows = np.sort((rng or np.random.default_rng(0)).choice(rows, sample, replace=False))
    kept = 0
    tree = cKDTree(points)
    for start in range(0, len(rows), BLOCK):
        asked = rows[start : start + BLOCK]  # (b,)
        on_map = _others(tree.query(points[asked], k + 1)[1], asked)  # (b, k)
        cosine = vectors[asked] @ vectors.T  # (b, n)
        cosine[np.arange(len(asked)), asked] = -np.inf
        in_meaning = np.argpartition(-cosine, k, axis=1)[:, :k]  # (b, k)
        kept += int((in_meaning[:, :, None] == on_map[:, None]).any(axis=1).sum())
    return kept / (len(rows) * k)


def _others(found: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """(b, k) of the k + 1 nearest: all but the row itself, or the last where many share a place."""
    own = found == asked[:, None]  # (b, k + 1)
    own[~own.any(axis=1), -1] = True
    return found[~own].reshape(len(found), -1)
