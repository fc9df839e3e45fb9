"""How the network over likes in order is trained: each like from those before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from recsys.learning.loop import Schedule, Tensor
from recsys.metrics.accuracy import binary_ndcg
from recsys.models.sequence.reading import NextItem

K = 10
"""Places that count on what is held out."""


@dataclass(frozen=True)
class Config(Schedule):
    """How it is learned."""

    epochs: int = 40
    patience: int = 6
    batch: int = 64
    rate: float = 0.001
    decay: float = 0.01
    max_users: int = 20_000
    """At most so many users are learned from, drawn at random."""
    min_users: int = 10
    """Fewer teach nothing that would hold for another."""
    min_likes: int = 3
    """Who likes fewer items has no order to learn."""
    max_judges: int = 500
    """At most so many users judge an epoch, each by their last like."""
    length: int = 50
    """So many likes are looked back."""
    factors: int = 64
    """Of an item."""
    blocks: int = 2
    """Layers of self-attention."""
    dropout: float = 0.2
    """The share of the units that are dropped."""
    id_dropout: float = 0.3
    """The share of the items of which only the text is read, drawn anew for each batch."""
    negatives: int = 2_000
    """Items drawn evenly beside those of a batch, for its softmax."""


class Task:
    """Histories, cut into windows; the last like of some users is held out and judges."""

    name = "sequence"
    metric = f"NDCG@{K}"

    def __init__(
        self,
        histories: Sequence[np.ndarray],
        vectors: np.ndarray,
        config: Config,
        rng: np.random.Generator,
    ):
        self._config, self._count = config, len(vectors)
        judges = rng.permutation(len(histories))[: config.max_judges]
        self._asked = [histories[user] for user in judges]
        taught = list(histories)
        for user in judges:
            taught[user] = taught[user][:-1]
        self._windows = _windows(taught, config.length)
        # How likely an item is among those of a batch, by a window or by chance.
        draws = config.batch * config.length
        every = np.concatenate(taught)
        share = np.bincount(every, minlength=self._count) / len(every)
        even = min(config.negatives / self._count, 0.999)
        self._log_q = np.log1p(-np.exp(-draws * share) * (1 - even)).astype(np.float32)
        self.net = network(vectors, config)

    def batches(self, rng: np.random.Generator) -> Sequence[Callable[[], Sequence[np.ndarray]]]:
        order, size = rng.permutation(len(self._windows)), self._config.batch
        parts = [order[start : start + size] for start in range(0, len(order), size)]
        return [partial(self._batch, part, rng) for part in parts]

    def _batch(self, chosen: np.ndarray, rng: np.random.Generator) -> Sequence[np.ndarray]:
        """The rows (c,) of items in it, the places among them of what is read (b, l), what follows
        (b, l), -1 for nothing, and the corrections (c,)."""
        read = np.full((len(chosen), self._config.length), -1, dtype=np.int64)
        follows = read.copy()
        for line, window in enumerate(chosen):
            own = self._windows[window]
            read[line, 1 - len(own) :], follows[line, 1 - len(own) :] = own[:-1], own[1:]
        drawn = rng.integers(0, self._count, self._config.negatives)
        rows = np.unique(np.concatenate([read[read >= 0], follows[follows >= 0], drawn]))
        for each in (read, follows):
            each[each >= 0] = np.searchsorted(rows, each[each >= 0])
        return rows, read, follows, self._log_q[rows]

    def loss(self, *batch: Tensor) -> Tensor:
        from torch.nn.functional import cross_entropy

        rows, read, follows, log_q = batch
        items = self.net.items(rows)
        states = self.net(items, read)[follows >= 0]
        return cross_entropy((states @ items.T).float() - log_q, follows[follows >= 0])

    def validate(self) -> float:
        """How well the last like of each judge is found among what they had not liked yet."""
        model, places = NextItem(self.arrays()), []
        no_more = np.empty((0, self.net.content.shape[1]), dtype=np.float32)
        for own in self._asked:
            scores = model.score(own[:-1].tolist(), no_more)
            if not np.isfinite(scores).all():
                return float("nan")
            scores[own[:-1]] = -np.inf
            places.append(int((scores > scores[own[-1]]).sum()))
        hits = np.array(places)[:, None] == np.arange(K)
        return float(binary_ndcg(hits, np.ones(len(hits), dtype=np.int64), K).mean())

    def arrays(self) -> dict[str, np.ndarray]:
        """What ``NextItem`` reads of the net: the items (n, f) as they are read, the map ``text``
        (f, d) of others, and the layers by their names."""
        parts = {name: own for name, own in self.net.named_parameters() if name != "own"}
        found = {name: own.detach().cpu().numpy().copy() for name, own in parts.items()}
        found["text"] = found.pop("text.weight")
        items = self.net.content.cpu().numpy() @ found["text"].T
        items += self.net.own.detach().cpu().numpy()
        return found | {"items": items, "blocks": np.array([self._config.blocks])}


def _windows(histories: Sequence[np.ndarray], length: int) -> list[np.ndarray]:
    """All that comes after something, cut so that each follows up to ``length`` likes: from the
    end, where each window but the first begins with what ended the one before."""
    found = []
    for own in histories:
        for end in range(len(own), 1, -length):
            found.append(own[max(end - length - 1, 0) : end])
    return found


def network(vectors: np.ndarray, config: Config) -> Any:
    """The network as torch trains it; its parameters have the names that ``encode`` reads."""
    import torch
    from torch import nn

    f = config.factors

    class Layer(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.before, self.between = nn.LayerNorm(f), nn.LayerNorm(f)
            self.query, self.key, self.value = (nn.Linear(f, f) for _ in range(3))
            self.up, self.down = nn.Linear(f, f), nn.Linear(f, f)
            self.drop = nn.Dropout(config.dropout)

        def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
            z = self.before(x)
            nearness = self.query(z) @ self.key(z).transpose(1, 2) / f**0.5
            share = nearness.masked_fill(hidden, -1e9).softmax(dim=2)
            x = x + self.drop(share @ self.value(z))
            return x + self.drop(self.down(self.up(self.between(x)).relu()))

    class Net(nn.Module):
        content: Tensor

        def __init__(self) -> None:
            super().__init__()
            torch.manual_seed(config.seed)
            self.register_buffer("content", torch.from_numpy(vectors.astype(np.float32)), False)
            self.text = nn.Linear(vectors.shape[1], f, bias=False)
            self.own = nn.Parameter(torch.zeros(len(vectors), f))
            self.place = nn.Parameter(0.02 * torch.randn(config.length, f))
            self.layers = nn.ModuleList([Layer() for _ in range(config.blocks)])
            self.last = nn.LayerNorm(f)
            self.drop = nn.Dropout(config.dropout)

        def items(self, rows: Tensor) -> Tensor:
            own = self.own[rows]
            if self.training:
                own = own * (torch.rand(len(rows), 1, device=own.device) >= config.id_dropout)
            return self.text(self.content[rows]) + own

        def forward(self, items: Tensor, read: Tensor) -> Tensor:
            """The states (b, l, f) after each that is ``read``, -1 for nothing, of ``items``."""
            places = torch.arange(read.shape[1], device=read.device)
            later = places > places[:, None]
            # What stands before the first like sees itself, which nothing comes of.
            hidden = later | ((read < 0)[:, None] & (places != places[:, None]))
            x = self.drop(items[read.clamp(min=0)] + self.place)
            for layer in self.layers:
                x = layer(x, hidden)
            return self.last(x)

    with torch.random.fork_rng(devices=[]):
        return Net()
