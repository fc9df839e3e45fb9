"""Is the index sound? The graph's answers against those of going through every vector."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.errors import QueryError
from recsys.store.workspace import Workspace

WIDTHS = (10, 20, 50, 100, 200, 400)
"""The ef that are tried: how many candidates a search keeps in hand."""

NEAREST = 10
"""How many neighbours are asked for."""

TIE = 1e-5
"""Cosines closer than this are the same: sums depend on their order."""


@dataclass(frozen=True)
class Health:
    """What was measured.

    ``curve`` has index ``ef``, recall (0 to 1) and milliseconds a query (median); ``exact_ms`` is
    the median of going through every vector; ``asked`` is how many questions were
    put for their ``nearest`` neighbours among ``count`` items.
    """

    curve: pd.DataFrame
    exact_ms: float
    asked: int
    count: int
    nearest: int


def recall(
    workspace: Workspace,
    efs: Sequence[int],
    sample: int,
    rng: np.random.Generator,
    progress: Progress = no_progress,
) -> Health:
    """Recall@10 of the index, and what it costs, at each of ``efs``.

    Up to ``sample`` questions are asked, one at a time, on one thread. A question is the direction
    halfway between two items drawn by ``rng``, as of somebody who likes both: an item itself would
    be too easy, as the graph links it to its nearest. An answer counts when it is no farther than
    the true tenth (as in ANN-Benchmarks, Aumüller et al. 2020): among twins it does not matter
    which. Raises QueryError unless sample and all efs are at least 1.
    """
    if sample < 1 or min(efs, default=0) < 1:
        raise QueryError(f"sample is {sample} and ef {list(efs)}; each must be at least 1.")
    vectors = workspace.vectors  # (n, d)
    count = len(vectors)
    nearest = min(NEAREST, count)
    pairs = rng.integers(count, size=(min(sample, count), 2))
    questions = vectors[pairs].sum(axis=1)  # (q, d)
    questions /= np.maximum(np.linalg.norm(questions, axis=1, keepdims=True), 1e-12)
    steps, what = len(efs) + 1, "comparing searches"
    tenth = np.empty(len(questions), dtype=np.float32)
    took = np.empty(len(questions))
    for i, question in enumerate(questions):
        start = time.perf_counter()
        cosines = vectors @ question  # (n,)
        tenth[i] = np.partition(cosines, count - nearest)[count - nearest]
        took[i] = time.perf_counter() - start
    exact_ms = 1e3 * float(np.median(took))
    progress(1, steps, what)
    lines = []
    for step, ef in enumerate(efs, 2):
        right = 0
        for i, question in enumerate(questions):
            start = time.perf_counter()
            answer, _ = workspace.index.search(question, nearest, ef)
            took[i] = time.perf_counter() - start
            # Not the cosines that the index claims: it may have been built of other vectors.
            right += int((vectors[answer] @ question >= tenth[i] - TIE).sum())
        lines.append((ef, right / (nearest * len(questions)), 1e3 * float(np.median(took))))
        progress(step, steps, what)
    curve = pd.DataFrame(lines, columns=["ef", "recall", "milliseconds"]).set_index("ef")
    return Health(curve, exact_ms, len(questions), count, nearest)
