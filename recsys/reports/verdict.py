"""The verdict of a report: how the default does against the others, in a few sentences."""

from collections.abc import Sequence
from typing import Any

from recsys.reports.comparisons import (
    BETTER,
    UNCLEAR,
    WORSE,
    both_p,
    count,
    in_words,
    pairs,
    spread_of,
    stands,
    unclear_without_0,
)
from recsys.reports.figures import USUAL, called, label, listed, spread, twins
from recsys.reports.names import DEFAULT
from recsys.reports.store import Report

BASELINES = ("popularity", "plain cosine")
"""What a verdict names first."""


def verdict(report: Report, metric: str) -> list[str]:
    """How the default does against the others, in a few sentences."""
    own = report.lines[DEFAULT][metric]
    if own["mean"] is None:
        return [f"{label(metric)} could not be measured for anybody."]
    said = [
        f"“{USUAL}” (the default) reaches {spread(own)} {label(metric)} over {report.n:,}"
        f" {report.who}."
    ]
    others = pairs(report, metric)
    worse = [pair for pair in others if stands(pair) == WORSE]
    better = [pair for pair in others if stands(pair) == BETTER]
    same = [pair for pair in others if pair["low"] == pair["high"] == 0]
    unclear = [pair for pair in others if stands(pair) == UNCLEAR and pair not in same]
    without_0 = [pair for pair in unclear if unclear_without_0(pair)]
    unclear = [pair for pair in unclear if pair not in without_0]
    if worse:
        said.append(_beaten(worse, len(others)))
    if better:
        winners = [f"{_quoted(pair)} by {_by(pair, 1)}" for pair in better]
        said.append(f"It is beaten by {listed(winners)}.")
    if unclear:
        close = [f"{_quoted(pair)} ({spread_of(pair, -1)})" for pair in unclear]
        said.append(f"It does not clearly differ from {listed(close)}.")
    if without_0:
        said.append(_without_0(without_0, count(report, metric)))
    if same:
        equals = [_quoted(pair) for pair in same]
        said.append(f"Everybody has the same figure with {listed(equals)}.")
    if alike := twins(report):
        equals = [f"“{called(name)}”" for name in alike]
        said.append(
            f"{listed(equals)} did here exactly what the usual did: one line stands for all."
        )
    return said


def _without_0(found: Sequence[dict[str, Any]], comparisons: int) -> str:
    """Why what looks different is not called so."""
    close = [f"{_quoted(pair)} ({spread_of(pair, -1)}; {both_p(pair)})" for pair in found]
    return (
        f"Nor does it clearly differ from {listed(close)}: that the interval of one comparison"
        f" leaves out 0 is not enough, for p is corrected for all {comparisons} comparisons."
    )


def _beaten(worse: Sequence[dict[str, Any]], count: int) -> str:
    """Who of ``count`` is beaten: baselines and the closest by how much, the rest by name."""
    first = [pair for name in BASELINES for pair in worse if pair["name"] == name]
    closest = max(worse, key=lambda pair: pair["mean"])
    if closest not in first:
        first.append(closest)
    losers = [f"{_quoted(pair)} by {_by(pair, -1)}" for pair in first]
    rest = [_quoted(pair) for pair in worse if pair not in first]
    also = f". It also beats {listed(rest)}" if rest else ""
    return f"It beats {len(worse)} of {count} others: {listed(losers)}{also}."


def _quoted(pair: dict[str, Any]) -> str:
    return f"“{called(pair['name'])}”"


def _by(pair: dict[str, Any], sign: int) -> str:
    """The difference in favour of one side, with its interval and p."""
    low, high = sorted((sign * pair["low"], sign * pair["high"]))
    difference = spread({"mean": sign * pair["mean"], "low": low, "high": high})
    return f"{difference} ({in_words(pair['p_holm'])}, Holm)"
