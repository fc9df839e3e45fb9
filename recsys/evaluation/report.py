"""Reports: figures with intervals, slices and paired comparisons, and how they were made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from recsys.evaluation.cases import TOP, Run
from recsys.evaluation.measures import measured
from recsys.evaluation.slices import slices
from recsys.metrics import lists as list_metrics
from recsys.metrics.statistics import holm, interval, paired
from recsys.ranking.engine import Engine
from recsys.reports.names import DEFAULT
from recsys.reports.provenance import provenance

MOST_POPULAR = 100
"""So many of the most liked items, whose share in the lists is told."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What a protocol has done: a run for each strategy, all over the same people.

    ``title`` is what a visitor calls the protocol, ``people`` who was measured, in the plural;
    ``about`` are further facts for the report.
    """

    protocol: str
    title: str
    people: str
    engine: Engine
    runs: Sequence[Run]
    main: tuple[str, ...]
    """The metrics that decide, the first one first."""
    also: tuple[str, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    notes: Sequence[str] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    started: float = field(default_factory=perf_counter)
    lists: bool = True
    """Whether the candidates are a catalogue, so that the lists say something."""


Values = dict[str, dict[str, np.ndarray]]
"""Strategy -> metric -> (users,)."""


def report(evaluation: Evaluation) -> dict[str, Any]:
    """Everything that a page or a reader may ask of an evaluation, for JSON; None is unknown.

    ``strategies`` has, for each, every metric as mean, low and high, ``per_user`` values in the
    order of ``users``, ``slices`` and ``lists``; ``paired`` compares each with the default.
    """
    engine, main = evaluation.engine, evaluation.main
    values: Values = {}
    for run in evaluation.runs:
        own = {}
        for metric in (*main, *evaluation.also):
            own[metric] = measured(metric, run.cases, run.case_runs)
        values[run.name] = own
    cases = evaluation.runs[0].cases
    body = {
        "protocol": evaluation.protocol,
        "title": evaluation.title,
        "people": evaluation.people,
        "workspace": engine.workspace.name,
        "n": len(cases),
        "metrics": list(main),
        "users": [case.name for case in cases],
        "strategies": [_strategy(evaluation, run, values[run.name]) for run in evaluation.runs],
        "paired": {metric: compared(values, metric) for metric in main},
        "notes": list(evaluation.notes),
        **evaluation.about,
        **provenance(engine, evaluation.files, evaluation.started),
    }
    return to_json(body)


def _strategy(evaluation: Evaluation, run: Run, values: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """What a report says of one strategy."""
    line: dict[str, Any] = {"name": run.name, "likes": run.likes, "text": run.text}
    line |= {metric: interval(found) for metric, found in values.items()}
    line["per_user"] = {metric: found.round(6) for metric, found in values.items()}
    line["slices"] = slices(evaluation.engine, evaluation.main, run, values)
    if evaluation.lists:
        line["lists"] = lists(evaluation.engine, run)
    return line


def compared(
    values: Mapping[str, Mapping[str, np.ndarray]], metric: str, usual: str = DEFAULT
) -> list[dict[str, Any]]:
    """Each strategy less the ``usual``, with ``p`` and, for being one of many, ``p_holm``."""
    base = values[usual][metric]
    found: list[dict[str, Any]] = []
    for name, own in values.items():
        if name != usual:
            found.append({"name": name, **paired(own[metric], base)})
    p = np.array([line["p"] for line in found])
    known = ~np.isnan(p)
    p[known] = holm(p[known])
    return [line | {"p_holm": adjusted} for line, adjusted in zip(found, p, strict=True)]


def lists(engine: Engine, run: Run) -> dict[str, Any]:
    """What the first TOP of everybody's list are like: how personal, how new, how various.

    "overlap" is inter-list Jaccard, "head" the popularity share.
    """
    shown = np.unique(np.concatenate([case.rows for case in run.cases]))  # all candidates
    tops = np.stack([case_run.top for case_run in run.case_runs])  # (users, TOP)
    tops = np.where(tops < 0, -1, np.searchsorted(shown, tops))
    interactions = engine.workspace.interactions
    likes = interactions.popularity[shown]
    users = max(len(interactions.users), 1)
    vectors = engine.workspace.vectors[shown]
    return {
        f"distinct@{TOP}": len(np.unique(tops[tops >= 0])),
        f"coverage@{TOP}": list_metrics.coverage(tops, len(shown)),
        f"gini@{TOP}": list_metrics.gini(tops, len(shown)),
        f"overlap@{TOP}": list_metrics.inter_list_jaccard(tops, len(shown)),
        f"novelty@{TOP}": interval(list_metrics.novelty(tops, likes, users)),
        f"diversity@{TOP}": interval(list_metrics.diversity(tops, vectors)),
        f"head@{TOP}": interval(list_metrics.popularity_share(tops, likes, MOST_POPULAR)),
    }


def summary(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report's protocol, workspace, n, and the main metrics of its strategies."""
    lines = []
    for line in report["strategies"]:
        figures = {metric: line[metric] for metric in report["metrics"]}
        lines.append({"name": line["name"], **figures})
    return {name: report[name] for name in ("protocol", "workspace", "n")} | {"strategies": lines}


def to_json(value: Any) -> Any:
    """Lists and numbers that JSON knows; what is not a number is None.

    >>> to_json({"mean": np.float64("nan"), "per_user": np.array([1, 2])})
    {'mean': None, 'per_user': [1, 2]}
    """
    if isinstance(value, Mapping):
        return {key: to_json(one) for key, one in value.items()}
    if isinstance(value, np.ndarray | list | tuple):
        return [to_json(one) for one in value]
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    return int(value) if isinstance(value, np.integer) else value
