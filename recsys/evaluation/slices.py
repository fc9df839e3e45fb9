"""Slices: the figures of a run among some of the users, or for some of the items."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from recsys.evaluation.cases import Case, CaseRun, Run
from recsys.evaluation.measures import measured
from recsys.metrics.statistics import interval
from recsys.ranking.engine import Engine

MIN_WARM = 5
"""So many likes make a warm user, fewer a lukewarm one, none a cold one."""

BANDS = (0, 1, 10, 50)
"""From so many likes on an item belongs to the next band."""

MAX_CATEGORIES = 8
"""Slices by so many of the most used categories."""

Slices = dict[str, list[dict[str, Any]]]


def slices(
    engine: Engine, metrics: Sequence[str], run: Run, values: Mapping[str, np.ndarray]
) -> Slices:
    """The ``metrics`` among some of the users, or with some of the items as the only relevant.

    ``values``: metric -> (users,). ``known``: cold, lukewarm and warm users by their likes;
    ``words``: by the length of the text, in thirds; ``likes``: items by how many like them in the
    workspace; ``category``: items by it.
    """
    found: Slices = {"known": [], "words": [], "likes": [], "category": []}
    groups = {"known": _warmth(run)}
    if run.text:
        groups["words"] = _lengths(run)
    for kind, (labels, group) in groups.items():
        for number in np.unique(group):
            chosen = group == number
            part = {metric: interval(values[metric][chosen]) for metric in metrics}
            found[kind].append({"name": labels[number], "n": int(chosen.sum()), **part})
    by_items = [metric for metric in metrics if metric != "auc"]
    for kind, label, mask in _item_slices(engine):
        cases, case_runs = _among(run, mask)
        if cases:
            part = {metric: interval(measured(metric, cases, case_runs)) for metric in by_items}
            found[kind].append({"name": label, "n": len(cases), **part})
    return found


def _warmth(run: Run) -> tuple[list[str], np.ndarray]:
    """Names of groups, and the group of each case."""
    known = [len(case.query.liked) for case in run.cases]
    return ["cold", "lukewarm", "warm"], np.searchsorted([1, MIN_WARM], known, side="right")


def _lengths(run: Run) -> tuple[list[str], np.ndarray]:
    """Names of groups, by words in thirds of the cases, and the group of each case."""
    words = [len(case.query.text.split()) for case in run.cases]
    low, high = np.quantile(words, [1 / 3, 2 / 3], method="lower").astype(int).tolist()
    names = [f"up to {low} words", f"{low + 1} to {high} words", f"more than {high} words"]
    return names, np.searchsorted([low, high], words)


def _item_slices(engine: Engine) -> Iterator[tuple[str, str, np.ndarray]]:
    """Kind, name and mask (items,) of each slice of items."""
    catalogue = engine.workspace.catalogue
    band = np.searchsorted(BANDS, catalogue.likes, side="right") - 1
    for number in range(len(BANDS)):
        yield "likes", _band_name(number), band == number
    for category in catalogue.categories[:MAX_CATEGORIES]:
        has = [category in names for names in catalogue.items["categories"]]
        yield "category", category, np.array(has)


def _band_name(number: int) -> str:
    """
    >>> [_band_name(number) for number in range(len(BANDS))]
    ['0', '1 to 9', '10 to 49', '50 or more']
    """
    low = BANDS[number]
    if number == len(BANDS) - 1:
        return f"{low} or more"
    high = BANDS[number + 1] - 1
    return f"{low} to {high}" if high > low else f"{low}"


def _among(run: Run, mask: np.ndarray) -> tuple[list[Case], list[CaseRun]]:
    """The cases that have relevant items in the ``mask`` (items,), as if no other were relevant."""
    cases, case_runs = [], []
    for case, case_run in zip(run.cases, run.case_runs, strict=True):
        kept = mask[case.relevant]
        if kept.any():
            cases.append(replace(case, relevant=case.relevant[kept], gains=case.gains[kept]))
            case_runs.append(replace(case_run, positions=case_run.positions[kept]))
    return cases, case_runs
