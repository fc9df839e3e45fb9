"""Index recall: what a search index finds of the true neighbours, and how quickly."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.errors import QueryError
from recsys.indexes import Index

T = TypeVar("T")

WIDTHS = (10, 20, 50, 100, 200, 400)
"""The widths that are tried: how many candidates a search keeps in hand (HNSW's ef)."""

NEIGHBOURS = 10
"""How many neighbours are asked for: the k of recall@k."""

TIE = 1e-5
"""Cosines closer than this are the same: sums depend on their order."""


@dataclass(frozen=True)
class IndexRecall:
    """What was measured.

    ``curve`` has index ``ef``, recall (0 to 1) and milliseconds a query (median); ``exact_ms`` is
    the median of going through every vector; ``n_queries`` were put for their ``k`` nearest
    neighbours among ``n_items``.
    """

    curve: pd.DataFrame
    exact_ms: float
    n_queries: int
    n_items: int
    k: int


def recall(
    vectors: np.ndarray,
    index: Index,
    widths: Sequence[int],
    sample: int,
    rng: np.random.Generator,
    progress: Progress = no_progress,
) -> IndexRecall:
    """Recall@10 of an ``index`` over ``vectors`` (n, d), and what it costs, at each of ``widths``.

    Up to ``sample`` queries are asked, one at a time, on one thread. A query is the direction
    halfway between two items drawn by ``rng``, as of somebody who likes both: an item itself would
    be too easy, as the graph links it to its nearest. An answer counts when it is no farther than
    the true tenth (as in ANN-Benchmarks, Aumüller et al. 2020): among twins it does not matter
    which. Raises QueryError unless sample and all widths are at least 1.
    """
    if sample < 1 or min(widths, default=0) < 1:
        raise QueryError(f"sample is {sample} and ef {list(widths)}; each must be at least 1.")
    count = len(vectors)
    k = min(NEIGHBOURS, count)
    queries = _midpoints(vectors, sample, rng)  # (q, d)
    steps, what = len(widths) + 1, "comparing searches"

    def exact(query: np.ndarray) -> np.float32:
        """The cosine of the true k-th neighbour."""
        cosine: np.float32 = np.partition(vectors @ query, count - k)[count - k]
        return cosine

    kth, exact_ms = _timed(exact, queries)
    progress(1, steps, what)
    lines = []
    for step, width in enumerate(widths, 2):

        def search(query: np.ndarray, width: int = width) -> np.ndarray:
            return index.search(query, k, width)[0]

        answers, milliseconds = _timed(search, queries)
        right = 0
        for query, answer, cosine in zip(queries, answers, kth, strict=True):
            # Not the cosines that the index claims: it may have been built of other vectors.
            right += int((vectors[answer] @ query >= cosine - TIE).sum())
        lines.append((width, right / (k * len(queries)), milliseconds))
        progress(step, steps, what)
    curve = pd.DataFrame(lines, columns=["ef", "recall", "milliseconds"]).set_index("ef")
    return IndexRecall(curve, exact_ms, len(queries), count, k)


def _midpoints(vectors: np.ndarray, sample: int, rng: np.random.Generator) -> np.ndarray:
    """(q, d) unit vectors halfway between two items each."""
    count = len(vectors)
    pairs = rng.integers(count, size=(min(sample, count), 2))
    sums = vectors[pairs].sum(axis=1)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    unit: np.ndarray = sums / np.maximum(lengths, 1e-12)
    return unit


def _timed(ask: Callable[[np.ndarray], T], queries: np.ndarray) -> tuple[list[T], float]:
    """What ``ask`` says to each query, and its median milliseconds."""
    answers: list[T] = []
    seconds = []
    for query in queries:
        start = time.perf_counter()
        answers.append(ask(query))
        seconds.append(time.perf_counter() - start)
    return answers, 1e3 * float(np.median(seconds))
