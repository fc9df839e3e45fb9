"""t-SNE of the catalogue (van der Maaten 2008): a map on which like meanings stand together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Config:
    """How the map is drawn, and how what is new finds its place on it."""

    axes: int = 30
    """Principal axes of the meaning that the map is drawn from."""
    max_perplexity: float = 30.0
    """About how many neighbours an item keeps; of few items a third of the others."""
    iterations: int = 500
    """Steps of the descent."""
    neighbours: int = 10
    """What is not on the map stands at the most central of its nearest so many that are."""
    seed: int = 0
    """Of both decompositions."""


def fit(vectors: np.ndarray, rows: np.ndarray, config: Config = Config()) -> dict[str, np.ndarray]:
    """The arrays that ``ItemMap`` reads: the map of the ``rows`` (k,), more than ``neighbours``, of
    ``vectors`` (n, d)."""
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE

    axes = min(config.axes, len(rows) - 1, vectors.shape[1])
    pca = PCA(axes, svd_solver="randomized", random_state=config.seed)
    projected = pca.fit_transform(vectors[rows])  # (k, axes)
    tsne = TSNE(
        perplexity=min(config.max_perplexity, (len(rows) - 1) / 3),
        max_iter=config.iterations,
        init="pca",
        random_state=config.seed,
    )
    points = tsne.fit_transform(projected)  # (k, 2)
    points /= np.abs(points).max()
    return {"rows": rows, "points": points.astype(np.float32)}


class ItemMap:
    """What ``fit`` drew: ``points`` (n, 2) of the items with these ``vectors`` (n, d), from -1 to
    1; NaN for those of the first ``built`` that it was not drawn of."""

    def __init__(
        self,
        arrays: Mapping[str, np.ndarray],
        vectors: np.ndarray,
        built: int,
        config: Config = Config(),
    ):
        self._neighbours = config.neighbours
        self._rows, self._points = arrays["rows"], arrays["points"]
        self._vectors = vectors[self._rows]
        self.points = np.full((len(vectors), 2), np.nan, np.float32)
        self.points[arrays["rows"]] = self._points
        self.points[built:] = self.place(vectors[built:])

    def place(self, vectors: np.ndarray) -> np.ndarray:
        """(m, 2): where the items with these unit ``vectors`` (m, d) fall."""
        return self._medoid(vectors @ self._vectors.T)

    def amid(self, similarity: np.ndarray) -> np.ndarray:
        """(m, 2): the most central of the nearest, by the ``similarity`` (m, n) to every item."""
        return self._medoid(similarity[:, self._rows])

    def _medoid(self, similarity: np.ndarray) -> np.ndarray:
        count = self._neighbours
        near = np.argpartition(-similarity, count, axis=1)[:, :count]
        weight = np.maximum(np.take_along_axis(similarity, near, axis=1), 1e-3) ** 2  # (m, count)
        points = self._points[near]  # (m, count, 2)
        # Their weighted medoid: a mean of several clusters would lie between all of them.
        apart = np.linalg.norm(points[:, :, None] - points[:, None], axis=-1)
        medoid = (apart * weight[:, None]).sum(axis=-1).argmin(axis=1)  # (m,)
        return points[np.arange(len(points)), medoid]
