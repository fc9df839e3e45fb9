"""A language model run by sentence-transformers: on any device, and what others are made from."""

import os
import platform
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from recsys.encoders._pieces import Piece
from recsys.errors import EncoderError

MAX_ON_ONE_THREAD = 16
"""Up to this many texts are read on one thread: two would save milliseconds on an idle machine, but
lose hundreds waiting for each other on a busy one."""


class Runner:
    """The model ``name`` at ``location`` on ``device``, as torch calls it; threads may share it.

    Raises EncoderError when it cannot be loaded.
    """

    def __init__(self, name: str, location: str, device: str):
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = SentenceTransformer(location, device=device)
        except Exception as error:  # the library raises a dozen unrelated kinds
            reason = str(error).strip().partition("\n")[0]
            raise EncoderError(f"The language model {name!r} cannot be loaded: {reason}") from error
        on_gpu = device.startswith("cuda")
        self.model: Any = model.half() if on_gpu else model
        self.device = device
        self.window = int(model.max_seq_length or 512)
        self.batch_tokens = 65_536 if on_gpu else 4_096
        self._lock = threading.Lock()  # the tokenizer keeps padding state between calls

    @property
    def device_name(self) -> str:
        import torch

        if self.device.startswith("cuda"):
            return f"CUDA ({torch.cuda.get_device_name(self.device)}, half precision)"
        if self.device == "mps":
            return "Apple GPU"
        return f"CPU ({platform.machine()}, {os.cpu_count()} cores; torch)"

    def tokenise(self, texts: Sequence[str]) -> list[Piece]:
        """The texts with all of their tokens, however many."""
        with self._lock:
            found = self.model.tokenizer(list(texts), truncation=False, verbose=False)
        return list(map(Piece, texts, found["input_ids"]))

    def embed(self, batches: Sequence[Sequence[Piece]]) -> Iterator[np.ndarray]:
        """The (b, d) embeddings of each batch."""
        count = sum(map(len, batches))
        threads = 1 if count <= MAX_ON_ONE_THREAD else os.cpu_count() or 1
        for batch in batches:
            texts = [piece.text for piece in batch]
            with self._lock, _threads(threads):
                vectors = self.model.encode(texts, batch_size=len(texts), show_progress_bar=False)
            yield vectors


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


def best_device() -> str:
    """What torch calls the best device of this machine: CUDA, else Apple, else CPU."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
