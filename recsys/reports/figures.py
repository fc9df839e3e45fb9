"""What a report says: in frames for charts and tables, and in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from recsys.datatypes import Strategy
from recsys.fusion import fusions
from recsys.reports.names import DEFAULT, UNPOPULAR
from recsys.reports.store import Report
from recsys.signals import signals

USUAL = "The usual"
"""What the pages call the default strategy."""

ACCURACY = {
    "ndcg": "NDCG", "recall": "Recall", "precision": "Precision", "hit_rate": "Hit rate",
    "mrr": "MRR", "map": "MAP", "auc": "AUC",
}  # fmt: skip
"""What a visitor calls a measure of accuracy, by what stands before the @ in its key."""

LISTS = {
    "diversity": "variety within a list",
    "novelty": "novelty in bits",
    "overlap": "overlap of two people's lists",
    "head": "share of the 100 most popular",
    "coverage": "share of the catalogue shown",
    "gini": "inequality of exposure (Gini)",
    "distinct": "different items shown",
}
"""What a visitor calls a measure of lists: "overlap" is inter-list Jaccard, "head" the popularity
share."""

MEANING = {
    "ndcg": "how high what was liked stands among the first; 1 is the best order there is",
    "recall": "the share of what was liked that is among the first",
    "precision": "the share of the first that was liked",
    "hit_rate": "how many find something they like among the first",
    "mrr": "one over the place of the first that was liked",
    "map": "precision at each that was liked, averaged",
    "auc": "how often a liked item stands before a disliked one; 0.5 is chance",
}
"""What a measure of accuracy says, in a sentence."""

SLICES = {
    "known": "likes given",
    "words": "length of text",
    "likes": "items' popularity",
    "category": "items' genre",
}
"""What a visitor calls a kind of slice."""

KNOWN = ("popularity", "plain cosine", "random")
"""What a visitor can compare with anywhere: it is drawn however it does."""

FIGURE = ["mean", "low", "high"]
"""The parts of a figure: it and its interval."""


def label(metric: str) -> str:
    """What a visitor calls a metric.

    >>> label("ndcg@10"), label("overlap@10")
    ('NDCG@10', "overlap of two people's lists")
    """
    kind, mark, cut = metric.partition("@")
    return LISTS.get(kind) or ACCURACY.get(kind, kind) + mark + cut


def called(name: str) -> str:
    """What the pages call a strategy of a report."""
    if name in signals():
        measure = f" ({Strategy.similarity})" if name == "content" else ""
        return f"{signals()[name].TITLE} only{measure}"
    if name in fusions():
        return str(fusions()[name].TITLE)
    return name.replace(DEFAULT, USUAL, 1) if name.startswith(DEFAULT) else name.capitalize()


def strategy_of(report: Report, name: str) -> Strategy | None:
    """The setting of the app that a strategy of the report is, or None where there is none.

    What ranks new items by default is learned for them, and no list for a newcomer shows it.
    """
    if name == DEFAULT and report.body["protocol"] == "new-item":
        return None
    if name == DEFAULT:
        return Strategy(USUAL)
    if name in fusions():
        return Strategy(called(name), name)
    if name in signals():
        weights = {signal: float(signal == name) for signal in signals()}
        return Strategy(called(name), weights=weights)
    if name == UNPOPULAR:
        return Strategy(called(name), weights={"popularity": 0.0})
    return None


def measured(report: Report) -> list[str]:
    """Every metric of a report: those that decide, the others, then what lists are like."""
    line = report.lines[DEFAULT]
    also = [metric for metric in line["per_user"] if metric not in report.metrics]
    return [*report.metrics, *also, *line.get("lists", {})]


def figures(report: Report, metric: str) -> pd.DataFrame:
    """Index strategy, the best mean first: mean, low, high; NaN for what is not known.

    What the default does with more likes, or without the text, is no strategy of its own; nor is
    one of its ``twins``.
    """
    return line_figures(report, metric, strategies(report))


def strategies(report: Report) -> list[str]:
    """The names of what is compared: neither a point of the learning curve nor one of the twins."""
    same = twins(report)
    return [name for name in report.lines if not on_curve(name) and name not in same]


def twins(report: Report) -> list[str]:
    """The strategies that gave everybody what the default gave, by every metric of the report."""
    usual = _results(report.lines[DEFAULT])
    others = [name for name in report.lines if name != DEFAULT and not on_curve(name)]
    return [name for name in others if _results(report.lines[name]) == usual]


def place(table: pd.DataFrame) -> int:
    """The default's in ``figures``, from 1: who has the same mean shares it."""
    return int((table["mean"] > table.loc[DEFAULT, "mean"] + 1e-9).sum()) + 1


def leading(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """At most so many lines of ``figures``: the default, what everybody knows, and the best."""
    known = [name for name in (DEFAULT, *KNOWN) if name in table.index]
    best = [name for name in table.index if name not in known]
    kept = {*known, *best[: max(most - len(known), 0)]}
    return table[[name in kept for name in table.index]]


def spread(figure: Any) -> str:
    """A mean with its interval.

    >>> spread({"mean": 0.5, "low": 0.41, "high": 0.6})
    '0.500 [0.410, 0.600]'
    """
    return "{} [{}, {}]".format(*(signed(figure[part], "") for part in FIGURE))


def signed(value: float, sign: str = "+") -> str:
    """Three digits behind the point, a true minus, and a plus where wanted."""
    return f"{round(value, 3) + 0.0:{sign}.3f}".replace("-", "−")


def listed(parts: Sequence[str]) -> str:
    """
    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def slice_kinds(report: Report, metric: str) -> list[str]:
    """The kinds of slices that have the metric, and more than one slice."""
    parts = report.lines[DEFAULT]["slices"]
    kinds = []
    for kind in SLICES:
        known = [part for part in parts.get(kind, []) if metric in part]
        if len(known) > 1:
            kinds.append(kind)
    return kinds


def table(report: Report) -> pd.DataFrame:
    """Every figure of a report, a line each: for a CSV."""
    lines = []
    for name, line in report.lines.items():
        row = {"strategy": name, "likes": line["likes"], "text": line["text"]}
        for metric in measured(report):
            figure = _figure(line, metric)
            lines.append(row | {"metric": metric} | {part: figure.get(part) for part in FIGURE})
    about = {key: report.body[key] for key in ("protocol", "workspace", "n", "made", "machine")}
    return pd.DataFrame(lines).assign(**about, source=report.source, interval="95 % bootstrap")


def on_curve(name: str) -> bool:
    """Whether the row is one of the default's with likes known, a point of the learning curve."""
    return name.startswith(f"{DEFAULT}, ")


def line_figures(report: Report, metric: str, names: Sequence[str]) -> pd.DataFrame:
    """Index strategy, the rows ``names``; mean, low, high."""
    found = {name: _figure(report.lines[name], metric) for name in names}
    frame = pd.DataFrame.from_dict(found, orient="index", columns=FIGURE).astype(float)
    return frame.rename_axis("strategy").sort_values("mean", ascending=False, kind="stable")


def _results(line: Mapping[str, Any]) -> tuple[Any, ...]:
    return line["likes"], line["text"], line["per_user"], line.get("lists")


def _figure(line: Mapping[str, Any], metric: str) -> Mapping[str, Any]:
    """A metric of a strategy; measures of all lists together have a mean and no interval."""
    figure = line[metric] if metric in line else line.get("lists", {}).get(metric)
    return figure if isinstance(figure, Mapping) else {"mean": figure}
