"""What was observed lifts an item as far as it is above what was predicted, and no further."""

import numpy as np
import pytest

from recsys.building.publish import publish
from recsys.datatypes import NewItem, Query, Strategy
from recsys.online.learn import learn
from recsys.ranking.engine import Engine
from recsys.signals.reception import Signal, rates_of
from recsys.store.events import Event, EventLog
from recsys.store.learned import Learned
from recsys.store.workspace import Workspace
from tests.worlds import FakeEncoder, told

STAR, TIN, ATTIC = 0, 1, 4


def show(item: str, times: int, likes: int) -> None:
    """Shows an item of the small world in so many lists, and likes it in some."""
    lists = [f"{item} {number}" for number in range(times)]
    shown = [Event(0.0, "ann", "impression", each, item) for each in lists]
    EventLog("small").append(shown)
    EventLog("small").append([Event(0.0, "ann", "like", each, item) for each in lists[:likes]])
    learn("small")


def test_without_events_nothing_is_said_and_nothing_changes(engine, workspace):
    signal = Signal(workspace)
    query = engine.encode(Query("space"))
    assert np.isnan(signal.score(query, np.arange(8))).all()
    assert (signal.emphasis(query), len(signal.propose(query, 5))) == (0.0, 0)
    assert not EventLog("small").path.exists()
    before = engine.recommend(Query("space"), Strategy(weights={"reception": 0.0})).ranking
    after = engine.recommend(Query("space")).ranking
    assert after["score"].tolist() == before["score"].tolist()


def test_a_rate_goes_from_what_was_predicted_to_what_is_observed(workspace):
    before = rates_of(workspace)
    assert before.predicted[[STAR, TIN]] == pytest.approx([0.998, 0.5])  # of eight people
    assert before.lift.tolist() == pytest.approx([0] * 8)
    width = np.diff(before.interval_now(TIN))
    for times in (5, 45):
        show("tin", times, 0)
        rates = rates_of(workspace)
        low, high = rates.interval_now(TIN)
        assert low < rates.mean[TIN] < high
        assert high - low < width
        width = high - low
        assert rates.interval_before(TIN)[0] > low
    assert (rates.shown[TIN], rates.liked[TIN]) == (50, 0)  # both times, of lists of one name
    assert rates.mean[TIN] < 0.2
    assert (rates.lift[TIN] < 0) & (rates.lift[ATTIC] == pytest.approx(0))


def test_what_is_liked_more_than_predicted_rises_and_says_why(engine, workspace):
    query = Query("a robot")
    before = engine.recommend(query).ranking
    show("attic", 30, 20)
    show("mare", 30, 2)
    result = engine.recommend(query)
    assert result.ranking["rank"][ATTIC] < before["rank"][ATTIC]
    parts = result.ranking.drop(columns=["rank", "score"])
    assert np.allclose(parts.sum(axis=1), result.ranking["score"])
    (reason,) = told(Signal(workspace).evidence(result.query, np.array([ATTIC])))
    assert reason == "liked by 20 of 30 who saw it here"


def test_one_like_does_not_outweigh_everything(engine, workspace):
    show("mare", 1, 1)
    parts = engine.recommend(Query("space")).ranking["reception"]
    assert 0 < parts.max() < 0.1


def test_it_follows_what_is_forgotten_and_taken_back(workspace):
    show("tin", 20, 0)
    kept = Learned("small")
    show("attic", 20, 20)
    kept.back_to(kept.versions()[-1].number)
    assert rates_of(workspace).shown[[TIN, ATTIC]].tolist() == [20, 0]
    EventLog("small").forget("ann")
    assert not rates_of(workspace).shown.any()


def test_a_damaged_log_keeps_nobody_from_their_list(engine):
    EventLog("small").path.write_bytes(b"not a database, whatever its name says" * 40)
    assert len(engine.recommend(Query("space")).shown)


def test_what_is_published_warms_and_what_is_held_out_stays_cold(workspace):
    item = publish(workspace, FakeEncoder(), NewItem("A robot in space.", title="Robot"))
    opened = Workspace.open("small")
    row = opened.catalogue.rows([item])[0]
    show(item, 10, 9)
    show("tin", 10, 9)
    engine = Engine(opened, FakeEncoder())
    query = engine.encode(Query("space"))
    assert Signal(opened).score(query, np.array([row]))[0] > 0
    without = opened.without(items=[TIN])
    assert np.isnan(Signal(without).score(query, np.array([TIN]))[0])
