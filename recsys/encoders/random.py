"""Random: a unit vector drawn for each text, to measure everything but embedding."""

from collections.abc import Sequence

import numpy as np

from recsys.datatypes import Progress, no_progress

TITLE = "Random"
HELP = "Reads nothing; for measuring what everything but reading costs."

WIDTH = 384
"""As that of the usual model."""


class Encoder:
    """Draws (n, WIDTH) unit rows, the same for the same number of texts."""

    device_name = "no device"
    why = "nothing is read"

    def __init__(self, model: str = "random"):
        self.name = model

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:
        vectors = np.random.default_rng(0).standard_normal((len(texts), WIDTH), dtype=np.float32)
        vectors /= np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]  # a copy would count
        return vectors
