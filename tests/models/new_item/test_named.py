"""What a text says in so many words: found, weighed by what it proved worth, and above a guess."""

import numpy as np
import pandas as pd
import pytest

from recsys.languages import language
from recsys.models.new_item import named as naming
from recsys.models.new_item.named import AS_PREDICTED, NamedLabels, weighed

LABELS = pd.DataFrame(
    [
        ("Italy", "from_country"),
        ("France", "from_country"),
        ("Mystery", "category"),
        ("the sea", "has_theme"),
        ("violent", "has_mood"),
        ("Trieste", "set_in"),
        ("Italo Svevo", "written_by"),
    ],
    columns=["name", "relation"],
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A clerk in Trieste, Italy, writes letters.", ["Italy"]),
        ("An Italian comedy.", ["Italy"]),
        ("A slow mystery, with a great deal of sea in it.", ["Mystery", "the sea"]),
        ("A quiet story, nothing violent.", []),
        ("Italo Svevo walks through Trieste.", []),
        ("", []),
    ],
)
def test_labels_are_named_by_their_name_or_another_word_and_not_turned_down(text, names):
    """Proper names are no labels that a text could be guessed to have."""
    found = NamedLabels(LABELS, language("english")).of([text])
    assert LABELS["name"][found.toarray()[0] > 0].tolist() == names


RELATION = np.array(["country", "country", "mood"])


def test_without_evidence_a_probability_stays_as_it_is():
    probability = np.array([[0.2, 0.7, 0.4]])
    evidence = np.tile(AS_PREDICTED, (3, 1))
    found = weighed(probability, np.array([[1, 0, 0]]), RELATION, evidence)
    np.testing.assert_allclose(found, probability)


def test_what_is_named_gains_and_another_of_its_relation_loses():
    """Log-odds of 1/2 are 0: log 3 more is 3/4, log 3 less 1/4; of the mood nothing is named."""
    evidence = np.array([[1, np.log(3), -np.log(3), 0]] * 2 + [[1, 5, -5, 0]])
    found = weighed(np.full((1, 3), 0.5), np.array([[1, 0, 0]]), RELATION, evidence)
    np.testing.assert_allclose(found, [[0.75, 0.25, 0.5]])


@pytest.fixture(scope="module")
def heard():
    """Of 2,000 texts, those that name the first of two countries mostly are of it; the guess knows
    nothing. Of the mood nobody says anything."""
    rng = np.random.default_rng(0)
    truth = np.zeros((2000, 3), np.float32)
    of_first = rng.random(2000) < 0.5
    truth[of_first, 0] = truth[~of_first, 1] = 1
    truth[:, 2] = rng.random(2000) < 0.3
    named = np.zeros_like(truth)
    named[:, 0] = rng.random(2000) < np.where(of_first, 0.4, 0.1)
    guess = np.tile([0.5, 0.5, 0.3], (2000, 1))
    return guess, named, truth


def test_naming_is_worth_what_it_proved_to_be(heard):
    """Four in five of those that name it are of it: so likely it is; the other has the rest."""
    guess, named, truth = heard
    evidence = naming.fit(guess, named, truth, RELATION, 20)
    found = weighed(guess, named, RELATION, evidence)
    of_it = named[:, 0] > 0
    share = truth[of_it, 0].mean()
    assert share == pytest.approx(0.8, abs=0.05)
    np.testing.assert_allclose(found[of_it, 0], share, atol=0.02)
    np.testing.assert_allclose(found[of_it, 1], 1 - share, atol=0.02)
    np.testing.assert_allclose(evidence[2], AS_PREDICTED)


def test_a_relation_that_is_hardly_ever_named_stays_as_predicted(heard):
    guess, named, truth = heard
    evidence = naming.fit(guess, named * 0, truth, RELATION, 20)
    np.testing.assert_allclose(evidence, np.tile(AS_PREDICTED, (3, 1)))
