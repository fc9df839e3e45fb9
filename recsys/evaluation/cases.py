"""Test cases, and every way to rank that a protocol compares on them, from chance to the app's."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np

from recsys.datatypes import EncodedQuery, Progress, Scores, Strategy
from recsys.errors import QueryError
from recsys.fusion import fusions
from recsys.metrics.accuracy import auc
from recsys.models import on_request
from recsys.ranking.engine import Engine
from recsys.reports.names import DEFAULT, SEED

TOP = 10
"""How much of each list is kept, to say what the lists are like."""


@dataclass(frozen=True, eq=False)
class Case:
    """A test case: a query, and what is relevant to it.

    ``rows`` (n,) are the candidates, sorted; ``relevant`` (r,) and ``disliked`` are among them;
    ``gains`` (r,) is what each relevant one is worth. ``raw`` (d,) is the uncentred embedding of
    what is known of the newcomer.
    """

    name: str
    query: EncodedQuery
    raw: np.ndarray
    rows: np.ndarray
    relevant: np.ndarray
    disliked: np.ndarray
    gains: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        if not len(self.gains):
            object.__setattr__(self, "gains", np.ones(len(self.relevant)))


@dataclass(frozen=True, eq=False)
class CaseRun:
    """What a strategy made of a test case.

    ``positions`` (r,) of the relevant items in its ranking, from 0; ``top`` (TOP,) rows, best
    first, -1 for none; ``auc`` over the relevant and the disliked, NaN where either is missing.
    """

    positions: np.ndarray
    top: np.ndarray
    auc: float


@dataclass(frozen=True, eq=False)
class Run:
    """A strategy's run over all test cases, and what it knew: so many likes, and the text."""

    name: str
    cases: Sequence[Case]
    case_runs: Sequence[CaseRun]
    likes: int | None = None
    text: bool = True


Ranker = Callable[[Case, Scores], np.ndarray]
"""The scores (n,) of a case's rows, from what all signals say of them."""


def likes_only_query(
    engine: Engine, liked: Sequence[int], seen: Sequence[int] = ()
) -> EncodedQuery:
    """The query of somebody who likes items (rows) and types nothing."""
    count, width = engine.workspace.vectors.shape
    return EncodedQuery(
        "nothing",  # a text without clauses says nothing
        liked=tuple(liked),
        seen=tuple(seen),
        clause_vectors=np.zeros((0, width), dtype=np.float32),
        feedback=np.zeros(count, dtype=np.float32),
    )


def raw_vectors(engine: Engine) -> np.ndarray:
    """(n, d) the embeddings of the items as the language model gave them."""
    return engine.workspace.catalogue.embeddings(engine.encoder.name)


def rankers(engine: Engine, chosen: Iterable[str] = ()) -> dict[str, Ranker]:
    """By name: default, each fusion, each signal alone, plain cosine, random.

    A signal whose model nobody has trained here says nothing, and is left out. Only default and the
    ``chosen`` ones, where any are. Raises QueryError for an unknown name.
    """
    raw = raw_vectors(engine)
    untrained = on_request() - set(engine.workspace.models)
    every: dict[str, Ranker] = {DEFAULT: fused(engine, Strategy())}
    for name in fusions():
        every[name] = fused(engine, Strategy(fusion=name))
    for name in engine.signals:
        if name not in untrained:
            every[name] = one_signal(name)
    every["plain cosine"] = lambda case, scores: raw[case.rows] @ case.raw
    every["random"] = lambda case, scores: _rng(case.name).random(len(case.rows))
    return pick(every, chosen)


def pick(every: Mapping[str, Ranker], chosen: Iterable[str]) -> dict[str, Ranker]:
    """The default and the ``chosen`` of ``every``, all where none is; raises as ``rankers``."""
    chosen = set(chosen)
    for name in chosen - set(every):
        raise QueryError(f"There is no strategy called {name!r}. There are: {', '.join(every)}.")
    kept = chosen | {DEFAULT} if chosen else set(every)
    return {name: ranker for name, ranker in every.items() if name in kept}


def fused(engine: Engine, strategy: Strategy) -> Ranker:
    """What the app does with ``strategy``."""
    return lambda case, scores: (
        engine.fuse(case.query, scores, strategy)["score"].loc[case.rows].to_numpy()
    )


def one_signal(name: str) -> Ranker:
    """One signal alone; what it has no opinion on is average."""
    return lambda case, scores: scores[name].fillna(scores[name].mean()).fillna(0).to_numpy()


def sample_likes(case: str, rows: np.ndarray, n: int) -> np.ndarray:
    """At most n of ``rows``, always the same for one ``case``; a smaller n samples part of it."""
    return _rng(case).permutation(rows)[:n]


def run_cases(
    engine: Engine,
    cases: Sequence[Case],
    rankers: Mapping[str, Ranker],
    progress: Progress,
    what: str = "ranking",
) -> dict[str, list[CaseRun]]:
    """What every strategy makes of every case; all signals score a case once.

    Ties are broken by one random order for all: a catalogue's own order may tell what is liked.
    """
    order = np.random.default_rng(SEED).permutation(len(engine.workspace.catalogue))
    found: dict[str, list[CaseRun]] = {name: [] for name in rankers}
    for done, case in enumerate(cases, start=1):
        scores = engine.score(case.query, case.rows)
        for name, ranker in rankers.items():
            found[name].append(_run(case, ranker(case, scores), order))
        progress(done, len(cases), what)
    return found


def _run(case: Case, scores: np.ndarray, order: np.ndarray) -> CaseRun:
    best = np.lexsort((order[case.rows], -scores))  # (n,) the best first
    position = np.empty(len(best), dtype=np.int64)
    position[best] = np.arange(len(best))
    relevant = np.searchsorted(case.rows, case.relevant)
    disliked = np.searchsorted(case.rows, case.disliked)
    judged = np.concatenate([relevant, disliked])
    liked = np.arange(len(judged)) < len(relevant)
    top = np.full(TOP, -1, dtype=np.int64)
    top[: len(best)] = case.rows[best[:TOP]]
    area = auc(scores[None, judged], liked[None], ~liked[None])[0]
    return CaseRun(position[relevant], top, float(area))


def _rng(case: str) -> np.random.Generator:
    """The same for one case in every strategy and on every machine."""
    return np.random.default_rng([SEED, crc32(case.encode())])
