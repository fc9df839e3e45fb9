"""A list for several people serves who got little, and says who gets what."""

import numpy as np
import pytest

from recsys.errors import QueryError
from recsys.ranking.group import RULES, fair_list, shares, utilities

WORTH = np.array([[1.0, 0.9, 0.0, 0.5], [1.0, 0.9, 0.0, 0.5], [0.0, 0.0, 1.0, 0.5]])
"""Two who like the first items, and one who likes the third; all can live with the fourth."""


def test_scores_become_worth_from_the_last_to_the_first():
    scores = np.array([[2.0, 4.0, 3.0], [1.0, np.nan, 0.0], [5.0, 5.0, 5.0]])
    assert utilities(scores).tolist() == [[0, 1, 0.5], [1, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("mean", [0, 1]),  # 2/3 and 0.6, before 0.5 and 1/3
        # 0.5 for all; whatever comes second leaves somebody with 0.5: the highest mean.
        ("least misery", [3, 0]),
        # Nothing for anybody is worst; then 1.5 * 1.5 * 0.5 > 0.5 * 0.5 * 1.5.
        ("Nash product", [3, 0]),
    ],
)
def test_the_rules_by_hand(rule, wanted):
    assert fair_list(WORTH, 2, rule).tolist() == wanted


@pytest.mark.parametrize("rule", RULES)
def test_one_person_gets_their_own_list(rule):
    own = np.random.default_rng(0).random((1, 30))
    found = fair_list(own, 10, rule)
    assert found.tolist() == np.argsort(-own[0])[:10].tolist()
    assert shares(own, found) == pytest.approx([1.0])


def test_a_minority_with_a_taste_of_its_own_is_served_but_by_the_mean():
    rng = np.random.default_rng(1)
    worth = np.zeros((5, 60))
    worth[:4, :30] = rng.random(30)  # four who like the same thirty
    worth[4, 30:] = rng.random(30)  # and one who likes the others
    alone = {rule: shares(worth, fair_list(worth, 10, rule))[4] for rule in RULES}
    assert alone["mean"] == 0
    assert alone["least misery"] > 0.3
    assert alone["Nash product"] > 0.1
    whole = {rule: shares(worth, fair_list(worth, 10, rule)).mean() for rule in RULES}
    assert whole["mean"] == max(whole.values())


def test_nobody_gets_more_than_their_own_best_list():
    worth = np.random.default_rng(2).random((4, 20))
    for rule in RULES:
        found = shares(worth, fair_list(worth, 5, rule))
        assert ((found >= 0) & (found <= 1)).all()


def test_a_short_catalogue_gives_a_short_list_and_nobody_none():
    assert sorted(fair_list(WORTH, 10, "mean").tolist()) == [0, 1, 2, 3]
    with pytest.raises(QueryError, match="somebody has to say a taste"):
        fair_list(np.zeros((0, 3)), 2, "mean")
    with pytest.raises(QueryError, match=r"no rule 'dictator'\. There are: mean, least misery"):
        fair_list(WORTH, 2, "dictator")
