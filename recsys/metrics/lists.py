"""What a set of top lists is like beyond accuracy: pure functions on arrays.

``lists`` (users, k) are row numbers, each user's best first, with -1 where a list is shorter than
k. All places count alike. Measures of one list return (users,), NaN where the list is too short to
have one; measures of all lists together return a float. All raise ValueError for a row number
outside the catalogue and for a list that holds an item twice.
"""

import numpy as np
from scipy import sparse

POPULAR_ITEMS = 100
"""The popular items are so many, the most liked ..."""
POPULAR_SHARE = 10
"""... or one in so many of a smaller catalogue."""
BLOCK = 512
"""Users compared with all others at a time; bounds the memory of ``inter_list_jaccard``."""


def popular(likes: np.ndarray) -> np.ndarray:
    """(n,) bool: the most liked items (see POPULAR_ITEMS), the head of the catalogue; one that
    nobody likes is not among them.

    >>> popular(np.array([5, 0, 9])).tolist()
    [False, False, True]
    """
    count = min(POPULAR_ITEMS, -(-len(likes) // POPULAR_SHARE))
    head = np.argsort(-likes, kind="stable")[:count]
    return np.isin(np.arange(len(likes)), head) & (likes > 0)


def coverage(lists: np.ndarray, n_items: int) -> float:
    """Catalogue coverage: share of the catalogue that is in any list (Ge et al. 2010).

    From 0 to 1; higher means that more of the catalogue is shown to somebody.

    >>> coverage(np.array([[0, 1], [1, 2]]), 4)
    0.75
    """
    return float(np.count_nonzero(_exposure(lists, n_items)) / n_items)


def gini(lists: np.ndarray, n_items: int) -> float:
    """Gini index of exposure: how unequally the places are spread (Shani & Gunawardana 2011).

    With the items' numbers of places x in rising order, the sum of (2 j - n - 1) x_j over
    (n - 1) times the sum of x. From 0, all items are shown equally often, to 1, one item has every
    place; lower is more even. NaN without any place, or for a catalogue of one.

    >>> gini(np.array([[0, 1], [0, 2]]), 4)  # x = 0, 1, 1, 2: (0 - 1 + 1 + 6) / (3 * 4)
    0.5
    """
    exposure = np.sort(_exposure(lists, n_items))
    if n_items < 2 or not exposure.any():
        return float("nan")
    weights = 2 * np.arange(1, n_items + 1) - n_items - 1
    return float(weights @ exposure / ((n_items - 1) * exposure.sum()))


def novelty(lists: np.ndarray, likes: np.ndarray, n_users: int) -> np.ndarray:
    """Mean self-information of a list's items, in bits (Zhou et al. 2010).

    An item's is -log2 of the share of the ``n_users`` who like it; ``likes`` (items,) counts them,
    and an item that nobody likes counts as liked by one, for its self-information has no bound.
    Returns (users,) from 0, everyone likes all of it, to log2(n_users); higher is more novel.

    >>> novelty(np.array([[0, 1]]), np.array([8, 2]), 8)  # (0 + 2) / 2
    array([1.])
    """
    if (likes > n_users).any():
        raise ValueError(
            f"An item has {likes.max()} likes of {n_users} users; at most all like it."
        )
    return _mean(lists, np.log2(n_users / np.maximum(likes.astype(float), 1)))


def diversity(lists: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Intra-list diversity: mean of 1 - cosine over a list's pairs (Smyth & McClave 2001).

    ``vectors`` (items, d) need not be of unit length; one that is all zeros is like no other.
    Returns (users,) from 0, all alike, to 1, all at right angles, and above where vectors point
    apart; higher is more diverse. NaN for a list of fewer than two.

    >>> diversity(np.array([[0, 1, 2]]), np.array([[1.0, 0], [0, 1], [0, 2]]))  # (1 + 1 + 0) / 3
    array([0.66666667])
    """
    members = _members(lists, len(vectors))
    used = np.unique(members.indices)
    rows = vectors[used].astype(float)
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)  # (used, d)
    among = members[:, used]
    # The square of a sum of vectors is their own squares and each pair's product twice.
    squares = np.square(among @ unit).sum(axis=1) - among @ np.square(unit).sum(axis=1)
    pairs = _sizes(members) * (_sizes(members) - 1)
    return 1 - _ratio(squares, pairs)


def inter_list_jaccard(lists: np.ndarray, n_items: int) -> float:
    """Mean Jaccard overlap of two users' lists, over all pairs of users (Jaccard 1912).

    The items in both lists over the items in either. From 0, nobody shares an item, to 1, everyone
    is shown the same; lower is more personal (compare Zhou et al. 2010's inter-list distance).
    Empty lists are left out; NaN with fewer than two others.

    >>> inter_list_jaccard(np.array([[0, 1], [1, -1], [3, 4]]), 5)  # (1/2 + 0 + 0) / 3
    0.16666666666666666
    """
    members = _members(lists, n_items)
    members = members[_sizes(members) > 0]
    n, sizes = members.shape[0], _sizes(members)
    if n < 2:
        return float("nan")
    total = 0.0
    for start in range(0, n, BLOCK):
        shared = (members[start : start + BLOCK] @ members.T).tocoo()
        either = sizes[start + shared.row] + sizes[shared.col] - shared.data
        total += float((shared.data / either).sum())
    return (total - n) / (n * (n - 1))  # each list overlaps fully with itself


def popularity_share(lists: np.ndarray, popularity: np.ndarray, m: int) -> np.ndarray:
    """Popularity share: how much of a list is among the m most popular items.

    Compare the short head of Cremonesi et al. (2010).

    ``popularity`` (items,) is each item's likes; ties go to the lower row number. Returns (users,)
    from 0, only the long tail, to 1, only the head. Raises ValueError for m below 1.

    >>> popularity_share(np.array([[0, 1], [2, 1]]), np.array([9, 1, 5]), 1)
    array([0.5, 0. ])
    """
    if m < 1:
        raise ValueError(f"m is {m}; it must be at least 1.")
    head = np.zeros(len(popularity))
    head[np.argsort(-popularity.astype(float), kind="stable")[:m]] = 1
    return _mean(lists, head)


def _members(lists: np.ndarray, n_items: int) -> sparse.csr_matrix:
    """Which items each list holds, as 1.0; (users, items)."""
    if lists.ndim != 2 or (lists >= n_items).any() or (lists < -1).any():
        raise ValueError(
            f"lists {lists.shape} must be (users, k) of rows 0 to {n_items - 1}, or -1 for none."
        )
    user, place = np.nonzero(lists >= 0)
    ones = np.ones(len(user))
    members = sparse.csr_matrix((ones, (user, lists[user, place])), shape=(len(lists), n_items))
    if (members.data > 1).any():
        raise ValueError("A list holds the same item twice; each item has one place.")
    return members


def _exposure(lists: np.ndarray, n_items: int) -> np.ndarray:
    """In how many lists each item is; (items,)."""
    return np.bincount(_members(lists, n_items).indices, minlength=n_items)


def _sizes(members: sparse.csr_matrix) -> np.ndarray:
    """How many items each user has; (users,)."""
    return np.diff(members.indptr)


def _mean(lists: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Mean of the values (items,) over each list, NaN for an empty one; (users,)."""
    members = _members(lists, len(values))
    return _ratio(members @ values.astype(float), _sizes(members))


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole, NaN where the whole is 0; the shape of part."""
    out = np.full(part.shape, np.nan)
    return np.divide(part, whole, out=out, where=whole > 0)
