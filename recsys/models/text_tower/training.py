"""How the towers are trained: profiles against the items drawn for a batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from recsys.learning.loop import Tensor
from recsys.learning.reader import Telling, unit
from recsys.models._people import K, People, Told, rarity


@dataclass(frozen=True)
class Config(Telling):
    """How it is learned."""

    epochs: int = 20
    patience: int = 6
    batch: int = 256
    rate: float = 0.002
    decay: float = 0.01
    steps: int = 18
    """Batches in an epoch."""
    likes_dropout: float = 0.7
    """The share of the examples whose likes are dropped."""
    max_likes: int = 10
    """At most so many likes stand beside a text."""
    dropout: float = 0.2
    """The share of the inputs that are dropped."""
    factors: int = 64
    """In which text and items meet."""
    drawn: int = 4
    """Items drawn for each example of a batch, from what its user likes."""


class Task:
    """Profiles against the items drawn for them, by a softmax."""

    name = "text_tower"
    metric = f"NDCG@{K}"

    def __init__(self, told: Told, config: Config, rng: np.random.Generator):
        self._config, self._people = config, People(told, config, rng)
        self._meaning = told.items[:, : told.width]
        self._log_q = rarity(told.likes, config.batch * config.drawn)
        inputs = len(self._people.centre) + told.width
        self.net = network(inputs, told.items, self._people.popularity, config)

    def batches(self, rng: np.random.Generator) -> Sequence[Callable[[], Sequence[np.ndarray]]]:
        return [lambda: self._batch(rng)] * self._config.steps

    def _batch(self, rng: np.random.Generator) -> Sequence[np.ndarray]:
        """Inputs (b, t), items drawn (c,), the share that each has in a user's likes (b, c), the
        corrections (c,) and the weights (b,)."""
        config, people = self._config, self._people
        said, users = people.draw(rng)
        own = [people.own(user) for user in users]
        candidates = np.unique(np.concatenate([rng.choice(o, config.drawn) for o in own]))
        liked = people.likes[users][:, candidates].toarray()  # (b, c)
        beside = np.zeros((len(users), self._meaning.shape[1]), dtype=np.float32)
        for row in np.flatnonzero(rng.random(len(users)) >= config.likes_dropout):
            given = rng.choice(own[row], rng.integers(1, config.max_likes + 1))
            beside[row] = unit(self._meaning[given].sum(axis=0))
        share = liked / np.maximum(liked.sum(axis=1, keepdims=True), 1)
        inputs = np.concatenate([said, beside], axis=1, dtype=np.float32)
        return inputs, candidates, share, self._log_q[candidates], people.weight[users]

    def loss(self, *batch: Tensor) -> Tensor:
        inputs, candidates, share, log_q, weight = batch
        chances = (self.net(inputs, candidates).float() - log_q).log_softmax(dim=1)
        return -((share * chances).sum(dim=1) * weight).sum() / weight.sum()

    def validate(self) -> float:
        """How well the likes of who is held out are found, by what they typed or would have."""
        a = self.arrays()

        def score(said: np.ndarray) -> np.ndarray:
            factors = said @ a["text"][:, : said.shape[1]].T + a["text_bias"]
            found: np.ndarray = factors @ a["items"].T + a["item_bias"]
            return found

        return self._people.judge(score)

    def arrays(self) -> dict[str, np.ndarray]:
        """What ``Tower`` reads of the net: text (f, t), items (n, f) and their own worths."""
        net = self.net
        parts = {
            "text": net.text.weight,
            "text_bias": net.text.bias,
            "items": net.items(),
            "item_bias": net.worth,
        }
        found = {name: own.detach().cpu().numpy().copy() for name, own in parts.items()}
        return found | {"centre": self._people.centre.astype(np.float32)}


def network(inputs: int, items: np.ndarray, popularity: np.ndarray, config: Config) -> Any:
    """The two towers: ``text`` is one layer, an item's is what it is in the place of another, its
    own factors and its worth, which starts at its popularity."""
    import torch
    from torch import nn

    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            torch.manual_seed(config.seed)
            self.drop = nn.Dropout(config.dropout)
            self.text = nn.Linear(inputs, config.factors)
            self.what = nn.Linear(items.shape[1], config.factors, bias=False)
            self.own = nn.Parameter(0.02 * torch.randn(len(items), config.factors))
            self.worth = nn.Parameter(torch.from_numpy(popularity.copy()))
            self.register_buffer("content", torch.from_numpy(items.astype(np.float32)), False)

        def items(self) -> Tensor:
            return self.what(self.content) + self.own

        def forward(self, said: Tensor, candidates: Tensor) -> Tensor:
            factors = self.text(self.drop(said))
            return factors @ self.items()[candidates].T + self.worth[candidates]

    with torch.random.fork_rng(devices=[]):
        return Net()
