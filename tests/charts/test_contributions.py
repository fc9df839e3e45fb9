"""Figures: what is drawn is what was computed, in the colours of the theme."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from recsys.charts.contributions import COLOURS, contribution_bar, contribution_pair, span

PARTS = pd.DataFrame({"content": [1.0, -0.5], "lexical": [0.5, -0.25]})


def test_one_bar_a_part_with_its_value_and_name():
    figure = contribution_bar(PARTS.iloc[0], {"content": "Meaning", "lexical": "Words"}, (0, 2))
    assert [(bar.name, bar.x[0]) for bar in figure.data] == [("Meaning", 1.0), ("Words", 0.5)]
    assert figure.layout.barmode == "relative"
    assert len({bar.marker.color for bar in figure.data}) == 2


def test_all_bars_share_a_range_that_holds_the_longest():
    low, high = span(PARTS)
    assert low == pytest.approx(-0.75, abs=0.05)
    assert high == pytest.approx(1.5, abs=0.05)
    assert low < -0.75
    assert high > 1.5


def test_text_legends_have_the_colours_of_the_charts():
    config = tomllib.loads(Path(".streamlit/config.toml").read_text())
    assert {name: config["theme"][f"{name}TextColor"] for name in COLOURS} == COLOURS


def test_two_items_stand_side_by_side_solid_and_pale():
    parts = pd.DataFrame({"this": [1.0, -0.5], "last": [0.2, 0.3]}, index=["content", "lexical"])
    titles = {"content": "Meaning", "lexical": "Words"}
    solid, pale = contribution_pair(parts, titles, ("<b>Ran</b>", "Heat")).data
    assert (solid.name, pale.name) == ("&lt;b&gt;Ran&lt;/b&gt;", "Heat")
    assert list(solid.x) == [1.0, -0.5]
    assert list(pale.y) == ["Meaning", "Words"]
    assert solid.marker.opacity > pale.marker.opacity
    assert solid.marker.color == pale.marker.color
