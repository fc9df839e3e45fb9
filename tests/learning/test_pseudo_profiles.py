"""What users might have said: drawn from their likes, by a seed, and never what is not so."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from recsys.learning.pseudo_profiles import Manner, sample_pseudo_profiles

RELATIONS = np.array(["category"] * 8 + ["director"] * 6 + ["colour"] * 6, dtype=object)
REFUSABLE = RELATIONS == "category"
ALL = Manner(max_likes=41, refusal_probability=1.0)
"""Everybody turns something down."""


def problem(seed, users=12, items=40):
    """Likes (u, n), at least 5 a user, and items with a label in three."""
    rng = np.random.default_rng(seed)
    likes = (rng.random((users, items)) < 0.3).astype(np.float32)
    likes[:, :5] = 1
    tied = (rng.random((items, len(RELATIONS))) < 1 / 3).astype(np.float32)
    return sparse.csr_array(likes), sparse.csr_array(tied)


def drawn(seed, manner=ALL, likes=None, tied=None):
    some, few = problem(seed)
    rng = np.random.default_rng(seed)
    likes, tied = some if likes is None else likes, few if tied is None else tied
    return sample_pseudo_profiles(likes, tied, RELATIONS, REFUSABLE, rng, manner)


def test_the_same_seed_says_the_same_and_another_something_else():
    likes, tied = problem(0)
    one, same, other = (
        sample_pseudo_profiles(
            likes, tied, RELATIONS, REFUSABLE, np.random.default_rng(seed), Manner()
        )
        for seed in (5, 5, 6)
    )
    np.testing.assert_array_equal(one.items.toarray(), same.items.toarray())
    np.testing.assert_array_equal(one.said.toarray(), same.said.toarray())
    assert (one.said.toarray() != other.said.toarray()).any()


@given(st.integers(0, 10_000))
def test_what_is_said_stands_among_the_likes(seed):
    likes, tied = problem(seed)
    found = drawn(seed)
    said = found.said.toarray()
    assert ((likes @ tied).toarray()[said > 0] > 0).all()
    assert set(np.unique(said)) <= {-0.5, 0.0, 0.5, 1.0}


@given(st.integers(0, 10_000))
def test_what_is_described_is_liked_and_there_is_little_of_it(seed):
    likes, _ = problem(seed)
    items = drawn(seed).items.toarray()
    assert (items <= likes.toarray()).all()
    assert (items.sum(axis=1) <= ALL.max_items).all()


@given(st.integers(0, 10_000))
def test_no_relation_says_more_than_it_may(seed):
    said = drawn(seed, replace(ALL, refusal_probability=0.0)).said.toarray()
    for relation, most in (("category", 5), ("director", 3), ("colour", 3)):
        assert (said[:, relation == RELATIONS].sum(axis=1) <= most).all()
    assert (said >= 0).all()


def test_a_relation_is_spoken_of_as_often_as_it_is_told():
    likes, tied = problem(1, users=4_000)
    manner = replace(Manner(), refusal_probability=0.0)
    said = drawn(1, manner, likes, tied).said.toarray()
    for relation, share in (("category", 0.95), ("director", 0.3), ("colour", 0.4)):
        spoken = (said[:, relation == RELATIONS] > 0).any(axis=1).mean()
        assert spoken == pytest.approx(share, abs=0.03), relation


@given(st.integers(0, 10_000))
def test_only_what_can_be_turned_down_is(seed):
    said = drawn(seed).said.toarray()
    assert (said[:, ~REFUSABLE] >= 0).all()
    refused = (said == -0.5) | (said == 0.5)
    assert (refused.sum(axis=1) <= ALL.refusals).all()
    assert (refused.sum(axis=1) >= 1).all()


def test_what_is_turned_down_is_what_lies_below_what_everybody_likes():
    """Counted over many users: the share of their own likes against that of all likes."""
    likes, tied = problem(2, users=2_000)
    refused = drawn(2, likes=likes, tied=tied).said.toarray() < 0
    own = (likes @ tied).toarray() / likes.sum(axis=1)[:, None]
    everyone = np.asarray(likes.sum(axis=0) @ tied).ravel() / likes.nnz
    below = (own - everyone)[refused]
    assert below.mean() < -0.03
    assert (below < 0).mean() > 0.7


@given(st.integers(0, 10_000))
def test_what_is_not_liked_at_all_is_turned_down_before_what_is(seed):
    """Label 0 is half of the others' likes and nothing of one user's: it is refused by that one
    and by nobody else who has as much of each."""
    items = 40
    likes = np.ones((9, items), dtype=np.float32)
    likes[0, : items // 2] = 0
    tied = np.zeros((items, 2), dtype=np.float32)
    tied[: items // 2, 0] = tied[items // 2 :, 1] = 1
    manner = Manner(
        min_likes=20, max_likes=21, refusal_probability=1.0, refusals=1, other_probability=0.0
    )
    found = sample_pseudo_profiles(
        sparse.csr_array(likes),
        sparse.csr_array(tied),
        np.array(["mood"] * 2, dtype=object),
        np.ones(2, dtype=bool),
        np.random.default_rng(seed),
        manner,
    )
    assert found.said.toarray()[0].tolist() == [-0.5, 0.0]


def test_what_few_like_is_not_missed():
    """Of 40 likes one has label 0: 2.5 %; label 1 is the other camp's, half of all likes."""
    likes = sparse.csr_array(np.kron(np.eye(2), np.ones((1, 20))).astype(np.float32))
    tied = np.zeros((40, 3), dtype=np.float32)
    tied[0, 0] = tied[20:, 1] = 1
    manner = Manner(refusal_probability=1.0)
    seen = np.zeros((2, 3), dtype=bool)
    for seed in range(60):
        found = sample_pseudo_profiles(
            likes,
            sparse.csr_array(tied),
            np.array(["category"] * 3, dtype=object),
            np.ones(3, dtype=bool),
            np.random.default_rng(seed),
            manner,
        )
        seen |= found.said.toarray() < 0
    assert not seen[:, [0, 2]].any()
    assert seen[0, 1]


def test_a_pseudo_profile_speaks_of_what_stands_out():
    """Two users, of one category each; what is said can be read off."""
    likes = sparse.csr_array(np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]]))
    tied = sparse.csr_array(np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]]))
    relations, refusable = np.array(["category"] * 2, dtype=object), np.ones(2, dtype=bool)
    rng = np.random.default_rng(0)
    said = sum(
        sample_pseudo_profiles(likes, tied, relations, refusable, rng, Manner()).said.toarray()
        for _ in range(200)
    )
    assert said[0, 0] > 0 > said[0, 1]
    assert said[1, 1] > 0 > said[1, 0]


def test_what_is_given_stays_as_it_is():
    likes, tied = problem(3)
    before = likes.toarray(), tied.toarray()
    drawn(3, likes=likes, tied=tied)
    np.testing.assert_array_equal(likes.toarray(), before[0])
    np.testing.assert_array_equal(tied.toarray(), before[1])
