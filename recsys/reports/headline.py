"""What a report says in one sentence, large enough for a room."""

import math
from typing import Any

from recsys.reports import learning_curve
from recsys.reports.comparisons import BETTER, UNCLEAR, WORSE, pairs, spread_of, stands
from recsys.reports.differences import gains
from recsys.reports.figures import MEANING, USUAL, called, label, listed, spread, strategies
from recsys.reports.names import DEFAULT
from recsys.reports.store import Report

NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
"""Numbers that a sentence spells out."""

RIVALS = {"popularity": "popularity alone", "plain cosine": "the nearest text alone"}
"""What a room knows without us, and what a sentence calls it."""


def headline(report: Report, metric: str) -> str:
    """What a sentence is worth in likes, or whether the default beats what is known anyway."""
    if report.lines[DEFAULT][metric]["mean"] is None:
        return f"{label(metric)} could not be measured for anybody."
    found = learning_curve.worth(report, metric)
    if found is not None:
        return _worth(report, found)
    pair = _against_rival(report, metric)
    return _alone(report, metric) if pair is None else _against(report, metric, pair)


def in_figures(report: Report, metric: str) -> str:
    """The figures behind the headline, with their intervals, and what the measure says."""
    pair = _against_rival(report, metric)
    named = f"{label(metric)} ({MEANING[metric.partition('@')[0]]})"
    if said := learning_curve.worth_in_words(report, metric):
        return said.replace(label(metric), named, 1)
    own = report.lines[DEFAULT][metric]
    if own["mean"] is None or pair is None:
        return f"Measured by {named}."
    theirs = spread(report.lines[pair["name"]][metric])
    return f"{named}: {spread(own)} against {theirs}, a difference of {spread_of(pair, -1)}."


def rival(report: Report) -> str:
    """What the default is held against first: popularity, or whatever else was measured.

    Nobody has liked a new item yet: there is no popularity to hold against.
    """
    first = "plain cosine" if report.body["protocol"] == "new-item" else "popularity"
    others = [name for name in (first, *strategies(report)) if name in report.lines]
    return next((name for name in others if name != DEFAULT), DEFAULT)


def likes_in_words(likes: float) -> str:
    """A number of likes, rounded, as a sentence says it.

    >>> likes_in_words(9.43), likes_in_words(0.4), likes_in_words(40)
    ('nine', 'none', '40')
    """
    whole = math.floor(likes + 0.5)
    return NUMBERS[whole] if whole < len(NUMBERS) else str(whole)


def _worth(report: Report, found: tuple[float, float, float]) -> str:
    value, low, high = found
    tried = learning_curve.tried(report)
    most = f"more than {likes_in_words(tried[-1])}"
    if value == tried[0]:
        return "A sentence adds nothing to what is known without it."
    top = most if math.isinf(high) else likes_in_words(high)
    if math.isinf(value):
        least = "" if math.isinf(low) else f", and at least {likes_in_words(low)}"
        return f"A sentence is worth {most} likes{least}."
    if value < 0.5:
        return f"A sentence is worth less than one like, at most {top}."
    likes = "like" if likes_in_words(value) == "one" else "likes"
    return (
        f"A sentence is worth about {likes_in_words(value)} {likes}, between"
        f" {likes_in_words(low)} and {top}."
    )


def _against_rival(report: Report, metric: str) -> dict[str, Any] | None:
    """The rival less the default, where both are known."""
    named = {pair["name"]: pair for pair in pairs(report, metric)}
    return named.get(rival(report))


def _alone(report: Report, metric: str) -> str:
    own = report.lines[DEFAULT][metric]
    return f"{USUAL} reaches {spread(own)} {label(metric)} over {report.n:,} {report.who}."


def _against(report: Report, metric: str, pair: dict[str, Any]) -> str:
    """Whether the default beats its rival, for how many, and what beats the default."""
    gain = gains(report, pair["name"], metric)["gain"]
    up, down = int((gain > 0).sum()), int((gain < 0).sum())
    subject = "A sentence" if report.lines[DEFAULT]["text"] else USUAL
    other = RIVALS.get(pair["name"], f"“{called(pair['name'])}”")
    says = {WORSE: f"{subject} beats {other}", UNCLEAR: f"{subject} does not clearly beat {other}"}
    said = says.get(stands(pair))
    if said is None:
        said, up, down = f"{other[0].upper()}{other[1:]} beats the usual", down, up
    fewer = f"{down:,}" if down else "none"
    said += f": better for {up:,} of {len(gain):,} {report.who}, worse for {fewer}"
    ahead = [
        f"“{called(each['name'])}”"
        for each in pairs(report, metric)
        if stands(each) == BETTER and each["name"] != pair["name"]
    ]
    return f"{said}; clearly better still: {listed(ahead)}." if ahead else f"{said}."
