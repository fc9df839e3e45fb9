"""A split that can be trusted, the power that was promised, and a verdict in words."""

import numpy as np
import pandas as pd
import pytest

from recsys.errors import QueryError
from recsys.online.experiments import experiment
from recsys.online.experiments.assignment import assign, sample_ratio
from recsys.online.experiments.experiment import Plan, check_split, verdict, watch
from recsys.online.experiments.power import crossed, drift_needed, power_of, visitors_needed
from recsys.online.experiments.sequences import difference, running

VISITORS = [f"visitor-{number}" for number in range(20_000)]


@pytest.mark.parametrize("arms", [2, 3, 4])
def test_a_split_by_hash_is_stable_and_uniform(arms):
    found = assign("home", VISITORS, arms)
    assert found.tolist() == assign("home", VISITORS, arms).tolist()
    assert sample_ratio(np.bincount(found, minlength=arms)) > 0.001


def test_another_experiment_mixes_the_same_visitors_anew():
    together = assign("home", VISITORS, 2) == assign("search", VISITORS, 2)
    assert abs(together.mean() - 0.5) < 0.02


def test_names_do_not_run_into_each_other():
    assert assign("ab", ["c"] * 1, 2**40) != assign("a", ["bc"], 2**40)


def test_one_strategy_is_no_experiment():
    with pytest.raises(QueryError, match="2 strategies or more, and got 1"):
        assign("home", ["ann"], 1)
    with pytest.raises(QueryError, match="2 to 4 different strategies, not a, a"):
        Plan(("a", "a"), "likes", 0.1, 1000, 0.1)


def test_the_sample_ratio_is_pearsons():
    assert sample_ratio(np.array([520, 480])) == pytest.approx(0.2059, abs=1e-4)  # 1.6
    assert sample_ratio(np.array([0, 0])) == 1.0
    p, fault = check_split(np.repeat([0, 1], [600, 400]), ("a", "b"))
    assert p < 1e-9
    assert fault.state == experiment.UNEQUAL
    assert check_split(np.repeat([0, 1], [510, 490]), ("a", "b"))[1] is None


def test_without_an_effect_power_is_at_most_alpha_and_it_grows_with_the_drift():
    assert crossed(0.0)[-1] <= 0.05
    found = [crossed(drift)[-1] for drift in (0.0, 1.0, 2.0, 3.0, 4.0)]
    assert found == sorted(found)
    assert (np.diff(crossed(3.0)) > -1e-9).all()


def test_visitors_and_power_are_two_sides_of_one_curve():
    visitors = visitors_needed(0.1, 0.5, power=0.8)
    assert visitors == np.ceil((drift_needed(0.8) * 2 * 0.5 / 0.1) ** 2)
    assert power_of(visitors, 0.1, 0.5) == pytest.approx(0.8, abs=0.002)
    assert visitors_needed(0.05, 0.5) == pytest.approx(4 * visitors, rel=0.001)
    with pytest.raises(QueryError, match=r"a power from 0\.05 to 0\.99"):
        visitors_needed(0.1, 0.5, power=1.0)


def test_a_planted_effect_is_found_with_the_promised_power():
    rng = np.random.default_rng(3)
    visitors = visitors_needed(0.1, np.sqrt(0.35 * 0.65), power=0.8)
    arm = rng.integers(0, 2, (500, visitors)) == 1
    outcome = np.where(rng.random(arm.shape) < 0.3 + 0.1 * arm, 1.0, 0.0)
    # Three standard errors below what was promised; looking more often than four times adds some.
    assert 0.8 - 3 * np.sqrt(0.8 * 0.2 / 500) <= alarms(outcome, arm, visitors) <= 0.9


def test_an_experiment_without_a_difference_seldom_finds_one_however_often_one_looks():
    rng = np.random.default_rng(4)
    arm = rng.integers(0, 2, (500, 2000)) == 1
    assert alarms(np.where(rng.random(arm.shape) < 0.3, 1.0, 0.0), arm, 2000) <= 0.05


def alarms(outcome, arm, visitors) -> float:
    """How often the interval leaves 0, looked at every fifty visitors."""
    one, other = running(outcome, arm, 50), running(outcome, ~arm, 50)
    _, low, high = difference(one, other, visitors)
    return float((experiment.decided(low, high) >= 0).mean())


PLAN = Plan(("usual", "new"), "likes", smallest=0.05, visitors=200, margin=0.1)


def looks(low, high) -> pd.DataFrame:
    lines = {"strategy": "new", "visitors": [50, 100, 150, 200], "low": low, "high": high}
    return pd.DataFrame(lines)


CALM = looks([-0.5] * 4, [0.5] * 4)


@pytest.mark.parametrize(
    ("low", "high", "state", "visitors"),
    [
        ([-0.2, -0.1, 0.01, -0.01], [0.4, 0.3, 0.2, 0.2], experiment.BETTER, 150),
        ([-0.2, -0.3, -0.3, -0.3], [0.4, -0.01, 0.2, 0.2], experiment.WORSE, 100),
        ([-0.2, -0.1, -0.1, -0.04], [0.4, 0.3, 0.2, 0.04], experiment.SAME, 200),
        ([-0.2] * 4, [0.2] * 4, experiment.OPEN, 200),
    ],
)
def test_the_first_look_that_can_decide_does(low, high, state, visitors):
    found = verdict(PLAN, "new", looks(low, high), CALM)
    assert (found.state, found.visitors) == (state, visitors)


def test_who_does_harm_is_stopped_however_much_it_is_liked():
    harm = looks([0.05, 0.12, 0.2, 0.2], [0.5] * 4)
    found = verdict(PLAN, "new", looks([-0.1, 0.1, 0.1, 0.1], [0.5] * 4), harm)
    assert (found.state, found.visitors) == (experiment.HARM, 100)


def test_before_the_end_nothing_is_said_for_good():
    assert verdict(PLAN, "new", CALM.head(2), CALM.head(2)).state == experiment.RUNNING


def test_three_strategies_are_each_compared_with_the_first_and_hold_together():
    rng = np.random.default_rng(5)
    arms = rng.integers(0, 3, 3000)
    plan = Plan(("a", "b", "c"), "likes", 0.05, 3000, 0.1)
    assert plan.shared_alpha == 0.025
    found = watch(plan, arms, np.where(rng.random(3000) < np.array([0.2, 0.5, 0.2])[arms], 1.0, 0))
    assert verdict(plan, "b", found, found.assign(low=0.0)).state == experiment.BETTER
    last = found.groupby("strategy").last()
    assert last.loc["b", "low"] > 0 > last.loc["c", "low"]
    assert last["visitors"].tolist() == [3000, 3000]
