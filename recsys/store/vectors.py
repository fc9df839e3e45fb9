"""The vectors of a version, mapped into memory: read where they lie, and shared by processes.

vectors.npy   (b, d) float32: the embeddings of the built items minus their mean, at unit length
centre.npz    ``mean`` (d,); ``lengths`` (b,), how long they were; ``content``, a digest of them

Both are made by a build, and nobody changes what stands in them.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recsys.errors import WorkspaceError

VECTORS = "vectors.npy"
CENTRE = "centre.npz"
CHUNK = 1 << 15
"""Items worked on at a time; bounds the memory, never changes a result."""


@dataclass(frozen=True, eq=False)
class Vectors:
    """``rows`` (n, d) unit vectors, and ``lengths`` (n,), of the built items and those published;
    ``mean`` (d,) of the embeddings of the built ones, whose vectors have the digest ``content``."""

    rows: np.ndarray
    lengths: np.ndarray
    mean: np.ndarray
    content: str


def write(folder: Path, count: int, embeddings: Iterable[tuple[np.ndarray, np.ndarray]]) -> None:
    """Makes both files of ``count`` built items: ``embeddings`` gives rows (b,) and what the
    encoder made of them (b, d), in any order. Raises WorkspaceError where some are missing."""
    rows, found = None, 0
    for own, part in embeddings:
        if rows is None:
            shape = (count, part.shape[1])
            rows = np.lib.format.open_memmap(folder / VECTORS, "w+", np.float32, shape)
        rows[own] = part
        found += len(own)
    if rows is None or found < count:
        raise WorkspaceError(f"{count - found} of {count} items have no embedding.")
    mean = rows.mean(axis=0)  # (d,)
    lengths = np.empty(count, dtype=np.float32)
    for start in range(0, count, CHUNK):
        span = slice(start, start + CHUNK)
        lengths[span] = np.linalg.norm(rows[span] - mean, axis=1)
        rows[span] = centred(rows[span], mean)
    rows.flush()
    content = hashlib.blake2b(rows.data, digest_size=16).hexdigest()
    np.savez(folder / CENTRE, mean=mean, lengths=lengths, content=np.array(content))


def load(folder: Path, published: np.ndarray) -> Vectors:
    """What ``write`` made, and behind it the ``published`` embeddings (m, d).

    Raises WorkspaceError when a file is missing or damaged.
    """
    try:
        with np.load(folder / CENTRE, allow_pickle=False) as centre:
            mean, lengths, content = centre["mean"], centre["lengths"], str(centre["content"])
        rows = np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise WorkspaceError(f"The vectors cannot be read ({error}).") from error
    if rows.shape != (len(lengths), len(mean)):
        raise WorkspaceError(f"The vectors are {rows.shape}, not {(len(lengths), len(mean))}.")
    if not len(published):
        rows = np.asarray(rows)
    else:
        more = np.linalg.norm(published - mean, axis=1)
        lengths = np.concatenate([lengths, more])
        rows = _extended(folder / VECTORS, rows, centred(published, mean))
    return Vectors(rows, lengths, mean, content)


def centred(embeddings: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Embeddings (..., d) as the directions in which they differ from the ``mean`` (d,)."""
    moved = embeddings - mean
    length = np.linalg.norm(moved, axis=-1, keepdims=True)
    return moved / np.maximum(length, 1e-12)


def _extended(path: Path, rows: np.memmap, more: np.ndarray) -> np.ndarray:
    """The mapped ``rows`` (b, d) of a file with ``more`` (m, d) behind them, at the cost of these.

    The pages of a private map are copied where they are written to, and nowhere else. The file
    gets a hole at its end for them to lie over, which takes no room on the disk.
    """
    shape = (len(rows) + len(more), rows.shape[1])
    end = rows.offset + rows.dtype.itemsize * shape[0] * shape[1]
    if path.stat().st_size < end:
        os.truncate(path, end)
    whole = np.memmap(path, rows.dtype, mode="c", offset=rows.offset, shape=shape)
    whole[len(rows) :] = more
    whole.flags.writeable = False
    return np.asarray(whole)
