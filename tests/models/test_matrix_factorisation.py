"""Matrix factorisation tells two camps apart, twice in the same way."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from recsys.errors import QueryError, TrainingError
from recsys.models.matrix_factorisation import FORMS, Config, Factors, learn
from tests.models.test_neural_cf import camps

CONFIG = Config(factors=4, regularisation=0.1)


def test_a_score_by_hand():
    arrays = {"users": np.array([[1.0, 2.0], [0.0, 1.0]]), "items": np.array([[3.0, 0.0], [1, -1]])}
    scores = Factors(arrays).score(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    assert scores.tolist() == [3, -1, 0, -1]


@pytest.mark.parametrize("form", FORMS)
def test_what_a_camp_likes_is_found_for_who_has_not_met_it(form):
    config = replace(CONFIG, form=form, iterations=15 if form == "als" else 100)
    arrays = learn(camps(), config)
    model = Factors(arrays)
    for user in range(12):
        scores = model.score(np.full(24, user), np.arange(24))
        missed, other = user % 12 + 12 * (user % 2), np.arange(12) + 12 * (1 - user % 2)
        assert scores[missed] > scores[other].max()
    again = learn(camps(), config)
    for name, array in arrays.items():
        np.testing.assert_array_equal(again[name], array)


def test_one_user_teaches_nothing_and_another_form_is_refused():
    assert learn(sparse.csr_array(np.eye(1, 4, dtype=np.float32)), CONFIG) == {}
    with pytest.raises(QueryError, match="form is 'svd'; it must be one of als, bpr"):
        learn(camps(), replace(CONFIG, form="svd"))


@pytest.mark.parametrize(("form", "rounds"), [("als", 3), ("bpr", 30)])
def test_every_round_is_told(form, rounds):
    told = []
    learn(camps(), replace(CONFIG, form=form, iterations=3), lambda *said: told.append(said))
    assert told == [(done, rounds, "factorising") for done in range(1, rounds + 1)]


def test_factors_that_are_no_numbers_are_one_line():
    with pytest.raises(
        TrainingError, match=r"^The factors are not numbers with confidence 1e\+30 "
    ):
        learn(camps(), replace(CONFIG, confidence=1e30))
