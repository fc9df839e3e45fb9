"""Kernel ridge regression from what items are to likes: who will like a new item, and how many."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import NormalDist

import numpy as np

from recsys.datatypes import Progress, no_progress
from recsys.learning import kernel_ridge
from recsys.models.new_item import kernel as item_kernel
from recsys.models.new_item.kernel import ItemKernel, kernel_matrix
from recsys.models.new_item.probability import coefficients, logistic, with_sums, z_scores
from recsys.store.interactions import Interactions
from recsys.store.workspace import Workspace


@dataclass(frozen=True)
class Config:
    """How likes are learned and predicted."""

    max_items: int = 6_500
    """At most so many items are learned from, the most liked."""
    max_users: int = 2_000
    """Likes of so many users are kept for the pages, drawn at random."""
    sharpness: float = 2.0
    """How fast the kernel falls with the similarity: exp(sharpness * (similarity - 1))."""
    ridge: float = 1.0
    """Penalty of the regression to who likes an item."""
    count_ridge: float = 0.1
    """Penalty of the regression to how many do."""
    noise_rank: int = 40
    """Half of the singular value of this rank, of the likes, is taken for noise."""
    max_pairs: int = 400_000
    """Pairs of a user and an item that nobody knows a like of, from which probabilities are
    learned."""
    neighbours: int = 200
    """An interval comes from so many items of which as many likes were predicted."""
    witnesses: int = 600
    """From so many known items it is told how sure a difference is."""
    level: float = 0.8
    """How often the truth should lie in it."""
    seed: int = 0
    """Of the users and of the pairs."""


def known_items(interactions: Interactions, config: Config = Config()) -> np.ndarray:
    """Rows of the items to learn from: those whose likes are known, the most liked of them."""
    chosen = most_liked(interactions.popularity, config)
    return np.setdiff1d(chosen, interactions.unknown)


def most_liked(popularity: np.ndarray, config: Config = Config()) -> np.ndarray:
    """Rows of the items of the greatest ``popularity`` (n,), as many as are learned from."""
    return np.argsort(-popularity, kind="stable")[: config.max_items]


def fit(
    interactions: Interactions,
    kernel: ItemKernel,
    config: Config = Config(),
    progress: Progress = no_progress,
) -> dict[str, np.ndarray]:
    """The arrays that ``ItemLikes`` reads; u users, k items learned from.

    The targets are the likes as far as they are not noise: each singular value s becomes
    s^3 / (s^2 + t^2), the Wiener filter, t being the one of ``noise_rank``; less each user's mean.
    """
    rng = np.random.default_rng(config.seed)
    progress(0, 3, "learning who likes what is new")
    known = known_items(interactions, config)
    users = _sample_users(len(interactions.users), config.max_users, rng)
    likes = interactions.likes[users][:, known].toarray()  # (u, k)
    features = kernel.features.of(known)
    # Some hundred megabytes each: the first is let go once it is sharpened.
    sharp = _sharpened(kernel_matrix(features, features, kernel.config), config)  # (k, k)
    progress(1, 3, "learning who likes what is new")
    targets = _denoised(likes, config.noise_rank)
    targets -= targets.mean(axis=1, keepdims=True)
    weights, loo = kernel_ridge.fit(sharp, targets.T, config.ridge)  # (k, u)
    progress(2, 3, "learning who likes what is new")
    # Counts are skewed over items: their logarithms are not, and errors become ratios.
    counts = np.log1p(interactions.popularity[known])
    mean = counts.mean()
    centred = (counts - mean)[:, None]
    count_weights, loo_counts = kernel_ridge.fit(sharp, centred, config.count_ridge)
    spread = np.maximum(loo.std(axis=0), 1e-9)  # (u,)
    activity = np.log1p(likes.sum(axis=1))
    z = z_scores(loo.T, spread)
    progress(3, 3, "learning who likes what is new")
    return {
        "known": known,
        "users": users,
        "audience": audience(targets).astype(np.float16),
        "weights": weights,
        "loo": np.ascontiguousarray(loo.T, dtype=np.float32),
        "likes": np.packbits(likes > 0, axis=1),
        "spread": spread.astype(np.float32),
        "activity": activity.astype(np.float32),
        "coefficients": coefficients(z, activity, likes > 0, config.max_pairs, rng),
        "counts": interactions.popularity[known].astype(np.float32),
        "count_weights": count_weights[:, 0],
        "count_mean": np.array([mean], np.float32),
        "loo_log_counts": (loo_counts[:, 0] + mean).astype(np.float32),
    }


def train(workspace: Workspace, progress: Progress = no_progress) -> "ItemLikes":
    """The model of all users of the workspace, learned and ready to be asked."""
    kernel = ItemKernel(workspace, item_kernel.fit(workspace))
    config = replace(Config(), max_users=len(workspace.interactions.users))
    arrays = fit(workspace.interactions, kernel, config, progress)
    return ItemLikes(arrays, kernel, config)


class ItemLikes:
    """What ``fit`` learned, ready to be asked; u users, k items learned from.

    ``loo`` (u, k): how much each user would like each known item if it were new, too, which are
    leave-one-out predictions.
    """

    def __init__(
        self, arrays: Mapping[str, np.ndarray], kernel: ItemKernel, config: Config = Config()
    ):
        self._arrays, self._kernel, self._config = arrays, kernel, config
        self.known, self.users, self.loo = arrays["known"], arrays["users"], arrays["loo"]
        bits = np.unpackbits(arrays["likes"], axis=1, count=len(self.known))
        self.likes = bits.astype(bool)  # (u, k)
        # Where each item of the workspace stands in ``_audiences``: the known ones, then the
        # published; -1 for what was built and not learned from.
        count = len(kernel.features.year)
        self._column = np.full(count, -1)
        self._column[kernel.built :] = len(self.known) + np.arange(count - kernel.built)
        self._column[self.known] = np.arange(len(self.known))
        self._order = np.argsort(arrays["loo_log_counts"], kind="stable")

    def sharpened(self, similarity: np.ndarray) -> np.ndarray:
        """(m, k): the kernel of new items with the known, from ``mean_kernel`` (m, n) with all."""
        return _sharpened(similarity[:, self.known], self._config)

    def of_rows(self, rows: np.ndarray) -> np.ndarray:
        """(m, k): the kernel of items that the workspace has with the known."""
        features = self._kernel.features
        own, known = features.of(rows), features.of(self.known)
        return _sharpened(kernel_matrix(own, known, self._kernel.config), self._config)

    def audiences(self, rows: np.ndarray) -> np.ndarray:
        """(u, m): who likes each item more than others do, as unit columns: what is known, of a
        published item what is predicted, and 0 of what was built and not learned from."""
        columns = self._column[rows]
        there = columns >= 0
        audiences = np.zeros((len(self.users), len(rows)), np.float32)
        audiences[:, there] = self._audiences[:, columns[there]]
        return audiences

    def same_audience(self, scores: np.ndarray) -> np.ndarray:
        """(m, n): how far those who will like each new item, by ``scores`` (u, m), are those of
        each item of the workspace: from -1 to 1, 0 where that is not known."""
        cosine = audience(scores).T @ self._audiences  # (m, k + p)
        there = self._column >= 0
        same = np.zeros((scores.shape[1], len(self._column)), np.float32)
        same[:, there] = cosine[:, self._column[there]]
        return same

    @cached_property
    def _audiences(self) -> np.ndarray:
        """(u, k + p): of the known items, then of the p published ones."""
        published = np.arange(self._kernel.built, len(self._column))
        predicted = audience(self.scores(self.of_rows(published)))
        known = self._arrays["audience"].astype(np.float32)
        return np.concatenate([known, predicted], axis=1)

    def scores(self, kernel: np.ndarray) -> np.ndarray:
        """(u, m): how much each user will like each item, beside what they like on average, from
        the kernel (m, k) with the known items."""
        return (kernel @ self._arrays["weights"]).T

    def probabilities(self, scores: np.ndarray, expected: np.ndarray | None = None) -> np.ndarray:
        """(u, m): the probability that each user likes each item, from ``scores`` (u, m).

        Logistic regression on the arcsinh z-score of the user's scores, and on how much the user
        likes of anything. ``expected`` (m,), likes of each item, shifts an item's intercept until
        the probabilities add up to it.
        """
        slope, activity_slope, intercept = self._arrays["coefficients"]
        z = z_scores(scores, self._arrays["spread"])
        of_user = activity_slope * self._arrays["activity"] + intercept  # (u,)
        logits = slope * z + of_user[:, None]
        return logistic(logits) if expected is None else with_sums(logits, expected)

    def counts(self, kernel: np.ndarray) -> np.ndarray:
        """(m, 3): the likes to expect, and the interval that holds the truth ``level`` of the time.

        From the known items of which, left out, about as many were predicted: their mean, and the
        quantiles at both ends; where the lower is 0, the interval takes all its room above.
        """
        level = self._config.level
        window = self._about_as_many(self.log_counts(kernel))
        tail = (1 - level) / 2
        low = np.quantile(window, tail, axis=1, method="lower")
        upper = np.where(low > 0, 1 - tail, level)
        ranked = np.sort(window, axis=1)
        last = np.ceil(upper * (window.shape[1] - 1)).astype(int)
        high = ranked[np.arange(len(window)), last]
        return np.stack([window.mean(axis=1), low, high], axis=1).astype(float)

    def difference(self, kernel: np.ndarray, own: np.ndarray) -> tuple[float, float]:
        """How many more likes the second of two items may get than the first: the interval that
        holds it ``level`` of the time, from the ``mean_kernel`` (2, n) with all items and the one
        among themselves, ``own`` (2, 2).

        Ridge regression is the mean of a Gaussian process, whose variance of a difference is that
        of the prior less what the known items tell (Rasmussen & Williams 2006, 2.26); here the
        ``witnesses`` nearest of them, so that it is rather too wide. Two like texts share their
        errors, which is why this is narrower than the difference of two intervals.
        """
        config, sharp = self._config, self.sharpened(kernel)  # (2, k)
        near = np.argsort(-sharp.max(axis=0), kind="stable")[: config.witnesses]
        among = self._kernel.features.of(self.known[near])
        known = _sharpened(kernel_matrix(among, among, self._kernel.config), config)
        known[np.diag_indices_from(known)] += config.count_ridge
        apart = (sharp[1] - sharp[0])[near].astype(float)
        prior = _sharpened(own, config)
        variance = prior[0, 0] + prior[1, 1] - 2 * prior[0, 1]
        variance -= apart @ np.linalg.solve(known.astype(float), apart)
        first, second = self.log_counts(sharp)
        reach = NormalDist().inv_cdf((1 + config.level) / 2) * np.sqrt(
            max(variance, 0.0) * self._prior
        )
        ends = self._about_as_many(np.array([first, second - reach, second + reach]))
        before, low, high = ends.mean(axis=1).tolist()
        return low - before, high - before

    @cached_property
    def _prior(self) -> float:
        """The most likely variance of the log counts, had nothing been learned of them."""
        centred = np.log1p(self._arrays["counts"]) - self._arrays["count_mean"]
        return float(centred @ self._arrays["count_weights"] / len(centred))

    def _about_as_many(self, log_counts: np.ndarray) -> np.ndarray:
        """(m, w): the likes of the known items of which, left out, about as many were predicted."""
        predicted = self._arrays["loo_log_counts"][self._order]
        position = np.searchsorted(predicted, log_counts)
        # A window of them around that position, moved inside where it would reach over an end.
        near = min(self._config.neighbours, len(self.known))
        start = np.clip(position - near // 2, 0, len(self.known) - near)
        return self._arrays["counts"][self._order][start[:, None] + np.arange(near)]

    def log_counts(self, kernel: np.ndarray) -> np.ndarray:
        """(m,): the likes to expect, as log(1 + likes); what best puts items into order."""
        a = self._arrays
        return kernel @ a["count_weights"] + a["count_mean"]

    def ranks(self, scores: np.ndarray) -> np.ndarray:
        """(u, m) from 1: each item's rank among the known ones that a user does not like yet, as if
        those were new, too."""
        better = []
        for column in scores.T:
            above = (self.loo > column[:, None]) & ~self.likes  # (u, k)
            better.append(above.sum(axis=1))
        return 1 + np.stack(better, axis=1)


def audience(scores: np.ndarray) -> np.ndarray:
    """Unit columns of the scores (u, m), less their means: who likes an item more than others."""
    apart = scores - scores.mean(axis=0)
    return apart / np.maximum(np.linalg.norm(apart, axis=0), 1e-9)


def _sample_users(count: int, most: int, rng: np.random.Generator) -> np.ndarray:
    users = np.arange(count)
    if count > most:
        users = np.sort(rng.choice(users, most, replace=False))
    return users


def _sharpened(similarity: np.ndarray, config: Config) -> np.ndarray:
    # The exponential of a kernel is a kernel, in which the nearest count more.
    return np.exp(config.sharpness * (similarity - 1))


def _denoised(likes: np.ndarray, noise_rank: int) -> np.ndarray:
    """The likes (u, k) with their singular values shrunk, the small ones most."""
    left, values, right = np.linalg.svd(likes, full_matrices=False)
    noise = values[min(noise_rank, len(values) - 1)]
    # s times s^2 / (s^2 + t^2); the last term is for likes that are all 0.
    shrunk = values**3 / (values**2 + noise**2 + 1e-12)
    return (left * shrunk) @ right
