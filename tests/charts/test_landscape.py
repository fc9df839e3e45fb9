"""The map: dots, marks above them, and names that cover no mark."""

import numpy as np
import pandas as pd
import pytest

from recsys.charts.colours import COLOURS
from recsys.charts.landscape import APART, LEGEND, LOOKS, MARGIN, NO_ROW, Theme, landscape
from recsys.charts.spread import clear, spread

THEME = Theme(ink="#123456", ground="#fedcba")
DOTS = pd.DataFrame(
    {
        "x": [-1, 1, 0.5, np.nan],
        "y": [-1, 1, 0, np.nan],
        "topic": ["War", "War", "", "Drama"],
        "title": ["Jaws", "<b>Ran</b>", "Heat", "Alien"],
    }
)
REGIONS = pd.DataFrame({"x": [-1.0, 1], "y": [-1.0, 1], "name": ["sea · <i>fear</i>", ""]})


def marks(*lines) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=["kind", "row", "text", "x", "y"])


def drawn(*lines):
    """The traces by name, and the texts."""
    figure = landscape(DOTS, marks(*lines), REGIONS, THEME, 300)
    texts = {one.text: one for one in figure.layout.annotations}
    assert figure.layout.height == 300
    return {trace.name: trace for trace in figure.data}, texts


def test_a_result_is_numbered_and_knows_its_row_and_title():
    traces, texts = drawn(("result", 1, "1", 1.0, 1.0), ("result", 2, "2", 0.5, 0.0))
    results = traces[LOOKS["result"].title]
    assert list(results.customdata) == [1, 2]
    assert results.hovertext[0].startswith("&lt;b&gt;Ran&lt;/b&gt;<br>")
    assert results.marker.color == "#123456"
    assert (texts["1"].x, texts["1"].y) == (1, 1)
    assert texts["1"].font.color == "#fedcba"  # on ink


def test_words_are_no_items_and_what_is_refused_has_a_shape_of_its_own():
    traces, texts = drawn(
        ("taste", NO_ROW, "war at sea. no <u>gore</u>", -1.0, 0.0),
        ("wanted", NO_ROW, "war at sea", 0.0, 0.5),
        ("refused", NO_ROW, "not <u>gore</u>", 0.0, -0.5),
    )
    looks = {kind: traces[LOOKS[kind].title] for kind in ("taste", "wanted", "refused")}
    assert len({trace.marker.symbol for trace in looks.values()}) == 3
    assert all(list(trace.customdata) == [NO_ROW] for trace in looks.values())
    assert {"<i>the taste</i>", "<i>war at sea</i>", "<i>not &lt;u&gt;gore&lt;/u&gt;</i>"} <= set(
        texts
    )
    assert looks["taste"].hovertext[0] == "war at sea. no &lt;u&gt;gore&lt;/u&gt;<br>the taste"


def test_liked_and_disliked_are_told_apart_by_shape_and_sign_not_by_colour_alone():
    traces, texts = drawn(("liked", 0, "", -1.0, -1.0), ("disliked", 1, "", 1.0, 1.0))
    liked, disliked = traces["liked"], traces["disliked"]
    assert liked.marker.symbol != disliked.marker.symbol
    assert (liked.marker.color, disliked.marker.color) == (COLOURS["green"], COLOURS["orange"])
    assert {LOOKS["liked"].glyph, LOOKS["disliked"].glyph} <= set(texts)


def test_regions_are_named_once_each_and_one_without_a_name_is_not():
    _, texts = drawn()
    assert list(texts) == ["<b>sea,<br>&lt;i&gt;fear&lt;/i&gt;</b>"]


def test_a_name_moves_off_a_mark_and_clicks_go_through_it():
    _, texts = drawn(("result", 0, "1", -1.0, -1.0))
    (name,) = [text for said, text in texts.items() if "sea" in said]
    assert (name.x, name.y) != (-1, -1)
    assert not name.captureevents


def test_marks_at_one_place_are_moved_apart_and_tied_to_it():
    lines = [("result", row, str(row), 0.5, 0.0) for row in (0, 1, 2)]
    traces, _ = drawn(*lines)
    results = traces[LOOKS["result"].title]
    at = np.stack([results.x, results.y], axis=1)
    apart = np.linalg.norm(at[:, None] - at, axis=2)[np.triu_indices(3, 1)]
    pixel = 2 * (1 + 2 * MARGIN) / (300 - LEGEND)
    assert apart.min() >= 0.99 * APART * pixel
    assert len(traces["places"].x) == 3 * 3  # from, to, gap
    np.testing.assert_allclose(np.reshape(traces["places"].x, (3, 3))[:, 0], 0.5)


def test_marks_that_are_apart_stay():
    points = np.array([[0.0, 0], [5, 0], [0, 5]])
    np.testing.assert_array_equal(spread(points, 1), points)
    assert spread(np.zeros((0, 2)), 1).shape == (0, 2)


@pytest.mark.parametrize("count", [2, 10, 40])
def test_a_heap_is_spread_the_same_way_each_time(count):
    moved = spread(np.zeros((count, 2)), 1)
    apart = np.linalg.norm(moved[:, None] - moved, axis=2)[np.triu_indices(count, 1)]
    assert apart.min() > 0.8
    np.testing.assert_array_equal(moved, spread(np.zeros((count, 2)), 1))


def test_boxes_cover_neither_marks_nor_each_other_where_there_is_room():
    """Two boxes of 2 by 1 on a mark of side 1: the first goes up by 1, until they touch; the second
    as far down."""
    placed = clear(np.zeros((2, 2)), np.array([[2.0, 1], [2, 1]]), np.zeros((1, 2)), 1, 0.5)
    np.testing.assert_allclose(placed, [[0, 1], [0, -1]], atol=1e-9)


def test_a_box_without_room_covers_as_little_as_it_can():
    """Two marks at every place of a grid, but for one three steps to the right."""
    grid = np.stack(np.meshgrid(*[np.arange(-13, 14)] * 2), axis=-1).reshape(-1, 2)
    taken = np.concatenate([grid, grid[(grid != [3, 0]).any(axis=1)]])
    placed = clear(np.zeros((1, 2)), np.ones((1, 2)), taken, 0.1, 1)
    np.testing.assert_allclose(placed, [[3, 0]])
