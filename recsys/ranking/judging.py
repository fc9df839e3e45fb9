"""Judging by hand: what is worth judging, a list beside the ideal one, what a strategy reaches."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, Strategy, no_progress
from recsys.ranking import sweep
from recsys.ranking.engine import Engine
from recsys.ranking.sweep import JudgedQuery, K
from recsys.store.judged import JudgedSet
from recsys.store.judgements import Figures


def pool(
    engine: Engine, query: JudgedQuery, strategies: Sequence[Strategy], depth: int = K
) -> list[int]:
    """Rows among the first ``depth`` of any of the strategies (pooling, Sparck Jones & van
    Rijsbergen 1975), in an order that does not tell whose they are: a judge should not know.

    The order is of the taste and the items' ids, so that more strategies move nothing.
    """
    found: set[int] = set()
    for strategy in strategies:
        found |= set(engine.fuse(query.query, query.scores, strategy).index[:depth].tolist())
    ids = engine.workspace.catalogue.items["id"]
    return sorted(found, key=lambda row: crc32(f"{query.query.text}\n{ids[row]}".encode()))


def beside_ideal(ranked: Sequence[int], worth: pd.Series, k: int = K) -> pd.DataFrame:
    """The first ``k`` places of a list, and of the best order of what was judged.

    ``ranked`` are rows, best first; ``worth`` is by row. Columns ``item``, ``grade`` (NaN where
    nobody judged), ``ideal`` and ``ideal_grade``, index ``place`` from 1; -1 for no item.
    """
    best = worth.sort_values(ascending=False, kind="stable").head(k)
    shown = pd.Series(list(ranked[:k]), dtype="int64")
    grade = pd.Series(worth.reindex(shown).to_numpy(dtype=float))
    places = pd.RangeIndex(max(len(shown), len(best)))
    table = pd.DataFrame({"item": shown, "grade": grade}, index=places)
    table["ideal"] = pd.Series(best.index.to_numpy())
    table["ideal_grade"] = pd.Series(best.to_numpy(dtype=float))
    table[["item", "ideal"]] = table[["item", "ideal"]].fillna(-1).astype("int64")
    table.index = pd.RangeIndex(1, len(table) + 1, name="place")
    return table


def ndcg_of(engine: Engine, query: JudgedQuery, strategy: Strategy) -> float:
    """NDCG@10 of the order in which the strategy puts what was judged; NaN where that is worth
    nothing."""
    return float(sweep.quality(engine, [query], [strategy])[0, 0])


def measure(
    engine: Engine, judged: JudgedSet, strategy: Strategy, progress: Progress = no_progress
) -> Figures:
    """What the strategy reaches on the set: mean NDCG@10 of what was judged, and the share of the
    top tens out of the whole catalogue that nobody judged, which the figure knows nothing of."""
    found, unjudged = [], []
    for done, taste in enumerate(judged.useful, start=1):
        query = sweep.score_query(engine, taste, strategy.similarity)
        found.append(ndcg_of(engine, query, strategy))
        top = engine.fuse(query.query, query.scores, strategy).index[:K]
        unjudged.append(1 - np.isin(top, taste.rows).mean())
        progress(done, len(judged.useful), "asking the judged tastes")
    judgements = sum(len(taste.rows) for taste in judged.useful)
    return Figures(float(np.mean(found)), len(found), judgements, float(np.mean(unjudged)))
