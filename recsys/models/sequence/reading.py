"""What was learned of likes in order, as it is asked: self-attention without torch."""

from collections.abc import Mapping, Sequence

import numpy as np


class NextItem:
    """What was learned, ready to be asked, without torch; n is the ``count`` of items."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        self._arrays, self._items = arrays, arrays["items"]
        self.count = len(self._items)

    def score(self, liked: Sequence[int], vectors: np.ndarray) -> np.ndarray:
        """(m,) the logit that each item is liked next, after ``liked``, the last one last.

        ``vectors`` (m, d) are the items' meanings; those from the n-th on were not there when it
        learned, and are read by their text.
        """
        a = self._arrays
        new = vectors[self.count :] @ a["text"].T
        last = list(liked)[-len(a["place"]) :]
        read = np.stack([new[r - self.count] if r >= self.count else self._items[r] for r in last])
        state = encode(a, read)
        return np.concatenate([self._items @ state, new @ state])


def encode(arrays: Mapping[str, np.ndarray], read: np.ndarray) -> np.ndarray:
    """(f,) what comes after items that were read as (m, f), m up to the length that was learned."""
    a, m = arrays, len(read)
    x = read + a["place"][-m:]
    later = np.triu(np.full((m, m), -np.inf, dtype=np.float32), 1)
    for block in range(int(a["blocks"][0])):

        def linear(name: str, z: np.ndarray, block: int = block) -> np.ndarray:
            weight, bias = (a[f"layers.{block}.{name}.{part}"] for part in ("weight", "bias"))
            found: np.ndarray = z @ weight.T + bias
            return found

        z = _normal(x, a, f"layers.{block}.before")
        nearness = linear("query", z) @ linear("key", z).T / x.shape[1] ** 0.5 + later
        share = np.exp(nearness - nearness.max(axis=1, keepdims=True))
        x = x + share / share.sum(axis=1, keepdims=True) @ linear("value", z)
        z = _normal(x, a, f"layers.{block}.between")
        x = x + linear("down", np.maximum(linear("up", z), 0))
    found: np.ndarray = _normal(x[-1:], a, "last")[0]
    return found


def _normal(x: np.ndarray, arrays: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    """Layer normalisation (Ba et al. 2016)."""
    away = x - x.mean(axis=1, keepdims=True)
    deviation = np.sqrt((away**2).mean(axis=1, keepdims=True) + 1e-5)
    found: np.ndarray = away / deviation * arrays[f"{name}.weight"] + arrays[f"{name}.bias"]
    return found
