"""When: how items fit what a text says of it."""

import numpy as np
import pytest

from recsys.datatypes import Query
from tests.worlds import told


def scores(engine, text):
    signal = engine.signals["period"]
    return dict(
        zip(
            engine.workspace.catalogue.items["id"],
            signal.score(engine.encode(Query(text)), np.arange(8)),
            strict=True,
        )
    )


def test_inside_is_one_and_outside_falls(engine):
    found = scores(engine, "robots from the 90s")
    assert found["tin"] == 1  # 1999
    assert found["vault"] == pytest.approx(np.exp(-2 / 5))  # 2001, two years late
    assert found["letters"] == pytest.approx(np.exp(-48 / 5), abs=1e-6)  # 1942
    assert np.isnan(found["moon"])  # no year


def test_a_time_that_is_turned_down_counts_against(engine):
    found = scores(engine, "ghosts, nothing before 1980")
    assert found["letters"] == found["mare"] == found["star"] == -1
    assert found["attic"] == pytest.approx(-np.exp(-31 / 5), abs=1e-6)  # 2010


def test_nothing_said_of_when_is_no_opinion(engine):
    assert all(np.isnan(value) for value in scores(engine, "robots").values())


def test_evidence_names_the_year_that_was_asked_for(engine):
    encoded = engine.encode(Query("robots from the 90s"))
    evidence = engine.signals["period"].evidence(encoded, np.array([1, 3]))
    assert told(evidence) == ["from 1999, as asked", ""]
