"""TF-IDF of texts, of what their first sentence says apart: words and pairs of words, hashed."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

import numpy as np
import Stemmer
from scipy import sparse

Counts = tuple[sparse.csr_array, sparse.csr_array]
"""Of m texts and of their openings, (m, buckets) each: how often they say each term."""

CHUNK = 8_192
"""Texts whose words are held at a time; bounds the memory, never changes a result."""

_STEMMER = Stemmer.Stemmer("english")
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")
_VERB = re.compile(r"\b(?:is|was|are)\b(.*)", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def title_and_text(title: str, text: str) -> str:
    """The text that is read: what the item is said to be may not be among it."""
    return f"{title}. {text}"


def opening(text: str) -> str:
    """What the first sentence says that the item is.

    >>> opening("Ran is a war film. It is long.")
    ' a war film.'
    """
    sentence = _SENTENCE_END.split(text)[0]
    predicate = _VERB.search(sentence)
    return predicate.group(1) if predicate else sentence


def count(titles: Iterable[str], texts: Iterable[str], buckets: int, opening_words: int) -> Counts:
    """How often text (with its title) and opening say each stem and each pair of stems.

    Of an opening so many words are read, and its years as decades.
    """
    # It takes a second to import, and only new items need it.
    from sklearn.feature_extraction.text import HashingVectorizer

    hashing = HashingVectorizer(
        analyzer=_alone_and_in_pairs,
        n_features=buckets,
        norm=None,
        alternate_sign=False,
        dtype=np.float32,
    )
    none = sparse.csr_array((0, buckets), dtype=np.float32)
    whole, first = [none], [none]
    pairs = zip(titles, texts, strict=True)
    while some := list(islice(pairs, CHUNK)):
        stems = [_stems(title_and_text(*pair)) for pair in some]
        whole.append(sparse.csr_array(hashing.transform(stems)))
        openings = [_opening_terms(text, opening_words) for _, text in some]
        first.append(sparse.csr_array(hashing.transform(openings)))
    return _stacked(whole), _stacked(first)


def _stacked(blocks: Sequence[sparse.csr_array]) -> sparse.csr_array:
    return sparse.csr_array(sparse.vstack(blocks, dtype=np.float32))


def idf(counts: sparse.csr_array) -> np.ndarray:
    """(buckets,) smooth inverse document frequency; 0 for what only one document says."""
    documents, buckets = counts.shape
    frequency = np.bincount(counts.indices, minlength=buckets)
    smooth = np.log((1 + documents) / (1 + frequency)) + 1
    return np.where(frequency > 1, smooth, 0).astype(np.float32)


def weighted(counts: Counts, idfs: np.ndarray, opening_share: float) -> sparse.csr_array:
    """(m, 2 buckets) rows of unit length: text and opening beside each other, by ``idfs`` (2,
    buckets). The counts are used up."""
    blocks = []
    for share, block, own in zip((1 - opening_share, opening_share), counts, idfs, strict=True):
        # What is said ten times is not ten times as much: 1 + log, as is usual (sublinear TF).
        block.data = (1 + np.log(block.data)) * own[block.indices]
        block.eliminate_zeros()
        # The dot product of two rows shares out as the squares of these factors.
        blocks.append(unit_rows(block) * np.float32(np.sqrt(share)))
    return sparse.csr_array(sparse.hstack(blocks), dtype=np.float32)


def unit_rows(rows: sparse.csr_array) -> sparse.csr_array:
    """The rows at unit length, as float32; empty ones stay."""
    starts = range(0, max(rows.shape[0], 1), CHUNK)
    length = [sparse.linalg.norm(rows[start : start + CHUNK], axis=1) for start in starts]
    share = 1 / np.maximum(np.concatenate(length), 1e-12)
    data = (rows.data * np.repeat(share, np.diff(rows.indptr))).astype(np.float32, copy=False)
    return sparse.csr_array((data, rows.indices, rows.indptr), shape=rows.shape)


def _opening_terms(text: str, most: int) -> list[str]:
    first = opening(text)
    decades = [f"{year[:3]}0s" for year in _YEAR.findall(first)]
    return _stems(first)[:most] + decades


def _stems(text: str) -> list[str]:
    stems: list[str] = _STEMMER.stemWords(_WORD.findall(text.lower()))
    return stems


def _alone_and_in_pairs(stems: Sequence[str]) -> list[str]:
    return [*stems, *map(" ".join, pairwise(stems))]
