"""Ranked lists of several strategies side by side: overlap, rank correlation, traits."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from recsys.metrics.lists import diversity, popular
from recsys.ranking.engine import Engine, Recommendation, ranking_frame

MOVES = {-1: "rises", 0: "keeps its place", 1: "falls"}
"""Sign of the change of a rank -> what the item does."""


def ranks(results: Sequence[Recommendation]) -> pd.DataFrame:
    """Index ``item``, all that any of the ``results`` shows; a column each: its rank, from 1.

    What is no candidate of a result stands behind its last one.
    """
    union = list(dict.fromkeys(row for result in results for row in result.shown.index))
    columns = [
        result.ranking["rank"].reindex(union).fillna(len(result.ranking) + 1) for result in results
    ]
    table = pd.DataFrame(dict(enumerate(columns)), index=pd.Index(union, name="item"))
    return table.astype(int)


def rank_table(results: Sequence[Recommendation]) -> pd.DataFrame:
    """The ``ranks`` within the first k only; NaN where an item is not shown."""
    table = ranks(results)
    return table.where(table <= [result.query.k for result in results])


def moves(ranks: pd.DataFrame, k: int) -> pd.DataFrame:
    """What becomes of each item from a list that shows it to the next one that does, a row each.

    ``ranks`` as of the function of that name, ``k`` the length of the lists. Columns: ``item``;
    ``start`` and ``end``, the positions of the two lists, more than one apart where the lists
    between them lack the item; ``before`` and ``after``, its ranks there; ``move``, one of MOVES.
    """
    found = []
    for item, places in ranks.iterrows():
        shown = np.flatnonzero(places <= k)
        for start, end in pairwise(shown.tolist()):
            before, after = int(places.iloc[start]), int(places.iloc[end])
            move = MOVES[int(np.sign(after - before))]
            found.append((item, start, end, before, after, move))
    columns = ["item", "start", "end", "before", "after", "move"]
    return pd.DataFrame(found, columns=columns)


def shared(results: Sequence[Recommendation]) -> np.ndarray:
    """(m, m) int: how many items each two lists share; on the diagonal, how many each shows."""
    shown = rank_table(results).notna().to_numpy().astype(int)  # (items, m)
    return shown.T @ shown


def share_of_best(result: Recommendation, row: int) -> pd.Series:
    """The parts of the score of ``row``, whose sum it is, in per cent of the list's best score.

    Scores of two strategies are on scales of their own: only these can be compared. NaN for what
    is no candidate, and where the best score is not above 0.
    """
    parts = result.ranking.drop(columns=["rank", "score"]).reindex([row]).iloc[0]
    best = float(result.ranking["score"].iloc[0])
    return 100 * parts / (best if best > 0 else np.nan)


def overlap(results: Sequence[Recommendation]) -> pd.DataFrame:
    """(m, m): the items that two lists share over the items in either (Jaccard 1912)."""
    both = shared(results)
    sizes = both.diagonal()
    return pd.DataFrame(both / (sizes[:, None] + sizes - both))


def correlation(results: Sequence[Recommendation]) -> pd.DataFrame:
    """(m, m): Kendall's tau-b of two rankings over all items that any list shows.

    From -1, the opposite order, to 1, the same; NaN over fewer than two items.
    """
    return ranks(results).corr(method="kendall")


def traits(engine: Engine, result: Recommendation) -> dict[str, float]:
    """What the shown list is like.

    ``likes``, median of how many like an item; ``popular``, share of the list that is (see
    ``popular``); ``variety``, mean of 1 - cosine over its pairs, NaN for a list of one; ``year``,
    median of those known, NaN without any.
    """
    workspace = engine.workspace
    rows = result.shown.index.to_numpy()
    likes = workspace.interactions.popularity
    years = workspace.catalogue.items["year"].loc[rows].dropna()
    return {
        "likes": float(np.median(likes[rows])),
        "popular": float(popular(likes)[rows].mean()),
        "variety": float(diversity(rows[None], workspace.vectors)[0]),
        "year": float(years.median()) if len(years) else float("nan"),
    }


def table(engine: Engine, results: Sequence[Recommendation]) -> pd.DataFrame:
    """All lists in one table to keep: ``strategy``, then as ``ranking_frame``."""
    frames = {
        result.strategy.name: ranking_frame(engine.workspace, result.shown) for result in results
    }
    return pd.concat(frames, names=["strategy", None]).reset_index("strategy")


def report(engine: Engine, results: Sequence[Recommendation]) -> dict[str, Any]:
    """All lists with what made them, as JSON would have it."""
    catalogue = engine.workspace.catalogue
    query = results[0].query
    return {
        "workspace": engine.workspace.name,
        "taste": query.text,
        "liked": catalogue.items["id"].loc[list(query.liked)].tolist(),
        "disliked": catalogue.items["id"].loc[list(query.disliked)].tolist(),
        "strategies": [
            {
                **vars(result.strategy),
                "weights": dict(result.weights),
                "ranking": json.loads(
                    ranking_frame(engine.workspace, result.shown, titled=False).to_json(
                        orient="records"
                    )
                ),
            }
            for result in results
        ],
    }
