"""The last places of a list are drawn; the score still is the sum of its parts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.datatypes import Query, Strategy, make_ranking
from recsys.errors import QueryError
from recsys.ranking.curiosity import DRAWS, explore, propensities

SCORES = pd.DataFrame({"a": [5.0, 4, 3, 2, 1, 0]})
UNSURE = np.ones(6), np.ones(6)


@given(
    st.lists(st.floats(-5, 5), min_size=2, max_size=30),
    st.floats(0, 1),
    st.integers(1, 12),
    st.integers(0, 99),
)
def test_it_keeps_the_sure_places_and_fills_the_others(scores, curiosity, k, seed):
    frame = pd.DataFrame({"a": scores})
    beliefs = np.full(len(scores), 2.0), np.full(len(scores), 8.0)
    before = make_ranking(frame)
    after = make_ranking(explore(frame, *beliefs, curiosity, k, seed))
    sure = k - int(np.ceil(curiosity * k))
    assert after.index[:sure].tolist() == before.index[:sure].tolist()
    parts = after.drop(columns=["rank", "score"])
    assert np.allclose(parts.sum(axis=1), after["score"])
    assert sorted(after.index) == sorted(before.index)


def test_what_is_not_known_gets_a_look_and_what_is_known_does_not_stand_out():
    """Of four equals half of all people like each; of the first it is not known. Its draw is above
    that half of the time; of the liked by all, the last one, nothing better can be drawn."""
    frame = pd.DataFrame({"a": [9.0, 1, 1, 1, 1, 0]})
    a = np.array([5e5, 1, 5e5, 5e5, 5e5, 9e5])
    b = np.array([5e5, 1, 5e5, 5e5, 5e5, 1e5])
    told = propensities(frame, a, b, 0.5, 2)
    assert told[[0, 1, 5]] == pytest.approx([1, 0.5, 0], abs=0.05)
    assert told[2:5] == pytest.approx([1 / 6] * 3, abs=0.04)


def test_a_list_without_curiosity_or_without_others_stays():
    assert explore(SCORES, *UNSURE, 0.0, 3, 1) is SCORES
    assert explore(SCORES, *UNSURE, 1.0, 6, 1) is SCORES


def test_what_is_ruled_out_is_not_looked_at():
    frame = SCORES.assign(limits=[0.0, 0, 0, 0, -9, -9])
    for seed in range(10):
        chosen = make_ranking(explore(frame, *UNSURE, 1.0, 3, seed)).index[:3]
        assert set(chosen) <= {0, 1, 2, 3}
    assert propensities(frame, *UNSURE, 1.0, 3)[4:].tolist() == [0, 0]


def test_propensities_are_how_often_an_item_is_shown():
    told = propensities(SCORES, *UNSURE, 0.5, 4)
    shown = np.zeros(6)
    for seed in range(1_000):
        shown[make_ranking(explore(SCORES, *UNSURE, 0.5, 4, seed)).index[:4]] += 1
    assert told[:2].tolist() == [1, 1]
    assert told.sum() == pytest.approx(4, abs=8 / DRAWS)
    assert told == pytest.approx(shown / 1_000, abs=0.06)  # four standard errors


def test_the_engine_draws_and_tells_how_probable_it_was(engine):
    strategy = Strategy(curiosity=0.5, draw=3)
    result = engine.recommend(Query("space", k=4), strategy)
    usual = engine.recommend(Query("space", k=4))
    assert result.shown.index[:2].tolist() == usual.shown.index[:2].tolist()
    told = engine.propensities(result)
    assert told.index.tolist() == result.shown.index.tolist()
    assert (told.iloc[:2] == 1).all()
    assert ((told.iloc[2:] > 0) & (told.iloc[2:] < 1)).all()
    assert (engine.propensities(usual) == 1).all()
    draws = [Strategy(curiosity=0.5, draw=number) for number in range(8)]
    lists = {tuple(engine.recommend(Query("space", k=4), each).shown.index) for each in draws}
    assert len(lists) > 1
    with pytest.raises(QueryError, match=r"curiosity is 1.5; it must be from 0 to 1"):
        Strategy(curiosity=1.5)
