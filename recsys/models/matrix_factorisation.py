"""Matrix factorisation: users and items as vectors whose products say who likes what.

ALS (Hu, Koren & Volinsky 2008) or BPR (Rendle et al. 2009), both by the package implicit. It knows
the users that it learned from: a newcomer is none of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recsys.datatypes import Progress, no_progress
from recsys.errors import QueryError, TrainingError
from recsys.models import TrainingContext
from recsys.store.workspace import Workspace

TITLE = "Matrix factorisation"
HELP = "Users and items as vectors whose products say who likes what (ALS or BPR)."
NEEDS = ("likes",)
ON_REQUEST = True

FORMS = ("als", "bpr")
"""What ``Config.form`` may be."""


@dataclass(frozen=True)
class Config:
    """How it is learned."""

    form: str = "als"
    """als or bpr."""
    factors: int = 32
    """Of each user and item; BPR adds one more for the item's own worth."""
    iterations: int = 15
    """Of ALS; BPR makes ten times as many."""
    regularisation: float = 5.0
    """Of ALS; BPR has .01, as the package has it."""
    confidence: float = 4.0
    """Of ALS: what a like counts beside no like."""
    seed: int = 0
    """Of the first vectors, and of BPR's order."""


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``Factors`` reads; empty where fewer than two users like anything."""
    return learn(workspace.interactions.likes, config, context.progress)


def learn(
    likes: sparse.csr_array, config: Config, progress: Progress = no_progress
) -> dict[str, np.ndarray]:
    """What ``fit`` returns, from the likes (users, n) alone.

    Raises QueryError for a form that there is not, and TrainingError where the factors are no
    numbers.
    """
    from implicit.recommender_base import ModelFitError
    from threadpoolctl import threadpool_limits

    if config.form not in FORMS:
        raise QueryError(f"form is {config.form!r}; it must be one of {', '.join(FORMS)}.")
    if (np.diff(likes.indptr) > 0).sum() < 2:
        return {}
    rounds = config.iterations if config.form == "als" else 10 * config.iterations

    def tell(iteration: int, *_: Any) -> None:
        progress(iteration + 1, rounds, "factorising")

    with threadpool_limits(1, "blas"):  # the package has threads of its own, and warns of two kinds
        model = _model(config, rounds)
        try:
            model.fit(sparse.csr_matrix(likes), show_progress=False, callback=tell)
        except ModelFitError as error:
            raise TrainingError(
                f"The factors are not numbers with confidence {config.confidence:g} and"
                f" regularisation {config.regularisation:g}. The model in service stays."
            ) from error
    return {
        "users": np.asarray(model.user_factors, dtype=np.float32),
        "items": np.asarray(model.item_factors, dtype=np.float32),
    }


def _model(config: Config, rounds: int) -> Any:
    """What the package trains in so many rounds."""
    from implicit.cpu.als import AlternatingLeastSquares
    from implicit.cpu.bpr import BayesianPersonalizedRanking

    common = {
        "factors": config.factors,
        "iterations": rounds,
        "num_threads": 1,
        "random_state": config.seed,
    }
    if config.form == "bpr":
        return BayesianPersonalizedRanking(**common)
    return AlternatingLeastSquares(
        regularization=config.regularisation, alpha=config.confidence, **common
    )


class Factors:
    """What was learned, ready to be asked."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        self._users, self._items = arrays["users"], arrays["items"]

    def score(self, users: np.ndarray, items: np.ndarray) -> np.ndarray:
        """(m,) how much each of ``users`` (m,) likes the item of ``items`` (m,) beside."""
        found: np.ndarray = np.einsum("mf,mf->m", self._users[users], self._items[items])
        return found
