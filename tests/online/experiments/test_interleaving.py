"""One list of two teams: fair by its coins, and nobody is credited for what both show."""

import numpy as np
import pytest

from recsys.errors import QueryError
from recsys.online.experiments.interleaving import preferences, team_draft, without_shared

ONE, OTHER = np.array([[1, 2, 3]]), np.array([[2, 4, 1]])


def test_a_draft_by_hand():
    shown, team = team_draft(ONE, OTHER, 4, np.array([[0, 0, 1, 1]]))
    assert shown.tolist() == [[1, 2, 4, 3]]  # one: 1, other: 2; other: 4, one: 3 as 2 is taken
    assert team.tolist() == [[0, 1, 1, 0]]


def test_who_has_none_left_leaves_the_place_to_the_other_and_then_nobody_has_any():
    shown, team = team_draft(np.array([[7, -1]]), np.array([[8, 9]]), 4, np.zeros((1, 4), int))
    assert shown.tolist() == [[7, 8, 9, -1]]
    assert team.tolist() == [[0, 1, 1, -1]]


def test_no_item_stands_twice_and_both_teams_are_as_large():
    rng = np.random.default_rng(0)
    one, other = (np.stack([rng.permutation(15)[:10] for _ in range(200)]) for _ in range(2))
    shown, team = team_draft(one, other, 10, rng.integers(0, 2, (200, 10)))
    assert all(len(set(line)) == 10 for line in shown.tolist())
    assert (team.sum(axis=1) == 5).all()


def test_changing_sides_and_coins_changes_the_teams_alone():
    rng = np.random.default_rng(1)
    one, other = (np.stack([rng.permutation(15)[:10] for _ in range(50)]) for _ in range(2))
    coins = rng.integers(0, 2, (50, 10))
    shown, team = team_draft(one, other, 10, coins)
    mirrored, teams = team_draft(other, one, 10, 1 - coins)
    assert (shown == mirrored).all()
    assert (team == 1 - teams).all()


def test_what_both_have_at_the_same_place_counts_for_nobody():
    one, other = np.array([[5, 1, 2]]), np.array([[5, 2, 1]])
    shown, team = team_draft(one, other, 3, np.array([[1, 1, 1]]))
    assert shown.tolist() == [[5, 1, 2]]
    assert without_shared(one, other, shown, team).tolist() == [[-1, 0, 1]]


def test_a_visitor_prefers_whose_items_they_like_more_of():
    liked = np.array([[True, True, False], [True, True, True], [False, True, False]])
    team = np.array([[0, 1, 1], [0, 0, 1], [0, 1, -1]])
    assert preferences(liked, team).tolist() == [0, -1, 1]


def test_lists_that_do_not_match_are_turned_down():
    with pytest.raises(QueryError, match="1, 2 lists and 1 coins"):
        team_draft(ONE, np.repeat(OTHER, 2, axis=0), 4, np.zeros((1, 4), int))
