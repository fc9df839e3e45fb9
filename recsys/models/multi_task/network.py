"""The network of the three tasks, and their losses."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from recsys.learning.loop import Tensor
from recsys.learning.reader import Telling
from recsys.models._people import Told


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
    alpha: float = 1.0
    """The weight of behaviour: what is liked together."""
    beta: float = 1.0
    """The weight of attributes: which categories an item has."""
    gamma: float = 1.0
    """The weight of the match of a taste and what is liked."""
    weighting: str = "fixed"
    """fixed: the weights as they are; uncertainty: each but 0 is learned."""
    balance: str = "weights"
    """How rare categories count as much as frequent ones: weights of the classes, focal loss,
    resampling of the items, or none."""
    focus: float = 2.0
    """The exponent of the focal loss."""
    max_class_weight: float = 20.0
    """The greatest weight of a class."""
    behaviour_factors: int = 32
    """Directions of what is liked together."""
    min_fans: int = 3
    """An item that fewer like does not tell with what it is liked."""
    dropout: float = 0.2
    """The share of the inputs that are dropped."""
    factors: int = 128
    """Of a text, which all tasks share."""
    drawn: int = 4
    """Items drawn for each example of a batch, from what its user likes."""


def network(
    told: Told,
    popularity: np.ndarray,
    sizes: tuple[int, int],
    class_weights: np.ndarray,
    config: Config,
) -> Any:
    """One layer that texts of items and of tastes share, and a head for each task, of ``sizes`` for
    behaviour and attributes.

    The heads start at 0: what is not learned stays at chance. ``class_weights`` (a,) are those of
    what a category is.
    """
    import torch
    from torch import nn
    from torch.nn.functional import linear

    f, width = config.factors, told.width
    named = len(told.pseudo[0, 0]) - told.items.shape[1]

    def head(size: int) -> tuple[Any, Any]:
        return nn.Parameter(torch.zeros(size, f)), nn.Parameter(torch.zeros(size))

    class Net(nn.Module):
        content: Tensor
        popularity: Tensor
        class_weights: Tensor

        def __init__(self) -> None:
            super().__init__()
            torch.manual_seed(config.seed)
            scale = told.items.shape[1] ** -0.5
            self.drop = nn.Dropout(config.dropout)
            self.text = nn.Parameter(scale * torch.randn(f, told.items.shape[1]))
            self.named = nn.Parameter(scale * torch.randn(f, named))
            self.text_bias = nn.Parameter(torch.zeros(f))
            self.behaviour, self.behaviour_bias = head(sizes[0])
            self.attributes, self.attributes_bias = head(sizes[1])
            self.match, self.match_bias = head(f)
            self.known = nn.Parameter(torch.zeros(1))
            self.noise = nn.Parameter(torch.zeros(3))
            for name, own in (
                ("content", told.items),
                ("popularity", popularity - popularity.mean()),
                ("class_weights", class_weights),
            ):
                self.register_buffer(name, torch.from_numpy(own.astype(np.float32)), False)

        def items(self, rows: Any) -> Tensor:
            return linear(self.drop(self.content[rows]), self.text, self.text_bias).tanh()

        def said(self) -> Tensor:
            """What an item's text goes through, and between meaning and words the labels."""
            return torch.cat([self.text[:, :width], self.named, self.text[:, width:]], dim=1)

        def forward(self, said: Tensor, candidates: Tensor) -> Tensor:
            """The logits (b, c) of the match."""
            taste = linear(self.drop(said), self.said(), self.text_bias).tanh()
            logits = linear(taste, self.match, self.match_bias) @ self.items(candidates).T
            return logits + self.known * self.popularity[candidates]

    with torch.random.fork_rng(devices=[]):
        return Net()


def behaviour_loss(net: Any, states: Tensor, factors: Tensor, met: Tensor) -> Tensor:
    """Squared distance to the co-like factors (m, k), of the items that are ``met`` (m,)."""
    away = states @ net.behaviour.T + net.behaviour_bias - factors
    return ((away**2).sum(dim=1) * met).sum() / met.sum().clamp(min=1)


def attributes_loss(
    net: Any, states: Tensor, labels: Tensor, told: Tensor, config: Config
) -> Tensor:
    """Cross-entropy of ``labels`` (m, a), of the items of which any is ``told`` (m,)."""
    from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

    logits = states @ net.attributes.T + net.attributes_bias
    weights = net.class_weights if config.balance == "weights" else None
    losses = cross_entropy(logits, labels, pos_weight=weights, reduction="none")
    if config.balance == "focal":  # Lin et al. 2017
        right = (logits * (2 * labels - 1)).sigmoid()
        losses = (1 - right) ** config.focus * losses
    return (losses * told[:, None]).sum() / (told.sum() * labels.shape[1]).clamp(min=1)


def match_loss(
    net: Any, said: Tensor, candidates: Tensor, share: Tensor, log_q: Tensor, weight: Tensor
) -> Tensor:
    """Cross-entropy of what is liked among the ``candidates``, as in the two towers."""
    chances = (net(said, candidates).float() - log_q).log_softmax(dim=1)
    return -((share * chances).sum(dim=1) * weight).sum() / weight.sum()
