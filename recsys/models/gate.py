"""The gate of attention fusion: which signals to listen to for a query of such features."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

import numpy as np

from recsys.arrays import packed, standardised, unpacked
from recsys.datatypes import Progress, no_progress
from recsys.metrics.accuracy import ndcg
from recsys.models import Judged, TrainingContext
from recsys.store.workspace import Workspace

Tensor: TypeAlias = Any
"""A torch.Tensor; torch takes seconds to import, so only training does."""

TITLE = "Attention"
HELP = "Which signals to listen to, by what a taste is like."
NEEDS = ("judgements", "signals", "behaviour")


@dataclass(frozen=True)
class Config:
    """How the gate is trained."""

    hidden: int = 8
    """Units of the hidden layer: few, since there are more features than kinds of taste."""
    min_queries: int = 20
    """Fewer queries teach nothing that would hold for another."""
    rate: float = 0.02
    """Learning rate of AdamW."""
    decay: float = 0.01
    """Weight decay."""
    epochs: int = 150
    """At most so many; how many is settled on queries held out."""
    folds: int = 5
    """Parts of the queries, each held out once."""
    min_gain: float = 2.0
    """How many of its standard errors a gain must be: the best of many epochs looks good."""
    min_sharpness: float = 0.25
    """The least factor tried on the scores of the untrained gate, before the softmax."""
    max_sharpness: float = 16.0
    """And the greatest."""
    sharpnesses: int = 25
    """How many are tried, evenly in their logarithms."""
    seed: int = 0
    """Of the first weights, and of the folds."""


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that attention fusion reads, and whose judgements taught them; empty where there
    are too few judged tastes."""
    if len(context.tastes) < config.min_queries:
        return {}
    return of_judged(context.judged(), config)


def of_judged(judged: Judged, config: Config = Config()) -> dict[str, np.ndarray]:
    """The arrays that these tastes, at least one, teach."""
    arrays = train(judged.features, judged.scores, judged.relevance, config, judged.weights)
    names = {"signals": packed(judged.signals), "features": packed(judged.feature_names)}
    told = packed([judged.source, str(len(judged.features))])
    return arrays | names | {"learned_from": told}


def source(name: str) -> str:
    """What judged tastes are called that a gate learns from: a set by its ``name``, or personas."""
    return f"the set “{name}”" if name else "the personas"


def learned_from(arrays: Mapping[str, np.ndarray]) -> tuple[str, int]:
    """Whose judgements a gate has learned from, in words, and of how many tastes; ("", 0) where it
    does not say."""
    if "learned_from" not in arrays:
        return "", 0
    source, count = unpacked(arrays["learned_from"])
    return source, int(count)


def is_even(arrays: Mapping[str, np.ndarray]) -> bool:
    """Whether a gate leaves the weights as they are: nothing was clearly better."""
    return not (arrays["W2"].any() or arrays["b2"].any())


def train(
    features: np.ndarray,
    scores: Sequence[np.ndarray],
    relevance: Sequence[np.ndarray],
    config: Config = Config(),
    weights: np.ndarray | None = None,
    progress: Progress = no_progress,
) -> dict[str, np.ndarray]:
    """Arrays W1 (h, f), b1 (h,), W2 (s, h), b2 (s,), mean (f,), scale (f,) for attention fusion.

    For each of q queries: ``features`` (q, f), ``scores`` (n_i, s) of its candidates, NaN for no
    opinion, and ``relevance`` (n_i,), grades of 0 or more; ``weights`` (q, s) or (s,), by default
    even, are what the gate will multiply. Minimises the listwise cross-entropy of the first place
    (ListNet, Cao et al. 2007), where each grade's share is the target, by full batches of AdamW,
    for as many epochs as do best, by NDCG@10, on queries held out. It starts at the weights alone,
    and stays there when nothing clearly beats them, or too few queries have an opinion that counts
    and something relevant. Raises ValueError when the three do not belong together.
    """
    if not 0 < len(features) == len(scores) == len(relevance):
        raise ValueError(
            f"The gate needs as many queries by features as by scores and by relevance, and at "
            f"least 1; there are {len(features)}, {len(scores)} and {len(relevance)}."
        )
    rng = np.random.default_rng(config.seed)
    deviation = features.std(axis=0)
    frame = {"mean": features.mean(axis=0), "scale": np.where(deviation > 1e-6, deviation, 1)}
    signals = scores[0].shape[1]
    net = {
        "W1": rng.normal(0, features.shape[1] ** -0.5, (config.hidden, features.shape[1])),
        "b1": np.zeros(config.hidden),
        "W2": np.zeros((signals, config.hidden)),
        "b2": np.zeros(signals),
    }
    weights = np.ones(signals) if weights is None else weights
    prior = np.broadcast_to(weights, (len(scores), signals))
    heard = [(~np.isnan(x)).any(axis=0) * own for x, own in zip(scores, prior, strict=True)]
    rows = [i for i in range(len(scores)) if heard[i].any() and relevance[i].any()]
    if len(rows) >= config.min_queries:
        queries = (
            ((features - frame["mean"]) / frame["scale"])[rows],
            np.stack([heard[i] for i in rows]),
            *padded([scores[i] for i in rows], [relevance[i] for i in rows]),
        )
        net = fitted(net, queries, rng.permutation(len(rows)), config, progress)
    return {name: array.astype(np.float32) for name, array in (net | frame).items()}


def padded(
    scores: Sequence[np.ndarray], relevance: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Standardised scores (q, n, s), targets (q, n) of sum 1 and which are real (q, n)."""
    n = max(len(x) for x in scores)
    z = np.zeros((len(scores), n, scores[0].shape[1]), dtype=np.float32)
    target = np.zeros((len(scores), n), dtype=np.float32)
    real = np.zeros((len(scores), n), dtype=bool)
    for i, (x, grades) in enumerate(zip(scores, relevance, strict=True)):
        z[i, : len(x)] = standardised(x)
        target[i, : len(x)] = grades / grades.sum()
        real[i, : len(x)] = True
    return z, target, real


def loss(net: dict[str, Tensor], sharpness: Tensor, queries: Sequence[Tensor]) -> Tensor:
    """Cross-entropy of the first place, in nats, (q,); ``sharpness`` is a logarithm."""
    features, heard, z, target, real = queries
    hidden = (features @ net["W1"].T + net["b1"]).tanh()
    logits = hidden @ net["W2"].T + net["b2"] + heard.log().clamp(min=-1e9)
    score = (z @ logits.softmax(dim=1)[:, :, None])[:, :, 0] * sharpness.exp()
    chance = score.masked_fill(~real, -1e9).log_softmax(dim=1)
    return -(target * chance).sum(dim=1)


def fitted(
    start: dict[str, np.ndarray],
    queries: Sequence[np.ndarray],
    order: np.ndarray,
    config: Config,
    progress: Progress,
) -> dict[str, np.ndarray]:
    """The net after as many epochs as do best on queries held out, or ``start`` where that gains
    little.

    Each fold of ``order`` (q,) is ranked, after every epoch, by what the other folds have taught
    so far; the net is then trained on all queries.
    """
    total, curves = config.folds * config.epochs, np.zeros((config.epochs + 1, len(order)))
    for fold in range(config.folds):
        held = order[fold :: config.folds]
        seen = np.setdiff1d(order, held)
        for epoch, net in enumerate(_epochs(start, [each[seen] for each in queries], config)):
            curves[epoch, held] = first_ten(net, [each[held] for each in queries])
            if epoch:
                progress(fold * config.epochs + epoch, total, "training the gate")
    best = int(curves.mean(axis=1).argmax())
    gain = curves[best] - curves[0]  # (q,)
    if gain.mean() <= config.min_gain * gain.std() / len(gain) ** 0.5:
        return start
    return next(islice(_epochs(start, queries, config), best, None))


def _epochs(
    start: dict[str, np.ndarray], queries: Sequence[np.ndarray], config: Config
) -> Iterator[dict[str, np.ndarray]]:
    """The net before and after every epoch of training on these queries."""
    import torch

    known = [_tensor(values) for values in queries]
    net = {name: torch.tensor(array, dtype=torch.float32) for name, array in start.items()}
    sharpnesses = np.geomspace(config.min_sharpness, config.max_sharpness, config.sharpnesses)
    tried = torch.tensor(np.log(sharpnesses), dtype=torch.float32)
    # The weights alone are judged at their own best sharpness, or any gate would beat them.
    sharpness = tried[int(np.argmin([loss(net, value, known).mean() for value in tried]))].clone()
    for parameter in (*net.values(), sharpness):
        parameter.requires_grad_()
    groups: list[dict[str, Any]] = [
        {"params": [*net.values()], "weight_decay": config.decay},
        {"params": [sharpness], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=config.rate)
    for epoch in range(config.epochs + 1):
        if epoch:
            optimiser.zero_grad()
            loss(net, sharpness, known).mean().backward()
            optimiser.step()
        yield {name: tensor.detach().numpy().copy() for name, tensor in net.items()}


def first_ten(net: Mapping[str, np.ndarray], queries: Sequence[np.ndarray]) -> np.ndarray:
    """(q,) NDCG@10 of what the net makes of each query: what it is for, unlike the loss."""
    features, heard, z, target, real = queries
    logits = np.tanh(features @ net["W1"].T + net["b1"]) @ net["W2"].T + net["b2"]
    with np.errstate(divide="ignore"):
        logits = logits + np.log(heard)
    share = np.exp(logits - logits.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    score = np.where(real, np.einsum("qns,qs->qn", z, share), -np.inf)
    top = np.argsort(-score, axis=1, kind="stable")[:, :10]
    return np.array([ndcg_within(worth, own) for worth, own in zip(target, top, strict=True)])


def ndcg_within(worth: np.ndarray, top: np.ndarray) -> float:
    """NDCG@10 of the places ``top`` among all that is worth something."""
    order = np.concatenate([top, np.setdiff1d(np.flatnonzero(worth), top)])
    return ndcg(worth[order], 10)


def _tensor(values: np.ndarray) -> Tensor:
    import torch

    tensor = torch.from_numpy(np.ascontiguousarray(values))
    return tensor.float() if tensor.is_floating_point() else tensor
