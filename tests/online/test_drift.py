"""A planted change is noticed soon; a quiet stream raises no alarm."""

import numpy as np
import pandas as pd
import pytest

from recsys.online.drift import LIKES, MIN_EVENTS, TASTES, changes, drifts, streams
from recsys.store.events import Event, EventLog


@pytest.mark.parametrize("seed", range(3))
def test_a_quiet_stream_raises_no_alarm(seed):
    """The bench of drift has twenty."""
    rng = np.random.default_rng(seed)
    assert changes(rng.random(10_000) < 0.1) == []
    assert changes(rng.normal(size=10_000)) == []


@pytest.mark.parametrize(("before", "after"), [(0.1, 0.4), (0.5, 0.2)])
def test_a_planted_change_is_noticed_within_500_events(before, after):
    rng = np.random.default_rng(1)
    values = np.concatenate([rng.random(2_000) < before, rng.random(1_000) < after])
    found = changes(values)
    assert found
    assert 2_000 <= found[0] < 2_500


def test_a_log_has_streams_of_likes_tastes_and_signals(workspace):
    log = EventLog("small")
    for number in range(3):
        at, list_id = float(number), f"{number}"
        said = [{"content": 1.0, "graph": 0.0}, {"content": 0.0}]
        for item, signals in zip(("star", "tin"), said, strict=True):
            log.append([Event(at, "ann", "impression", list_id, item, signals=signals)])
    log.append([Event(5.0, "ann", "like", "1", "star"), Event(6.0, "ann", "like", "", "tin")])
    found = streams(log.table(), workspace)
    assert found[LIKES].tolist() == [0, 0.5, 0]
    assert found[LIKES].index.tolist() == [0, 1, 2]
    assert found["signal content"].tolist() == [0.5, 0.5, 0.5]
    assert found["signal graph"].tolist() == [0, 0, 0]
    assert found[TASTES].tolist() == [workspace.lengths[0]]
    assert found[TASTES].index.tolist() == [5.0]
    assert drifts(found) == []
    assert streams(log.table(limit=0), workspace)[LIKES].empty


def test_a_change_is_dated_and_measured():
    rng = np.random.default_rng(4)
    values = np.concatenate([rng.normal(0, 1, 600), rng.normal(3, 1, 600)])
    short = pd.Series([0.0] * (MIN_EVENTS // 2) + [9.0] * (MIN_EVENTS // 2 - 1))
    (drift,) = drifts({"signal content": pd.Series(values, np.arange(1_200.0)), LIKES: short})
    assert drift.stream == "signal content"
    assert 600 <= drift.at < 700
    assert drift.before < 0.5 < 2.5 < drift.after
