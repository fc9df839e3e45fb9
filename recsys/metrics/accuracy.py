"""Accuracy of a ranking: pure functions on arrays.

The measures at k take ``hits`` (users, n), which places of each user's ranking, best first, hold a
relevant item, and ``relevant`` (users,), how many relevant items the user has in all; they return
one figure per user (users,), from 0 to 1, higher is better. A ranking shorter than k is filled up
with misses. A user without a relevant item has NaN in every one of them, so all means are over the
same users. They raise ValueError for k below 1, shapes that do not fit, or more hits than relevant
items. The definitions are those of trec_eval.
"""

import numpy as np


def ndcg(gains: np.ndarray, k: int) -> float:
    """Normalised discounted cumulative gain at k (Järvelin & Kekäläinen 2002), from 0 to 1.

    ``gains`` (n,) are what the items are worth, in ranked order; below 0 counts as 0. The gain at
    place i (from 1) counts 1 / log2(i + 1), and the best order of the same gains is 1. Without
    any gain there is nothing to find, and the answer is NaN.

    >>> round(ndcg(np.array([1.0, 0.0, 2.0]), 2), 4)  # 1 / (2 + 1 / log2(3))
    0.3801
    """
    worth = np.maximum(gains, 0)
    discount = _discount(k)

    def dcg(values: np.ndarray) -> float:
        top = values[:k]
        return float(top @ discount[: len(top)])

    best = dcg(np.sort(worth)[::-1])
    return dcg(worth) / best if best else float("nan")


def binary_ndcg(hits: np.ndarray, relevant: np.ndarray, k: int) -> np.ndarray:
    """NDCG at k where every relevant item is worth 1 (Järvelin & Kekäläinen 2002).

    The sum of 1 / log2(place + 1) over the hits, over the same sum for the best ranking there is:
    relevant items at places 1 to min(k, relevant).

    >>> binary_ndcg(np.array([[True, False, True]]), np.array([2]), 3).round(4)
    array([0.9197])
    """
    top = _top(hits, relevant, k)
    discount = _discount(k)
    best = np.concatenate([[0.0], np.cumsum(discount)])[np.minimum(relevant, k).astype(int)]
    return _share(top @ discount[: top.shape[1]], best)


def precision(hits: np.ndarray, relevant: np.ndarray, k: int) -> np.ndarray:
    """Precision at k: hits among the first k, over k (van Rijsbergen 1979).

    >>> precision(np.array([[True, False, True]]), np.array([5]), 2)
    array([0.5])
    """
    found = _top(hits, relevant, k).sum(axis=1)
    return _known(found / k, relevant)


def recall(hits: np.ndarray, relevant: np.ndarray, k: int) -> np.ndarray:
    """Recall at k: hits among the first k, over all relevant items (van Rijsbergen 1979).

    With more than k relevant items it cannot reach 1.

    >>> recall(np.array([[True, False, True]]), np.array([5]), 3)
    array([0.4])
    """
    return _share(_top(hits, relevant, k).sum(axis=1), relevant)


def hit_rate(hits: np.ndarray, relevant: np.ndarray, k: int) -> np.ndarray:
    """Hit rate at k: 1 with any hit among the first k, else 0 (Deshpande & Karypis 2004).

    trec_eval calls it success.

    >>> hit_rate(np.array([[False, True], [False, False]]), np.array([1, 1]), 2)
    array([1., 0.])
    """
    return _known(_top(hits, relevant, k).max(axis=1, initial=False), relevant)


def reciprocal_rank(hits: np.ndarray, relevant: np.ndarray, k: int) -> np.ndarray:
    """Reciprocal rank at k: 1 over the place of the first hit, 0 without one (Voorhees 1999).

    Its mean over users is the MRR.

    >>> reciprocal_rank(np.array([[False, True, True]]), np.array([2]), 3)
    array([0.5])
    """
    top = _top(hits, relevant, k)
    return _known((top / np.arange(1, top.shape[1] + 1)).max(axis=1, initial=0), relevant)


def average_precision(hits: np.ndarray, relevant: np.ndarray, k: int) -> np.ndarray:
    """Average precision at k: precision at each hit among the first k, summed, over all relevant.

    Its mean over users is the MAP (Buckley & Voorhees 2005). With more than k relevant items it
    cannot reach 1.

    >>> average_precision(np.array([[True, False, True]]), np.array([2]), 3)  # (1/1 + 2/3) / 2
    array([0.83333333])
    """
    top = _top(hits, relevant, k)
    at_each = np.cumsum(top, axis=1) / np.arange(1, top.shape[1] + 1)  # (users, <= k)
    return _share((at_each * top).sum(axis=1), relevant)


def auc(scores: np.ndarray, liked: np.ndarray, disliked: np.ndarray) -> np.ndarray:
    """Area under the ROC curve: share of (liked, disliked) pairs where the liked scores higher.

    A tie counts half (Hanley & McNeil 1982). All three are (users, n), the last two true where the
    user judged so; other scores are not looked at. Returns (users,) from 0 to 1, higher is better,
    chance is 0.5; NaN without a like or without a dislike. Raises ValueError where the shapes
    differ, an item is both, or a judged score is not finite.

    >>> likes = np.array([[True, False, True, False]])
    >>> auc(np.array([[0.9, 0.5, 0.5, 0.1]]), likes, ~likes)  # (1 + 1 + 0.5 + 1) / 4
    array([0.875])
    """
    from scipy.stats import rankdata  # half a second that only this measure needs

    judged = _judged(scores, liked, disliked)
    if not np.isfinite(scores[judged]).all():
        raise ValueError("A judged item has a score that is not finite; each needs a number.")
    # What is not judged goes last, where it moves no other rank.
    ranks = rankdata(np.where(judged, scores, np.inf), axis=1)
    n_liked, n_disliked = liked.sum(axis=1), disliked.sum(axis=1)
    right = (ranks * liked).sum(axis=1) - n_liked * (n_liked + 1) / 2
    return _share(right, n_liked * n_disliked)


def _discount(k: int) -> np.ndarray:
    """What a gain counts at places 1 to k; (k,)."""
    return 1 / np.log2(np.arange(2, k + 2))


def _top(hits: np.ndarray, relevant: np.ndarray, k: int) -> np.ndarray:
    """The first k places, as bool; (users, at most k)."""
    if k < 1:
        raise ValueError(f"k is {k}; it must be at least 1.")
    if hits.ndim != 2 or relevant.shape != (len(hits),):
        raise ValueError(
            f"hits are {hits.shape}, relevant {relevant.shape}; accepted: (users, n) and (users,)."
        )
    if (np.count_nonzero(hits, axis=1) > relevant).any():
        raise ValueError("A user has more hits than relevant items; relevant counts them all.")
    return hits[:, :k].astype(bool)


def _judged(values: np.ndarray, liked: np.ndarray, disliked: np.ndarray) -> np.ndarray:
    """Which items a user judged at all; (users, n) bool."""
    if not values.shape == liked.shape == disliked.shape or values.ndim != 2:
        raise ValueError(
            f"Shapes {values.shape}, {liked.shape} and {disliked.shape}; all must be (users, n)."
        )
    if (liked & disliked).any():
        raise ValueError("An item is both liked and disliked by the same user; it must be one.")
    return liked | disliked


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole, NaN where the whole is 0; (users,)."""
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)


def _known(values: np.ndarray, relevant: np.ndarray) -> np.ndarray:
    """The values, NaN where nothing is relevant; (users,)."""
    return np.where(relevant > 0, values, np.nan)
