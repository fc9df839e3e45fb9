"""How the three tasks are trained, and what each reaches on what was held out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recsys.learning.loop import Tensor
from recsys.learning.reader import unit
from recsys.metrics.accuracy import auc
from recsys.models import Arrays
from recsys.models._people import K, People, Told, rarity
from recsys.models.multi_task.network import (
    Config,
    attributes_loss,
    behaviour_loss,
    match_loss,
    network,
)

FIGURES = ("cosine to co-like factors", "AUC of categories", f"NDCG@{K} of tastes")
"""What the tasks reach on what is held out, in the order of alpha, beta and gamma."""
CHANCE = (0.0, 0.5, 0.0)
"""What they reach by chance, the last one nearly."""


@dataclass(frozen=True, eq=False)
class Content:
    """What is known of items: unit ``factors`` (n, k) of those that are ``met`` (n,), and
    ``labels`` (n, a) of 0/1, where an item without any tells nothing."""

    factors: np.ndarray
    met: np.ndarray
    labels: sparse.csr_array


class Task:
    """A batch of tastes against the items drawn for them, and a batch of items."""

    name = "multi_task"
    metric = "weighted mean of the tasks"

    def __init__(self, told: Told, content: Content, config: Config, rng: np.random.Generator):
        self._config, self._people, self._content = config, People(told, config, rng), content
        held = rng.random(len(content.met)) < config.held_out
        self._labelled = np.diff(content.labels.indptr) > 0
        useful = content.met | self._labelled
        self._taught, self._held = np.flatnonzero(useful & ~held), np.flatnonzero(useful & held)
        self._log_q = rarity(told.likes, config.batch * config.drawn)
        has = np.asarray(content.labels[self._taught].sum(axis=0)).ravel()  # (a,)
        self._odds = self._drawn_by(has)
        telling = max(int(self._labelled[self._taught].sum()), 1)
        weights = np.clip((telling - has) / np.maximum(has, 1), 1, config.max_class_weight)
        sizes = content.factors.shape[1], len(has)
        self.net = network(told, self._people.popularity, sizes, weights, config)

    def _drawn_by(self, has: np.ndarray) -> np.ndarray:
        """(taught,) how likely each item is drawn: by its rarest label where rare ones are to be
        drawn more often."""
        if self._config.balance != "resampling" or not len(has):
            return np.full(len(self._taught), 1 / max(len(self._taught), 1))
        own = self._content.labels[self._taught].multiply(1 / np.maximum(has, 1)[None])
        rarest = sparse.csr_array(own).max(axis=1).toarray().ravel()
        worth = np.where(rarest > 0, rarest, rarest[rarest > 0].mean() if rarest.any() else 1)
        found: np.ndarray = worth / worth.sum()
        return found

    def batches(self, rng: np.random.Generator) -> Sequence[Callable[[], Sequence[np.ndarray]]]:
        return [lambda: self._batch(rng)] * self._config.steps

    def _batch(self, rng: np.random.Generator) -> Sequence[np.ndarray]:
        """What is said (b, t), items drawn (c,), their shares (b, c), corrections (c,), weights
        (b,); items (m,), their factors (m, k) and whether met (m,), labels (m, a), whether any."""
        config, people, content = self._config, self._people, self._content
        said, users = people.draw(rng)
        own = [people.own(user) for user in users]
        candidates = np.unique(np.concatenate([rng.choice(o, config.drawn) for o in own]))
        liked = people.likes[users][:, candidates].toarray()  # (b, c)
        share = liked / np.maximum(liked.sum(axis=1, keepdims=True), 1)
        match = (said.astype(np.float32), candidates, share, self._log_q[candidates])
        size = config.batch if len(self._taught) else 0
        items = rng.choice(self._taught, size, p=self._odds) if size else self._taught
        labels = content.labels[items].toarray().astype(np.float32)
        told = content.met[items], labels, self._labelled[items]
        return *match, people.weight[users], items, content.factors[items], *told

    def loss(self, *batch: Tensor) -> Tensor:
        *match, items, factors, met, labels, labelled = batch
        config, net = self._config, self.net
        states = net.items(items)
        losses: dict[str, Callable[[], Tensor]] = {
            "alpha": lambda: behaviour_loss(net, states, factors, met),
            "beta": lambda: attributes_loss(net, states, labels, labelled, config),
            "gamma": lambda: match_loss(net, *match),
        }
        total = 0.0 * net.noise.sum()
        for place, (weight, own) in enumerate(losses.items()):
            share = getattr(config, weight)
            if share and config.weighting == "uncertainty":
                # Kendall et al. 2018, equation 7, with the logarithm of the variance.
                total = total + (-net.noise[place]).exp() * own() + net.noise[place] / 2
            elif share:
                total = total + share * own()
        return total

    def validate(self) -> float:
        config = self._config
        weights = np.array([config.alpha, config.beta, config.gamma])
        if config.weighting == "uncertainty":
            weights = (weights > 0).astype(float)
        found = np.array(self.figures())
        # A task of weight 0 is not heard, even where nothing can be said of it.
        return float((weights * np.where(weights > 0, found, 0)).sum() / weights.sum())

    def figures(self) -> tuple[float, float, float]:
        """The FIGURES on what is held out; 0 where nothing of it tells."""
        arrays, content = self._parts(), self._content
        if not all(np.isfinite(own).all() for own in arrays.values()):
            return np.nan, np.nan, np.nan
        states = arrays["states"][self._held]
        met, labelled = content.met[self._held], self._labelled[self._held]
        guessed = unit(states @ arrays["behaviour"].T + arrays["behaviour_bias"])
        cosine = (guessed * content.factors[self._held]).sum(axis=1)[met]
        scores = (states @ arrays["attributes"].T + arrays["attributes_bias"])[labelled]
        has = content.labels[self._held[labelled]].toarray() > 0
        both = has.any(axis=0) & ~has.all(axis=0)
        areas = auc(scores.T[both], has.T[both], ~has.T[both]) if both.any() else np.zeros(1)
        match = self._people.judge(lambda said: matched(arrays, said))
        return float(cosine.mean()) if len(cosine) else 0.0, float(areas.mean()), match

    def weights(self) -> np.ndarray:
        """(3,) what each task counted in the end."""
        config = self._config
        given = np.array([config.alpha, config.beta, config.gamma], dtype=np.float32)
        if config.weighting == "uncertainty":
            given = np.where(given > 0, np.exp(-self._parts()["noise"]), 0).astype(np.float32)
        return given

    def _parts(self) -> dict[str, np.ndarray]:
        net = self.net
        parts = dict(net.named_parameters())
        parts |= {"said": net.said(), "states": net.items(slice(None))}
        found = {name: own.detach().cpu().numpy().copy() for name, own in parts.items()}
        return found | {"item_bias": found["known"] * net.popularity.cpu().numpy()}

    def arrays(self) -> dict[str, np.ndarray]:
        """What ``MultiTask`` reads of the net."""
        parts = self._parts()
        read = ("said", "text_bias", "match", "match_bias", "states", "item_bias")
        found = {name: parts[name] for name in read}
        return found | {"centre": self._people.centre.astype(np.float32)}


def matched(arrays: Arrays, said: np.ndarray) -> np.ndarray:
    """(p, n) the logits of all items for what is ``said`` (p, t)."""
    a = arrays
    states = np.tanh(said @ a["said"].T + a["text_bias"])
    found: np.ndarray = (states @ a["match"].T + a["match_bias"]) @ a["states"].T + a["item_bias"]
    return found
