"""The learning curve over known likes, and what a text is worth in likes.

How good the default strategy is once so many likes are known, with a text and without.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from recsys.metrics.statistics import DRAWS
from recsys.reports.figures import FIGURE, label, line_figures, on_curve
from recsys.reports.names import DEFAULT
from recsys.reports.store import Report


def curve(report: Report, metric: str) -> pd.DataFrame:
    """likes, text, mean, low, high: the default by likes known, with the text and without.

    Empty where a report has no such rows.
    """
    rows = [name for name in report.lines if on_curve(name)]
    if not rows:
        return pd.DataFrame(columns=["likes", "text", *FIGURE])
    rows = [DEFAULT, *rows]
    known = [(report.lines[name]["likes"], report.lines[name]["text"]) for name in rows]
    table = line_figures(report, metric, rows)
    table[["likes", "text"]] = pd.DataFrame(known, index=rows)
    return table.sort_values(["text", "likes"]).astype({"text": bool}).reset_index(drop=True)


def worth(report: Report, metric: str) -> tuple[float, float, float] | None:
    """So many likes without a text do as well as the text alone: value, low, high; inf for never.

    Between two counts the curve is a straight line. The interval is a bootstrap over users (95 %).
    None where the report has no curve without a text.
    """
    lines = _without_text(report)
    if len(lines) < 2:
        return None
    likes = np.array([line["likes"] for line in lines], dtype=float)
    names = [DEFAULT, *(line["name"] for line in lines)]
    values = np.stack([report.values(name, metric) for name in names])
    values = values[:, ~np.isnan(values).any(axis=0)]  # (1 + m, users)
    if not values.shape[1]:
        return None
    drawn = np.random.default_rng(0).integers(0, values.shape[1], (DRAWS, values.shape[1]))
    means = np.stack([line[drawn].mean(axis=1) for line in values])  # (1 + m, DRAWS)
    samples = np.sort(crossing(likes, means[1:], means[0]))
    low, high = samples[[int(0.025 * DRAWS), int(0.975 * DRAWS) - 1]]
    whole = values.mean(axis=1, keepdims=True)
    return float(crossing(likes, whole[1:], whole[0])[0]), float(low), float(high)


def tried(report: Report) -> list[int]:
    """The counts of likes that were told without a text, the smallest first."""
    return [line["likes"] for line in _without_text(report)]


def _without_text(report: Report) -> list[Mapping[str, Any]]:
    """The points of the learning curve that know likes alone, the fewest first."""
    lines = [line for name, line in report.lines.items() if on_curve(name) and not line["text"]]
    return sorted(lines, key=lambda line: line["likes"])


def crossing(likes: np.ndarray, curves: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """Where each of the ``curves`` (m, c), over ``likes`` (m,), first reaches its level (c,).

    >>> crossing(np.array([0.0, 2, 4]), np.array([[0.1], [0.2], [0.4]]), np.array([0.3]))
    array([3.])
    """
    reached = curves >= levels - 1e-9  # means differ by rounding
    first = reached.argmax(axis=0)
    before, column = np.maximum(first - 1, 0), np.arange(len(levels))
    low, high = curves[before, column], curves[first, column]
    rise = np.where(high > low, high - low, 1.0)
    found = likes[before] + (likes[first] - likes[before]) * (levels - low) / rise
    found = np.where(first == 0, likes[0], found)
    return np.where(reached.any(axis=0), found, np.inf)


def worth_in_words(report: Report, metric: str) -> str:
    """What the text is worth in clicks; "" where the report cannot tell."""
    found = worth(report, metric)
    if found is None:
        return ""
    value, low, high = found
    known = curve(report, metric)
    without = known[~known["text"]]
    most = int(without["likes"].max())
    alone = f"the text alone gives {report.lines[DEFAULT][metric]['mean']:.3f} {label(metric)}"
    if np.isinf(value):
        last = without["mean"].iloc[-1]
        return (
            f"What people typed is worth more than {most} likes: {alone},"
            f" {most} likes without a text {last:.3f}."
        )
    if value == without["likes"].min():
        return f"What people typed adds nothing: {alone}, and no more than is had without it."
    top = f"more than {most}" if np.isinf(high) else f"{high:.1f}"
    return (
        f"What people typed is worth about {value:.1f} likes [{low:.1f}, {top}]: {alone},"
        " as much as so many likes without a text."
    )
