"""Charts of what curiosity costs, and of how a rate settles."""

import pandas as pd

from recsys.charts.exploration import POINTS, regret, settling


def test_each_way_has_a_line_of_its_own():
    table = pd.DataFrame({way: range(1, 1001) for way in ("Thompson", "greedy", "random")})
    figure = regret(table)
    assert [line.name for line in figure.data] == list(table)
    assert len({line.line.dash for line in figure.data}) == 3
    assert len(figure.data[0].x) == POINTS


def test_a_rate_stands_in_its_interval_beside_what_was_predicted():
    table = pd.DataFrame(
        {"rate": [0.1, 0.2], "low": [0.0, 0.15], "high": [0.3, 0.25], "predicted": [0.1, 0.1]},
        index=[0, 40],
    )
    band, rate, predicted = settling(table).data
    assert list(band.y) == [0.3, 0.25, 0.15, 0.0]
    assert list(rate.y) == [0.1, 0.2]
    assert list(predicted.y) == [0.1, 0.1]
