"""How sure a figure is: bootstrap intervals and paired tests over users."""

import numpy as np

DRAWS = 2_000
"""Bootstrap samples behind an interval."""
FLIPS = 10_000
"""Sign flips behind a p value; with fewer than these possible, all are tried."""
CELLS = 2**21
"""Numbers held at once while sampling; bounds the memory, never changes a result."""


def interval(values: np.ndarray, rng: np.random.Generator | None = None) -> dict[str, float]:
    """Mean with its 95 % bootstrap interval over users (percentile; Efron & Tibshirani 1993).

    ``values`` (users,) is one figure per user; NaN is left out. Returns ``mean``, ``low`` and
    ``high``, all NaN without a value. The same values give the same interval unless ``rng`` is
    given.

    >>> interval(np.array([0.5, 0.5, np.nan]))
    {'mean': 0.5, 'low': 0.5, 'high': 0.5}
    """
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if not len(known):
        return dict.fromkeys(("mean", "low", "high"), float("nan"))
    rng = rng or np.random.default_rng(0)
    means = np.concatenate(
        [
            known[rng.integers(0, len(known), (rows, len(known)))].mean(axis=1)
            for rows in _blocks(DRAWS, len(known))
        ]
    )
    low, high = np.quantile(means, [0.025, 0.975])
    return {"mean": float(known.mean()), "low": float(low), "high": float(high)}


def paired(
    a: np.ndarray, b: np.ndarray, rng: np.random.Generator | None = None
) -> dict[str, float]:
    """Whether a differs from b over the same users: randomisation test (Smucker et al. 2007).

    ``a`` and ``b`` (users,) are one figure per user; a user with NaN in either is left out. Returns
    ``mean`` of a - b with ``low`` and ``high``, its 95 % bootstrap interval, and the two-sided
    ``p``: how often a mean at least as far from 0 comes up when each user's difference has its sign
    by the toss of a coin. All flips are tried where that is no more than FLIPS of them; else FLIPS
    are drawn, and the one observed counts too (Phipson & Smyth 2010). All NaN without a user.
    Raises ValueError where the shapes differ.

    >>> paired(np.array([0.9, 0.8, 0.7]), np.array([0.1, 0.2, 0.3]))["p"]  # 2 of 8 flips
    0.25
    """
    if np.shape(a) != np.shape(b) or np.ndim(a) != 1:
        raise ValueError(f"a is {np.shape(a)} and b {np.shape(b)}; both must be (users,).")
    difference = np.asarray(a, dtype=float) - np.asarray(b, dtype=float)
    difference = difference[~np.isnan(difference)]
    rng = rng or np.random.default_rng(0)
    return {**interval(difference, rng), "p": _sign_flip(difference, rng)}


def holm(p_values: np.ndarray) -> np.ndarray:
    """The p values adjusted for being several, so that any below 0.05 still holds (Holm 1979).

    ``p_values`` (m,); the smallest is multiplied by m, the next by m - 1 and so on, none ends below
    a smaller one's, and none above 1. Returns (m,) in the order given. Raises ValueError for a
    value that is not from 0 to 1.

    >>> holm(np.array([0.04, 0.01, 0.03]))
    array([0.06, 0.03, 0.06])
    """
    p = np.asarray(p_values, dtype=float)
    wrong = p[~((p >= 0) & (p <= 1))]
    if len(wrong):
        raise ValueError(f"A p value is {wrong[0]}; each must be from 0 to 1.")
    order = np.argsort(p, kind="stable")
    times = np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * times), 1)
    return adjusted


def _sign_flip(difference: np.ndarray, rng: np.random.Generator) -> float:
    """Two-sided p of a mean of 0, by flipping signs; NaN without a difference."""
    n = len(difference)
    if not n:
        return float("nan")
    # Sums that differ by rounding alone are the same: shares of a top ten tie all the time.
    observed = abs(difference.sum()) - 1e-9 * np.abs(difference).sum()
    if n < FLIPS.bit_length():
        flips = np.arange(2**n)[:, None] >> np.arange(n) & 1  # (2 ** n, n)
        return float(_as_far(difference, flips, observed) / 2**n)
    count = sum(
        _as_far(difference, rng.integers(0, 2, (rows, n), dtype=np.int8), observed)
        for rows in _blocks(FLIPS, n)
    )
    return (count + 1) / (FLIPS + 1)


def _as_far(difference: np.ndarray, flips: np.ndarray, observed: float) -> int:
    """How many of the flips (rows, n) of 0 and 1 leave a sum at least as far from 0."""
    sums = (1.0 - 2.0 * flips) @ difference
    return int(np.count_nonzero(np.abs(sums) >= observed))


def _blocks(rows: int, n: int) -> list[int]:
    """The rows cut into blocks of at most CELLS numbers, n a row; at least one row each."""
    size = max(1, CELLS // n)
    return [min(size, rows - start) for start in range(0, rows, size)]
