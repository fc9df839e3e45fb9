"""When: how items fit what a text says of it."""

import numpy as np
import pytest

from recsys.datatypes import Clause, EncodedQuery, Query
from recsys.signals import _brevity
from tests.worlds import told


@pytest.fixture(autouse=True)
def half_at_fourteen_words(monkeypatch):
    """What is worked by hand here holds wherever the half is put."""
    monkeypatch.setattr(_brevity, "HALF_WORDS", 14.0)
    monkeypatch.setattr(_brevity, "REQUEST_WORDS", 14.0)
    monkeypatch.setattr(_brevity, "STEEPNESS", 2.0)


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


def test_a_time_that_is_turned_down_counts_against_what_lies_in_it(engine):
    found = scores(engine, "ghosts, nothing before 1980")
    assert found["letters"] == found["mare"] == found["star"] == -1
    assert found["attic"] == found["vault"] == found["tin"] == 0
    assert np.isnan(found["moon"])  # no year


def test_of_several_times_the_best_counts_less_what_is_turned_down(engine):
    found = scores(engine, "robots from the 90s, but nothing from 1999")
    assert found["tin"] == 0  # inside of both
    assert found["vault"] == pytest.approx(np.exp(-2 / 5))


def test_nothing_said_of_when_is_no_opinion(engine):
    assert all(np.isnan(value) for value in scores(engine, "robots").values())


def test_evidence_names_the_year_that_was_asked_for(engine):
    encoded = engine.encode(Query("robots from the 90s"))
    evidence = engine.signals["period"].evidence(encoded, np.array([1, 3]))
    assert told(evidence) == ["from 1999, as asked", ""]


@pytest.mark.parametrize(
    ("words", "liked", "expected"),
    [(14, (), 0.625), (14, (3,), 0.8125), (400, (), 0.25)],
    ids=["half", "half beside a like", "portrait"],
)
def test_a_time_is_listened_to_a_quarter_in_a_portrait(engine, words, liked, expected):
    text = " ".join(["robots"] * words)
    said = EncodedQuery(text, liked=liked, clauses=(Clause(text),))
    assert engine.signals["period"].emphasis(said) == pytest.approx(expected)
