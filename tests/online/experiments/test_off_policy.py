"""What another strategy would be worth: by hand, beside open bandit pipeline, and at large."""

import numpy as np
import pandas as pd
import pytest

from recsys.errors import DataError, QueryError
from recsys.online.experiments.off_policy import (
    Log,
    cross_fitted,
    doubly_robust,
    from_events,
    ips,
    overlap,
    snips,
    weights,
)

LOG = Log(
    np.array([0, 0, 0, 1, 1, 1, 1, 0]),
    np.array([0, 1, 2, 0, 1, 2, 2, 0]),
    np.array([1.0, 0, 1, 0, 1, 0, 1, 0]),
    np.array([0.5, 0.3, 0.2, 0.2, 0.2, 0.6, 0.6, 0.5]),
)
TARGET = np.array([[0.1, 0.2, 0.7], [0.3, 0.6, 0.1]])
PREDICTED = np.array([[0.4, 0.1, 0.6], [0.2, 0.7, 0.3]])


def test_the_estimates_are_those_of_open_bandit_pipeline():
    """Recorded by hand from InverseProbabilityWeighting, SelfNormalizedInverseProbabilityWeighting
    and DoublyRobust of obp 0.4.1 (obp/ope/estimators.py), given this log, target and predictions.
    """
    assert ips(LOG, TARGET).value == pytest.approx(0.8583333333333332)
    assert snips(LOG, TARGET).value == pytest.approx(0.7304964539007093)
    assert doubly_robust(LOG, TARGET, PREDICTED[LOG.context]).value == pytest.approx(0.75)


def test_a_mean_has_the_interval_of_its_standard_error():
    # Weights 2 and 1, rewards 1 and 0: values 2 and 0, mean 1, deviation sqrt(2), error 1.
    log = Log(np.array([0, 0]), np.array([0, 1]), np.array([1.0, 0.0]), np.array([0.25, 0.5]))
    found = ips(log, np.array([[0.5, 0.5]]))
    assert (found.value, found.low, found.high) == pytest.approx((1.0, 1 - 1.96, 1 + 1.96))


def test_the_strategy_that_chose_is_worth_what_it_got():
    own = np.array([[0.5, 0.3, 0.2], [0.2, 0.2, 0.6]])
    assert weights(LOG, own).tolist() == pytest.approx([1.0] * 8)
    assert ips(LOG, own).value == snips(LOG, own).value == pytest.approx(LOG.reward.mean())
    assert overlap(LOG, own).effective == pytest.approx(8)


def test_a_poor_overlap_is_said():
    assert "8 lines tell as much of this strategy as" in overlap(LOG, TARGET).warning
    n = 10_000
    propensity = np.where(np.arange(n) == 0, 0.01, 0.5)
    log = Log(np.zeros(n, int), np.zeros(n, int), np.zeros(n), propensity)
    found = overlap(log, np.array([[0.5]]))
    assert found.largest == 50
    assert "One line counts 50 times" in found.warning
    fine = Log(np.zeros(n, int), np.zeros(n, int), np.zeros(n), np.full(n, 0.5))
    assert overlap(fine, np.array([[0.5]])).warning == ""


def test_a_log_that_cannot_be_is_turned_down():
    one = np.array([0])
    with pytest.raises(QueryError, match=r"propensity is 0.0; it must be above 0"):
        Log(one, one, np.array([1.0]), np.array([0.0]))
    with pytest.raises(QueryError, match="as many of everything"):
        Log(one, one, np.array([1.0, 0.0]), np.array([1.0]))
    with pytest.raises(QueryError, match="nothing of what was shown"):
        snips(Log(one, one, np.array([1.0]), np.array([0.5])), np.array([[0.0, 1.0]]))


def test_events_become_a_log_in_which_a_like_rewards_its_own_list():
    events = pd.DataFrame(
        [
            ("ann", "impression", "l1", "x", 0.5),
            ("ann", "impression", "l1", "y", 0.25),
            ("ben", "impression", "l2", "x", 0.5),
            ("ann", "like", "l1", "y", np.nan),
            ("ann", "like", "l1", "y", np.nan),
            ("ben", "like", "l9", "x", np.nan),
            ("ben", "impression", "l2", "z", np.nan),
        ],
        columns=["visitor", "kind", "list_id", "item", "propensity"],
    )
    log, visitors, items = from_events(events)
    assert (list(visitors), list(items)) == (["ann", "ben"], ["x", "y"])
    assert log.context.tolist() == [0, 0, 1]
    assert log.action.tolist() == [0, 1, 0]
    assert log.reward.tolist() == [0, 1, 0]
    assert log.propensity.tolist() == [0.5, 0.25, 0.5]
    with pytest.raises(DataError, match="has a propensity"):
        from_events(events[events["kind"] == "like"])


def test_what_is_predicted_of_a_line_was_learned_from_the_others():
    log = Log(np.zeros(2, int), np.zeros(2, int), np.array([1.0, 0.0]), np.full(2, 0.5))
    found = cross_fitted(log, 1, 1, np.random.default_rng(0))
    assert found[:, 0].tolist() == [0.0, 1.0]  # each is told what the other one got


def test_the_truth_is_inside_95_of_100_intervals_or_nearly():
    rng = np.random.default_rng(6)
    truth = rng.uniform(0.05, 0.4, (6, 8))
    logged = rng.dirichlet(np.full(8, 2.0), 6) * 0.7 + 0.3 / 8
    target = rng.dirichlet(np.full(8, 1.0), 6)
    value = (target * truth).sum(axis=1).mean()
    inside = []
    for _ in range(200):
        log = simulated(truth, logged, 1500, rng)
        predicted = cross_fitted(log, 6, 8, rng)
        found = (ips(log, target), snips(log, target), doubly_robust(log, target, predicted))
        inside.append([each.low <= value <= each.high for each in found])
    assert (np.mean(inside, axis=0) >= 0.9).all()


def simulated(truth, logged, n, rng) -> Log:
    """A log of ``n`` lines in which ``logged`` chose and ``truth`` liked."""
    context = rng.integers(0, len(truth), n)
    beyond = logged.cumsum(axis=1)[context] < rng.random((n, 1))
    action = np.minimum(beyond.sum(axis=1), truth.shape[1] - 1)
    reward = (rng.random(n) < truth[context, action]).astype(float)
    return Log(context, action, reward, logged[context, action])
