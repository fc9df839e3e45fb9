"""Costs over items: a line for each, on axes where a straight line is growth with the items."""

import numpy as np
import pandas as pd

from recsys.charts.growth import SYMBOLS, growth

COSTS = pd.DataFrame(
    {"build": [1.0, 10.0, 100.0], "open": [0.2, np.nan, 3.0]}, index=[1000, 10_000, 100_000]
)


def test_each_cost_is_a_line_where_it_is_known():
    figure = growth(COSTS, {"build": "Build", "open": "Open"}, "seconds")
    build, opened = figure.data
    assert (build.name, list(build.x), list(build.y)) == (
        "Build", [1000, 10_000, 100_000], [1.0, 10.0, 100.0]
    )  # fmt: skip
    assert (opened.name, list(opened.x), list(opened.y)) == ("Open", [1000, 100_000], [0.2, 3.0])
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"
    assert figure.layout.yaxis.title.text == "seconds"


def test_lines_are_told_apart_without_their_colour():
    figure = growth(COSTS, {"build": "Build", "open": "Open"}, "seconds")
    assert [line.marker.symbol for line in figure.data] == list(SYMBOLS[:2])
    assert len({line.line.color for line in figure.data}) == 2
