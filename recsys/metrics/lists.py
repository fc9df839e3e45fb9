"""What a set of top lists is like beyond accuracy: pure functions on arrays.

``lists`` (users, k) are row numbers, each user's best first, with -1 where a list is shorter than
k. All places count alike. Measures of one list return (users,), NaN where the list is too short to
have one; measures of all lists together return a float. All raise ValueError for a row number
outside the catalogue and for a list that holds an item twice.
"""

import numpy as np
from scipy import sparse

ALPHA = 0.01
"""How much of the user's own mix smooths a list's, so that a missing genre costs no infinity."""
BLOCK = 512
"""Users compared with all others at a time; bounds the memory of ``overlap``."""


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


def overlap(lists: np.ndarray, n_items: int) -> float:
    """Mean Jaccard overlap of two users' lists, over all pairs of users (Jaccard 1912).

    The items in both lists over the items in either. From 0, nobody shares an item, to 1, everyone
    is shown the same; lower is more personal (compare Zhou et al. 2010's inter-list distance).
    Empty lists are left out; NaN with fewer than two others.

    >>> overlap(np.array([[0, 1], [1, -1], [3, 4]]), 5)  # (1/2 + 0 + 0) / 3
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


def popularity_lift(
    lists: np.ndarray, profiles: sparse.csr_matrix, popularity: np.ndarray
) -> float:
    """Popularity lift: how much more popular the lists are than what their users like.

    Mean over users of the mean popularity of their list, over the same of their profile, minus 1
    (Abdollahpouri et al. 2020). ``profiles`` (users, items) holds 1 for each like, ``popularity``
    (items,) each item's likes. From -1; 0 is no lift, 1 is twice as popular, below 0 is less
    popular. Users without a list or without a like are left out; NaN without others. Raises
    ValueError where the shapes do not fit.

    >>> likes = sparse.csr_matrix([[0.0, 1, 1]])
    >>> popularity_lift(np.array([[0, 1]]), likes, np.array([6, 3, 1]))  # 4.5 / 2 - 1
    1.25
    """
    shown = _mean(lists, popularity)
    likes = _checked(profiles, lists, len(popularity))
    own = _ratio(likes @ popularity.astype(float), likes @ np.ones(len(popularity)))
    both = ~np.isnan(shown + own)
    before = own[both].sum()
    return float(shown[both].sum() / before - 1) if before else float("nan")


def top_share(lists: np.ndarray, popularity: np.ndarray, m: int) -> np.ndarray:
    """Share of a list that is among the m most popular items (compare Cremonesi et al. 2010).

    ``popularity`` (items,) is each item's likes; ties go to the lower row number. Returns (users,)
    from 0, only the long tail, to 1, only the head. Raises ValueError for m below 1.

    >>> top_share(np.array([[0, 1], [2, 1]]), np.array([9, 1, 5]), 1)
    array([0.5, 0. ])
    """
    if m < 1:
        raise ValueError(f"m is {m}; it must be at least 1.")
    head = np.zeros(len(popularity))
    head[np.argsort(-popularity.astype(float), kind="stable")[:m]] = 1
    return _mean(lists, head)


def miscalibration(
    lists: np.ndarray, profiles: sparse.csr_matrix, genres: np.ndarray
) -> np.ndarray:
    """How far a list's mix of genres is from its user's: Kullback-Leibler (Steck 2018).

    The sum over genres of p log(p / ((1 - a) q + a p)), natural log, a = 0.01, where p is the mix
    of ``profiles`` (users, items), 1 for each like, q that of the list, and an item's genres share
    its weight of 1. ``genres`` (items, g) is true where the item has the genre; items without any
    are left out. Returns (users,) from 0, the same mix, to -log(a), 4.61, nothing in common; lower
    is better calibrated. NaN where the list or the profile has no genre. Raises ValueError where
    the shapes do not fit.

    >>> likes = sparse.csr_matrix([[1.0, 1, 0]])  # p = 1/2, 1/2 and q = 3/4, 1/4
    >>> miscalibration(np.array([[0, 2]]), likes, np.array([[1, 0], [0, 1], [1, 1]]))
    array([0.14053532])
    """
    own = genres.astype(float)
    parts = _ratio(own, own.sum(axis=1, keepdims=True), otherwise=0)  # (items, g)
    wanted = _mix(_checked(profiles, lists, len(genres)) @ parts)  # (users, g)
    shown = _mix(_members(lists, len(genres)) @ parts)
    ratio = _ratio(wanted, (1 - ALPHA) * shown + ALPHA * wanted)
    return (wanted * np.log(np.where(wanted == 0, 1, ratio))).sum(axis=1)  # 0 log 0 is 0


def _checked(profiles: sparse.csr_matrix, lists: np.ndarray, n_items: int) -> sparse.csr_matrix:
    """The profiles, as long and as wide as they must be; (users, items)."""
    if profiles.shape != (len(lists), n_items):
        raise ValueError(f"profiles {profiles.shape} must be {(len(lists), n_items)} as the lists.")
    return profiles


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


def _mix(weights: np.ndarray) -> np.ndarray:
    """Rows that sum to 1; NaN where there is no weight."""
    return _ratio(weights, weights.sum(axis=1, keepdims=True))


def _ratio(part: np.ndarray, whole: np.ndarray, otherwise: float = np.nan) -> np.ndarray:
    """part / whole, and ``otherwise`` where the whole is 0; the shape of part."""
    out = np.full(part.shape, otherwise, dtype=float)
    return np.divide(part, whole, out=out, where=whole > 0)
