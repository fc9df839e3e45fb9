"""From torch to OpenVINO: the files of a converted model."""

from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from recsys.encoders import _torch
from recsys.encoders._openvino import MODEL, PROBES, TOKENIZER, openvino

TEXTS = (
    "slow space films, nothing gory",
    "Ran. An old warlord divides his realm among three sons. Two of them turn on him, and he"
    " wanders, mad, over a burning plain.",
    "七人の侍 🎬",
    "love",
)
"""Probes: texts of several lengths, by which it is told whether the vectors are the same."""


def _from_tokens(model: Any) -> Any:
    """The module that makes tokens (b, t) and their mask (b, t) into embeddings (b, d)."""
    import torch

    class FromTokens(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model
            self.typed = "token_type_ids" in model.tokenizer.model_input_names

        def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> Any:
            features = {"input_ids": tokens, "attention_mask": mask}
            if self.typed:
                features["token_type_ids"] = torch.zeros_like(tokens)
            return self.model(features)["sentence_embedding"]

    return FromTokens().eval()


def save(runner: _torch.Runner, folder: Path) -> None:
    """Puts model, tokenizer and probes into ``folder``; raises what the libraries do."""
    import torch
    from transformers.utils import logging

    verbosity = logging.get_verbosity()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        tokens = torch.ones((2, 16), dtype=torch.int64)
        shape = ([-1, -1], openvino.Type.i64)
        with torch.no_grad():
            converted = openvino.convert_model(
                _from_tokens(runner.model),
                example_input=(tokens, tokens.clone()),
                input=[shape, shape],
            )
    finally:
        logging.set_verbosity(verbosity)
    openvino.save_model(converted, folder / MODEL, compress_to_fp16=False)
    tokenizer = Tokenizer.from_str(runner.model.tokenizer.backend_tokenizer.to_str())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / TOKENIZER))
    pieces = runner.tokenise(TEXTS)
    (vectors,) = runner.embed([pieces])
    probes = {
        "tokens": np.concatenate([piece.ids for piece in pieces]),
        "sizes": np.array([len(piece.ids) for piece in pieces]),
        "vectors": np.ascontiguousarray(vectors, dtype=np.float32),
    }
    save_file(probes, folder / PROBES)
