"""A converted language model on the CPU: the same vectors, without torch."""

import json
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from recsys.encoders._pieces import Piece
from recsys.errors import EncoderError

sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # no news to anybody
import openvino  # noqa: E402

__all__ = ["MODEL", "PROBES", "SETTINGS", "TOKENIZER", "Runner", "openvino"]

MODEL, TOKENIZER, SETTINGS = "model.xml", "tokenizer.json", "model.json"
"""The files of a converted model."""

PROBES = "probes.safetensors"
"""Some tokens, and the vectors that torch gives them."""

COMPILED = "compiled"
"""The folder of what OpenVINO makes of it for this processor, without the weights."""

AGREEING = 0.9999
"""The least cosine to torch's vectors, over the probes."""


class Runner:
    """The model in ``folder``, as ``_conversion`` leaves it; safe to share between threads.

    bf16 where the processor calculates in it and the vectors agree, else fp32. Raises EncoderError
    where neither agrees with what torch said.
    """

    batch_tokens = 2_048

    def __init__(self, folder: Path):
        settings = json.loads((folder / SETTINGS).read_text())
        self.window = int(settings["window"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._core = openvino.Core()
        self._cores = os.cpu_count() or 1
        probes = load_file(folder / PROBES)
        native = "BF16" in self._core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        why = {"bf16": "bf16 agrees with fp32", "f32": "this processor has no bf16"}
        for precision in ("bf16", "f32") if native else ("f32",):
            self.precision, self.why = precision, why[precision]
            self._load(folder / MODEL, precision)
            if self._agrees(probes):
                return
            why["f32"] = "bf16 does not agree with fp32"
        raise EncoderError(f"The converted model in {folder} does not agree with torch.")

    @property
    def device_name(self) -> str:
        name = {"bf16": "bf16", "f32": "fp32"}[self.precision]
        return f"CPU ({platform.machine()}, {self._cores} cores; OpenVINO, {name})"

    def tokenise(self, texts: Sequence[str]) -> list[Piece]:
        """The texts with all of their tokens, however many."""
        encoded = self._tokenizer.encode_batch(list(texts))
        return [Piece(text, own.ids) for text, own in zip(texts, encoded, strict=True)]

    def embed(self, batches: Sequence[Sequence[Piece]]) -> Iterator[np.ndarray]:
        """The (b, d) embeddings of each batch, as many batches at a time as there are cores."""
        ids = [[piece.ids for piece in batch] for batch in batches]
        if len(ids) == 1:
            yield self._infer(ids[0])
            return
        with ThreadPoolExecutor(self._cores) as pool:
            yield from pool.map(self._infer, ids)

    def _load(self, path: Path, precision: str) -> None:
        # Each core takes batches of its own: two that share one would wait for each other, most of
        # all on a busy machine, and a question would wait for both.
        settings: dict[str, Any] = {
            "INFERENCE_PRECISION_HINT": precision,
            "NUM_STREAMS": self._cores,
            "INFERENCE_NUM_THREADS": self._cores,
            "ENABLE_CPU_PINNING": False,
        }
        if os.access(path.parent, os.W_OK):  # what is compiled once loads in half the time
            settings |= {"CACHE_DIR": str(path.parent / COMPILED), "CACHE_MODE": "OPTIMIZE_SIZE"}
        self._compiled = self._core.compile_model(path, "CPU", settings)
        self._idle: list[Any] = []

    def _infer(self, ids: Sequence[Sequence[int]]) -> np.ndarray:
        tokens, mask = padded(ids)
        with self._request() as request:
            request.infer((tokens, mask))
            return np.array(request.get_output_tensor(0).data, dtype=np.float32)

    @contextmanager
    def _request(self) -> Iterator[Any]:
        try:
            request = self._idle.pop()
        except IndexError:  # more at a time than there ever were
            request = self._compiled.create_infer_request()
        yield request
        self._idle.append(request)

    def _agrees(self, probes: dict[str, np.ndarray]) -> bool:
        tokens, sizes, expected = probes["tokens"], probes["sizes"], probes["vectors"]
        ends = np.cumsum(sizes)
        ids = [tokens[end - size : end].tolist() for end, size in zip(ends, sizes, strict=True)]
        vectors = self._infer(ids)
        length = np.linalg.norm(vectors, axis=1) * np.linalg.norm(expected, axis=1)
        return bool(((vectors * expected).sum(axis=1) / length).min() >= AGREEING)


def padded(ids: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Tokens and mask, each (b, longest) int64."""
    tokens = np.zeros((len(ids), max(map(len, ids))), dtype=np.int64)
    mask = np.zeros_like(tokens)
    for row, own in enumerate(ids):
        tokens[row, : len(own)] = own
        mask[row, : len(own)] = 1
    return tokens, mask
