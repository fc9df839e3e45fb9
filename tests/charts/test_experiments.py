"""Charts of experiments draw what they are given, on an axis that stays."""

import pandas as pd
import pytest

from recsys.charts import experiments


def test_the_interval_is_drawn_around_nothing_gained_on_an_axis_that_stays():
    seen = pd.DataFrame(
        {
            "strategy": ["<b>", "<b>", "other", "other"],
            "visitors": [50, 100, 50, 100],
            "difference": [1.0, 2.0, -1.0, None],
            "low": [-5.0, -1.0, -9.0, None],
            "high": [7.0, 5.0, 7.0, None],
        }
    )
    figure = experiments.closing(seen, 1000, "more of 100")
    band, line, _, other = figure.data
    assert list(band.y) == [7, 5, -1, -5]
    assert list(line.y) == [1, 2]
    assert line.name == "&lt;b&gt;"
    assert list(other.x) == [50]
    assert line.line.dash != other.line.dash
    assert list(figure.layout.xaxis.range) == [0, 1000]


def test_a_duel_leans_from_one_half():
    duel = pd.DataFrame({"visitors": [1], "share": [60.0], "low": [10.0], "high": [90.0]})
    figure = experiments.leaning(duel, 20)
    assert list(figure.layout.yaxis.range) == [0, 100]
    assert figure.layout.shapes[0].y0 == 50


def test_an_estimate_has_its_interval_and_what_is_known_beside_it():
    table = pd.DataFrame({"value": [0.2], "low": [0.1], "high": [0.4]}, index=["IPS"])
    figure = experiments.worth(table, {"the truth": 0.25})
    assert figure.data[0].error_x.array[0] == pytest.approx(0.2)
    assert figure.data[0].error_x.arrayminus[0] == pytest.approx(0.1)
    assert figure.data[1].name == "the truth: 0.250"


def test_everybody_has_a_bar_by_every_rule():
    gets = pd.DataFrame({"mean": [1.0, 0.2], "Nash product": [0.7, 0.6]}, index=["1. a", "2. b"])
    figure = experiments.portions(gets)
    assert [bar.name for bar in figure.data] == ["mean", "Nash product"]
    assert list(figure.data[0].y) == ["1. a", "2. b"]
