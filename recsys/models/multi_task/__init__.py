"""Three tasks of one text encoder: alpha * behaviour + beta * attributes + gamma * match.

Of an item's text: with what it is liked together, and which categories it has; of a taste's text:
what is liked by who would have said it. The weights are turned by hand, or learned with the noise
of each task (Kendall et al. 2018). An item without labels tells nothing of them; that rare ones are
learned as well is up to weights of the classes, the focal loss (Lin et al. 2017) or resampling.
"""

from collections.abc import Mapping

import numpy as np
from scipy import sparse

from recsys.datatypes import EncodedQuery
from recsys.errors import QueryError
from recsys.knowledge.graph import Graph
from recsys.learning.loop import fit as fit_net
from recsys.learning.reader import Reader, Stems
from recsys.models import TrainingContext
from recsys.models._people import listen
from recsys.models.multi_task.network import Config
from recsys.models.multi_task.training import CHANCE, FIGURES, Content, Task, matched
from recsys.store.labels import labels
from recsys.store.workspace import Workspace

__all__ = ["BALANCES", "CHANCE", "FIGURES", "WEIGHTINGS", "Config", "MultiTask", "fit"]

TITLE = "Behaviour, attributes and match"
HELP = "Three tasks learned at once from texts, with a weight for each (multi-task)."
NEEDS = ("likes",)
ON_REQUEST = True

WEIGHTINGS = ("fixed", "uncertainty")
"""What ``Config.weighting`` may be."""
BALANCES = ("weights", "focal", "resampling", "none")
"""What ``Config.balance`` may be."""


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``MultiTask`` reads, and the FIGURES of the three tasks on what was held out;
    empty where fewer than ten users like enough items.

    Raises QueryError for a weighting or a balance that there is not, and for weights that are not
    all 0 or more, one of them more.
    """
    _check(config)
    rng = np.random.default_rng(config.seed)
    told = listen(workspace, config, context, rng)
    if told is None:
        return {}
    tied, said = labels(workspace, config.min_items, config.max_labels)
    kinds = np.flatnonzero(said["relation"].to_numpy() == "category")
    factors, met = co_like_factors(told.likes, config)
    content = Content(factors, met, sparse.csr_array(tied[:, kinds]))
    task = Task(told, content, config, rng)
    history = fit_net(task, config, context.checkpoint, context.progress)
    figures = np.array(task.figures(), dtype=np.float32)
    learned = {"history": history, "figures": figures, "weights": task.weights()}
    return task.arrays() | told.reader.arrays() | learned


def co_like_factors(likes: sparse.csr_array, config: Config) -> tuple[np.ndarray, np.ndarray]:
    """(n, k) unit factors of what is liked together, and which items (n,) enough people like to
    tell; the first direction, how much all is liked, is left out."""
    from sklearn.decomposition import TruncatedSVD

    even = likes.multiply(1 / np.sqrt(np.maximum(np.diff(likes.indptr), 1))[:, None])
    rank = min(config.behaviour_factors + 1, min(likes.shape) - 1)
    svd = TruncatedSVD(rank, random_state=config.seed).fit(sparse.csr_array(even))
    found = svd.components_[1:].T * svd.singular_values_[1:]  # (n, k)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    counts = np.bincount(likes.indices, minlength=likes.shape[1])
    met = (counts >= config.min_fans) & (length[:, 0] > 1e-9)
    return (found / np.maximum(length, 1e-9)).astype(np.float32), met


def _check(config: Config) -> None:
    for name, value, choices in (
        ("weighting", config.weighting, WEIGHTINGS),
        ("balance", config.balance, BALANCES),
    ):
        if value not in choices:
            raise QueryError(f"{name} is {value!r}; it must be one of {', '.join(choices)}.")
    weights = (config.alpha, config.beta, config.gamma)
    if not (min(weights) >= 0 and 0 < sum(weights) < np.inf):
        said = ", ".join(f"{weight:g}" for weight in weights)
        raise QueryError(
            f"alpha, beta and gamma are {said}; they must be 0 or more, and one of them more."
        )


class MultiTask:
    """What the task of the match learned, ready to be asked, without torch; n is the ``count`` of
    items."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        self._arrays, self._reader = arrays, Reader.of(arrays)
        self.count = len(arrays["item_bias"])

    def score(self, query: EncodedQuery, graph: Graph, stems: Stems) -> np.ndarray:
        """(n,) the logit of each item for what is said."""
        a = self._arrays
        said = self._reader.query(query, graph, stems) - a["centre"]
        return matched(a, said[None])[0]
