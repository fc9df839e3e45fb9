"""Words as vectors: hashed TF-IDF in the main directions of the items' texts (LSA).

Words are told apart by a hash (Weinberger et al. 2009), so that no vocabulary need be kept; the
directions are those of Deerwester et al. 1990.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from scipy import sparse


def learn(texts: Sequence[Sequence[str]], buckets: int, rank: int, seed: int) -> "WordSpace":
    """The space of ``rank`` directions, or as many as there can be, of the ``texts``: each the
    stems of its words."""
    from sklearn.decomposition import TruncatedSVD

    counts = _counts(texts, buckets)
    have = np.bincount(counts.indices, minlength=buckets)
    idf = np.log1p(len(texts) / np.maximum(have, 1)).astype(np.float32)
    idf[have < 2] = 0  # what one text alone says connects nothing
    rank = min(rank, min(counts.shape) - 1)
    svd = TruncatedSVD(rank, random_state=seed).fit(_weighed(counts, idf))
    return WordSpace({"word_idf": idf, "word_directions": svd.components_.T.astype(np.float32)})


class WordSpace:
    """What was learned, ready to be asked; ``arrays`` are word_idf (b,), word_directions (b, k)."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        self.arrays = {name: arrays[name] for name in ("word_idf", "word_directions")}

    def vectors(self, texts: Sequence[Sequence[str]]) -> np.ndarray:
        """(t, k) unit rows of the ``texts``, each the stems of its words; 0 for none known."""
        idf, directions = self.arrays["word_idf"], self.arrays["word_directions"]
        found = _weighed(_counts(texts, len(idf)), idf) @ directions
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return (found / np.maximum(length, 1e-9)).astype(np.float32)


def _counts(texts: Sequence[Sequence[str]], buckets: int) -> sparse.csr_array:
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    columns = [_bucket(stem, buckets) for text in texts for stem in text]
    ones = np.ones(len(rows), dtype=np.float32)
    return sparse.csr_array((ones, (rows, columns)), shape=(len(texts), buckets))


@lru_cache(maxsize=1 << 16)
def _bucket(stem: str, buckets: int) -> int:
    return crc32(stem.encode()) % buckets


def _weighed(counts: sparse.csr_array, idf: np.ndarray) -> sparse.csr_array:
    """Logarithms of the counts, by the rarity of the words."""
    found = counts.copy()
    found.data = (1 + np.log(found.data)) * idf[found.indices]
    return found
