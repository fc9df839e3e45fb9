"""Who will like a new item: kernel ridge regression from what items are to who likes them."""

import re
from collections.abc import Callable

import numpy as np
import Stemmer
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve

from recsys.datatypes import Progress, no_progress
from recsys.encoder import TextEncoder
from recsys.graph import kind
from recsys.models import pseudo
from recsys.workspace import Workspace

ITEMS = 8_000
"""At most so many items are learned from, the most liked."""
SHARPNESS = 2.0
"""How fast the kernel falls with the similarity: exp(SHARPNESS * (similarity - 1))."""
RIDGE = 1.0
"""Penalty of the regression."""
FACTORS = 40
"""Half of the singular value of this rank, of the likes, is taken for noise."""
WEIGHTS = {"meaning": 1.0, "words": 0.5, "people": 1.0, "sorts": 1.0, "rest": 0.25, "year": 0.5}
"""What each similarity of two items counts."""
YEARS = 8.0
"""Years apart after which the similarity in time falls to 1 / e."""
SORTS = frozenset({"category", "genre", "theme", "mood"})
"""Kinds of labels that say what sort of thing an item is."""

Scorer = Callable[[np.ndarray], np.ndarray]


def train(workspace: Workspace, encoder: TextEncoder, progress: Progress = no_progress) -> Scorer:
    """From rows (m,) of items to (users, m): how much each user will like them.

    Learned from all items whose likes are known. The targets are the likes as far as they are not
    noise: each singular value s becomes s^3 / (s^2 + t^2), the Wiener filter, t being the one of
    rank FACTORS; less each user's mean.
    """
    likes = workspace.interactions.likes.toarray()  # (u, n)
    most_liked = np.argsort(-likes.sum(axis=0), kind="stable")
    known = np.setdiff1d(most_liked[:ITEMS], workspace.interactions.unknown)
    progress(0, 3, "comparing items")
    kernel = np.exp(SHARPNESS * (_similarity(workspace, known) - 1))  # (n, k)
    progress(1, 3, "comparing items")
    targets = _filtered(likes[:, known])  # (u, k)
    targets -= targets.mean(axis=1, keepdims=True)
    factor = cho_factor(kernel[known] + RIDGE * np.eye(len(known), dtype=np.float32), lower=True)
    weights = cho_solve(factor, targets.T)  # (k, u)
    progress(3, 3, "comparing items")
    return lambda rows: (kernel[rows] @ weights).T


def _filtered(likes: np.ndarray) -> np.ndarray:
    left, values, right = np.linalg.svd(likes, full_matrices=False)
    noise = values[min(FACTORS, len(values) - 1)]
    filtered: np.ndarray = (left * (values**3 / (values**2 + noise**2 + 1e-12))) @ right
    return filtered


def _similarity(workspace: Workspace, known: np.ndarray) -> np.ndarray:
    """(n, k) float32: the weighted mean of what each side says of every item and the known ones."""
    # It takes a second to import, and only this needs it.
    from sklearn.feature_extraction.text import TfidfVectorizer

    items = workspace.catalogue.items
    texts = [" ".join((item.title, *item.categories, item.text)) for item in items.itertuples()]
    words = TfidfVectorizer(analyzer=_stems, sublinear_tf=True).fit_transform(texts)
    tied, said = pseudo.labels(workspace, fewest=2, most=100_000)
    kinds = said["relation"].map(lambda name: name if name == "decade" else kind(name)).to_numpy()
    count = np.maximum(np.asarray(tied.sum(axis=0)).ravel(), 1)
    rare = sparse.csr_array(tied.multiply(np.log(len(items) / count)))
    sort = np.isin(kinds, list(SORTS))
    sides = {
        "meaning": workspace.vectors,
        "words": words,
        "people": _unit(rare[:, kinds == "person"]),
        "sorts": _unit(rare[:, sort]),
        "rest": _unit(rare[:, ~sort & (kinds != "person") & (kinds != "decade")]),
    }
    whole = np.zeros((len(items), len(known)), dtype=np.float32)
    for name, side in sides.items():
        product = side @ side[known].T
        whole += WEIGHTS[name] * (product.toarray() if sparse.issparse(product) else product)
    year = items["year"].to_numpy(np.float32, na_value=np.nan)
    apart = (year[:, None] - year[known]) / YEARS
    whole += WEIGHTS["year"] * np.nan_to_num(np.exp(-(apart**2)))
    return whole / sum(WEIGHTS.values())


def _unit(rows: sparse.csr_array) -> sparse.csr_array:
    length = sparse.linalg.norm(rows, axis=1)
    return sparse.csr_array(rows.multiply(1 / np.maximum(length, 1e-12)[:, None]))


_STEMMER = Stemmer.Stemmer("english")


def _stems(text: str) -> list[str]:
    stems: list[str] = _STEMMER.stemWords(re.findall(r"[^\W\d]{2,}", text.lower()))
    return stems
