"""Arrays in a file of safetensors, read where they lie: nothing is loaded before it is looked at.

Several processes that open the same file share its pages.
"""

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

_TYPES = {
    "BOOL": np.bool_,
    "U8": np.uint8,
    "I8": np.int8,
    "F16": np.float16,
    "I16": np.int16,
    "U16": np.uint16,
    "F32": np.float32,
    "I32": np.int32,
    "U32": np.uint32,
    "F64": np.float64,
    "I64": np.int64,
    "U64": np.uint64,
}
"""Names of the format -> NumPy's types."""


def save(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Writes the arrays under a name of their own, and renames the file when it is whole."""
    own = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    # In another order than C's, safetensors would write them scrambled.
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    try:
        save_file(plain, own)
        os.replace(own, path)
    finally:
        own.unlink(missing_ok=True)


def mapped(path: Path) -> dict[str, np.ndarray]:
    """The arrays of a file, read only; raises SafetensorError or OSError where it is damaged."""
    with safe_open(path, framework="numpy"):  # checks that header and length belong together
        pass
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    data = np.asarray(np.memmap(path, np.uint8, mode="r"))
    found = {}
    for name, about in header.items():
        if name != "__metadata__":
            start, end = (8 + length + place for place in about["data_offsets"])
            part: np.ndarray = data[start:end].view(_TYPES[about["dtype"]])
            found[name] = part.reshape(about["shape"])
    return found
