"""Measures of accuracy over test cases: from ranks to a figure a user."""

from collections.abc import Sequence

import numpy as np

from recsys.evaluation.cases import Case, CaseRun
from recsys.metrics import accuracy

FORMULAS = {
    "ndcg": accuracy.binary_ndcg,
    "recall": accuracy.recall,
    "precision": accuracy.precision,
    "hit_rate": accuracy.hit_rate,
    "mrr": accuracy.reciprocal_rank,
    "map": accuracy.average_precision,
}
"""What stands before the @ in a metric's name."""


def measured(metric: str, cases: Sequence[Case], runs: Sequence[CaseRun]) -> np.ndarray:
    """(users,) the ``metric``: "auc", or one of FORMULAS with its k, such as "ndcg@10"."""
    if metric == "auc":
        return np.array([run.auc for run in runs])
    formula, _, cut = metric.partition("@")
    k = int(cut)
    graded = any((case.gains != 1).any() for case in cases)
    if formula == "ndcg" and graded:
        return np.array([_graded_ndcg(*pair, k) for pair in zip(cases, runs, strict=True)])
    hits = np.zeros((len(runs), k), dtype=bool)
    for line, run in zip(hits, runs, strict=True):
        line[run.positions[run.positions < k]] = True
    relevant = np.array([len(case.relevant) for case in cases])
    return FORMULAS[formula](hits, relevant, k)


def _graded_ndcg(case: Case, run: CaseRun, k: int) -> float:
    gains = np.zeros(len(case.rows))
    gains[run.positions] = case.gains
    return accuracy.ndcg(gains, k)
