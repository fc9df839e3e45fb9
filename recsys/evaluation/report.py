"""Reports: figures with intervals, slices and paired comparisons, and how they were made."""

import hashlib
import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

import recsys
from recsys.cli.bench import machine
from recsys.errors import DataError
from recsys.evaluation.cases import DEFAULT, SEED, TOP, Answer, Case
from recsys.metrics import accuracy as metrics
from recsys.metrics import lists as list_metrics
from recsys.metrics.statistics import holm, interval, paired
from recsys.ranking.engine import Engine

FORMULAS = {
    "ndcg": metrics.binary_ndcg,
    "recall": metrics.recall,
    "precision": metrics.precision,
    "hit_rate": metrics.hit_rate,
    "mrr": metrics.reciprocal_rank,
    "map": metrics.average_precision,
}
"""What stands before the @ in a metric's name."""

WARM = 5
"""So many likes make a warm user, fewer a lukewarm one, none a cold one."""
BANDS = (0, 1, 10, 50)
"""From so many likes on an item belongs to the next band."""
GENRES = 8
"""Slices by so many of the most used categories."""
HEAD = 100
"""The most popular items, whose share in the lists is told."""


@dataclass(frozen=True, eq=False)
class Row:
    """A strategy's answers to all cases, and what it was told: so many likes, and the text."""

    name: str
    cases: Sequence[Case]
    answers: Sequence[Answer]
    likes: int | None = None
    text: bool = True


@dataclass(frozen=True, eq=False)
class Run:
    """What a protocol has done; ``about`` are further facts for the report."""

    protocol: str
    engine: Engine
    rows: Sequence[Row]
    main: tuple[str, ...]
    """The metrics that decide, the first one first."""
    also: tuple[str, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    notes: Sequence[str] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    started: float = field(default_factory=perf_counter)
    lists: bool = True
    """Whether the candidates are a catalogue, so that the lists say something."""


def measured(metric: str, cases: Sequence[Case], answers: Sequence[Answer]) -> np.ndarray:
    """(users,) the ``metric``: "auc", or one of FORMULAS with its k, such as "ndcg@10"."""
    if metric == "auc":
        return np.array([answer.auc for answer in answers])
    formula, _, cut = metric.partition("@")
    k = int(cut)
    if formula == "ndcg" and any((case.gains != 1).any() for case in cases):
        return np.array([_graded(*pair, k) for pair in zip(cases, answers, strict=True)])
    hits = np.zeros((len(answers), k), dtype=bool)
    for line, answer in zip(hits, answers, strict=True):
        line[answer.places[answer.places < k]] = True
    return FORMULAS[formula](hits, np.array([len(case.relevant) for case in cases]), k)


def report(run: Run) -> dict[str, Any]:
    """Everything that a page or a reader may ask of a run, ready for JSON; None is unknown.

    ``strategies`` has, for each, every metric as mean, low and high, ``per_user`` values in the
    order of ``users``, ``slices`` and ``lists``; ``paired`` compares each with the default.
    """
    wanted = (*run.main, *run.also)
    values = {
        row.name: {metric: measured(metric, row.cases, row.answers) for metric in wanted}
        for row in run.rows
    }
    cases = run.rows[0].cases
    strategies = [
        {
            "name": row.name,
            "likes": row.likes,
            "text": row.text,
            **{metric: interval(found) for metric, found in values[row.name].items()},
            "per_user": {metric: found.round(6) for metric, found in values[row.name].items()},
            "slices": slices(run, row, values[row.name]),
            **({"lists": lists(run.engine, row)} if run.lists else {}),
        }
        for row in run.rows
    ]
    return plain(
        {
            "protocol": run.protocol,
            "workspace": run.engine.workspace.name,
            "n": len(cases),
            "metrics": list(run.main),
            "users": [case.name for case in cases],
            "strategies": strategies,
            "paired": {metric: compared(values, metric) for metric in run.main},
            "notes": list(run.notes),
            **run.about,
            **provenance(run.engine, run.files, run.started),
        }
    )


def provenance(engine: Engine, files: Mapping[str, Path], started: float) -> dict[str, Any]:
    """How a report was made that was ``started`` then (perf_counter): seeds, versions, digests of
    the data, machine, time (UTC), seconds."""
    return {
        "seeds": {"draws": SEED, "training": SEED, "bootstrap": 0},
        "versions": {
            "thaw": recsys.__version__,
            "python": platform.python_version(),
            **{name: version(name) for name in ("numpy", "scipy", "torch")},
        },
        "data": {name: described(path) for name, path in files.items()}
        | {"workspace": {"source": engine.workspace.manifest.source}},
        "machine": f"{machine()}; {engine.encoder.device_name}",
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(perf_counter() - started, 1),
    }


def compared(values: Mapping[str, Mapping[str, np.ndarray]], metric: str) -> list[dict[str, Any]]:
    """Each strategy less the default, with ``p`` and, for being one of many, ``p_holm``."""
    base = values[DEFAULT][metric]
    found: list[dict[str, Any]] = [
        {"name": name, **paired(own[metric], base)}
        for name, own in values.items()
        if name != DEFAULT
    ]
    p = np.array([line["p"] for line in found])
    known = ~np.isnan(p)
    p[known] = holm(p[known])
    return [line | {"p_holm": adjusted} for line, adjusted in zip(found, p, strict=True)]


def slices(run: Run, row: Row, values: Mapping[str, np.ndarray]) -> dict[str, list[dict[str, Any]]]:
    """The main metrics among some of the users, or with some of the items as the only relevant.

    ``known``: cold, lukewarm and warm users by their likes; ``words``: by the length of the text,
    in thirds; ``likes``: items by how many like them in the workspace; ``category``: items by it.
    """
    found: dict[str, list[dict[str, Any]]] = {"known": [], "words": [], "likes": [], "category": []}
    groups = {"known": _warmth(row)} | ({"words": _lengths(row)} if row.text else {})
    for kind, (labels, group) in groups.items():
        for number in np.unique(group):
            chosen = group == number
            part = {metric: interval(values[metric][chosen]) for metric in run.main}
            found[kind].append({"name": labels[number], "n": int(chosen.sum()), **part})
    for kind, label, mask in _item_slices(run.engine):
        pairs = [_among(*pair, mask) for pair in zip(row.cases, row.answers, strict=True)]
        kept = [(case, answer) for case, answer in pairs if len(case.relevant)]
        if kept:
            cases, answers = zip(*kept, strict=True)
            part = {m: interval(measured(m, cases, answers)) for m in run.main if m != "auc"}
            found[kind].append({"name": label, "n": len(kept), **part})
    return found


def lists(engine: Engine, row: Row) -> dict[str, Any]:
    """What the first TOP of everybody's list are like: how personal, how new, how various."""
    shown = np.unique(np.concatenate([case.rows for case in row.cases]))  # all candidates
    tops = np.stack([answer.top for answer in row.answers])  # (users, TOP)
    tops = np.where(tops < 0, -1, np.searchsorted(shown, tops))
    interactions = engine.workspace.interactions
    likes = interactions.popularity[shown]
    return {
        f"distinct@{TOP}": len(np.unique(tops[tops >= 0])),
        f"coverage@{TOP}": list_metrics.coverage(tops, len(shown)),
        f"gini@{TOP}": list_metrics.gini(tops, len(shown)),
        f"overlap@{TOP}": list_metrics.overlap(tops, len(shown)),
        f"novelty@{TOP}": interval(
            list_metrics.novelty(tops, likes, max(len(interactions.users), 1))
        ),
        f"diversity@{TOP}": interval(list_metrics.diversity(tops, engine.workspace.vectors[shown])),
        f"head@{TOP}": interval(list_metrics.top_share(tops, likes, HEAD)),
    }


def summary(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report's protocol, workspace, n, and the main metrics of its strategies."""
    lines = [
        {"name": line["name"], **{metric: line[metric] for metric in report["metrics"]}}
        for line in report["strategies"]
    ]
    return {name: report[name] for name in ("protocol", "workspace", "n")} | {"strategies": lines}


def write(report: Mapping[str, Any], path: Path) -> None:
    """Writes the whole report, or nothing; raises DataError where that is not possible."""
    working = path.with_name(f".{path.name}.writing")
    try:
        working.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
        os.replace(working, path)
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        working.unlink(missing_ok=True)


def described(path: Path) -> dict[str, str]:
    """A file's name and digest."""
    digest = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    return {"file": path.name, "blake2b": digest}


def _graded(case: Case, answer: Answer, k: int) -> float:
    gains = np.zeros(len(case.rows))
    gains[answer.places] = case.gains
    return metrics.ndcg(gains, k)


def _warmth(row: Row) -> tuple[list[str], np.ndarray]:
    """Names of groups, and the group of each case."""
    known = [len(case.query.liked) for case in row.cases]
    return ["cold", "lukewarm", "warm"], np.searchsorted([1, WARM], known, side="right")


def _lengths(row: Row) -> tuple[list[str], np.ndarray]:
    """Names of groups, by words in thirds of the cases, and the group of each case."""
    words = [len(case.query.text.split()) for case in row.cases]
    low, high = (int(third) for third in np.quantile(words, [1 / 3, 2 / 3], method="lower"))
    names = [f"up to {low} words", f"{low + 1} to {high} words", f"more than {high} words"]
    return names, np.searchsorted([low, high], words)


def _item_slices(engine: Engine) -> Iterator[tuple[str, str, np.ndarray]]:
    """Kind, name and mask (items,) of each slice of items."""
    catalogue = engine.workspace.catalogue
    band = np.searchsorted(BANDS, catalogue.likes, side="right") - 1
    for number, low in enumerate(BANDS):
        last = number == len(BANDS) - 1
        high = f"{BANDS[number + 1] - 1}" if not last else ""
        name = f"{low} or more" if last else f"{low} to {high}" if int(high) > low else f"{low}"
        yield "likes", name, band == number
    for category in catalogue.categories[:GENRES]:
        yield "category", category, _has(catalogue.items["categories"], category)


def _has(categories: Any, category: str) -> np.ndarray:
    return np.array([category in names for names in categories])


def _among(case: Case, answer: Answer, mask: np.ndarray) -> tuple[Case, Answer]:
    kept = mask[case.relevant]
    part = Case(
        case.name, case.query, case.plain, case.rows,
        case.relevant[kept], case.disliked, case.gains[kept],
    )  # fmt: skip
    return part, Answer(answer.places[kept], answer.top, answer.auc)


def plain(value: Any) -> Any:
    """Lists and numbers that JSON knows; what is not a number is None."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, np.ndarray | list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    return int(value) if isinstance(value, np.integer) else value
