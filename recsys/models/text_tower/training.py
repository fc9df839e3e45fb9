"""How the towers are trained: profiles against the items drawn for a batch."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse

from recsys.learning.loop import Tensor
from recsys.metrics.accuracy import ndcg
from recsys.models.text_tower.reading import Config, unit

K = 20
"""Places that count on who is held out."""
JUDGED_PROFILES = 2
"""So many of the pseudo-profiles of somebody who is held out, and typed nothing, are judged."""


class Task:
    """Profiles against the items drawn for them, by a softmax; see ``fit`` for what comes in.

    ``pseudo`` (r, u, t) are profiles of the users, ``typed`` those that people typed, by user;
    ``items`` (n, c) what items are, the first ``width`` of it what they mean.
    """

    name = "text_tower"
    metric = f"NDCG@{K}"

    def __init__(
        self,
        likes: sparse.csr_array,
        ids: np.ndarray,
        pseudo: np.ndarray,
        typed: Mapping[str, np.ndarray],
        items: np.ndarray,
        width: int,
        config: Config,
        rng: np.random.Generator,
    ):
        self._config, self._likes, self._meaning = config, likes, items[:, :width]
        counts = np.diff(likes.indptr)
        self._weight = np.sqrt(counts / counts.mean()).astype(np.float32)
        middle = pseudo.mean(axis=(0, 1))
        self._pseudo = pseudo - middle
        place = {user: row for row, user in enumerate(ids)}
        known = [user for user in typed if user in place]
        self._speakers = np.array([place[user] for user in known], dtype=np.int64)
        # Who types does not start where pseudo-profiles do.
        self._centre = np.mean(list(typed.values()), axis=0) if typed else middle
        texts = np.array([typed[user] for user in known], dtype=np.float32)
        self._typed = texts.reshape(-1, len(middle)) - self._centre
        judging = rng.random(len(ids)) < config.held_out
        judging[rng.integers(len(ids))] = True
        self._judges, self._teachers = np.flatnonzero(judging), np.flatnonzero(~judging)
        self._teaching = np.flatnonzero(~judging[self._speakers])  # of what was typed
        share = np.asarray(likes.multiply(1 / counts[:, None]).mean(axis=0)).ravel()  # (n,)
        draws = config.batch * config.drawn
        drawn = -np.expm1(-draws * share)  # how likely it is that an item is in a batch
        self._log_q = np.log(np.maximum(drawn, 1e-9)).astype(np.float32)
        even = np.asarray(likes.multiply(1 / np.sqrt(counts)[:, None]).mean(axis=0)).ravel()
        popularity = np.log(even + 0.1 * even.mean()).astype(np.float32)
        self.net = network(len(middle) + width, items, popularity, config)

    def batches(self, rng: np.random.Generator) -> Sequence[Callable[[], Sequence[np.ndarray]]]:
        return [lambda: self._batch(rng)] * self._config.steps

    def _batch(self, rng: np.random.Generator) -> Sequence[np.ndarray]:
        """Inputs (b, t), items drawn (c,), the share that each has in a user's likes (b, c), the
        corrections (c,) and the weights (b,)."""
        config = self._config
        typed = round(config.batch * config.typed_share) if len(self._teaching) else 0
        users = rng.choice(self._teachers, config.batch - typed)
        said = self._pseudo[rng.integers(len(self._pseudo), size=len(users)), users]
        if typed:
            chosen = rng.choice(self._teaching, typed)
            said = np.concatenate([said, self._typed[chosen]])
            users = np.concatenate([users, self._speakers[chosen]])
        own = [self._likes.indices[slice(*self._likes.indptr[[u, u + 1]])] for u in users]
        candidates = np.unique(np.concatenate([rng.choice(o, config.drawn) for o in own]))
        liked = self._likes[users][:, candidates].toarray()  # (b, c)
        beside = np.zeros((len(users), self._meaning.shape[1]), dtype=np.float32)
        for row in np.flatnonzero(rng.random(len(users)) >= config.likes_dropout):
            given = rng.choice(own[row], rng.integers(1, config.max_likes + 1))
            beside[row] = unit(self._meaning[given].sum(axis=0))
        share = liked / np.maximum(liked.sum(axis=1, keepdims=True), 1)
        inputs = np.concatenate([said, beside], axis=1, dtype=np.float32)
        return inputs, candidates, share, self._log_q[candidates], self._weight[users]

    def loss(self, *batch: Tensor) -> Tensor:
        inputs, candidates, share, log_q, weight = batch
        chances = (self.net(inputs, candidates).float() - log_q).log_softmax(dim=1)
        return -((share * chances).sum(dim=1) * weight).sum() / weight.sum()

    def validate(self) -> float:
        """Mean NDCG@K of the likes of who is held out, by what they typed or would have."""
        arrays = self.arrays()
        texts = dict(zip(self._speakers.tolist(), self._typed, strict=True))
        found = []
        for user in self._judges.tolist():
            said = texts[user][None] if user in texts else self._pseudo[:JUDGED_PROFILES, user]
            own = self._likes.indices[slice(*self._likes.indptr[[user, user + 1]])]
            factors = said @ arrays["text"][:, : said.shape[1]].T + arrays["text_bias"]
            for scores in factors @ arrays["items"].T + arrays["item_bias"]:
                order = np.argsort(-scores, kind="stable")
                found.append(ndcg(np.isin(order, own).astype(float), K))
        return float(np.mean(found)) if np.isfinite(arrays["items"]).all() else float("nan")

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
        return found | {"centre": self._centre.astype(np.float32)}


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
