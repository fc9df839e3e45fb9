"""Differences and their intervals, worked by hand."""

import pandas as pd
import pytest

from recsys.reports import differences
from recsys.reports import store as reports
from tests.reports.test_reports import PEOPLE, VALUES, made, report, sure


def test_the_interval_of_a_difference_is_made_of_two():
    # Down: the root of .3 squared and .4 squared; up: of .5 squared and 1.2 squared.
    own = pd.DataFrame({"mean": [1.0], "low": [0.7], "high": [1.5]})
    other = pd.DataFrame({"mean": [0.2], "low": [-1.0], "high": [0.6]})
    found = differences.less(own, other).loc[0]
    assert found.tolist() == pytest.approx([0.8, 0.8 - 0.5, 0.8 + 1.3])


def test_slices_have_differences_with_intervals_where_there_are_enough():
    parts = differences.slices(report(), "words", "ndcg@10", ["default", "content"])
    assert parts["mean"].round(6).tolist() == [0.6, 0.2, 0.5, 0.5]
    assert parts["n"].tolist() == [3, 1, 3, 1]
    table = differences.in_slices(parts, ("default", "content"))
    assert table.index.tolist() == ["up to 9 words", "more than 9 words"]
    assert table["difference"].round(6).tolist() == [0.1, -0.3]
    low, high = table.loc["up to 9 words", ["low", "high"]]
    # Everybody has .5 with the other: the interval is the default's own, .4 to .8, less .5.
    assert (low, high) == (pytest.approx(-0.1), pytest.approx(0.3))
    assert table.loc["more than 9 words", ["low", "high"]].isna().all()  # that is one person


def test_a_slice_that_one_of_them_lacks_is_left_out():
    body = made()
    content = next(line for line in body["strategies"] if line["name"] == "content")
    content["slices"]["words"].pop()
    parts = differences.slices(
        reports.Report("x", True, body), "words", "ndcg@10", ["default", "content"]
    )
    table = differences.in_slices(parts, ("default", "content"))
    assert table.index.tolist() == ["up to 9 words"]


def test_who_gains_most_comes_first():
    gains = differences.gains(report(), "content", "ndcg@10")
    assert gains.index.tolist() == PEOPLE
    assert gains["gain"].round(6).tolist() == [0.3, 0.1, -0.1, -0.3]


def test_the_mean_gain_is_that_of_the_comparison_turned_round():
    found = sure(made(), "content", mean=-0.1, low=-0.3, high=0.05)
    assert differences.mean_gain(found, "content", "ndcg@10") == {
        "mean": 0.1, "low": -0.05, "high": 0.3,
    }  # fmt: skip
    blank = sure(made(), "content", mean=None, low=None, high=None, p=None, p_holm=None)
    assert differences.mean_gain(blank, "content", "ndcg@10")["mean"] == pytest.approx(0)


def test_two_runs_of_the_same_people_are_compared_one_by_one():
    first = report()
    body = made(values={**VALUES, "content": [0.6, 0.6, 0.6, 0.6]})
    body["users"] = PEOPLE[::-1]  # the same people in another order
    for line in body["strategies"]:
        line["per_user"]["ndcg@10"] = line["per_user"]["ndcg@10"][::-1]
    second = reports.Report("other", True, body)
    table = differences.two_runs(first, second, "ndcg@10")
    assert "concatenation" not in table.index  # it is the default in both
    assert table.loc["content", "difference"] == pytest.approx(0.1)
    # Of 16 flips, 2 leave a sum as far as .4; Holm takes the smallest of four p times four.
    assert table.loc["content", "p"] == pytest.approx(4 * 2 / 16)
    assert table.loc["content", "low"] == pytest.approx(0.1)
    assert table.loc["default", ["difference", "low", "high", "p"]].tolist() == [0, 0, 0, 1]


def test_two_runs_of_other_people_have_an_interval_and_no_p():
    other = reports.Report("x", True, made() | {"users": ["e", "f", "g", "h"]})
    table = differences.two_runs(report(), other, "ndcg@10")
    assert table["difference"].tolist() == [0] * 4
    assert table["p"].isna().all()
    # .3 to .7 on both sides of .5: the root of two times .2 squared.
    assert table.loc["default", ["low", "high"]].tolist() == pytest.approx(
        [-(0.08**0.5), 0.08**0.5], abs=0.01
    )
    assert table.loc["content", ["low", "high"]].tolist() == [0, 0]
