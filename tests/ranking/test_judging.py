"""What there is to judge, a list beside the best one, and what a strategy reaches on a set."""

import numpy as np
import pandas as pd
import pytest

from recsys.datatypes import Strategy
from recsys.ranking import sweep
from recsys.ranking.judging import beside_ideal, measure, ndcg_of, pool
from recsys.signals import signals
from recsys.store.judged import JudgedSet, JudgedTaste


def only(name: str) -> Strategy:
    return Strategy(weights={other: float(other == name) for other in signals()})


def taste(text: str, **grades: float) -> JudgedTaste:
    """Judged items by their rows, r0 and so on."""
    rows = np.array([int(row[1:]) for row in grades], dtype=np.int64)
    return JudgedTaste(text, text, rows, np.array(list(grades.values()), dtype=float))


def test_the_pool_is_of_all_strategies_and_its_order_is_of_none(engine):
    query = sweep.score_query(engine, taste("space"), "cosine")
    strategies = [only("content"), only("popularity")]
    firsts = [engine.fuse(query.query, query.scores, each).index[:2] for each in strategies]
    found = pool(engine, query, strategies, depth=2)
    assert sorted(found) == sorted({*firsts[0], *firsts[1]})
    assert pool(engine, query, strategies[::-1], depth=2) == found
    fewer = pool(engine, query, strategies[:1], depth=2)
    assert fewer == [row for row in found if row in fewer]  # more strategies move nothing


def test_a_list_stands_beside_the_best_order():
    worth = pd.Series({7: 0.0, 3: 1.0, 5: 3.0})
    table = beside_ideal([3, 9], worth, k=3)
    assert table.index.tolist() == [1, 2, 3]
    assert table["item"].tolist() == [3, 9, -1]
    assert table["ideal"].tolist() == [5, 3, 7]
    assert table["ideal_grade"].tolist() == [3, 1, 0]
    np.testing.assert_array_equal(table["grade"], [1, np.nan, np.nan])
    assert beside_ideal([3], pd.Series(dtype=float), k=3)["ideal"].tolist() == [-1]


def test_a_strategy_is_measured_by_hand(engine):
    """Popularity has the star before the attic: right for one taste, and wrong for the other."""
    judged = JudgedSet(
        "mine",
        [taste("space", r0=3, r4=1), taste("a ghost", r0=1, r4=3), taste("love", r3=0)],
    )
    found = measure(engine, judged, only("popularity"))
    wrong = (1 + 3 / np.log2(3)) / (3 + 1 / np.log2(3))
    assert found.ndcg == pytest.approx((1 + wrong) / 2)
    assert (found.tastes, found.judgements) == (2, 4)  # of the third nothing is worth anything
    assert found.unjudged == pytest.approx(6 / 8)  # two of eight are judged, and all are shown
    query = sweep.score_query(engine, judged.tastes[1], "cosine", whole=False)
    assert query.scores.empty
    assert ndcg_of(engine, query, only("content")) == 1
