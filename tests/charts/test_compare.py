"""How lists agree, one item's parts, and the sweeps, as figures."""

import numpy as np
import pandas as pd
import pytest

from recsys.charts import compare as compare_charts
from recsys.charts import sweep as sweep_charts
from recsys.charts.colours import COLOURS
from recsys.charts.contributions import looks, score_parts


def test_agreement_holds_its_numbers_and_its_names_are_text():
    matrix = pd.DataFrame([[1.0, -0.25], [-0.25, 1.0]])
    figure = compare_charts.agreement(matrix, ["A", "B & C"])
    assert figure.data[0].z.tolist() == matrix.to_numpy().tolist()
    assert figure.layout.xaxis.ticktext == ("A", "B &amp; C")
    assert (figure.data[0].zmin, figure.data[0].zmax) == (-1, 1)


def test_bars_keep_the_colour_of_their_signal():
    parts = pd.DataFrame([{"content": 0.5}, {"content": 1.0, "diversity": -0.2}])
    named = looks({"behaviour": "Others", "content": "Meaning", "diversity": "Variety"})
    bars = compare_charts.side_by_side(parts, named, ["A", "B"]).data
    assert [bar.name for bar in bars] == ["Meaning", "Variety"]
    assert [bar.marker.color for bar in bars] == [COLOURS["green"], COLOURS["orange"]]
    assert list(bars[0].y) == [0.5, 1.0]
    assert "+.0f} %" in bars[0].hovertemplate


def test_no_two_parts_of_a_score_are_drawn_alike():
    named = score_parts()
    bars = compare_charts.side_by_side(pd.DataFrame([dict.fromkeys(named, 1.0)]), named, ["A"]).data
    assert len({(bar.marker.color, bar.marker.pattern.shape) for bar in bars}) == len(named)


def test_the_slider_sweep_has_a_band_and_says_where_we_are():
    curve = pd.DataFrame(
        {"mean": [0.5, 0.6], "low": [0.4, 0.5], "high": [0.6, 0.7]}, index=[0.0, 1.0]
    )
    figure = sweep_charts.along(curve, 0.3, "weight")
    band, line = figure.data
    assert list(band.y) == [0.6, 0.7, 0.5, 0.4]
    assert list(line.y) == [0.5, 0.6]
    assert figure.layout.shapes[0].x0 == 0.3


def test_the_triangle_has_a_point_a_share_and_a_ring():
    points = [(1.0, 0.0, 0.0), (0.0, 0.5, 0.5)]
    figure = sweep_charts.ternary(points, np.array([0.1, 0.9]), (0.2, 0.3, 0.5), ["A", "B", "C"])
    shares, ring = figure.data
    assert (list(shares.a), list(shares.c)) == ([1, 0], [0, 0.5])
    assert list(shares.marker.color) == [0.1, 0.9]
    assert (ring.a[0], ring.b[0], ring.c[0]) == (0.2, 0.3, 0.5)
    assert ring.name == sweep_charts.HERE


@pytest.mark.parametrize("up", ["ndcg", "popular"])
def test_the_trade_off_rings_where_we_are(up):
    table = pd.DataFrame(
        {"overlap": [0.1, 0.2], "popular": [0.3, 0.9], "ndcg": [0.5, 0.4]}, index=[0.0, 1.0]
    )
    curve, ring = sweep_charts.trade_off(table, 1, "popularity", up).data
    assert list(curve.x) == [0.1, 0.2]
    assert list(curve.y) == table[up].tolist()
    assert (ring.x[0], ring.y[0]) == (0.2, table[up].iloc[1])
