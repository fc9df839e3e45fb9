"""Figures: what is drawn is what was computed, in the colours of the theme."""

import pandas as pd
import pytest

from recsys.charts.colours import COLOURS
from recsys.charts.contributions import (
    HATCHES,
    contribution_pair,
    looks,
    score_parts,
)
from recsys.signals import default_weights, signals

PARTS = looks({"content": "Meaning", "lexical": "Words"})


def test_every_part_of_a_score_is_told_apart():
    parts = score_parts()
    assert list(parts) == [*signals(), "limits", "diversity", "curiosity"]
    assert [parts[name].title for name in ("limits", "diversity")] == [
        "What you ruled out",
        "Variety",
    ]
    assert len({(part.colour, part.hatch) for part in parts.values()}) == len(parts)
    assert len({part.css for part in parts.values()}) == len(parts)


def test_more_parts_than_colours_are_hatched_the_lightest_first():
    titles = dict.fromkeys("abcdefghi", "")
    parts = looks(titles, {"b": 0.1, "d": 0.2} | dict.fromkeys("acefg", 0.5))
    assert [name for name, part in parts.items() if part.hatch] == ["h", "i"]
    parts = looks(titles, dict.fromkeys("cdefghi", 0.5))
    assert [name for name, part in parts.items() if part.hatch] == ["a", "b"]
    most = len(COLOURS) * len(HATCHES)
    every = looks({str(number): "" for number in range(most)}).values()
    assert len({(part.hex, part.hatch) for part in every}) == most
    assert len({part.css for part in every}) == most
    with pytest.raises(ValueError, match="29 parts of a score; at most 28"):
        looks({str(number): "" for number in range(most + 1)})


def test_what_weighs_most_has_a_plain_colour():
    weights = pd.Series(default_weights()).sort_values(ascending=False)
    parts = score_parts()
    assert {parts[name].hatch for name in weights.index[: len(COLOURS)]} == {""}


def test_a_bar_of_css_has_the_colour_and_a_hatch_of_it():
    parts = looks(dict.fromkeys("abcdefghij", "A part"))
    assert parts["a"].css == parts["a"].hex
    hatched = [parts[name] for name in "hij"]
    assert [part.hatch for part in hatched] == list(HATCHES[1:])
    for part in hatched:
        assert "gradient(" in part.css
        assert part.hex in part.css


def test_a_part_looks_the_same_whatever_else_is_drawn():
    parts = score_parts()
    every = pd.Series(1.0, index=list(parts))
    all_bars = pair_looks(every, parts)
    assert len(set(all_bars.values())) == len(parts)
    assert pair_looks(every[["popularity", "diversity"]], parts).items() <= all_bars.items()


def pair_looks(contributions, parts):
    """Name of a part -> colour and hatch of its bar."""
    both = pd.DataFrame({"a": contributions, "b": contributions})
    pair = contribution_pair(both, parts, ("A", "B")).data[0]
    return dict(
        zip(pair.y, zip(pair.marker.color, pair.marker.pattern.shape, strict=True), strict=True)
    )


def test_two_items_stand_side_by_side_solid_and_pale():
    two = pd.DataFrame({"this": [1.0, -0.5], "last": [0.2, 0.3]}, index=["content", "lexical"])
    solid, pale = contribution_pair(two, PARTS, ("<b>Ran</b>", "Heat")).data
    assert (solid.name, pale.name) == ("&lt;b&gt;Ran&lt;/b&gt;", "Heat")
    assert list(solid.x) == [1.0, -0.5]
    assert list(pale.y) == ["Meaning", "Words"]
    assert solid.marker.opacity > pale.marker.opacity
    assert solid.marker.color == pale.marker.color
