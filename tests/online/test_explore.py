"""Drawn lists lose fewer likes than sure ones and chance, and give what is new a look."""

import numpy as np
import pandas as pd

from recsys.online.explore import Course, World, courses, first_looks, regrets


def test_thompson_loses_less_than_greedy_and_less_than_half_of_random():
    found = courses(World(items=60, k=5), 3_000, 3)
    lost = regrets(found).iloc[-1]
    assert lost["Thompson"] < lost["greedy"]
    assert lost["Thompson"] < lost["random"] / 2
    looks = first_looks(found).set_index(["way", "showings"])["reached"]
    assert looks["Thompson", 20] > looks["greedy", 20]


def test_the_same_world_goes_the_same_way():
    one, two = (regrets(courses(World(items=20, k=3), 50, 2)) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)


def test_regret_is_what_the_best_list_would_have_got():
    """Where all of a world is shown there is nothing to lose."""
    found = courses(World(items=10, k=10), 20, 1)
    assert np.allclose(regrets(found), 0)


def test_a_first_look_is_dated_by_its_round():
    course = Course(np.zeros(4), np.array([0, 1, 1, 2]), np.array([9.0, 4, 4, 3]))
    never = Course(np.zeros(4), np.zeros(4), np.ones(4))
    table = first_looks({"greedy": [course, never]}, (1, 2, 3))
    assert table.to_numpy()[:, 1:].tolist()[:2] == [[1, 0.5, 2, 4], [2, 0.5, 4, 3]]
    assert table.loc[2, "reached"] == 0
    assert table.loc[2, ["round", "place"]].isna().all()
