"""From a Query to a Ranking: encode, propose, score, fuse, diversify, top k."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from time import perf_counter

import numpy as np
import pandas as pd

from recsys.arrays import unpacked
from recsys.datatypes import (
    SIMILARITIES,
    Clause,
    Context,
    EncodedQuery,
    Link,
    Query,
    Ranking,
    Reason,
    Scores,
    Strategy,
    check_weight,
    make_ranking,
    make_scores,
)
from recsys.encoders import TextEncoder
from recsys.errors import QueryError
from recsys.fusion import fusions
from recsys.knowledge.linking import SAMPLE, Linker, topic_centroids
from recsys.ranking.curiosity import explore, propensities
from recsys.ranking.diversity import diversify
from recsys.ranking.limits import limit
from recsys.ranking.parts import part_modules
from recsys.registry import called, pick
from recsys.signals import default_weights, signals
from recsys.store.workspace import Workspace
from recsys.understanding.understander import understander_of
from recsys.understanding.understanding import Understanding

CANDIDATES = 200
"""How many items each signal proposes; all signals then score all that any proposed."""
EXHAUSTIVE = 10_000
"""A catalogue of up to so many items is scored whole: leaving some out would save no time."""

STEPS = ("encode", "feedback", "search", "score", "fuse", "explain")
"""Of a recommendation, in this order."""


@dataclass(frozen=True)
class Recommendation:
    """The answer to a Query.

    ``ranking`` holds every candidate, ``shown`` its first k, ``table`` these with their titles;
    ``evidence`` gives, for each signal, its reasons for the shown items; ``took_ms`` the
    milliseconds of each of STEPS; ``notices`` are lines that a person should see;
    ``understanding`` is what the text was read as.
    """

    query: EncodedQuery
    strategy: Strategy
    weights: Mapping[str, float]
    scores: Scores
    ranking: Ranking
    evidence: Mapping[str, list[Reason]]
    took_ms: Mapping[str, float]
    notices: tuple[str, ...]
    workspace: Workspace
    understanding: Understanding

    @cached_property
    def shown(self) -> Ranking:
        return self.ranking.head(self.query.k)

    @property
    def table(self) -> pd.DataFrame:
        """The shown items to read and keep: rank, id, title, year, score, contributions."""
        return ranking_frame(self.workspace, self.shown)


class Engine:
    """The signals of one workspace, ready to answer; safe to share between threads."""

    def __init__(self, workspace: Workspace, encoder: TextEncoder):
        workspace.check_encoder(encoder.name)
        self.workspace = workspace
        self.encoder = encoder
        self.signals = {name: module.Signal(workspace) for name, module in signals().items()}
        self._understander = understander_of(workspace)
        self._linker = Linker(
            workspace.graph.nodes,
            workspace.catalogue.items["text"].head(SAMPLE),
            *topic_centroids(workspace.graph, workspace.vectors),
            workspace.language,
        )

    def encode(self, query: Query, similarity: str = SIMILARITIES[0]) -> EncodedQuery:
        """The query as it is understood, but for what is muted: its clauses, their centred unit
        vectors, what they name, what rules items out, and pseudo-relevance feedback.

        Raises QueryError when every part is muted.
        """
        return self._with_feedback(self.embed(query, similarity))

    def embed(self, query: Query, similarity: str = SIMILARITIES[0]) -> EncodedQuery:
        """The query as ``encode`` gives it, but for the feedback."""
        return self._embedded(query, self.understand(query), similarity)

    def understand(self, query: Query) -> Understanding:
        """What the text of the query stands for here, as far as it is to count."""
        whole = self._understander.understand(query.text)
        return whole.without(query.muted).softened(query.softened)

    def link(self, text: str, clauses: Sequence[Clause], vectors: np.ndarray) -> tuple[Link, ...]:
        """What the ``clauses`` of ``text`` name in the graph; ``vectors`` (c, d) are theirs."""
        pairs = [(clause.text, clause.wanted) for clause in clauses]
        return tuple(self._linker.link(text, pairs, vectors))

    def _embedded(self, query: Query, found: Understanding, similarity: str) -> EncodedQuery:
        if query.muted and found.understood and not (found.clauses or found.parts):
            raise QueryError("Every part of the taste is switched off: switch one on.")
        clauses = found.clauses if found.understood else ()
        vectors = np.zeros((0, self.workspace.vectors.shape[1]), dtype=np.float32)  # (c, d)
        if clauses:
            texts = list(dict.fromkeys(clause.text for clause in clauses))
            places = {text: place for place, text in enumerate(texts)}
            embeddings = self.encoder.encode(texts)[[places[clause.text] for clause in clauses]]
            vectors = self.workspace.centre(embeddings)
        liked = [*query.liked, *found.rows("liked", "example")]
        disliked = [*query.disliked, *found.rows("disliked")]
        liked = [row for row in dict.fromkeys(liked) if row not in disliked]
        known = vars(query) | {"liked": tuple(liked), "disliked": tuple(dict.fromkeys(disliked))}
        return EncodedQuery(
            **known,
            clauses=clauses,
            clause_vectors=vectors,
            links=self._links(query.text, found, clauses, vectors),
            similarity=similarity,
            stated=found.wanted,
            in_time=found.in_time,
            penalty=np.where(found.allowed, found.penalty, np.float32(1)),
            excluded=tuple(found.excluded.tolist()),
            aspects=found.aspects,
        )

    def _links(
        self, text: str, found: Understanding, clauses: Sequence[Clause], vectors: np.ndarray
    ) -> tuple[Link, ...]:
        """What the clauses name, and the times and audiences that are no part of them."""
        apart = []
        for part in found.parts:
            if part.intent.kind in ("time", "audience"):
                apart.append(Clause(part.intent.text, part.intent.polarity > 0))
        nowhere = np.zeros((len(apart), self.workspace.vectors.shape[1]), dtype=np.float32)
        return self.link(text, [*clauses, *apart], np.concatenate([vectors, nowhere]))

    def _with_feedback(self, query: EncodedQuery) -> EncodedQuery:
        """The query with what the signals that read the text propose: 1 in sum for each signal.

        An item weighs the root of how far its score is above that of the last one proposed.
        """
        feedback = np.zeros(len(self.workspace.catalogue), dtype=np.float32)  # (n,)
        for name, module in signals().items():
            rows = self.signals[name].propose(query, CANDIDATES) if module.FEEDBACK else []
            if len(rows):
                score = self.signals[name].score(query, rows)
                worth = np.sqrt(score - score.min())
                feedback[rows] += worth / worth.sum() if worth.any() else 1 / len(rows)
        return replace(query, feedback=feedback)

    def candidates(self, query: EncodedQuery, also: tuple[int, ...] = ()) -> np.ndarray:
        """Rows worth scoring, sorted: what any signal proposes, and ``also``. All that pass the
        filters where there are any, and all of a small catalogue.

        Items already liked, disliked, seen or named are not among them. Raises QueryError when
        fewer than one is left.
        """
        count = len(self.workspace.catalogue)
        if query.filters:
            chosen = self.workspace.catalogue.allowed(query.filters)  # (n,)
        elif count <= EXHAUSTIVE:
            chosen = np.ones(count, dtype=bool)
        else:
            chosen, n = np.zeros(count, dtype=bool), max(CANDIDATES, 2 * query.k)
            for signal in self.signals.values():
                chosen[signal.propose(query, n)] = True
        chosen[[*query.liked, *query.disliked, *query.seen, *query.excluded]] = False
        if not chosen.any():
            raise QueryError(
                "No item passes these filters: widen the years or choose more categories."
            )
        chosen[list(also)] = True
        return np.flatnonzero(chosen)

    def score(self, query: EncodedQuery, rows: np.ndarray) -> Scores:
        """What every signal says of ``rows`` (n,)."""
        return make_scores(rows, {name: s.score(query, rows) for name, s in self.signals.items()})

    def emphasis(self, name: str, query: EncodedQuery) -> float:
        """How far a signal is to be listened to for this query, from 0 to 1: all the way where it
        says nothing of it."""
        say = getattr(self.signals[name], "emphasis", None)
        return say(query) if say else 1.0

    def fuse(self, query: EncodedQuery, scores: Scores, strategy: Strategy = Strategy()) -> Ranking:
        """Ranks the items of ``scores``; raises as ``recommend`` does."""
        return make_ranking(self.contributions(query, scores, strategy))

    def contributions(
        self, query: EncodedQuery, scores: Scores, strategy: Strategy = Strategy()
    ) -> pd.DataFrame:
        """What ``fuse`` ranks by, in the order of ``scores``: a row's sum is its score."""
        module = pick("fusion", fusions(), strategy.fusion)
        context = Context(scale=strategy.scale)
        if module.MODEL:  # only a trained fusion reads it
            model = self.workspace.models.get(module.MODEL)
            context = Context(query_features(query, scores), model, strategy.scale)
        weights = check_weights(strategy.weights)
        emphasised = {name: weights[name] * self.emphasis(name, query) for name in scores}
        parts = module.fuse(scores, emphasised, context)
        if len(query.penalty):
            parts = limit(parts, query.penalty[parts.index.to_numpy()])
        if strategy.diversity:
            vectors = self.workspace.vectors[parts.index.to_numpy()]
            parts = diversify(parts, vectors, strategy.diversity, query.k)
        if strategy.curiosity:
            a, b = self.like_rates(parts.index.to_numpy())
            parts = explore(parts, a, b, strategy.curiosity, query.k, strategy.draw)
        return parts

    def like_rates(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What is believed of how probably who is shown one of ``rows`` (n,) likes it: the
        parameters (n,) of Beta distributions."""
        a, b = self.signals["reception"].belief()
        return a[rows], b[rows]

    def recommend(
        self, query: Query, strategy: Strategy = Strategy(), also: tuple[int, ...] = ()
    ) -> Recommendation:
        """Ranks the catalogue for ``query``, and in any case the rows of ``also``.

        Raises QueryError for an unknown fusion or signal, and for a weight that is not a finite
        number of 0 or more.
        """
        pick("fusion", fusions(), strategy.fusion)
        weights = check_weights(strategy.weights)
        clock = [perf_counter()]
        understanding = self.understand(query)
        encoded = self._embedded(query, understanding, strategy.similarity)
        clock.append(perf_counter())
        encoded = self._with_feedback(encoded)
        clock.append(perf_counter())
        rows = self.candidates(encoded, also)
        clock.append(perf_counter())
        scores = self.score(encoded, rows)
        clock.append(perf_counter())
        ranking = self.fuse(encoded, scores, strategy)
        clock.append(perf_counter())
        shown = ranking.index[: query.k].to_numpy()
        evidence = {name: signal.evidence(encoded, shown) for name, signal in self.signals.items()}
        clock.append(perf_counter())
        took = dict(zip(STEPS, (np.diff(clock) * 1e3).tolist(), strict=True))
        notices = tuple(self._notices(query, strategy, len(ranking)))
        return Recommendation(
            encoded,
            strategy,
            weights,
            scores,
            ranking,
            evidence,
            took,
            notices,
            self.workspace,
            understanding,
        )

    def propensities(self, result: Recommendation) -> pd.Series:
        """How probable it was, over all draws, that each of the shown items would be."""
        parts = result.ranking.drop(columns=["rank", "score", "curiosity"], errors="ignore")
        rates = self.like_rates(parts.index.to_numpy())
        found = propensities(parts, *rates, result.strategy.curiosity, result.query.k)
        return pd.Series(found, parts.index).loc[result.shown.index]

    def _notices(self, query: Query, strategy: Strategy, found: int) -> Iterator[str]:
        nouns = self.workspace.catalogue.about.get("nouns", "items")
        if query.k > found:
            yield f"{query.k:,} were asked for; there are {found:,} {nouns} to show."
        module = fusions()[strategy.fusion]
        if not module.MODEL:
            return
        model = self.workspace.models.get(module.MODEL)
        if model is None:
            yield (
                f"“{module.TITLE}” has not been trained on this catalogue:"
                " every signal counts by its weight alone."
            )
            return
        unknown = [name for name in self.signals if name not in unpacked(model["signals"])]
        if unknown:
            titles = ", ".join(f"“{signals()[name].TITLE}”" for name in unknown)
            yield (
                f"“{module.TITLE}” was trained before there was {titles}, which counts by its"
                " weight alone until the workspace is built again."
            )


def query_features(query: EncodedQuery, scores: Scores) -> pd.Series:
    """(4 + 2 s,) float32 by name: what a fusion may be conditioned on.

    Logarithms of 1 + the number of words, of clauses wanted, of clauses turned down and of likes;
    then for every signal whether it has an opinion, and how many standard deviations its best item
    is above its mean: how certain it is.
    """
    wanted = sum(clause.wanted for clause in query.clauses)
    counts = {
        "words": len(query.text.split()),
        "wanted": wanted,
        "turned down": len(query.clauses) - wanted,
        "likes": len(query.liked),
    }
    voiced = scores.notna().any()
    certain = (scores.max() - scores.mean()) / scores.std(ddof=0).clip(lower=1e-6)
    parts = (
        np.log1p(pd.Series(counts)),
        voiced.add_prefix("voiced "),
        certain.where(voiced, 0).add_prefix("certain "),
    )
    return pd.concat([part.astype(np.float32) for part in parts])


def check_weights(weights: Mapping[str, float] | None) -> dict[str, float]:
    """The default weights with ``weights`` in their place; raises as ``recommend`` says."""
    given = dict(weights or {})
    for name, weight in given.items():
        pick("signal", signals(), name)
        check_weight(name, weight)
    merged = default_weights() | given
    if not any(merged.values()):
        raise QueryError("Every weight is 0: give at least one signal a say.")
    return merged


def ranking_frame(workspace: Workspace, ranking: Ranking, titled: bool = True) -> pd.DataFrame:
    """The ranking as a table to keep: rank, id, title, year, score, contributions.

    A contribution's column has the name for people and the field's term, or, unless ``titled``,
    the registered name.
    """
    items = workspace.catalogue.items.loc[ranking.index]
    table = ranking.round(6).reset_index(drop=True)
    for place, column in enumerate(("id", "title", "year"), start=1):
        table.insert(place, column, items[column].to_numpy())
    if not titled:
        return table
    return table.rename(columns={name: called(each) for name, each in part_modules().items()})
