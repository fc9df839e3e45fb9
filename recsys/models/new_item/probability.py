"""From scores to the probability that a user likes an item."""

import numpy as np

BISECTIONS = 40
"""Halvings of an interval of 60: what is left of it is below the rounding of a float32."""


def z_scores(scores: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Scores (u, m) in standard deviations (u,) of each user's, the far ones drawn in by arcsinh:
    linear near 0, logarithmic far out."""
    return np.arcsinh(scores / spread[:, None])


def logistic(logits: np.ndarray) -> np.ndarray:
    """The probabilities of these log-odds."""
    return 1 / (1 + np.exp(-logits))


def with_sums(logits: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """(u, m): the probabilities of the ``logits`` (u, m), each column shifted until it adds up to
    its one of the ``sums`` (m,)."""
    # The sum grows with the shift, so that halving finds the one that is right.
    low, high = np.full(len(sums), -30.0), np.full(len(sums), 30.0)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        more = logistic(logits + middle).sum(axis=0) < sums
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    return logistic(logits + (low + high) / 2)


def shifted(probability: np.ndarray, total: float) -> np.ndarray:
    """(u,): the probabilities (u,) if they added up to ``total``, everybody's odds being so many
    times as great.

    >>> shifted(np.array([0.5, 0.5]), 1.5).round(4).tolist()
    [0.75, 0.75]
    """
    safe = np.clip(probability.astype(float), 1e-9, 1 - 1e-9)
    return with_sums(np.log(safe / (1 - safe))[:, None], np.array([total]))[:, 0]


def coefficients(
    z: np.ndarray,
    activity: np.ndarray,
    likes: np.ndarray,
    max_pairs: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """Slope of the z-scores (u, k), slope of the activity (u,), and intercept, from the likes.

    Logistic regression on all likes and a sample of the other pairs, which weigh as if all were
    there, so that the probabilities are those of the whole.
    """
    from sklearn.linear_model import LogisticRegression

    liked = np.flatnonzero(likes)
    others = rng.integers(likes.size, size=min(max_pairs, likes.size))
    others = others[~likes.ravel()[others]]
    if not len(others):  # nearly everything is liked
        others = np.flatnonzero(~likes)
    pairs = np.concatenate([liked, others])
    user = pairs // likes.shape[1]
    inputs = np.stack([z.ravel()[pairs], activity[user]], axis=1)
    weight = np.ones(len(pairs))
    weight[len(liked) :] = (likes.size - len(liked)) / len(others)
    model = LogisticRegression(C=1e3, max_iter=1000)
    model.fit(inputs, likes.ravel()[pairs], sample_weight=weight)
    return np.array([*model.coef_[0], model.intercept_[0]], np.float32)
