"""Simulated people, on whom an experiment can be tried before anybody is asked.

1. A visitor is one of those whose taste is known in words and who judged some items: the personas
   of a bundled world, or a set that somebody keeps. Their taste for any item is the cosine between
   what ties it in the knowledge graph and what ties the items that they judged, times the grades,
   standardised over the catalogue: the model of the bundled worlds (recsys/datasets/demo.py).
2. People differ in how easily they are pleased: each visitor adds one normal draw of deviation
   MOOD to all tastes, and each look at an item one of NOISE. Above the threshold from which the
   bundled worlds rate 4, they like it; below that from which they rate 3, they dislike it.
3. The place decides whether an item is looked at: with probability place ** -ATTENTION, apart from
   all others (position-based model: Richardson, Dominowska & Ragno 2007; Joachims, Swaminathan &
   Schnabel 2017).
4. Most people say next to nothing and a few say most of what is said (Nielsen 2006, Participation
   inequality): each visitor says what they think of an item with a probability of their own, drawn
   from a beta distribution with the parameters SAYS, so of mean 0.2.

A list depends on the persona and the strategy alone, so it is made once for each pair; ten thousand
visitors are then a few draws of arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from recsys.datasets.demo import THRESHOLDS
from recsys.datatypes import Progress, Query, Strategy, no_progress
from recsys.errors import DataError
from recsys.ranking.engine import Engine
from recsys.store.judged import JudgedTaste
from recsys.store.workspace import Workspace

MOOD = 0.7
NOISE = 0.5
ATTENTION = 0.7
SAYS = (0.3, 1.2)

K = 10
"""Places of a list."""


@dataclass(frozen=True, eq=False)
class People:
    """``names`` and ``texts`` (p,) of the personas, and their standardised ``taste`` (p, items)."""

    names: tuple[str, ...]
    texts: tuple[str, ...]
    taste: np.ndarray


@dataclass(frozen=True, eq=False)
class Feedback:
    """What visitors said of what they were shown: ``liked`` and ``disliked`` (n, k) bool."""

    liked: np.ndarray
    disliked: np.ndarray


def people_of(workspace: Workspace, judged: Sequence[JudgedTaste]) -> People:
    """The simulated people of ``workspace``; raises DataError where nobody judged anything."""
    known = [taste for taste in judged if taste.useful]
    if not known:
        raise DataError(
            f"The workspace {workspace.name!r} has no judged tastes to simulate people by."
        )
    count = len(workspace.catalogue)
    ties = workspace.graph.weights[:count].toarray()  # (items, nodes)
    ties /= np.maximum(np.linalg.norm(ties, axis=1, keepdims=True), 1e-12)
    wanted = np.stack([taste.worth @ ties[taste.rows] for taste in known])  # (p, nodes)
    affinity = wanted @ ties.T
    spread = np.maximum(affinity.std(axis=1, keepdims=True), 1e-12)
    taste = (affinity - affinity.mean(axis=1, keepdims=True)) / spread
    names, texts = [each.name for each in known], [each.text for each in known]
    return People(tuple(names), tuple(texts), taste)


def lists_of(
    engine: Engine,
    people: People,
    strategies: Sequence[Strategy],
    k: int = K,
    progress: Progress = no_progress,
) -> np.ndarray:
    """(p, strategies, k) the rows that each strategy shows each persona, -1 for none."""
    found = np.full((len(people.texts), len(strategies), k), -1, dtype=np.int64)
    for persona, text in enumerate(people.texts):
        for place, strategy in enumerate(strategies):
            shown = engine.recommend(Query(text, k=k), strategy).shown.index.to_numpy()
            found[persona, place, : len(shown)] = shown
        progress(persona + 1, len(people.texts), "making the lists")
    return found


def arrive(people: People, visitors: int, rng: np.random.Generator) -> np.ndarray:
    """(visitors,) which persona each of them is; all are as frequent."""
    return rng.integers(0, len(people.names), visitors)


def react(people: People, who: np.ndarray, shown: np.ndarray, rng: np.random.Generator) -> Feedback:
    """What visitors say of their lists: ``who`` (n,) personas, ``shown`` (n, k), -1 for none."""
    places = np.arange(1, shown.shape[1] + 1)
    looked = rng.random(shown.shape) < places**-ATTENTION
    talkative = rng.beta(*SAYS, (len(who), 1))
    said = looked & (shown >= 0) & (rng.random(shown.shape) < talkative)
    mood = MOOD * rng.standard_normal((len(who), 1))
    felt = people.taste[who[:, None], shown] + mood + NOISE * rng.standard_normal(shown.shape)
    return Feedback(said & (felt >= THRESHOLDS[2]), said & (felt < THRESHOLDS[1]))


def like_probability(people: People) -> np.ndarray:
    """(p, items) the probability that a persona who looks at an item says that they like it."""
    says = SAYS[0] / sum(SAYS)
    return says * ndtr((people.taste - THRESHOLDS[2]) / np.hypot(MOOD, NOISE))
