"""Strategies: every way to rank that a protocol compares, from chance to what the app does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np

from recsys.datatypes import EncodedQuery, Progress, Scores, Strategy
from recsys.errors import QueryError
from recsys.fusion import fusions
from recsys.metrics.accuracy import auc
from recsys.ranking.engine import Engine

SEED = 0
"""Of the random strategy, of what breaks ties, of drawn likes and of training."""
TOP = 10
"""How much of each list is kept, to say what the lists are like."""
DEFAULT = "default"
"""The strategy of an app that nobody has touched."""


@dataclass(frozen=True, eq=False)
class Case:
    """A question whose answer is known.

    ``rows`` (n,) are the candidates, sorted; ``relevant`` (r,) and ``disliked`` are among them;
    ``gains`` (r,) is what each relevant one is worth. ``plain`` (d,) is the uncentred embedding of
    what is known of the newcomer.
    """

    name: str
    query: EncodedQuery
    plain: np.ndarray
    rows: np.ndarray
    relevant: np.ndarray
    disliked: np.ndarray
    gains: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        if not len(self.gains):
            object.__setattr__(self, "gains", np.ones(len(self.relevant)))


@dataclass(frozen=True, eq=False)
class Answer:
    """What a strategy made of a case.

    ``places`` (r,) of the relevant items, from 0; ``top`` (TOP,) rows, best first, -1 for none;
    ``auc`` over the relevant and the disliked, NaN where either is missing.
    """

    places: np.ndarray
    top: np.ndarray
    auc: float


Ranker = Callable[[Case, Scores], np.ndarray]
"""The scores (n,) of a case's rows, from what all signals say of them."""


def silent(engine: Engine, liked: Sequence[int], seen: Sequence[int] = ()) -> EncodedQuery:
    """The query of somebody who types nothing."""
    count, width = engine.workspace.vectors.shape
    return EncodedQuery(
        "nothing",  # a text without clauses says nothing
        liked=tuple(liked),
        seen=tuple(seen),
        clause_vectors=np.zeros((0, width), dtype=np.float32),
        seeds=np.zeros(count, dtype=np.float32),
    )


def raw_vectors(engine: Engine) -> np.ndarray:
    """(n, d) the embeddings of the items as the language model gave them."""
    return engine.workspace.catalogue.embeddings(engine.encoder.name)


def rankers(engine: Engine, chosen: Iterable[str] = ()) -> dict[str, Ranker]:
    """By name: default, each fusion, each signal alone, plain cosine, random.

    Only default and the ``chosen`` ones, where any are. Raises QueryError for an unknown name.
    """
    raw = raw_vectors(engine)
    every: dict[str, Ranker] = {
        DEFAULT: fused(engine, Strategy()),
        **{name: fused(engine, Strategy(fusion=name)) for name in fusions()},
        **{name: alone(name) for name in engine.signals},
        "plain cosine": lambda case, scores: raw[case.rows] @ case.plain,
        "random": lambda case, scores: _chance(case.name).random(len(case.rows)),
    }
    return pick(every, chosen)


def pick(every: Mapping[str, Ranker], chosen: Iterable[str]) -> dict[str, Ranker]:
    """The default and the ``chosen`` of ``every``, all where none is; raises as ``rankers``."""
    chosen = set(chosen)
    for name in chosen - set(every):
        raise QueryError(f"There is no strategy called {name!r}. There are: {', '.join(every)}.")
    return {name: every[name] for name in every if not chosen or name in chosen | {DEFAULT}}


def fused(engine: Engine, strategy: Strategy) -> Ranker:
    """What the app does with ``strategy``."""
    return lambda case, scores: (
        engine.fuse(case.query, scores, strategy)["score"].loc[case.rows].to_numpy()
    )


def alone(name: str) -> Ranker:
    """One signal alone; what it has no opinion on is average."""
    return lambda case, scores: scores[name].fillna(scores[name].mean()).fillna(0).to_numpy()


def drawn(case: str, rows: np.ndarray, n: int) -> np.ndarray:
    """At most n of ``rows``, always the same for one ``case``; a smaller n draws a part of it."""
    return _chance(case).permutation(rows)[:n]


def answers(
    engine: Engine,
    cases: Sequence[Case],
    rankers: Mapping[str, Ranker],
    progress: Progress,
    what: str = "ranking",
) -> dict[str, list[Answer]]:
    """Every strategy's answer to every case; all signals score a case once.

    Ties are broken by one random order for all: a catalogue's own order may tell what is liked.
    """
    order = np.random.default_rng(SEED).permutation(len(engine.workspace.catalogue))
    found: dict[str, list[Answer]] = {name: [] for name in rankers}
    for done, case in enumerate(cases, start=1):
        scores = engine.score(case.query, case.rows)
        for name, ranker in rankers.items():
            found[name].append(_answer(case, ranker(case, scores), order))
        progress(done, len(cases), what)
    return found


def _answer(case: Case, scores: np.ndarray, order: np.ndarray) -> Answer:
    best = np.lexsort((order[case.rows], -scores))  # (n,)
    place = np.empty(len(best), dtype=np.int64)
    place[best] = np.arange(len(best))
    relevant, disliked = (np.searchsorted(case.rows, r) for r in (case.relevant, case.disliked))
    judged = np.concatenate([relevant, disliked])
    liked = np.arange(len(judged)) < len(relevant)
    top = np.full(TOP, -1, dtype=np.int64)
    top[: len(best)] = case.rows[best[:TOP]]
    area = auc(scores[None, judged], liked[None], ~liked[None])[0]
    return Answer(place[relevant], top, float(area))


def _chance(case: str) -> np.random.Generator:
    return np.random.default_rng([SEED, crc32(case.encode())])
