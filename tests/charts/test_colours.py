"""Colours are measured: told apart by everybody, seen on both backgrounds, read on both."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from recsys.charts.colours import BAD, COLOURS, GOOD, NODES, RELATIONS, TOPICS
from recsys.charts.contributions import score_parts
from tests.charts.colour import SIGHTS, ciede2000, closest, contrast, difference, mixed

THEME = tomllib.loads(Path(".streamlit/config.toml").read_text())["theme"]
SURFACES = ("backgroundColor", "secondaryBackgroundColor")
LISTS = {
    "parts": list(COLOURS.values()),
    "relations": list(RELATIONS),
    "nodes": list(NODES.values()),
    "topics": list(TOPICS),
    "moves": [GOOD, BAD],
}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Pairs 1, 7, 11, 13, 17, 20 and 25 of Sharma, Wu & Dalal (2005), table 1.
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, -0.001, 2.49), (50, 0.0009, -2.49), 4.8045),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_difference_is_that_of_the_paper(one, other, expected):
    assert ciede2000(one, other) == pytest.approx(expected, abs=1e-4)
    assert ciede2000(other, one) == pytest.approx(expected, abs=1e-4)


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_the_colours_of_before_would_fail():
    """Words in common were orange, and the year was green, right beside them."""
    old = ["#1f78c8", "#e08a00", "#12a07a", "#c26aa6", "#d4552a", "#9c8500", "#808890"]
    assert closest(old, "deuteranopia") == pytest.approx(1.8, abs=0.05)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("which", LISTS)
def test_any_two_are_told_apart(which, sight):
    assert closest(LISTS[which], sight) >= 12


def test_neighbours_in_a_bar_differ_most():
    """All the parts, one beside the other; and those in plain colours with none between."""
    parts = list(score_parts().values())
    plain = [part for part in parts if not part.hatch]
    for sight in SIGHTS:
        assert min(difference(a.hex, b.hex, sight) for a, b in pairwise(parts)) >= 15
        assert min(difference(a.hex, b.hex, sight) for a, b in pairwise(plain)) >= 12.5


def test_the_graph_and_the_map_have_hues_of_their_own():
    for which in ("relations", "nodes", "topics"):
        for colour in LISTS[which]:
            assert min(difference(colour, part) for part in COLOURS.values()) >= 6


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("which", LISTS)
def test_every_colour_is_seen_on_both_backgrounds(which, theme):
    for surface in SURFACES:
        assert min(contrast(colour, THEME[theme][surface]) for colour in LISTS[which]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_captions_are_read(theme):
    """Streamlit draws them as text at 60 %."""
    own = THEME[theme]
    for surface in SURFACES:
        assert contrast(mixed(own["textColor"], own[surface], 0.6), own[surface]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_of_text_is_read_on_both_backgrounds(theme):
    own = THEME[theme]
    for surface in SURFACES:
        texts = [own["textColor"], *(own[f"{name}TextColor"] for name in COLOURS)]
        assert min(contrast(text, own[surface]) for text in texts) >= 4.5
