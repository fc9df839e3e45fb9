"""How each strategy of a report stands to the default, and how sure that is."""

from typing import Any

import pandas as pd

from recsys.reports.figures import FIGURE, figures, signed, strategies
from recsys.reports.store import Report

P_THRESHOLD = 0.05
"""A difference is clear where Holm's p value is below this."""

WORSE = "clearly worse"
"""Below the default, and p below P_THRESHOLD."""

UNCLEAR = "not clearly different"
"""Chance alone may explain the difference from the default."""

BETTER = "clearly better"
"""Above the default, and p below P_THRESHOLD."""


DIFFERENCE = ("difference_low", "difference_high")
"""The interval of a difference, in a table."""


def pairs(report: Report, metric: str) -> list[dict[str, Any]]:
    """Each strategy less the default, where that is known; the default's twins are left out."""
    compared = strategies(report)
    known = []
    for pair in report.body["paired"].get(metric, []):
        complete = pair["mean"] is not None and pair["p_holm"] is not None
        if complete and pair["name"] in compared:
            known.append(pair)
    return known


def stands(pair: dict[str, Any]) -> str:
    """How a strategy stands to the default, by one of the ``pairs``."""
    if pair["p_holm"] >= P_THRESHOLD:
        return UNCLEAR
    return BETTER if pair["mean"] > 0 else WORSE


def standing(report: Report, metric: str) -> pd.Series:
    """Index strategy but the default: WORSE, UNCLEAR or BETTER than it; missing where unknown."""
    looks = {pair["name"]: stands(pair) for pair in pairs(report, metric)}
    return pd.Series(looks, dtype=object)


def unclear_without_0(pair: dict[str, Any]) -> bool:
    """Whether the interval leaves out 0, and the difference is unclear all the same.

    The interval is of one comparison; p is of another test, and corrected for being one of many.
    """
    return stands(pair) == UNCLEAR and (pair["low"] > 0 or pair["high"] < 0)


def why_unclear(pair: dict[str, Any]) -> str:
    """What keeps a difference from being clear, where its interval leaves out 0; "" elsewhere."""
    if not unclear_without_0(pair):
        return ""
    return "once p is corrected" if pair["p"] < P_THRESHOLD else "by p, even uncorrected"


def count(report: Report, metric: str) -> int:
    """How many comparisons Holm's p values are corrected for, those of the curve among them."""
    return sum(pair["p"] is not None for pair in report.body["paired"].get(metric, []))


def both_p(pair: dict[str, Any]) -> str:
    """The p value of one comparison by itself, and what it is among all.

    >>> both_p({"p": 0.0076, "p_holm": 0.0912})
    'p = 0.008 by itself, p = 0.091 corrected'
    """
    return f"{in_words(pair['p'])} by itself, {in_words(pair['p_holm'])} corrected"


def in_words(p: float) -> str:
    """
    >>> in_words(0.031), in_words(0.0004)
    ('p = 0.031', 'p < 0.001')
    """
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def spread_of(pair: dict[str, Any], sign: int = 1) -> str:
    """A difference with its interval, both with their signs; ``sign`` -1 turns it round.

    >>> spread_of({"mean": -0.3, "low": -0.4, "high": -0.1}, -1)
    '+0.300 [+0.100, +0.400]'
    """
    low, high = sorted((sign * pair["low"], sign * pair["high"]))
    return f"{signed(sign * pair['mean'])} [{signed(low)}, {signed(high)}]"


def table(report: Report, metric: str) -> pd.DataFrame:
    """Index strategy, the best first: mean, low, high; the difference from the default with
    difference_low and difference_high, p, p_holm, and stands, in words."""
    found = figures(report, metric)
    known = {}
    for pair in pairs(report, metric):
        difference = dict(zip(("difference", *DIFFERENCE), map(pair.get, FIGURE), strict=True))
        said = ", ".join(filter(None, (stands(pair), why_unclear(pair))))
        known[pair["name"]] = difference | {
            "p": pair["p"], "p_holm": pair["p_holm"], "stands": said,
        }  # fmt: skip
    columns = ["difference", *DIFFERENCE, "p", "p_holm", "stands"]
    compared = pd.DataFrame.from_dict(known, orient="index", columns=columns)
    return found.join(compared).fillna({"stands": ""})
