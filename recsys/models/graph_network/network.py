"""The network itself: what each node of the graph is, told by its neighbours, without torch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recsys.learning.reader import Telling

SLOPE = 0.01
"""Of the leaky rectifier, below 0."""
RARE = 0.02
"""Relations with less than this share of all ties pass messages as one."""
OTHER = "other"
"""What these are called together."""


@dataclass(frozen=True)
class Config(Telling):
    """How it is learned."""

    epochs: int = 40
    patience: int = 6
    batch: int = 256
    rate: float = 0.005
    decay: float = 0.0001
    rounds: int = 4
    """How often an epoch goes through all users, who say something else each time."""
    hops: int = 2
    """Layers: how far a node hears."""
    factors: int = 64
    """In which people and items meet."""
    dropout: float = 0.3
    """The share of an item's factors, and of a text, that are dropped."""
    likes_dropout: float = 0.6
    """The share of the examples that are given no like."""
    given_share: float = 0.3
    """Of the others' likes, the share that is given."""


def normalised(ties: Mapping[str, sparse.csr_array]) -> dict[str, sparse.csr_array]:
    """The adjacency (N, N) of each relation as messages pass it: each tie over the roots of the
    strengths of both its ends, in all relations (Kipf & Welling 2017). The rare ones are one."""
    least = RARE * sum(own.nnz for own in ties.values())
    joined: dict[str, sparse.csr_array] = {}
    for name, own in ties.items():
        called = name if own.nnz >= least else OTHER
        joined[called] = joined[called] + own if called in joined else own
    strength = sum(np.asarray(own.sum(axis=1)).ravel() for own in joined.values())
    away = 1 / np.sqrt(np.maximum(strength, 1e-12))
    found = {}
    for name, own in joined.items():
        passed = own.multiply(away[:, None]).multiply(away)
        found[name] = sparse.csr_array(passed, dtype=np.float32)
    return found


def forward(
    graph: Sequence[sparse.csr_array], content: np.ndarray, arrays: Mapping[str, np.ndarray]
) -> np.ndarray:
    """(N, f) every node: what it is and what it hears over one hop, two, ..., in sum.

    h' = leaky(sum over relations r of a_r A_r h W + b); an item starts as its ``content`` (n, c)
    maps it, and its own factors, if it was learned of; anything else as nothing. ``graph`` has the
    normalised adjacency (N, N) of each relation.
    """
    items = content @ arrays["what"].T
    items[: len(arrays["own"])] += arrays["own"]
    step = np.zeros((graph[0].shape[0], items.shape[1]), dtype=np.float32)
    step[: len(items)] = items
    whole = step.copy()
    for hop in range(sum(name.startswith("layers_") for name in arrays)):
        heard = np.zeros_like(step)
        for weight, ties in zip(arrays["relations"], graph, strict=True):
            heard += weight * (ties @ step)
        step = heard @ arrays[f"layers_{hop}"].T + arrays[f"biases_{hop}"]
        step = np.where(step > 0, step, SLOPE * step)
        whole += step
    return whole
