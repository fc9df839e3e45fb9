"""What the weights do to quality, and what quality costs in sameness: many strategies at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from recsys.datatypes import (
    EncodedQuery,
    Progress,
    Query,
    Scores,
    Strategy,
    best_first,
    no_progress,
)
from recsys.metrics.accuracy import ndcg
from recsys.metrics.lists import inter_list_jaccard, popular
from recsys.ranking.engine import Engine, check_weights
from recsys.store.catalogue import Catalogue
from recsys.store.judged import JudgedTaste

K = 10
"""Places that count."""


@dataclass(frozen=True, eq=False)
class JudgedQuery:
    """A taste and what every signal says of it: only the fusing is left to do.

    ``scores`` are of all candidates, empty where nobody needs them; ``own`` of the items that were
    judged, in the order of their ``worth`` (j,), both empty where none were.
    """

    query: EncodedQuery
    scores: Scores
    own: Scores
    worth: np.ndarray


def example_tastes(catalogue: Catalogue) -> list[JudgedTaste]:
    """The examples of the workspace, for which nothing was judged."""
    nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
    return [JudgedTaste(text, text, *nothing) for text in catalogue.about.get("examples", [])]


def score_query(
    engine: Engine, taste: JudgedTaste, similarity: str, whole: bool = True
) -> JudgedQuery:
    """What every signal says of what was judged, and of all candidates if the ``whole`` is asked
    for."""
    query = engine.encode(Query(taste.text, k=min(K, len(engine.workspace.catalogue))), similarity)
    own = engine.score(query, taste.rows)
    scores = engine.score(query, engine.candidates(query)) if whole else own.iloc[:0]
    return JudgedQuery(query, scores, own, taste.worth)


def settings_along(strategy: Strategy, control: str, values: Sequence[float]) -> list[Strategy]:
    """The strategy at each of ``values`` of a signal's weight, or of ``diversity``.

    Left out is what no signal would have a say in.
    """
    if control == "diversity":
        return [replace(strategy, diversity=value) for value in values]
    weights = check_weights(strategy.weights)
    others = sum(weights.values()) - weights[control]
    return [
        replace(strategy, weights={**weights, control: value}) for value in values if others + value
    ]


def weight_grid(strategy: Strategy, three: Sequence[str], steps: int = 10) -> list[Strategy]:
    """What the ``three`` signals weigh together, shared out among them in every way there is.

    In steps of 1 / ``steps``: (steps + 1) (steps + 2) / 2 strategies. The other weights stay; three
    that weigh nothing share 1.
    """
    weights = check_weights(strategy.weights)
    whole = sum(weights[name] for name in three) or 1.0
    parts = [(a, b, steps - a - b) for a in range(steps + 1) for b in range(steps + 1 - a)]
    return [
        replace(strategy, weights=weights | {
            name: whole * part / steps for name, part in zip(three, each, strict=True)
        })
        for each in parts
    ]  # fmt: skip


def shares_of(weights: Mapping[str, float], three: Sequence[str]) -> tuple[float, ...]:
    """Which part of what the ``three`` weigh together each of them has; thirds of nothing."""
    whole = sum(weights[name] for name in three)
    return tuple(weights[name] / whole if whole else 1 / len(three) for name in three)


def quality(
    engine: Engine,
    tastes: Sequence[JudgedQuery],
    strategies: Sequence[Strategy],
    progress: Progress = no_progress,
) -> np.ndarray:
    """(strategies, tastes) NDCG@10 of ordering the items that were judged for each taste.

    Below 0 is worth nothing. NaN for a taste for which nothing is worth anything. The strategies'
    similarity is that by which the tastes were scored.
    """
    found = np.full((len(strategies), len(tastes)), np.nan)
    for i, strategy in enumerate(strategies):
        for j, taste in enumerate(tastes):
            if len(taste.own):
                parts = engine.contributions(taste.query, taste.own, strategy)
                order = best_first(parts.to_numpy().sum(axis=1), taste.own.index)
                found[i, j] = ndcg(taste.worth[order], K)
        progress(i + 1, len(strategies), "weighing")
    return found


def trade_off(
    engine: Engine,
    tastes: Sequence[JudgedQuery],
    strategies: Sequence[Strategy],
    progress: Progress = no_progress,
) -> pd.DataFrame:
    """A row a strategy: how alike the tastes' top tens are, and how good.

    ``overlap``, mean Jaccard overlap of two tastes' lists; ``popular``, share of the places that
    goes to the most liked (see ``popular``); ``ndcg``, mean of ``quality``.
    """
    head = popular(engine.workspace.interactions.popularity)
    lines = []
    for done, strategy in enumerate(strategies, start=1):
        lists = np.full((len(tastes), K), -1)
        for taste, line in zip(tastes, lists, strict=True):
            top = engine.fuse(taste.query, taste.scores, strategy).index[:K]
            line[: len(top)] = top
        good = quality(engine, tastes, [strategy])[0]
        known = good[~np.isnan(good)]
        alike = inter_list_jaccard(lists, len(head))
        worth = known.mean() if len(known) else np.nan
        lines.append((alike, head[lists[lists >= 0]].mean(), worth))
        progress(done, len(strategies), "weighing")
    return pd.DataFrame(lines, columns=["overlap", "popular", "ndcg"])
