"""Differences with their intervals: in slices, one by one, and between two runs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recsys.metrics.statistics import holm, interval, paired
from recsys.reports.figures import FIGURE, line_figures, on_curve, twins
from recsys.reports.names import DEFAULT
from recsys.reports.store import Report

SMALLEST = 2
"""Among fewer, an interval says nothing."""


def less(own: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """own - other, by their columns mean, low, high: difference, low, high, on the same index.

    The interval is made of those of the two, as if they were independent (MOVER; Zou & Donner
    2008, equation 3): among the same people, who mostly agree, it is wider than need be.
    """
    difference = own["mean"] - other["mean"]
    down = np.hypot(own["mean"] - own["low"], other["high"] - other["mean"])
    up = np.hypot(own["high"] - own["mean"], other["mean"] - other["low"])
    parts = {"difference": difference, "low": difference - down, "high": difference + up}
    return pd.DataFrame(parts, index=own.index)


def slices(report: Report, kind: str, metric: str, names: Sequence[str]) -> pd.DataFrame:
    """slice, n, strategy, mean, low, high: a line for each slice and each of the strategies."""
    lines = []
    for name in names:
        for part in report.lines[name]["slices"].get(kind, []):
            if metric in part:
                about = {"slice": part["name"], "n": part["n"], "strategy": name}
                lines.append(about | part[metric])
    table = pd.DataFrame(lines, columns=["slice", "n", "strategy", *FIGURE])
    return table.astype(dict.fromkeys(FIGURE, float))


def in_slices(parts: pd.DataFrame, names: tuple[str, str]) -> pd.DataFrame:
    """Index slice, of ``slices``: n, first, second, difference (first - second), low, high.

    The interval is that of ``less``, and unknown in a slice of fewer than SMALLEST. A slice that
    is not known of both is left out.
    """
    one, two = (parts[parts["strategy"] == name].set_index("slice") for name in names)
    both = one.dropna().index.intersection(two.dropna().index, sort=False)
    one, two = one.loc[both], two.loc[both]
    table = pd.DataFrame({"n": one["n"], "first": one["mean"], "second": two["mean"]})
    table = table.join(less(one, two))
    table.loc[table["n"] < SMALLEST, ["low", "high"]] = np.nan
    return table


def gains(report: Report, other: str, metric: str) -> pd.DataFrame:
    """Index user, who gains most first: usual, other, gain (usual - other); no one unknown."""
    table = pd.DataFrame(
        {"usual": report.values(DEFAULT, metric), "other": report.values(other, metric)},
        index=pd.Index(report.body["users"], name="user"),
    )
    table["gain"] = table["usual"] - table["other"]
    return table.dropna().sort_values("gain", ascending=False, kind="stable")


def mean_gain(report: Report, other: str, metric: str) -> dict[str, float]:
    """mean, low, high of the ``gains``: as the report has them, where it compares the two."""
    for pair in report.body["paired"].get(metric, []):
        if pair["name"] == other and pair["mean"] is not None:
            return {"mean": -pair["mean"], "low": -pair["high"], "high": -pair["low"]}
    return interval(gains(report, other, metric)["gain"].to_numpy())


def two_runs(first: Report, second: Report, metric: str) -> pd.DataFrame:
    """Index strategy, of both runs: first, second, difference (second - first), low, high, p.

    Where both have measured the same users, the interval and p (Holm's) are those of their paired
    differences; where not, the interval is that of ``less``, and p is NaN.
    """
    alike = {*twins(first)} & {*twins(second)}
    names = [name for name in first.lines if name in second.lines and name not in alike]
    names = line_figures(first, metric, [name for name in names if not on_curve(name)]).index
    one, two = (line_figures(run, metric, names).loc[names] for run in (first, second))
    table = pd.DataFrame({"first": one["mean"], "second": two["mean"]}).join(less(two, one))
    table["p"] = np.nan
    if same_users(first, second):
        place = {user: i for i, user in enumerate(second.body["users"])}
        order = [place[user] for user in first.body["users"]]
        for name in names:
            pair = paired(second.values(name, metric)[order], first.values(name, metric))
            table.loc[name, ["low", "high", "p"]] = [pair["low"], pair["high"], pair["p"]]
        known = table["p"].notna()
        table.loc[known, "p"] = holm(table.loc[known, "p"].to_numpy())
    return table


def same_users(first: Report, second: Report) -> bool:
    """Whether two reports have measured the same people of the same workspace."""
    return first.workspace == second.workspace and set(first.body["users"]) == set(
        second.body["users"]
    )
