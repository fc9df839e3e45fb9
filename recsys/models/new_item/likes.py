"""Who will like a new item, and how many: kernel ridge regression from what items are to likes."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from recsys.datatypes import Progress, no_progress
from recsys.learning import kernel_ridge
from recsys.models.new_item import kernel as item_kernel
from recsys.models.new_item.kernel import ItemKernel, likeness
from recsys.store.interactions import Interactions
from recsys.store.workspace import Workspace

ITEMS = 6_500
"""At most so many items are learned from, the most liked."""
USERS = 2_000
"""Likes of so many users are kept for the pages, drawn at random."""
SHARPNESS = 2.0
"""How fast the kernel falls with the likeness: exp(SHARPNESS * (likeness - 1))."""
RIDGE, COUNT_RIDGE = 1.0, 0.1
"""Penalties of the regressions to who likes an item, and to how many do."""
FACTORS = 40
"""Half of the singular value of this rank, of the likes, is taken for noise."""
SAMPLE = 400_000
"""Pairs of a user and an item that nobody knows a like of, from which probabilities are learned."""
NEAREST = 200
"""An interval comes from so many items of which as many likes were expected."""
LEVEL = 0.8
"""How often the truth should lie in it."""


def known_items(interactions: Interactions) -> np.ndarray:
    """Rows of the items to learn from: those whose likes are known, the most liked ITEMS."""
    most_liked = np.argsort(-interactions.popularity, kind="stable")
    found: np.ndarray = np.setdiff1d(most_liked[:ITEMS], interactions.unknown)
    return found


def fit(
    interactions: Interactions,
    kernel: ItemKernel,
    most: int = USERS,
    progress: Progress = no_progress,
) -> dict[str, np.ndarray]:
    """The arrays that ``ItemLikes`` reads, for at most so many users.

    The targets are the likes as far as they are not noise: each singular value s becomes
    s^3 / (s^2 + t^2), the Wiener filter, t being the one of rank FACTORS; less each user's mean.
    """
    rng = np.random.default_rng(0)
    progress(0, 3, "learning who likes what is new")
    known = known_items(interactions)
    users = np.arange(len(interactions.users))
    if len(users) > most:
        users = np.sort(rng.choice(users, most, replace=False))
    likes = interactions.likes[users][:, known].toarray()  # (u, k)
    features = kernel.features.of(known)
    alike = _sharpen(likeness(features, features))  # (k, k)
    progress(1, 3, "learning who likes what is new")
    targets = _filtered(likes)
    targets -= targets.mean(axis=1, keepdims=True)
    weights, alone = kernel_ridge.fit(alike, targets.T, RIDGE)  # (k, u)
    progress(2, 3, "learning who likes what is new")
    counts = np.log1p(interactions.popularity[known])
    mean = counts.mean()
    count_weights, expected = kernel_ridge.fit(alike, (counts - mean)[:, None], COUNT_RIDGE)
    spread = np.maximum(alone.std(axis=0), 1e-9)  # (u,)
    activity = np.log1p(likes.sum(axis=1))
    progress(3, 3, "learning who likes what is new")
    return {
        "known": known,
        "users": users,
        "audience": audience(targets).astype(np.float16),
        "weights": weights,
        "alone": np.ascontiguousarray(alone.T, dtype=np.float32),
        "likes": np.packbits(likes > 0, axis=1),
        "spread": spread.astype(np.float32),
        "activity": activity.astype(np.float32),
        "chance": _chance(_felt(alone.T, spread), activity, likes > 0, rng),
        "counts": interactions.popularity[known].astype(np.float32),
        "count_weights": count_weights[:, 0],
        "count_mean": np.array([mean], np.float32),
        "count_expected": (expected[:, 0] + mean).astype(np.float32),
    }


def train(workspace: Workspace, progress: Progress = no_progress) -> "ItemLikes":
    """The model of all users of the workspace, learned and ready to be asked."""
    kernel = ItemKernel(workspace, item_kernel.fit(workspace))
    users = len(workspace.interactions.users)
    return ItemLikes(fit(workspace.interactions, kernel, users, progress), kernel)


class ItemLikes:
    """What ``fit`` learned, ready to be asked; u users, k items learned from.

    ``alone`` (u, k): how much each user would like each known item if it were new, too.
    """

    def __init__(self, arrays: Mapping[str, np.ndarray], kernel: ItemKernel):
        self._arrays, self._features = arrays, kernel.features
        self.known, self.users, self.alone = (arrays[k] for k in ("known", "users", "alone"))
        bits = np.unpackbits(arrays["likes"], axis=1, count=len(self.known))
        self.likes = bits.astype(bool)  # (u, k)
        count = len(self._features.year)
        self._built = kernel.built
        self._column = np.full(count, -1)
        self._column[self._built :] = len(self.known) + np.arange(count - self._built)
        self._column[self.known] = np.arange(len(self.known))
        self._order = np.argsort(arrays["count_expected"], kind="stable")

    def alike(self, likenesses: np.ndarray) -> np.ndarray:
        """(m, k): the kernel of new items, from their likeness (m, n) to all items."""
        return _sharpen(likenesses[:, self.known])

    def of_rows(self, rows: np.ndarray) -> np.ndarray:
        """(m, k): the kernel of items that the workspace has."""
        return _sharpen(likeness(self._features.of(rows), self._features.of(self.known)))

    def audiences(self, rows: np.ndarray) -> np.ndarray:
        """(u, m): who likes each item more than others do, as unit columns: what is known, of a
        published item what is foretold, and 0 of what was built and not learned from."""
        found = np.zeros((len(self.users), len(rows)), np.float32)
        column = self._column[rows]
        found[:, column >= 0] = self._audiences[:, column[column >= 0]]
        return found

    def same_audience(self, scores: np.ndarray) -> np.ndarray:
        """(m, n): how far those who will like each new item, by ``scores`` (u, m), are those of
        each item of the workspace: from -1 to 1, 0 where that is not known."""
        found = np.zeros((scores.shape[1], len(self._column)), np.float32)
        told = self._column >= 0
        found[:, told] = (audience(scores).T @ self._audiences)[:, self._column[told]]
        return found

    @cached_property
    def _audiences(self) -> np.ndarray:
        published = np.arange(self._built, len(self._column))
        foretold = audience(self.scores(self.of_rows(published)))
        return np.concatenate([self._arrays["audience"].astype(np.float32), foretold], axis=1)

    def scores(self, alike: np.ndarray) -> np.ndarray:
        """(u, m): how much each user will like each item, beside what they like on average."""
        found: np.ndarray = (alike @ self._arrays["weights"]).T
        return found

    def chances(self, scores: np.ndarray, expected: np.ndarray | None = None) -> np.ndarray:
        """(u, m): the probability that each user likes each item, from ``scores`` (u, m).

        Logistic regression on the score, in standard deviations of the user's, and on how much
        the user likes of anything. ``expected`` (m,), likes of each item, shifts an item's
        intercept until the probabilities add up to it.
        """
        slope, activity, intercept = self._arrays["chance"]
        felt = _felt(scores, self._arrays["spread"])
        odds = slope * felt + (activity * self._arrays["activity"] + intercept)[:, None]
        if expected is None:
            return _logistic(odds)
        low, high = np.full(len(expected), -30.0), np.full(len(expected), 30.0)
        for _ in range(40):
            middle = (low + high) / 2
            more = _logistic(odds + middle).sum(axis=0) < expected
            low, high = np.where(more, middle, low), np.where(more, high, middle)
        return _logistic(odds + (low + high) / 2)

    def counts(self, alike: np.ndarray) -> np.ndarray:
        """(m, 3): the likes to expect, and the interval that holds the truth LEVEL of the time.

        From the known items of which, left out, about as many were expected: their mean, and the
        quantiles at both ends; where the lower is 0, the interval takes all its room above.
        """
        a = self._arrays
        place = np.searchsorted(a["count_expected"][self._order], self.log_counts(alike))
        near = min(NEAREST, len(self.known))
        start = np.clip(place - near // 2, 0, len(self.known) - near)
        found = a["counts"][self._order][start[:, None] + np.arange(near)]  # (m, near)
        tail = (1 - LEVEL) / 2
        low = np.quantile(found, tail, axis=1, method="lower")
        above = np.where(low > 0, 1 - tail, LEVEL)
        ranked = np.sort(found, axis=1)
        last = np.ceil(above * (near - 1)).astype(int)
        high = ranked[np.arange(len(found)), last]
        return np.stack([found.mean(axis=1), low, high], axis=1).astype(float)

    def log_counts(self, alike: np.ndarray) -> np.ndarray:
        """(m,): the likes to expect, as log(1 + likes); what best puts items into order."""
        a = self._arrays
        found: np.ndarray = alike @ a["count_weights"] + a["count_mean"]
        return found

    def places(self, scores: np.ndarray) -> np.ndarray:
        """(u, m) from 1: each item's place among the known ones that a user does not like yet,
        as if those were new, too."""
        better = [((self.alone > column[:, None]) & ~self.likes).sum(axis=1) for column in scores.T]
        return 1 + np.stack(better, axis=1)


def audience(scores: np.ndarray) -> np.ndarray:
    """Unit columns of the scores (u, m), less their means: who likes an item more than others."""
    apart = scores - scores.mean(axis=0)
    unit: np.ndarray = apart / np.maximum(np.linalg.norm(apart, axis=0), 1e-9)
    return unit


def _sharpen(likenesses: np.ndarray) -> np.ndarray:
    return np.exp(SHARPNESS * (likenesses - 1))


def _felt(scores: np.ndarray, spread: np.ndarray) -> np.ndarray:
    felt: np.ndarray = np.arcsinh(scores / spread[:, None])
    return felt


def _logistic(odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-odds))


def _filtered(likes: np.ndarray) -> np.ndarray:
    left, values, right = np.linalg.svd(likes, full_matrices=False)
    noise = values[min(FACTORS, len(values) - 1)]
    filtered: np.ndarray = (left * (values**3 / (values**2 + noise**2 + 1e-12))) @ right
    return filtered


def _chance(
    felt: np.ndarray, activity: np.ndarray, likes: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Slope of what is felt (u, k), slope of the activity (u,), and intercept, from the likes."""
    from sklearn.linear_model import LogisticRegression

    liked = np.flatnonzero(likes)
    others = rng.integers(likes.size, size=min(SAMPLE, likes.size))
    others = others[~likes.ravel()[others]]
    if not len(others):  # nearly everything is liked
        others = np.flatnonzero(~likes)
    pairs = np.concatenate([liked, others])
    read = np.stack([felt.ravel()[pairs], activity[pairs // likes.shape[1]]], axis=1)
    weight = np.ones(len(pairs))
    weight[len(liked) :] = (likes.size - len(liked)) / len(others)
    model = LogisticRegression(C=1e3, max_iter=1000)
    model.fit(read, likes.ravel()[pairs], sample_weight=weight)
    return np.array([*model.coef_[0], model.intercept_[0]], np.float32)
