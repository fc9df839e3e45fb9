"""Words as vectors: texts of the same words are near, others far; what is unknown is nothing."""

import numpy as np

from recsys.learning.word_space import WordSpace, _counts, learn

TEXTS = [text.split() for text in ("ship star ship", "star ship", "horse saddle", "saddle horse")]


def test_counts_by_hand():
    counts = _counts([["a", "b", "a"], []], 1 << 20)
    assert counts.shape == (2, 1 << 20)
    assert sorted(counts.data.tolist()) == [1, 2]
    assert counts[[1]].nnz == 0


def test_texts_of_the_same_words_are_near():
    space = learn(TEXTS, 4_096, 2, seed=0)
    near = space.vectors(TEXTS) @ space.vectors(TEXTS).T
    np.testing.assert_allclose(near, np.kron(np.eye(2), np.ones((2, 2))), atol=1e-5)


def test_what_is_unknown_or_said_once_is_nothing():
    space = learn([*TEXTS, ["ghost"]], 4_096, 2, seed=0)
    found = space.vectors([["ghost"], ["zebra"], [], ["star"]])
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), [0, 0, 0, 1], atol=1e-5)


def test_it_is_the_same_from_its_arrays():
    space = learn(TEXTS, 64, 2, seed=0)
    np.testing.assert_array_equal(WordSpace(space.arrays).vectors(TEXTS), space.vectors(TEXTS))
