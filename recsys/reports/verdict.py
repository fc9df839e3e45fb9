"""The verdict of a report: how the default does against the others, in a few sentences."""

from collections.abc import Sequence
from typing import Any

from recsys.reports.figures import (
    BETTER,
    UNCLEAR,
    USUAL,
    WORSE,
    called,
    label,
    listed,
    pairs,
    signed,
    spread,
    stands,
)
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
    if worse:
        said.append(_beaten(worse, len(others)))
    if better:
        winners = [f"{_quoted(pair)} by {_by(pair, 1)}" for pair in better]
        said.append(f"It is beaten by {listed(winners)}.")
    if unclear:
        close = [f"{_quoted(pair)} ({_apart(pair)})" for pair in unclear]
        said.append(f"It does not clearly differ from {listed(close)}.")
    if same:
        equals = [_quoted(pair) for pair in same]
        said.append(f"Everybody has the same figure with {listed(equals)}.")
    return said


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
    return f"{spread({'mean': sign * pair['mean'], 'low': low, 'high': high})} ({_p(pair)}, Holm)"


def _apart(pair: dict[str, Any]) -> str:
    low, high = -pair["high"], -pair["low"]
    return f"{signed(-pair['mean'])} [{signed(low)}, {signed(high)}]"


def _p(pair: dict[str, Any]) -> str:
    return "p < 0.001" if pair["p_holm"] < 0.001 else f"p = {pair['p_holm']:.3f}"
