"""What was said, and which items have it."""

import math

import numpy as np
import pytest

from recsys.datatypes import EncodedQuery, Query
from recsys.signals import _brevity
from tests.worlds import told

STATED = np.array([0, 0.25, 0, 1, 0, 0.25, 0, 0.5], np.float32)


@pytest.fixture(autouse=True)
def half_at_fourteen_words(monkeypatch):
    """What is worked by hand here holds wherever the half is put."""
    monkeypatch.setattr(_brevity, "HALF_WORDS", 14.0)
    monkeypatch.setattr(_brevity, "REQUEST_WORDS", 14.0)
    monkeypatch.setattr(_brevity, "STEEPNESS", 2.0)


def fit(**rows):
    """(8,) how much each item has of one phrase: r3=1.0 is row 3."""
    found = np.zeros(8, np.float32)
    for row, share in rows.items():
        found[int(row[1:])] = share
    return found


@pytest.fixture
def signal(engine):
    return engine.signals["stated"]


def test_the_score_is_how_much_of_it_an_item_has(signal):
    query = EncodedQuery("said", stated=STATED)
    rows = np.array([3, 0, 7])
    assert signal.score(query, rows).tolist() == [1, 0, 0.5]
    assert signal.propose(query, 8).tolist() == [3, 7, 1, 5]  # and nothing that has none of it
    assert signal.propose(query, 2).tolist() == [3, 7]


@pytest.mark.parametrize("stated", [np.zeros(8, np.float32), np.zeros(0, np.float32)])
def test_where_nothing_has_it_there_is_no_opinion(signal, stated):
    query = EncodedQuery("said", stated=stated)
    assert np.isnan(signal.score(query, np.arange(8))).all()
    assert len(signal.propose(query, 8)) == 0


def test_evidence_quotes_what_an_item_fits_by_half_at_least(signal):
    aspects = (("slow", fit(r0=1, r1=0.5)), ("love", fit(r0=0.6, r1=0.49)), ("slow", fit(r0=1)))
    query = EncodedQuery("said", stated=STATED, aspects=aspects)
    reasons = signal.evidence(query, np.array([0, 1, 2]))
    assert told(reasons) == ["fits “slow” and “love”", "fits “slow”", ""]
    assert reasons[0].phrases == ("slow", "love")


def test_three_phrases_make_a_reason(signal):
    aspects = tuple((name, fit(r4=1)) for name in ("a", "b", "c", "d"))
    query = EncodedQuery("said", stated=STATED, aspects=aspects)
    assert told(signal.evidence(query, np.array([4]))) == ["fits “a” and “b” and “c”"]


def test_a_word_of_the_own_text_is_what_was_said(engine, signal):
    encoded = engine.encode(Query("child"))
    scores = signal.score(encoded, np.arange(8))
    assert np.flatnonzero(scores).tolist() == [5]
    assert told(signal.evidence(encoded, np.array([5, 0]))) == ["fits “child”", ""]
    assert signal.emphasis(encoded) == pytest.approx(1 / (1 + math.exp(-6.5)))


def test_who_says_nothing_but_what_is_turned_down_states_nothing(engine, signal):
    assert np.isnan(signal.score(engine.encode(Query("no ghost")), np.arange(8))).all()
