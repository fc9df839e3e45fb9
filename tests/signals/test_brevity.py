"""How far a text is a request: by the number of words that are wanted, without a cliff."""

import math

import numpy as np
import pytest

from recsys.datatypes import Clause, EncodedQuery
from recsys.signals import _brevity, popularity
from recsys.signals._brevity import brevity, request


@pytest.fixture(autouse=True)
def half_at_fourteen_words(monkeypatch):
    """What is worked by hand here holds wherever the half is put."""
    monkeypatch.setattr(_brevity, "HALF_WORDS", 14.0)
    monkeypatch.setattr(_brevity, "REQUEST_WORDS", 14.0)
    monkeypatch.setattr(_brevity, "STEEPNESS", 2.0)


def said(words, refused=0, liked=()):
    """A query of so many words that are wanted, and so many that are not."""
    clauses = []
    for count, wanted in ((words, True), (refused, False)):
        if count:
            clauses.append(Clause(" ".join(["word"] * count), wanted))
    return EncodedQuery("word", liked=liked, clauses=tuple(clauses))


@pytest.mark.parametrize(
    ("words", "odds"), [(14, 0), (16, 1), (12, -1), (4, -5), (0, -7), (34, 10)]
)
def test_two_words_more_change_the_odds_by_a_factor_of_e(words, odds):
    assert brevity(said(words)) == pytest.approx(1 / (1 + math.exp(odds)))


def test_every_word_that_is_wanted_makes_it_less_brief_and_no_word_that_is_refused():
    found = [brevity(said(words)) for words in range(60)]
    assert (np.diff(found) < 0).all()
    assert max(-np.diff(found)) < 0.13  # no cliff anywhere
    assert brevity(said(6, refused=40)) == brevity(said(6))


@pytest.mark.parametrize(("liked", "expected"), [((), 0.5), ((1,), 0.75), ((1, 2, 3, 4), 0.9)])
def test_who_likes_asks_for_items_whatever_the_words(liked, expected):
    assert request(said(14, liked=liked)) == pytest.approx(expected)


@pytest.mark.parametrize(("words", "expected"), [(14, 0.55), (400, 1.0)])
def test_popularity_counts_the_less_the_more_is_asked_for(engine, words, expected):
    assert engine.signals["popularity"].emphasis(said(words)) == pytest.approx(expected)
    assert engine.signals["popularity"].emphasis(said(1)) == pytest.approx(
        popularity.MIN_EMPHASIS, abs=0.01
    )
