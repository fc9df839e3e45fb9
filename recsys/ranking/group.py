"""One list for several people: as good as it can be for all, for the worst off, or for both."""

from collections.abc import Callable, Mapping

import numpy as np

from recsys.errors import QueryError

SMALL = 1e-9
"""Added to what somebody gets, so that a product of nothing can still grow."""


def _mean(total: np.ndarray) -> np.ndarray:
    return total.mean(axis=0)


def _least_misery(total: np.ndarray) -> np.ndarray:
    return total.min(axis=0)


def _nash(total: np.ndarray) -> np.ndarray:
    return np.log(total + SMALL).mean(axis=0)


RULES: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "mean": _mean,
    "least misery": _least_misery,
    "Nash product": _nash,
}
"""Name -> the welfare of what each person gets, (people, lists) to (lists,): the higher the better
(Masthoff 2004, Group modeling; Kaneko & Nakamura 1979 for the product)."""


def utilities(scores: np.ndarray) -> np.ndarray:
    """(people, items) from 0 for each person's last item to 1 for their first, by their scores.

    An item that is NaN for somebody is worth nothing to them; so is all, where scores are equal.
    """
    low = np.nanmin(scores, axis=1, keepdims=True)
    spread = np.nanmax(scores, axis=1, keepdims=True) - low
    return np.nan_to_num((scores - low) / np.where(spread > 0, spread, np.inf))


def fair_list(worth: np.ndarray, k: int, rule: str) -> np.ndarray:
    """(k,) items of ``worth`` (people, items), the best first by ``rule``, one of RULES.

    Each place goes to the item with which the welfare of all that is in the list so far is highest:
    whoever got little before is served next. Ties go to the higher mean. Raises QueryError for a
    rule that there is not, and where nobody is there.

    >>> two = np.array([[1.0, 0.9, 0.0], [0.0, 0.0, 0.6]])
    >>> fair_list(two, 2, "mean").tolist(), fair_list(two, 2, "least misery").tolist()
    ([0, 1], [0, 2])
    """
    if rule not in RULES:
        raise QueryError(f"There is no rule {rule!r}. There are: {', '.join(RULES)}.")
    if not len(worth):
        raise QueryError("A list for nobody cannot be made: somebody has to say a taste.")
    total = np.zeros((len(worth), 1))
    left = list(range(worth.shape[1]))
    chosen: list[int] = []
    while left and len(chosen) < k:
        welfare = RULES[rule](total + worth[:, left])
        best = np.lexsort((worth[:, left].mean(axis=0), welfare))[-1]
        total = total + worth[:, [left[best]]]
        chosen.append(left.pop(best))
    return np.array(chosen, dtype=np.int64)


def shares(worth: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """(people,) what each gets from the list ``chosen``, over what their own best list gives."""
    own = np.sort(worth, axis=1)[:, ::-1][:, : len(chosen)].sum(axis=1)
    return worth[:, chosen].sum(axis=1) / np.maximum(own, SMALL)
