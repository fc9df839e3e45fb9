"""How far several judges agree, beyond what chance would bring."""

import numpy as np


def weighted_kappa(first: np.ndarray, second: np.ndarray) -> float:
    """Cohen's kappa of two judges with quadratic weights (Cohen 1968), at most 1.

    ``first`` and ``second`` (n,) are their grades of the same items: 1 is the same of everything, 0
    what chance would bring from grades as often given, below 0 worse. A difference of two grades
    counts four times as much as one of one. NaN without an item, and where both gave one and the
    same grade to everything: then chance agrees, too. Raises ValueError where the shapes differ.

    >>> round(weighted_kappa(np.array([0, 1, 2, 3]), np.array([0, 1, 2, 2])), 4)
    0.875
    """
    first, second = np.asarray(first, float), np.asarray(second, float)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"Grades are {first.shape} and {second.shape}; both must be (n,).")
    if not len(first):
        return float("nan")
    seen = ((first - second) ** 2).mean()
    by_chance = ((first[:, None] - second[None, :]) ** 2).mean()
    return float(1 - seen / by_chance) if by_chance else float("nan")


def krippendorff_alpha(grades: np.ndarray) -> float:
    """Krippendorff's alpha of any number of judges, by squared differences, at most 1.

    ``grades`` (judges, items), NaN for not judged; items that fewer than two judged do not count.
    1 less the squared difference within items over that between any two grades (Krippendorff 2011,
    "Computing Krippendorff's Alpha-Reliability", interval data). NaN where no item has two judges,
    and where all grades are the same.

    >>> grades = np.array([[1.0, 2.0, 3.0], [1.0, 2.0, np.nan]])
    >>> krippendorff_alpha(grades)
    1.0
    """
    grades = np.asarray(grades, float)
    judged = ~np.isnan(grades)
    grades, judged = grades[:, judged.sum(axis=0) > 1], judged[:, judged.sum(axis=0) > 1]
    values = grades[judged]
    n = len(values)
    if not n:
        return float("nan")
    count = judged.sum(axis=0)  # (items,) at least 2
    # Summed over all pairs of m values, squared differences are 2 m times their summed squares
    # about the mean; each item weighs 1 / (m - 1), so that each of its grades counts once.
    spread = count * np.nanvar(grades, axis=0)
    within = (2 * count * spread / (count - 1)).sum() / n
    between = 2 * n * n * values.var() / (n * (n - 1))
    return float(1 - within / between) if between else float("nan")
