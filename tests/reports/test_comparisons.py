"""How a strategy stands to the default: what is called clear, and why what looks clear is not."""

import pandas as pd
import pytest

from recsys.reports import comparisons, figures
from recsys.reports.verdict import verdict
from tests.reports.test_reports import VALUES, made, report, sure

OVER = {"mean": 0.1, "low": 0.05, "high": 0.2, "p": 0.02, "p_holm": 0.08}
"""A difference whose own interval leaves out 0, and which is one of four."""


def test_what_does_as_the_default_for_everybody_is_the_same_line():
    assert figures.twins(report()) == ["concatenation"]
    assert "concatenation" not in figures.figures(report(), "ndcg@10").index
    assert "concatenation" not in comparisons.standing(report(), "ndcg@10")
    one_differs = report(values=VALUES | {"concatenation": [0.8, 0.6, 0.4, 0.3]})
    assert figures.twins(one_differs) == []


def test_a_figure_that_is_the_same_by_one_metric_alone_makes_no_twin():
    body = made()
    for line in body["strategies"]:
        line["per_user"]["auc"] = [0.5] * 4 if line["name"] == "default" else [0.6] * 4
    found = figures.twins(sure(body, "content"))
    assert found == []


def test_an_interval_without_0_that_is_not_clear_says_why():
    found = sure(made(), "content", **OVER)
    said = " ".join(verdict(found, "ndcg@10"))
    assert (
        "Nor does it clearly differ from “Meaning only (cosine)” (−0.100 [−0.200, −0.050];" in said
    )
    assert "; p = 0.020 by itself, p = 0.080 corrected)" in said
    assert "p is corrected for all 4 comparisons" in said
    line = comparisons.table(found, "ndcg@10").loc["content"]
    assert line["stands"] == "not clearly different, once p is corrected"
    assert line[["difference", "p", "p_holm"]].tolist() == [0.1, 0.02, 0.08]


def test_an_interval_with_0_needs_no_correction():
    found = sure(made(), "content", **OVER | {"low": -0.05, "p": 0.3, "p_holm": 0.9})
    said = verdict(found, "ndcg@10")
    assert said[1] == (
        "It does not clearly differ from “Meaning only (cosine)” (−0.100 [−0.200, +0.050])."
    )
    stands = comparisons.table(found, "ndcg@10")["stands"]
    assert stands["content"] == comparisons.UNCLEAR
    # Four people: of 16 flips, 4 are as far, whatever the interval says.
    assert stands["popularity"] == "not clearly different, by p, even uncorrected"


def test_the_table_has_every_strategy_and_no_difference_of_the_default_from_itself():
    table = comparisons.table(report(), "ndcg@10")
    assert {*table.index} == {"default", "content", "popularity", "random"}
    assert pd.isna(table.loc["default", "difference"])
    assert table.loc["popularity", "difference"] == pytest.approx(-0.3)


def test_a_short_list_keeps_the_default_and_what_everybody_knows():
    table = figures.figures(report(), "ndcg@10")
    assert figures.place(table) == 1  # with another one
    assert figures.leading(table, 3).index.tolist() == ["default", "popularity", "random"]
    assert figures.place(table.drop("content").assign(mean=[0.2, 0.3, 0.1])) == 2
    assert figures.leading(table, 4).index.tolist() == table.index.tolist()
