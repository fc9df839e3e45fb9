"""Simulated people like what is near to what they judged, and what is higher in the list."""

import numpy as np
import pytest

from recsys.building.build import build
from recsys.datatypes import Query, Strategy
from recsys.errors import DataError
from recsys.online.experiments.people import (
    People,
    arrive,
    like_probability,
    lists_of,
    people_of,
    react,
)
from recsys.online.experiments.trial import (
    CURIOUS,
    ab_test,
    duel,
    interleaved,
    logged,
    policies,
    true_value,
)
from recsys.ranking.engine import Engine
from recsys.store.judged import of_personas
from tests.worlds import FakeEncoder, shelf

ONE = People(("one",), ("a taste",), np.array([[3.0, 2.5, 2.0, 0.0, -2.0, -2.5, -3.0, 0.0]]))
"""Somebody who likes the first three of eight items, and none of the next but one."""

GOOD, BAD = np.array([0, 1, 2, 3]), np.array([6, 5, 4, 7])
"""The better list, and the worse."""

LISTS = np.stack([BAD, GOOD])[None]  # (1, 2, 4)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    home = tmp_path_factory.mktemp("workspaces")
    return Engine(build("demo", shelf(personas=True), FakeEncoder(), home=home), FakeEncoder())


def test_a_persona_likes_what_is_tied_to_what_it_judged(engine):
    people = people_of(engine.workspace, of_personas(engine.workspace.catalogue).tastes)
    assert people.names == ("ann", "ben")
    ann = people.taste[0].reshape(4, 10).mean(axis=1)  # space, ghost, heist, horse
    assert ann[0] > ann[1]
    assert ann[2] > ann[1]
    assert people.taste.mean(axis=1) == pytest.approx([0, 0], abs=1e-5)
    assert people.taste.std(axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_nobody_can_be_simulated_where_nobody_judged(engine):
    with pytest.raises(DataError, match="'demo' has no judged tastes"):
        people_of(engine.workspace, [])


def test_lists_are_those_that_the_engine_shows(engine):
    people = people_of(engine.workspace, of_personas(engine.workspace.catalogue).tastes)
    alone = Strategy("popular", weights={"popularity": 1.0, "content": 0.0})
    found = lists_of(engine, people, [Strategy(), alone], k=5)
    assert found.shape == (2, 2, 5)
    assert found[0, 0].tolist() == engine.recommend(Query("Space", k=5)).shown.index.tolist()


def test_what_is_higher_is_said_more_of_and_an_empty_place_never():
    rng = np.random.default_rng(0)
    shown = np.tile([0, 0, 0, -1], (20_000, 1))
    liked = react(ONE, np.zeros(20_000, int), shown, rng).liked.mean(axis=0)
    assert liked[0] > liked[1] > liked[2] > liked[3] == 0
    assert liked[0] == pytest.approx(like_probability(ONE)[0, 0], abs=0.01)
    assert liked[1] / liked[0] == pytest.approx(2**-0.7, abs=0.05)


def test_an_ab_test_and_an_interleaving_find_the_better_list():
    rng = np.random.default_rng(1)
    trial = ab_test(ONE, LISTS, 2_000, rng)
    assert trial.liked[trial.arms == 1].mean() > trial.liked[trial.arms == 0].mean()
    assert trial.disliked[trial.arms == 0].mean() > trial.disliked[trial.arms == 1].mean()
    who = arrive(ONE, 2_000, rng)
    found = interleaved(ONE, who, LISTS[who, 0], LISTS[who, 1], 50, rng)
    assert found.low[-1] > 0.5
    assert found.visitors.tolist() == list(range(50, 2_050, 50))


def test_a_duel_counts_who_prefers_which_at_each_look():
    found = duel(np.array([1, 1, 0, -1, 1]), every=2)
    assert found.visitors.tolist() == [2, 4, 5]
    assert found.wins.tolist() == [2, 2, 3]
    assert found.losses.tolist() == [0, 1, 1]


def test_a_policy_sums_to_one_and_gives_every_item_of_a_list_a_chance():
    probabilities, rows = policies(LISTS)
    assert rows.tolist() == list(range(8))
    assert probabilities.sum(axis=2) == pytest.approx(np.ones((2, 1)))
    assert probabilities.min() == pytest.approx(CURIOUS / 8)
    assert probabilities[0, 0].argmax() == 6
    assert probabilities[1, 0].argmax() == 0


def test_a_log_gets_what_its_policy_is_worth():
    rng = np.random.default_rng(2)
    probabilities, rows = policies(LISTS)
    for policy in probabilities:
        log = logged(ONE, policy, rows, 20_000, rng)
        assert log.reward.mean() == pytest.approx(true_value(ONE, policy, rows), abs=0.01)
        shares = np.bincount(log.action, minlength=8) / 20_000
        assert shares == pytest.approx(policy[0], abs=0.015)
