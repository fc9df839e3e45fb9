"""An encoder that reads every text once: protocols ask about the same texts again and again."""

from collections.abc import Sequence

import numpy as np

from recsys.datatypes import Progress, no_progress
from recsys.encoders.sentence import TextEncoder


class Remembering:
    """A TextEncoder that keeps what another one says."""

    def __init__(self, encoder: TextEncoder):
        self.name = encoder.name
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    @property
    def device_name(self) -> str:
        return self._encoder.device_name

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new, progress), strict=True))
        return np.stack([self._known[text] for text in texts])
