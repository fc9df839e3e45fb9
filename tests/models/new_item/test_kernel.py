"""A kernel of two items: each component worked by hand on a shelf of four."""

from dataclasses import asdict, fields

import numpy as np
import pandas as pd
import pytest

from recsys.building.build import build
from recsys.building.publish import publish
from recsys.datatypes import NewItem
from recsys.models.new_item import kernel as item_kernel
from recsys.models.new_item.kernel import (
    Config,
    ItemKernel,
    Weights,
    components,
    kernel_matrix,
    mean_kernel,
)
from recsys.models.new_item.tf_idf import count, opening
from recsys.store.workspace import Workspace
from recsys.tables import Tables
from tests.worlds import FakeEncoder

FOUR = [
    ("alpha", "Alpha", 1990, ["War"], "Ghost ghost. House."),
    ("beta", "Beta", 1998, ["War"], "House was a ghost."),
    ("gamma", "Gamma", None, ["Love"], "House was big."),
    ("delta", "Delta", 1990, [], "Love."),
]
TIES = [
    ("alpha", "directed_by", "Ada"),
    ("beta", "directed_by", "Ada"),
    ("beta", "acted_in_by", "Bo"),
    ("gamma", "acted_in_by", "Bo"),
    ("delta", "written_by", "Bo"),
    ("gamma", "has_genre", "Love"),
    ("delta", "has_theme", "love"),
    ("alpha", "has_mood", "calm"),
    ("gamma", "has_mood", "calm"),
    ("delta", "has_mood", "calm"),
    ("alpha", "from_country", "Norland"),
    ("beta", "from_country", "Norland"),
    ("delta", "from_decade", "1990s"),
    ("gamma", "from_country", "Elsewhere"),
]


@pytest.fixture
def small(root):
    frame = pd.DataFrame(FOUR, columns=["id", "title", "year", "categories", "text"])
    frame["year"] = frame["year"].astype("Int32")
    ties = pd.DataFrame(TIES, columns=["head", "relation", "tail"])
    return build(
        "four", Tables(frame.assign(facts=[{} for _ in FOUR]), triples=ties), FakeEncoder()
    )


@pytest.fixture
def kernel(small):
    return ItemKernel(small, item_kernel.fit(small))


@pytest.fixture
def found(kernel):
    return components(kernel.features, kernel.features)


LN2, RARER = np.log(2), np.log(4 / 3)  # what two and what three of four items have


def test_years_fall_by_e_in_eight(found):
    assert found["year"][0, 1] == pytest.approx(1 / np.e)
    assert found["year"][0, 3] == pytest.approx(1)
    assert (found["year"][2] == 0).all()  # unknown, even beside itself


def test_people_count_by_their_idf_whatever_they_do(found):
    """Ada made alpha and beta; Bo is in beta, gamma and delta."""
    both = np.hypot(LN2, RARER)
    assert found["people"][0, 1] == pytest.approx(LN2 / both)
    assert found["people"][1, 2] == pytest.approx(RARER / both)
    assert found["people"][2, 3] == pytest.approx(1)
    assert found["people"][0, 2] == 0
    assert found["people"][0, 1] > found["people"][1, 2]


def test_topics_are_categories_genres_themes_and_moods(found):
    """War: alpha, beta; love, a name in whatever letters and part: gamma, delta; calm: three."""
    both = np.hypot(LN2, RARER)
    assert found["topics"][0, 1] == pytest.approx(LN2 / both)
    assert found["topics"][0, 2] == pytest.approx(RARER**2 / both**2)
    assert found["topics"][2, 3] == pytest.approx(1)
    assert found["topics"][1, 2] == 0


def test_the_rest_has_neither_decades_nor_what_one_item_has_alone(kernel, found):
    assert "elsewhere" not in kernel.labels.index
    assert found["rest"][0, 1] == pytest.approx(1)
    assert (found["rest"][2:] == 0).all()


def test_words_are_the_cosine_of_tf_idf_of_text_and_opening(found):
    """Stems that two or more of the four say, in the text with the title:

    alpha   ghost twice, hous
    beta    ghost, hous, was, "hous was"
    gamma          hous, was, "hous was"

    In the opening, after its verb: ghost (twice) of alpha, ghost of beta; "big" is gamma's own.
    """
    of_two, of_three = np.log(5 / 3) + 1, np.log(5 / 4) + 1
    alpha = np.array([(1 + LN2) * of_two, of_three, 0, 0])
    beta = np.array([of_two, of_three, of_two, of_two])
    gamma = beta * [0, 1, 1, 1]

    def cosine(one, other):
        return one @ other / np.linalg.norm(one) / np.linalg.norm(other)

    assert found["words"][0, 1] == pytest.approx(0.8 * cosine(alpha, beta) + 0.2, abs=1e-5)
    assert found["words"][1, 2] == pytest.approx(0.8 * cosine(beta, gamma), abs=1e-5)
    assert found["words"][2, 2] == pytest.approx(0.8, abs=1e-5)
    assert (found["words"][3] == 0).all()  # nobody else says a word of it


def test_meaning_is_the_cosine_of_the_vectors(small, found):
    np.testing.assert_allclose(found["meaning"], small.vectors @ small.vectors.T, atol=1e-6)


def test_an_item_is_like_itself_where_everything_is_known(found):
    """Beta has all there is; gamma lacks a year, a country, and a fifth of its words."""
    itself = np.diag(mean_kernel(found))
    assert itself[1] == pytest.approx(1, abs=1e-5)
    weights = asdict(Weights())
    lacks = weights["year"] + weights["rest"] + 0.2 * weights["words"]
    assert itself[2] == pytest.approx(1 - lacks / sum(weights.values()), abs=1e-5)


def test_the_kernel_is_the_mean_of_the_components_by_their_weights(kernel, found):
    weights = asdict(Weights())
    by_hand = sum(weights[name] * found[name][0, 1] for name in weights) / sum(weights.values())
    assert mean_kernel(found)[0, 1] == pytest.approx(by_hand, abs=1e-6)
    np.testing.assert_allclose(mean_kernel(found), mean_kernel(found).T, atol=1e-6)
    np.testing.assert_allclose(
        kernel_matrix(kernel.features, kernel.features), mean_kernel(found), atol=1e-6
    )


def test_the_nearest_of_an_item_is_another(kernel, found):
    for side in ("meaning", "words"):
        others = found[side].copy()
        np.fill_diagonal(others, -1)
        np.testing.assert_allclose(kernel.max_cosine[side], others.max(axis=1), atol=1e-5)


def test_the_nearest_are_found_piece_by_piece(small, monkeypatch):
    whole = item_kernel.fit(small)
    monkeypatch.setattr(item_kernel, "CHUNK", 3)
    pieces = item_kernel.fit(small)
    for name in ("max_cosine_meaning", "max_cosine_words"):
        np.testing.assert_allclose(pieces[name], whole[name], atol=1e-6)


def features_equal(one, other):
    for field in fields(one):
        both = [getattr(features, field.name) for features in (one, other)]
        dense = [np.asarray(part.todense()) if hasattr(part, "todense") else part for part in both]
        np.testing.assert_allclose(*dense, atol=1e-5, err_msg=field.name)


@pytest.mark.parametrize("row", range(4))
def test_an_item_described_by_its_own_data_is_itself(small, kernel, row):
    id_, title, year, categories, text = FOUR[row]
    names = [*categories, *(tail for head, _, tail in TIES if head == id_)]
    words = kernel.words([title], [text])
    shouted = [name.upper() for name in names]
    features_equal(
        kernel.described(small.vectors[row], words, shouted, year),
        kernel.features.of(np.array([row])),
    )


def test_what_nobody_has_ties_to_nothing(small, kernel):
    empty = kernel.described(small.vectors[0], kernel.words([""], ["xyzzy"]), ["Nobody"], None)
    found = components(empty, kernel.features)
    assert not any(found[side].any() for side in ("words", "people", "topics", "rest", "year"))


def test_publishing_changes_nothing_of_the_others(small, kernel):
    item = NewItem("House was a ghost.", "Epsilon", 1998, ("War",), {"directed_by": ("Ada", "Di")})
    publish(small, FakeEncoder(), item)
    after = Workspace.open("four")
    fitted = item_kernel.fit(after)
    for name, array in item_kernel.fit(small).items():
        np.testing.assert_array_equal(fitted[name], array, err_msg=name)
    other = ItemKernel(after, fitted)
    pd.testing.assert_frame_equal(other.labels, kernel.labels)
    np.testing.assert_array_equal(other.idf, kernel.idf)
    features_equal(other.features.of(np.arange(4)), kernel.features)
    assert other.features.words.shape == (5, 2 * Config().buckets)
    found = components(other.features, other.features)
    assert found["words"][4, 1] == pytest.approx(0.99, abs=0.02)  # but for the title
    assert (found["people"][4, 0], found["year"][4, 1]) == (pytest.approx(1), 1)


def test_words_stand_where_they_stood_when_the_model_was_saved():
    """A word's column, MurmurHash3 of its stem, is part of what is on disk."""
    whole, first = count(["Nobody"], ["He was a ghost ghost."], 2**20, 25)
    assert sorted(whole.indices[whole.data == 2]) == [315_330]
    assert 315_330 in first.indices
    assert first.sum() == 3  # ghost, ghost, "ghost ghost"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ran is a war film. It was long.", " a war film."),
        ("No verb here. It is long.", "No verb here."),
        ("It stars St. John and was shot in Rome.", "It stars St."),
        ("They are here! And is that all?", " here!"),
    ],
)
def test_the_opening_is_what_the_first_sentence_says(text, said):
    assert opening(text) == said


def test_an_opening_is_read_so_far_and_no_further():
    most = Config().opening_words
    long = "It is " + " ".join(f"w{'abcdefghij'[i % 10] * (2 + i // 10)}" for i in range(40)) + "."
    _, first = count([""], [long], 2**20, most)
    assert first.sum() == most + most - 1  # alone and in pairs


def test_the_years_of_an_opening_are_read_as_decades():
    """1944 and 1948 are words of no letters: what both say is the decade."""
    _, first = count(["", ""], ["It is from 1944.", "It is about 1948."], 2**20, 25)
    shared = set(first[[0]].indices) & set(first[[1]].indices)
    assert len(shared) == 1
