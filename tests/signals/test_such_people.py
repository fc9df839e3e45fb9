"""What people like who would have said the text: as a lift and as a share."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from recsys.datatypes import Clause, EncodedQuery
from recsys.signals import text_lift, text_share
from recsys.signals._brevity import brevity
from tests.models.test_tastes import by_hand

LONG_TEXT = " ".join(["space"] * 60)
"""Who says so much speaks of themselves."""

SAID = EncodedQuery("space", clauses=(Clause("space"),), clause_vectors=np.eye(2)[:1])
"""The taste (1, 0), as ``by_hand`` reads it."""
LONG = EncodedQuery(LONG_TEXT, clauses=(Clause(LONG_TEXT),), clause_vectors=np.eye(2)[:1])
"""The same taste in many words."""
both = pytest.mark.parametrize("module", [text_lift, text_share], ids=["lift", "share"])


def signal(module, models=None):
    """Over five items that were learned of, and two that were published since."""
    models = {"tastes": by_hand()} if models is None else models
    graph = SimpleNamespace(nodes=pd.DataFrame({"name": []}))
    vectors = np.zeros((7, 2), np.float32)
    return module.Signal(SimpleNamespace(models=models, graph=graph, vectors=vectors, built=5))


def test_the_lift_by_hand():
    """A weight of 1 for two fans of item 1, of an even like of one half each: 1 / (.25 + .25)."""
    found = signal(text_lift).score(SAID, np.arange(7))
    np.testing.assert_allclose(found[:5], [0, 2, -2, 0, 0], atol=1e-6)


def test_the_share_by_hand():
    """Liked by .25 + 1 and .25 - 1, at least the floor of .04; and the floor on top."""
    found = signal(text_share).score(LONG, np.arange(7))
    np.testing.assert_allclose(found[:5], np.log([0.54, 1.29, 0.08, 0.54, 0.54]), rtol=1e-5)


def test_a_word_counts_what_such_people_like_more_than_everybody():
    """Everybody likes .5 or .25, and the floor is on top there too: what all like equally is 0."""
    share = np.log([0.54, 1.29, 0.08, 0.54, 0.54])
    everyone = np.log([0.54, 0.29, 0.29, 0.54, 0.54])
    found = signal(text_share).score(SAID, np.arange(7))
    np.testing.assert_allclose(found[:5], share - brevity(SAID) ** 3 * everyone, rtol=1e-4)
    np.testing.assert_allclose(found[[0, 3, 4]], 0, atol=0.02)


@both
def test_nothing_is_known_of_what_was_published_without_a_model_of_new_items(module):
    one = signal(module)
    assert np.isnan(one.score(SAID, np.array([5, 6]))).all()
    assert one.propose(SAID, 3).tolist() == [1, 0, 3]
    assert sorted(one.propose(SAID, 100).tolist()) == [0, 1, 2, 3, 4]


@both
@pytest.mark.parametrize(
    ("models", "query"),
    [({}, SAID), (None, EncodedQuery("愛", clause_vectors=np.zeros((0, 2)), liked=(1,)))],
    ids=["no model", "no words"],
)
def test_without_a_model_or_words_there_is_no_opinion(module, models, query):
    one = signal(module, models)
    assert np.isnan(one.score(query, np.arange(7))).all()
    assert len(one.propose(query, 5)) == 0


@both
def test_it_gives_no_reasons(module):
    assert not any(signal(module).evidence(SAID, np.arange(3)))
