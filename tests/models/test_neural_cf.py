"""Neural collaborative filtering: what is read is what was trained, and camps are told apart."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy import sparse

from recsys.errors import QueryError
from recsys.models import neural_cf
from recsys.models.neural_cf import FORMS, Config, NeuralCF, learn

CONFIG = Config(epochs=30, patience=30, batch=64, rate=0.02, factors=4, device="cpu")


def camps(users=12, items=12):
    """Even users like the first half of the items, odd ones the other, but for one item each."""
    likes = np.zeros((users, 2 * items), np.float32)
    for user in range(users):
        own = np.arange(items) + items * (user % 2)
        likes[user, np.delete(own, user % items)] = 1
    return sparse.csr_array(likes)


def by_hand():
    """Two users, two items, two factors; the layers pass the first number on, halved at the end."""
    first = np.zeros((1, 4), np.float32)
    first[0, 0] = 1
    return {
        "gmf_user": np.array([[1, 2], [0, 1]], np.float32),
        "gmf_item": np.array([[3, 0], [1, 1]], np.float32),
        "mlp_user": np.array([[1, 0], [-2, 0]], np.float32),
        "mlp_item": np.array([[0, 0], [0, 0]], np.float32),
        "layer0": first,
        "bias0": np.array([0.5], np.float32),
        "layer1": np.ones((1, 1), np.float32),
        "bias1": np.zeros(1, np.float32),
        "layer2": np.ones((1, 1), np.float32),
        "bias2": np.zeros(1, np.float32),
        "out": np.array([[1, 10, 0.5]], np.float32),
        "out_bias": np.array([-1], np.float32),
    }


def test_a_score_by_hand():
    """User 0: products (3, 0) and (1, 2), layers 1.5; user 1: (0, 0), (0, 1), layers cut at 0."""
    scores = NeuralCF(by_hand()).score(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    np.testing.assert_allclose(scores, [3 + 0.75 - 1, 1 + 20 + 0.75 - 1, -1, 10 - 1])


@pytest.mark.parametrize("form", FORMS)
def test_what_is_read_is_what_was_trained(form):
    config = replace(CONFIG, form=form)
    net = neural_cf._network(5, 7, config)
    users, items = np.array([0, 4, 2]), np.array([6, 0, 3])
    with torch.no_grad():
        expected = net(torch.from_numpy(users), torch.from_numpy(items)).numpy()
    arrays = {name: own.detach().numpy() for name, own in net.named_parameters()}
    np.testing.assert_allclose(NeuralCF(arrays).score(users, items), expected, rtol=1e-5)


@pytest.mark.parametrize("form", FORMS)
def test_what_a_camp_likes_is_found_for_who_has_not_met_it(form):
    likes = camps()
    arrays = learn(likes, replace(CONFIG, form=form))
    model = NeuralCF(arrays)
    for user in range(12):
        scores = model.score(np.full(24, user), np.arange(24))
        missed, other = user % 12 + 12 * (user % 2), np.arange(12) + 12 * (1 - user % 2)
        assert scores[missed] > scores[other].max()
    assert arrays["history"].shape[1] == 2


def test_few_judges_judge_and_the_others_keep_their_likes():
    likes = camps()
    task = neural_cf._Task(likes, replace(CONFIG, max_judges=5))
    assert len(task._asked) == 5
    assert len(task._users) == likes.nnz - 5


def test_nobody_with_two_likes_teaches_nothing():
    assert learn(sparse.csr_array(np.eye(4, dtype=np.float32)), CONFIG) == {}
    assert learn(sparse.csr_array((0, 4), dtype=np.float32), CONFIG) == {}


def test_another_form_is_refused():
    with pytest.raises(QueryError, match="form is 'svd'; it must be one of neumf, gmf, mlp"):
        learn(camps(), replace(CONFIG, form="svd"))
