"""How the graph network is trained: who says what, and is known to like what, against all items."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from scipy import sparse

from recsys.learning.likes import even_likes
from recsys.learning.loop import Tensor
from recsys.metrics.accuracy import ndcg
from recsys.models.graph_network.network import SLOPE, Config, forward

K = 20
"""Places that count on who is held out."""
OUT = -1e4
"""The logit of an item that is given: it cannot be the answer."""


@dataclass(frozen=True, eq=False)
class Known:
    """Of e people ``text`` (e, t), what they say; ``nodes`` (e, N), how much they name each node;
    ``given`` (e, n), what they are known to like, and ``liked`` (e, n), what they like beside."""

    text: np.ndarray
    nodes: sparse.csr_array
    given: sparse.csr_array
    liked: sparse.csr_array

    def some(self, rows: np.ndarray) -> "Known":
        """Of those people only."""
        return Known(self.text[rows], self.nodes[rows], self.given[rows], self.liked[rows])


def joined(several: Sequence[Known]) -> Known:
    """One after the other."""
    texts = np.concatenate([known.text for known in several])
    parts = zip(*((known.nodes, known.given, known.liked) for known in several), strict=True)
    return Known(texts, *(sparse.csr_array(sparse.vstack(own)) for own in parts))


class Task:
    """People against all items, by a softmax over what they like and was not given.

    ``teachers`` speak in rounds, of the same likes each; of these, which are ``liked`` there, some
    are given at random in each batch. ``judges`` are looked at after each epoch.
    """

    name = "graph_network"
    metric = f"NDCG@{K}"

    def __init__(
        self,
        graph: Sequence[sparse.csr_array],
        content: np.ndarray,
        teachers: Sequence[Known],
        judges: Known,
        config: Config,
    ):
        self._teachers, self._judges, self._config = teachers, judges, config
        self._graph, self._content = graph, content
        self._counts = np.diff(teachers[0].liked.indptr)
        popularity = np.log1p(np.asarray(teachers[0].liked.sum(axis=0)).ravel())
        width = teachers[0].text.shape[1]
        self.net = network(graph, content, width, popularity.astype(np.float32), config)

    def batches(self, rng: np.random.Generator) -> Sequence[Callable[[], Sequence[np.ndarray]]]:
        order = rng.permutation(len(self._counts))
        starts = range(0, len(order), self._config.batch)
        once = [order[start : start + self._config.batch] for start in starts]
        return [partial(self._batch, users, rng) for users in once * self._config.rounds]

    def _batch(self, users: np.ndarray, rng: np.random.Generator) -> Sequence[np.ndarray]:
        """Texts (b, t), given items and liked items (b, n); and what each names: nodes (m,), how
        much (m,), and where those of each begin (b,)."""
        config = self._config
        said = self._teachers[int(rng.integers(len(self._teachers)))]
        likes = said.liked[users].toarray()
        kept = (rng.random(likes.shape) < config.given_share) & (likes > 0)
        kept[rng.random(len(users)) < config.likes_dropout] = False
        kept[(kept == (likes > 0)).all(axis=1)] = False  # something must be left to find
        given = kept.astype(np.float32)
        named = said.nodes[users]
        nodes, starts = named.indices.astype(np.int64), named.indptr[:-1].astype(np.int64)
        return said.text[users], given, likes * ~kept, nodes, named.data, starts

    def loss(self, *batch: Tensor) -> Tensor:
        text, given, liked, *named = batch
        scores = self.net(text, given, named).float().masked_fill(given > 0, OUT)
        counts = liked.sum(dim=1, keepdim=True).clamp(min=1)
        found = (liked / counts * scores.log_softmax(dim=1)).sum(dim=1)
        weight = counts[:, 0].sqrt()
        return -(found * weight).sum() / weight.sum()

    def validate(self) -> float:
        """Mean NDCG@K of what the judges like beside what is given."""
        judges, arrays = self._judges, self.arrays()
        nodes = forward(self._graph, self._content, arrays)
        if not np.isfinite(nodes).all():
            return float("nan")
        items = nodes[: judges.given.shape[1]]
        asked = (
            judges.text @ arrays["text"].T + judges.nodes @ nodes + even_likes(judges.given) @ items
        )
        # Of equals the first would be found by the catalogue's order, which may tell what is liked.
        luck = np.random.default_rng(self._config.seed).permutation(len(items))
        found = []
        for scores, given, liked in zip(
            asked @ items.T + arrays["worth"], _rows(judges.given), _rows(judges.liked), strict=True
        ):
            scores[given] = -np.inf
            order = np.lexsort((luck, -scores))
            found.append(ndcg(np.isin(order, liked).astype(float), K))
        return float(np.nanmean(found))  # NaN of who likes nothing beside

    def arrays(self) -> dict[str, np.ndarray]:
        """The parameters by their names."""
        return {
            name.replace(".", "_"): own.detach().cpu().numpy().copy()
            for name, own in self.net.named_parameters()
        }


def _rows(table: sparse.csr_array) -> list[np.ndarray]:
    return np.split(table.indices, table.indptr[1:-1])


def network(
    graph: Sequence[sparse.csr_array],
    content: np.ndarray,
    width: int,
    popularity: np.ndarray,
    config: Config,
) -> Any:
    """The network as torch trains it; its parameters have the names that ``forward`` reads."""
    import torch
    from torch import nn

    class Net(nn.Module):
        content: Tensor
        ties0: Tensor

        def __init__(self) -> None:
            super().__init__()
            torch.manual_seed(config.seed)
            factors, count = config.factors, len(content)

            def drawn(*shape: int) -> Tensor:
                return (2 * torch.rand(*shape) - 1) * factors**-0.5

            self.drop = nn.Dropout(config.dropout)
            self.own = nn.Parameter(0.05 * torch.randn(count, factors))
            self.what = nn.Parameter(torch.randn(factors, content.shape[1]) / 20)
            self.text = nn.Parameter(torch.randn(factors, width) / 20)
            self.relations = nn.Parameter(torch.ones(len(graph)))
            self.layers = nn.ParameterList(
                [nn.Parameter(drawn(factors, factors)) for _ in range(config.hops)]
            )
            self.biases = nn.ParameterList(
                [nn.Parameter(torch.zeros(factors)) for _ in range(config.hops)]
            )
            self.worth = nn.Parameter(torch.from_numpy(popularity.copy()))
            self.register_buffer("content", torch.from_numpy(content.astype(np.float32)), False)
            for place, ties in enumerate(graph):
                self.register_buffer(f"ties{place}", _sparse(ties), False)

        def nodes(self) -> Tensor:
            items = self.drop(self.content @ self.what.T + self.own)
            around = items.new_zeros(self.ties0.shape[0] - len(items), items.shape[1])
            step = whole = torch.cat([items, around])
            for layer, bias in zip(self.layers, self.biases, strict=True):
                heard = torch.zeros_like(step)
                for place, weight in enumerate(self.relations):
                    heard = heard + weight * (getattr(self, f"ties{place}") @ step)
                step = nn.functional.leaky_relu(heard @ layer.T + bias, SLOPE)
                whole = whole + step
            return whole

        def forward(self, text: Tensor, given: Tensor, named: Sequence[Tensor]) -> Tensor:
            nodes = self.nodes()
            items = nodes[: len(self.content)]
            length = given.sum(dim=1, keepdim=True).clamp(min=1).sqrt()
            which, weights, starts = named
            called = nn.functional.embedding_bag(
                which, nodes, starts, mode="sum", per_sample_weights=weights
            )
            asked = self.drop(text) @ self.text.T + called + given / length @ items
            return asked @ items.T + self.worth

    with torch.random.fork_rng(devices=[]):
        return Net()


def _sparse(ties: sparse.csr_array) -> Tensor:
    import torch

    rows, columns = (torch.from_numpy(own.astype(np.int64)) for own in (ties.indptr, ties.indices))
    with warnings.catch_warnings(action="ignore"):  # that sparse tensors are new
        return torch.sparse_csr_tensor(rows, columns, torch.from_numpy(ties.data), ties.shape)
