"""A variational autoencoder of what people like (Mult-VAE, Liang et al. 2018), which reads as well.

What somebody says stands beside their likes. The likes are dropped from most examples, so that a
newcomer's text suffices, and the text from some of the others, so that likes alone do (fold-in).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.knowledge.graph import Graph
from recsys.learning.loop import Tensor
from recsys.learning.loop import fit as fit_net
from recsys.learning.reader import Reader, Stems, Telling, unit
from recsys.models import TrainingContext
from recsys.models._people import K, People, Told, listen
from recsys.store.workspace import Workspace

TITLE = "Autoencoder of likes and text"
HELP = "What belongs to some likes, to a text, or to both: a variational autoencoder (Mult-VAE)."
NEEDS = ("likes",)
ON_REQUEST = True


@dataclass(frozen=True)
class Config(Telling):
    """How it is learned."""

    epochs: int = 30
    patience: int = 6
    batch: int = 256
    rate: float = 0.002
    decay: float = 0.01
    steps: int = 18
    """Batches in an epoch."""
    hidden: int = 200
    """Units between what is known of somebody and their factors."""
    factors: int = 64
    """Of a person: the latent variables."""
    likes_dropout: float = 0.7
    """The share of the examples whose likes are all dropped."""
    text_dropout: float = 0.3
    """Of the others, the share whose text is dropped."""
    dropout: float = 0.5
    """The share of the likes that are dropped where some stay."""
    input_dropout: float = 0.2
    """The share of what a text says that is dropped."""
    kl: float = 0.2
    """What the Kullback-Leibler divergence counts in the end."""
    anneal: int = 200
    """Steps in which it comes to count so much."""


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``Autoencoder`` reads; empty where fewer than ten users like enough items."""
    rng = np.random.default_rng(config.seed)
    told = listen(workspace, config, context, rng)
    if told is None:
        return {}
    task = _Task(told, config, rng)
    history = fit_net(task, config, context.checkpoint, context.progress)
    return task.arrays() | told.reader.arrays() | {"history": history}


class Autoencoder:
    """What was learned, ready to be asked, without torch; n is the ``count`` of items."""

    def __init__(self, arrays: Mapping[str, np.ndarray]):
        self._arrays, self._reader = arrays, Reader.of(arrays)
        self.count = int(arrays["count"][0])

    def score(
        self, query: EncodedQuery, graph: Graph, vectors: np.ndarray, stems: Stems
    ) -> np.ndarray:
        """(n,) the logit of each item for what is said, what is liked, or both.

        What nobody of those liked who taught is the least likely.
        """
        a = self._arrays
        said = np.zeros(len(a["centre"]), dtype=np.float32)
        if query.clauses:
            said = self._reader.query(query, graph, stems) - a["centre"]
        liked = unit(np.isin(a["liked"], query.liked).astype(np.float32))
        logits = decoded(a, liked, said)
        found = np.full(self.count, logits.min(), dtype=np.float32)
        found[a["liked"]] = logits
        return found


def decoded(arrays: Mapping[str, np.ndarray], liked: np.ndarray, said: np.ndarray) -> np.ndarray:
    """(..., l) the logits of the items that are known to be liked, from the mean of the factors of
    who likes ``liked`` (..., l), at unit length, and says ``said`` (..., t)."""
    a = arrays
    hidden = np.tanh(liked @ a["likes"].T + said @ a["text"].T + a["text_bias"])
    factors = hidden @ a["mean"].T + a["mean_bias"]
    found: np.ndarray = factors @ a["items"].T + a["worth"]
    return found


class _Task:
    """The evidence lower bound of all that somebody likes, from part of it and what they say."""

    name = "autoencoder"
    metric = f"NDCG@{K}"

    def __init__(self, told: Told, config: Config, rng: np.random.Generator):
        self._config, self._people = config, People(told, config, rng)
        # Of a million items a sample of users likes a tenth: the others have no place in the net.
        self._items = told.likes.shape[1]
        self._liked = np.unique(told.likes.indices)  # (l,)
        self._likes = told.likes[:, self._liked]
        popularity = self._people.popularity[self._liked]
        self.net = _network(len(self._people.centre), popularity, config)

    def batches(self, rng: np.random.Generator) -> Sequence[Callable[[], Sequence[np.ndarray]]]:
        return [lambda: self._batch(rng)] * self._config.steps

    def _batch(self, rng: np.random.Generator) -> Sequence[np.ndarray]:
        """What is known to be liked (b, l), said (b, t), and all that is liked (b, l)."""
        config = self._config
        said, users = self._people.draw(rng)
        liked = self._likes[users].toarray()
        known = liked * (rng.random(liked.shape) >= config.dropout)
        known[rng.random(len(users)) < config.likes_dropout] = 0
        silent = known.any(axis=1) & (rng.random(len(users)) < config.text_dropout)
        said = np.where(silent[:, None], 0, said)
        return unit(known).astype(np.float32), said.astype(np.float32), liked

    def loss(self, *batch: Tensor) -> Tensor:
        known, said, liked = batch
        logits, divergence, share = self.net(known, said)
        unlikely = -(liked * logits.float().log_softmax(dim=1)).sum(dim=1)
        # Who likes much would else be all that is learned from.
        bound = unlikely + self._config.kl * share * divergence
        return (bound / liked.sum(dim=1).sqrt()).mean()

    def validate(self) -> float:
        """How well the likes of who is held out are found, by text alone."""
        arrays, items = self.arrays(), np.arange(self._items)
        places = np.searchsorted(self._liked, items).clip(max=len(self._liked) - 1)
        met = self._liked[places] == items
        nothing = np.zeros(len(self._liked), dtype=np.float32)

        def score(said: np.ndarray) -> np.ndarray:
            logits = decoded(arrays, nothing, said)
            found: np.ndarray = np.where(met, logits[:, places], logits.min(axis=1, keepdims=True))
            return found

        return self._people.judge(score)

    def arrays(self) -> dict[str, np.ndarray]:
        """What ``Autoencoder`` reads of the net."""
        net, factors = self.net, self._config.factors
        parts = {
            "likes": net.likes.weight,
            "text": net.text.weight,
            "text_bias": net.text.bias,
            "mean": net.spread.weight[:factors],
            "mean_bias": net.spread.bias[:factors],
            "items": net.items,
            "worth": net.worth,
        }
        found = {name: own.detach().cpu().numpy().copy() for name, own in parts.items()}
        centre, count = self._people.centre.astype(np.float32), np.array([self._items])
        return found | {"centre": centre, "liked": self._liked.astype(np.int64), "count": count}


def _network(texts: int, popularity: np.ndarray, config: Config) -> Any:
    """The encoder of likes and text, and the decoder, whose items' own worths start at their
    popularity. It counts its steps itself, so that annealing goes on where it was."""
    import torch
    from torch import nn

    class Net(nn.Module):
        step: Tensor

        def __init__(self) -> None:
            super().__init__()
            torch.manual_seed(config.seed)
            items = len(popularity)
            self.drop = nn.Dropout(config.input_dropout)
            self.likes = nn.Linear(items, config.hidden, bias=False)
            nn.init.normal_(self.likes.weight, std=0.05)
            self.text = nn.Linear(texts, config.hidden)
            self.spread = nn.Linear(config.hidden, 2 * config.factors)
            self.items = nn.Parameter(0.02 * torch.randn(items, config.factors))
            self.worth = nn.Parameter(torch.from_numpy(popularity.copy()))
            self.register_buffer("step", torch.zeros(()))

        def forward(self, known: Tensor, said: Tensor) -> tuple[Tensor, Tensor, Tensor]:
            hidden = (self.likes(known) + self.text(self.drop(said))).tanh()
            mean, log_variance = self.spread(hidden).chunk(2, dim=1)
            drawn = mean + torch.randn_like(mean) * (log_variance / 2).exp()
            divergence = (mean**2 + log_variance.exp() - 1 - log_variance).sum(dim=1) / 2
            self.step += 1
            share = (self.step / config.anneal).clamp(max=1)
            return drawn @ self.items.T + self.worth, divergence, share

    with torch.random.fork_rng(devices=[]):
        return Net()
