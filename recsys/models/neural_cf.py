"""Neural collaborative filtering (He et al. 2017): who likes what, by a network over both.

GMF weighs the products of a user's and an item's factors; MLP runs both through layers; NeuMF does
both, and adds them up. It knows the users that it learned from: a newcomer is none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from recsys.datatypes import Progress, no_progress
from recsys.errors import QueryError
from recsys.learning.loop import Checkpoint, Schedule, Tensor
from recsys.learning.loop import fit as fit_net
from recsys.learning.sampling import Negatives, hold_one_out
from recsys.models import TrainingContext
from recsys.store.workspace import Workspace

TITLE = "Neural collaborative filtering"
HELP = "Who likes what, by a neural network over users and items (NeuMF)."
NEEDS = ("likes",)
ON_REQUEST = True

FORMS = ("neumf", "gmf", "mlp")
"""What ``Config.form`` may be."""
CANDIDATES = 99
"""Items set against the one that is held out, as in the paper."""
K = 10
"""Places that count on what is held out."""


@dataclass(frozen=True)
class Config(Schedule):
    """How it is learned."""

    epochs: int = 20
    batch: int = 4_096
    rate: float = 0.004
    decay: float = 0.01
    form: str = "neumf"
    """neumf, gmf or mlp."""
    factors: int = 16
    """Of GMF, and units of MLP's last layer; its two layers before have twice and four times as
    many."""
    negatives: int = 4
    """Drawn for each like, anew in each epoch."""
    max_judges: int = 3_000
    """At most so many users judge an epoch, each by one like held out."""


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``NeuralCF`` reads; empty where nobody likes two items."""
    likes = workspace.interactions.likes
    return learn(likes, config, context.progress, context.checkpoint)


def learn(
    likes: sparse.csr_array,
    config: Config,
    progress: Progress = no_progress,
    checkpoint: Checkpoint | None = None,
) -> dict[str, np.ndarray]:
    """What ``fit`` returns, from the likes (users, n) alone.

    Raises QueryError for a form that there is not.
    """
    if config.form not in FORMS:
        raise QueryError(f"form is {config.form!r}; it must be one of {', '.join(FORMS)}.")
    if np.diff(likes.indptr).max(initial=0) < 2:
        return {}
    task = _Task(likes, config)
    history = fit_net(task, config, checkpoint, progress)
    return task.arrays() | {"history": history}


class NeuralCF:
    """What was learned, ready to be asked, without torch."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        self._arrays = arrays

    def score(self, users: np.ndarray, items: np.ndarray) -> np.ndarray:
        """(m,) the logit that each of ``users`` (m,) likes the item of ``items`` (m,) beside."""
        a = self._arrays
        parts = []
        if "gmf_user" in a:
            parts.append(a["gmf_user"][users] * a["gmf_item"][items])
        if "mlp_user" in a:
            x = np.concatenate([a["mlp_user"][users], a["mlp_item"][items]], axis=1)
            for layer in range(3):
                x = np.maximum(x @ a[f"layer{layer}"].T + a[f"bias{layer}"], 0)
            parts.append(x)
        found: np.ndarray = np.concatenate(parts, axis=1) @ a["out"][0] + a["out_bias"][0]
        return found


def _network(users: int, items: int, config: Config) -> Any:
    """The network as torch trains it; its parameters have the names that ``NeuralCF`` reads."""
    import torch
    from torch import nn

    generator = torch.Generator().manual_seed(config.seed)

    def drawn(rows: int, columns: int, scale: float) -> Any:
        return nn.Parameter(torch.randn(rows, columns, generator=generator) * scale)

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            f, width = config.factors, 0
            if config.form != "mlp":
                self.gmf_user, self.gmf_item = drawn(users, f, 0.05), drawn(items, f, 0.05)
                width += f
            if config.form != "gmf":
                self.mlp_user, self.mlp_item = drawn(users, 4 * f, 0.05), drawn(items, 4 * f, 0.05)
                for layer, (fan, out) in enumerate([(8 * f, 4 * f), (4 * f, 2 * f), (2 * f, f)]):
                    setattr(self, f"layer{layer}", drawn(out, fan, (2 / fan) ** 0.5))
                    setattr(self, f"bias{layer}", nn.Parameter(torch.zeros(out)))
                width += f
            self.out = drawn(1, width, width**-0.5)
            self.out_bias = nn.Parameter(torch.zeros(1))

        def forward(self, user: Tensor, item: Tensor) -> Tensor:
            look, parts = nn.functional.embedding, []
            if config.form != "mlp":
                parts.append(look(user, self.gmf_user) * look(item, self.gmf_item))
            if config.form != "gmf":
                x = torch.cat([look(user, self.mlp_user), look(item, self.mlp_item)], dim=1)
                for layer in range(3):
                    weight, bias = getattr(self, f"layer{layer}"), getattr(self, f"bias{layer}")
                    x = nn.functional.linear(x, weight, bias).relu()
                parts.append(x)
            return nn.functional.linear(torch.cat(parts, dim=1), self.out, self.out_bias)[:, 0]

    return Net()


class _Task:
    """Likes against items drawn at random, by binary cross-entropy."""

    name = "neural_cf"
    metric = f"HR@{K}"

    def __init__(self, likes: sparse.csr_array, config: Config):
        rng = np.random.default_rng(config.seed)
        self._config, self._draw = config, Negatives(likes)
        rest, users, items = hold_one_out(likes, rng)
        if len(users) > config.max_judges:
            # Who does not judge keeps the like that was held out.
            judges = np.sort(rng.choice(len(users), config.max_judges, replace=False))
            rest = likes.copy()
            rest.data[_places(likes, users[judges], items[judges])] = 0
            rest.eliminate_zeros()
            users, items = users[judges], items[judges]
        self._users = np.repeat(np.arange(likes.shape[0]), np.diff(rest.indptr))
        self._items = rest.indices.astype(np.int64)
        against = self._draw(np.repeat(users, CANDIDATES), rng).reshape(-1, CANDIDATES)
        self._judges = np.repeat(users, CANDIDATES + 1)
        self._asked = np.concatenate([items[:, None], against], axis=1)  # (judges, 1 + CANDIDATES)
        users_in_all, items_in_all = likes.shape
        self.net = _network(users_in_all, items_in_all, config)

    def batches(self, rng: np.random.Generator) -> Sequence[Callable[[], Sequence[np.ndarray]]]:
        times, likes = self._config.negatives, len(self._users)
        users = np.tile(self._users, times + 1)
        drawn = self._draw(np.tile(self._users, times), rng)
        items = np.concatenate([self._items, drawn])
        liked = (np.arange(len(users)) < likes).astype(np.float32)
        order = rng.permutation(len(users))

        def batch(start: int) -> Callable[[], Sequence[np.ndarray]]:
            def made() -> Sequence[np.ndarray]:
                chosen = order[start : start + self._config.batch]
                return users[chosen], items[chosen], liked[chosen]

            return made

        return [batch(start) for start in range(0, len(order), self._config.batch)]

    def loss(self, *batch: Tensor) -> Tensor:
        from torch.nn.functional import binary_cross_entropy_with_logits

        users, items, liked = batch
        return binary_cross_entropy_with_logits(self.net(users, items).float(), liked)

    def validate(self) -> float:
        with np.errstate(over="ignore", invalid="ignore"):  # what is no number is told below
            scores = NeuralCF(self.arrays()).score(self._judges, self._asked.ravel())
        scores = scores.reshape(-1, CANDIDATES + 1)
        if not np.isfinite(scores).all():
            return float("nan")
        above = (scores[:, 1:] >= scores[:, :1]).sum(axis=1)
        return float((above < K).mean())

    def arrays(self) -> dict[str, np.ndarray]:
        """The parameters by their names."""
        return {name: own.detach().cpu().numpy() for name, own in self.net.named_parameters()}


def _places(likes: sparse.csr_array, users: np.ndarray, items: np.ndarray) -> np.ndarray:
    """Where the likes stand in the data of ``likes``."""
    keys = np.repeat(np.arange(likes.shape[0]), np.diff(likes.indptr)) * likes.shape[1]
    return np.flatnonzero(np.isin(keys + likes.indices, users * likes.shape[1] + items))
