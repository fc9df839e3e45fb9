"""Reports as figures: what is drawn where, and what a click says."""

import numpy as np
import pandas as pd
import pytest

from recsys.charts import metrics as metrics_charts
from recsys.charts import metrics_scatter
from recsys.charts.colours import BAD, GOOD

NAMES = ["The <b>usual", "Alone", "Crowd"]
FIGURES = pd.DataFrame(
    {"mean": [0.6, 0.5, 0.2], "low": [0.5, 0.4, 0.15], "high": [0.75, 0.6, 0.3]}, index=NAMES
)
LOOKS = {"The <b>usual": "the usual", "Alone": "not clearly different", "Crowd": "clearly worse"}


def test_a_forest_has_a_dot_with_its_interval_for_each_the_best_on_top():
    said = {"Alone": "against the usual: −0.1"}
    figure = metrics_charts.forest(FIGURES, LOOKS, said, "NDCG@10")
    assert [trace.name for trace in figure.data] == list(LOOKS.values())
    assert [trace.customdata[0][2] for trace in figure.data] == ["", said["Alone"], ""]
    assert len({trace.marker.symbol for trace in figure.data}) == 3  # not by colour alone
    usual = figure.data[0]
    assert usual.marker.symbol == "diamond"
    assert usual.marker.color == metrics_charts.BLUE
    assert list(usual.error_x.array) == pytest.approx([0.15])
    assert list(usual.error_x.arrayminus) == pytest.approx([0.1])
    assert list(figure.layout.yaxis.categoryarray) == ["Crowd", "Alone", "The &lt;b&gt;usual"]


def scattered(**changes):
    frame = pd.DataFrame(
        {
            "x": [0.1, 0.9, 0.9],
            "x_low": [np.nan] * 3,
            "x_high": [np.nan] * 3,
            "y": [0.6, 0.5, 0.2],
            "y_low": [0.5, 0.4, 0.1],
            "y_high": [0.7, 0.6, 0.3],
        },
        index=NAMES,
    ).assign(**changes)
    return metrics_scatter.against(frame, LOOKS, NAMES[:2], ("overlap", "NDCG@10"))


def test_a_dot_is_a_strategy_and_says_which_and_is_hollow_where_it_cannot_be_opened():
    usual, alone, crowd = scattered().data
    assert (usual.x[0], usual.y[0], usual.customdata[0][0]) == (0.1, 0.6, "The <b>usual")
    assert usual.customdata[0][1] == "The &lt;b&gt;usual"
    assert "open in Compare" in alone.customdata[0][2]
    assert list(usual.marker.symbol) == ["diamond"]
    assert list(crowd.marker.symbol) == ["triangle-down-open"]
    assert list(usual.error_x.array) == [0]  # no interval is known
    assert list(usual.error_y.array) == pytest.approx([0.1])
    assert list(usual.textposition) == ["top right"]
    assert list(crowd.textposition) == ["top left"]


def test_of_dots_in_one_place_one_is_named_and_what_is_unknown_is_not_drawn():
    same = scattered(x=[0.5] * 3, y=[0.5, 0.5, 0.9])
    assert [trace.text[0] for trace in same.data] == ["The &lt;b&gt;usual", "", "Crowd"]
    assert len(scattered(y=[0.5, np.nan, 0.5]).data) == 2


CURVE = pd.DataFrame(
    {
        "likes": [0, 5, 0, 5],
        "text": [False, False, True, True],
        "mean": [0.1, 0.7, 0.4, 0.8],
        "low": [0.0, 0.6, 0.3, 0.7],
        "high": [0.2, 0.8, 0.5, 0.9],
    }
)


def test_the_learning_curve_has_two_bands_and_leads_from_the_text_to_its_worth():
    figure = metrics_charts.learning_curve(CURVE, 2.5, "NDCG@10")
    lines = {trace.name: trace for trace in figure.data if trace.name}
    assert list(lines["with the text"].y) == [0.4, 0.8]
    assert list(lines["likes alone"].y) == [0.1, 0.7]
    assert list(figure.data[0].y) == [0.5, 0.9, 0.7, 0.3]
    assert list(lines["the text alone"].x) == [0, 2.5]
    assert list(lines["the text alone"].y) == [0.4, 0.4]
    assert figure.layout.annotations[0].text == "worth 2.5 likes"
    never = metrics_charts.learning_curve(CURVE, np.inf, "NDCG@10")
    assert list(never.data[-1].x) == [0, 5]
    assert not never.layout.annotations


def test_slices_stand_one_below_the_other_with_their_counts():
    parts = pd.DataFrame(
        {
            "slice": ["cold", "warm", "cold"],
            "n": [3, 1200, 3],
            "strategy": ["A", "A", "B"],
            "mean": [0.5, 0.6, 0.4],
            "low": [0.4, 0.5, 0.3],
            "high": [0.6, 0.7, 0.5],
        }
    )
    figure = metrics_charts.slices(parts, ["A", "B"], "NDCG@10")
    first, second = figure.data
    assert first.y.tolist() == pytest.approx([-0.14, 0.86])
    assert second.y.tolist() == pytest.approx([0.14])
    assert list(figure.layout.yaxis.ticktext) == ["cold (n = 3)", "warm (n = 1,200)"]


def test_gains_are_green_and_losses_red():
    table = pd.DataFrame({"gain": [0.3, 0.0, -0.1]}, index=["<i>", "b", "c"])
    mean = {"mean": 0.067, "low": -0.1, "high": 0.2}
    figure = metrics_charts.gains(table, mean, "NDCG@10", "people")
    bars = figure.data[0]
    assert list(bars.marker.color) == [GOOD, GOOD, BAD]
    assert bars.customdata[0] == "&lt;i&gt;"
    assert figure.layout.annotations[0].text == "mean +0.067 (−0.100 to +0.200)"
    band = figure.layout.shapes[0]
    assert (band.y0, band.y1) == (-0.1, 0.2)


def test_what_was_not_compared_has_a_mark_of_its_own():
    figure = metrics_charts.forest(FIGURES, {}, {}, "NDCG@10")
    assert [trace.name for trace in figure.data] == ["not compared"]
