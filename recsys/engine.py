"""From a Query to a Ranking: encode, propose, score, fuse, top k."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import pandas as pd

from recsys.clauses import split_clauses
from recsys.datatypes import EncodedQuery, Query, Ranking, Scores, make_ranking, make_scores
from recsys.encoder import TextEncoder
from recsys.errors import QueryError
from recsys.fusion import DEFAULT, fusions
from recsys.registry import pick
from recsys.signals import default_weights, signals
from recsys.workspace import Workspace

CANDIDATES = 200
"""How many items each signal proposes; all signals then score all that any proposed."""

STEPS = ("encode", "search", "score", "fuse")


@dataclass(frozen=True)
class Recommendation:
    """The answer to a Query.

    ``ranking`` holds every candidate, ``shown`` its first k; ``evidence`` gives, for each signal,
    its reasons for the shown items; ``took_ms`` the milliseconds of each of STEPS.
    """

    query: EncodedQuery
    fusion: str
    weights: Mapping[str, float]
    scores: Scores
    ranking: Ranking
    evidence: Mapping[str, list[str]]
    took_ms: Mapping[str, float]

    @property
    def shown(self) -> Ranking:
        return self.ranking.head(self.query.k)


class Engine:
    """The signals of one workspace, ready to answer; safe to share between threads."""

    def __init__(self, workspace: Workspace, encoder: TextEncoder):
        if encoder.name != workspace.manifest.encoder:
            raise QueryError(
                f"The workspace {workspace.name!r} was embedded by {workspace.manifest.encoder!r};"
                f" {encoder.name!r} speaks another language."
            )
        self.workspace = workspace
        self.encoder = encoder
        self.signals = {name: module.Signal(workspace) for name, module in signals().items()}

    def encode(self, query: Query) -> EncodedQuery:
        """The query with its clauses and their centred unit vectors."""
        clauses = split_clauses(query.text)
        wanted = ". ".join(clause.text for clause in clauses if clause.wanted)
        texts = list(
            dict.fromkeys([*(clause.text for clause in clauses), wanted or clauses[0].text])
        )
        vectors = dict(zip(texts, self.workspace.centre(self.encoder.encode(texts)), strict=True))
        parts = np.stack([vectors[clause.text] for clause in clauses])  # (c, d)
        whole = vectors[wanted] if wanted else np.zeros_like(parts[0])
        return EncodedQuery(**vars(query), clauses=clauses, vector=whole, clause_vectors=parts)

    def candidates(self, query: EncodedQuery) -> np.ndarray:
        """Rows worth scoring, sorted: what any signal proposes, or all that pass the filters.

        Items already liked or disliked are not among them. Raises QueryError when fewer than one
        is left, or k is more than there are.
        """
        count = len(self.workspace.catalogue)
        if query.k > count:
            raise QueryError(f"k is {query.k}; this catalogue has {count} items.")
        if query.filters:
            rows = np.flatnonzero(self.workspace.catalogue.allowed(query.filters))
        else:
            n = max(CANDIDATES, 2 * query.k)
            proposed = [signal.propose(query, n) for signal in self.signals.values()]
            rows = np.unique(np.concatenate(proposed))
        rows = np.setdiff1d(rows, [*query.liked, *query.disliked])
        if not len(rows):
            raise QueryError(
                "No item passes these filters: widen the years or choose more categories."
            )
        return rows

    def score(self, query: EncodedQuery, rows: np.ndarray) -> Scores:
        """What every signal says of ``rows`` (n,)."""
        return make_scores(rows, {name: s.score(query, rows) for name, s in self.signals.items()})

    def rank(
        self,
        query: EncodedQuery,
        rows: np.ndarray,
        fusion: str = DEFAULT,
        weights: Mapping[str, float] | None = None,
    ) -> Ranking:
        """Ranks just these ``rows`` (n,); raises as ``recommend`` does."""
        scores = self.score(query, rows)
        return make_ranking(pick("fusion", fusions(), fusion).fuse(scores, check_weights(weights)))

    def recommend(
        self, query: Query, fusion: str = DEFAULT, weights: Mapping[str, float] | None = None
    ) -> Recommendation:
        """Ranks the catalogue for ``query``.

        ``weights`` replaces the default weight of the signals it names. Raises QueryError for an
        unknown fusion or signal, and for a weight that is not a finite number of 0 or more.
        """
        module = pick("fusion", fusions(), fusion)
        weights = check_weights(weights)
        clock = [perf_counter()]
        encoded = self.encode(query)
        clock.append(perf_counter())
        rows = self.candidates(encoded)
        clock.append(perf_counter())
        scores = self.score(encoded, rows)
        clock.append(perf_counter())
        ranking = make_ranking(module.fuse(scores, weights))
        clock.append(perf_counter())
        shown = ranking.index[: query.k].to_numpy()
        evidence = {name: signal.evidence(encoded, shown) for name, signal in self.signals.items()}
        took = dict(zip(STEPS, (np.diff(clock) * 1e3).tolist(), strict=True))
        return Recommendation(encoded, fusion, weights, scores, ranking, evidence, took)


def check_weights(weights: Mapping[str, float] | None) -> dict[str, float]:
    """The default weights with ``weights`` in their place; raises as ``recommend`` says."""
    given = dict(weights or {})
    for name, weight in given.items():
        pick("signal", signals(), name)
        if not math.isfinite(weight) or weight < 0:
            raise QueryError(f"The weight of {name} is {weight}; it must be a number of 0 or more.")
    merged = default_weights() | given
    if not any(merged.values()):
        raise QueryError("Every weight is 0: give at least one signal a say.")
    return merged


def result_frame(workspace: Workspace, result: Recommendation) -> pd.DataFrame:
    """The shown items as a table to keep: rank, id, title, year, score, contributions."""
    shown = result.shown
    items = workspace.catalogue.items.loc[shown.index]
    table = shown.round(6).reset_index(drop=True)
    for place, column in enumerate(("id", "title", "year"), start=1):
        table.insert(place, column, items[column].to_numpy())
    return table
