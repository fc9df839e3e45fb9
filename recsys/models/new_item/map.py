"""A map of the catalogue: items of like meaning stand together (t-SNE, van der Maaten 2008)."""

from collections.abc import Mapping

import numpy as np

AXES = 30
"""Principal axes of the meaning that the map is drawn from."""
ROUNDS = 500
NEIGHBOURS = 10
"""What is not on the map stands at the most central of its nearest so many that are."""


def fit(vectors: np.ndarray, rows: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays that ``ItemMap`` reads: the map of the ``rows`` (k,), more than NEIGHBOURS, of
    ``vectors`` (n, d)."""
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE

    axes = min(AXES, len(rows) - 1, vectors.shape[1])
    flat = PCA(axes, svd_solver="randomized", random_state=0).fit_transform(vectors[rows])
    perplexity = min(30.0, (len(rows) - 1) / 3)
    points = TSNE(perplexity=perplexity, max_iter=ROUNDS, init="pca", random_state=0).fit_transform(
        flat
    )
    points /= np.abs(points).max()
    return {"rows": rows, "points": points.astype(np.float32)}


class ItemMap:
    """What ``fit`` drew: ``points`` (n, 2) of the items with these ``vectors`` (n, d), from -1 to
    1; NaN for those of the first ``built`` that it was not drawn of."""

    def __init__(self, arrays: Mapping[str, np.ndarray], vectors: np.ndarray, built: int):
        self._drawn, self._points = vectors[arrays["rows"]], arrays["points"]
        self.points = np.full((len(vectors), 2), np.nan, np.float32)
        self.points[arrays["rows"]] = self._points
        self.points[built:] = self.place(vectors[built:])

    def place(self, vectors: np.ndarray) -> np.ndarray:
        """(m, 2): where the items with these unit ``vectors`` (m, d) fall."""
        cosine = vectors @ self._drawn.T
        near = np.argpartition(-cosine, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        weight = np.maximum(np.take_along_axis(cosine, near, axis=1), 1e-3) ** 2  # (m, NEIGHBOURS)
        points = self._points[near]  # (m, NEIGHBOURS, 2)
        apart = np.linalg.norm(points[:, :, None] - points[:, None], axis=-1)
        central = (apart * weight[:, None]).sum(axis=-1).argmin(axis=1)  # their weighted medoid
        place: np.ndarray = points[np.arange(len(points)), central]
        return place
