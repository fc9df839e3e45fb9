"""A report of ways to rank for known users, all from the same files, without a workspace."""

import resource
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter, process_time
from typing import Any

import numpy as np

from recsys import __version__
from recsys.evaluation.report import compared, to_json
from recsys.metrics.statistics import interval
from recsys.reports.provenance import machine

Way = Callable[[], Mapping[str, np.ndarray]]
"""Learns, ranks, and gives each metric's values (t,), a user each."""


def ways_report(
    about: Mapping[str, Any], metrics: Sequence[str], ways: Mapping[str, Way]
) -> dict[str, Any]:
    """What the ``ways`` reach by the ``metrics``, each with what it cost and against the last one;
    ``about`` says what was measured, and on whom."""
    started = perf_counter()
    lines, values = [], {}
    for name, way in ways.items():
        wall, cpu = perf_counter(), process_time()
        values[name] = way()
        cost = {"seconds": round(perf_counter() - wall, 1), "cpu": round(process_time() - cpu, 1)}
        lines.append(_line(name, values[name]) | cost)
    last = list(ways)[-1]
    return to_json(
        {
            **about,
            "metrics": list(metrics),
            "strategies": lines,
            "paired": {metric: compared(values, metric, last) for metric in metrics},
            "paired_with": last,
            "notes": [],
            "versions": {"thaw": __version__},
            "machine": machine(),
            "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024,
            "seconds": round(perf_counter() - started, 1),
        }
    )


def _line(name: str, values: Mapping[str, np.ndarray]) -> dict[str, Any]:
    figures = {metric: interval(own) for metric, own in values.items()}
    per_user = {metric: own.round(6) for metric, own in values.items()}
    return {"name": name, "likes": None, "text": False, **figures, "per_user": per_user}
