"""What title and text mean without the rest: read of a sample, estimated of the others."""

import numpy as np


def sample(rows: np.ndarray, most: int) -> np.ndarray:
    """Up to ``most`` of the ``rows`` (k,), evenly spaced in their order.

    >>> sample(np.array([7, 3, 9, 1, 5]), 3).tolist()
    [7, 9, 5]
    """
    if len(rows) <= most:
        return rows
    return rows[np.linspace(0, len(rows) - 1, most).astype(int)]


def estimated(whole: np.ndarray, read: np.ndarray, alone: np.ndarray, ridge: float) -> np.ndarray:
    """(k, d) unit embeddings of title and text alone, from those of the whole documents (k, d).

    ``alone`` (r, d) are those that were read, of the items at ``read`` (r,), and stay as they are.
    Of the others they are what ridge regression makes of the whole: how categories and facts move
    a document is much the same for all (affine, one map for the d dimensions).
    """
    centre, target = whole[read].mean(axis=0), alone.mean(axis=0)
    moved = whole[read] - centre
    gram = moved.T @ moved + ridge * np.eye(whole.shape[1], dtype=np.float32)
    apart = np.linalg.solve(gram, moved.T @ (alone - target - moved))  # (d, d)
    found = (whole - centre) @ (np.eye(len(apart), dtype=np.float32) + apart) + target
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
    found[read] = alone
    return found.astype(np.float32)
