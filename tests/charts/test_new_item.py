"""Figures of a new item: what is drawn is what was computed."""

import numpy as np
import pandas as pd
import pytest

from recsys.charts import new_item as charts
from recsys.charts.colours import BAD, COLOURS, GOOD
from recsys.charts.new_item_map import landscape, topics

TITLES = ["Jaws", "<b>Ran</b>", "Heat", "Alien", "Big", "Up"]


def attributes(*lines) -> pd.DataFrame:
    return pd.DataFrame(
        lines, columns=["relation", "name", "probability", "predicted", "neighbours"]
    )


def test_attributes_are_bars_in_groups_with_headings_between():
    frame = attributes(
        ("genre", "War", 0.8, True, (1, 0)),
        ("genre", "Drama", 0.3, False, ()),
        ("mood", "<i>sad</i>", 0.5, True, (0, 1, 2, 3, 4, 5)),
    )
    figure = charts.attributes(frame, TITLES)
    (bar,) = figure.data
    assert list(bar.x) == [0.8, 0.3, 0.5]
    assert list(bar.y) == [1, 2, 4]  # a heading stands at 0 and at 3
    assert list(figure.layout.yaxis.ticktext) == [
        "<b>Genre</b>", "War", "Drama", "<b>Mood</b>", "&lt;i&gt;sad&lt;/i&gt;",
    ]  # fmt: skip
    assert list(bar.text) == ["80%", "30%", "50%"]
    assert list(bar.marker.opacity) == [charts.SOLID, charts.PALE, charts.SOLID]
    assert list(bar.customdata) == [
        "as are &lt;b&gt;Ran&lt;/b&gt;, Jaws",
        "from the words alone",
        "as are Jaws, &lt;b&gt;Ran&lt;/b&gt;, Heat, Alien and 2 more",
    ]


def test_of_a_relation_the_likeliest_are_drawn_and_all_that_are_said():
    lines = [("theme", f"t{i}", 0.9 - i / 20, i in (0, 9), ()) for i in range(12)]
    drawn = charts.drawn(attributes(*lines))
    assert drawn["name"].tolist() == ["t0", "t1", "t2", "t3", "t4", "t5", "t9"]


def test_segments_are_bars_of_lift_pale_where_it_is_no_better_than_the_average():
    frame = pd.DataFrame(
        [("Ann & co", 40, 10.0, 0.25, 2.5), ("Bo", 1200, 30.0, 0.025, 0.8)],
        columns=["name", "users", "expected", "rate", "lift"],
    )
    figure = charts.segments(frame)
    bar, words = figure.data
    assert list(bar.x) == [2.5, 0.8]
    assert list(words.text) == [" ×2.5 · 10 of 40", " ×0.8 · 30 of 1,200"]
    assert list(words.x) == [2.5, 1]
    assert list(bar.marker.opacity) == [charts.SOLID, charts.PALE]
    assert list(figure.layout.yaxis.ticktext) == ["Ann &amp; co", "Bo"]
    assert [line.x0 for line in figure.layout.shapes] == [1]


@pytest.mark.parametrize(
    ("n_candidates", "last"),
    [(3, (2, 4)), (5, (6, 6)), (9, (6, 10)), (10, (11, 11)), (604, (501, 605))],
)
def test_bins_of_places_cover_every_place_once(n_candidates, last):
    bins = charts.place_bins(n_candidates)
    covered = [place for a, b in bins for place in range(a, b + 1)]
    assert covered == list(range(1, n_candidates + 2))
    assert bins[0] == (1, 1)
    assert bins[-1] == last


def test_shares_of_places_are_counted_by_bin():
    places = np.array([1, 2, 5, 6, 10, 11, 20, 21])
    shares = charts.place_shares(places, 20)
    assert shares.to_dict() == {
        "1": 1 / 8, "2–5": 2 / 8, "6–10": 2 / 8, "11–20": 2 / 8, "21": 1 / 8,
    }  # fmt: skip
    assert not charts.place_shares(places[:0], 20).any()


def test_places_of_some_stand_before_those_of_everyone_and_the_median_stands_out():
    everyone = np.array([1, 3, 8, 15, 21, 21])
    bars, line = charts.places(everyone[:3], everyone, 20, "<b>Ann</b>").data
    assert list(bars.x) == ["1", "2–5", "6–10", "11–20", "21"]
    np.testing.assert_allclose(bars.y, [1 / 3, 1 / 3, 1 / 3, 0, 0])
    np.testing.assert_allclose(line.y, [1 / 6, 1 / 6, 1 / 6, 1 / 6, 2 / 6])
    blue, orange = COLOURS["blue"], COLOURS["orange"]
    assert list(bars.marker.color) == [blue, orange, blue, blue, blue]  # the median is 3
    assert "&lt;b&gt;Ann" in bars.name
    figure = charts.places(everyone, everyone, 20, "all")
    assert len(figure.data) == 1
    assert figure.layout.annotations[0].text == "median: 12"  # between 8 and 15: 11.5
    assert figure.layout.annotations[0].x == "11–20"
    assert list(figure.layout.xaxis.ticktext) == ["1", "5", "10", "20", "21"]


def test_a_sentence_is_green_where_it_earns_and_red_where_it_costs():
    frame = pd.DataFrame(
        [
            ("A shark & a town.", 4.0, 0.02, ("Horror",), ()),
            ("It is " + "very " * 40 + "long.", -1.5, 0.0, (), ("War", "Drama")),
        ],
        columns=["sentence", "likes", "top", "gains", "loses"],
    )
    figure = charts.sentences(frame, "people")
    (bar,) = figure.data
    assert list(bar.x) == [4.0, -1.5]
    assert list(bar.marker.color) == [GOOD, BAD]
    assert list(bar.text) == ["+4.0", "-1.5"]
    assert bar.customdata[0] == "among the first 100 of +2.0% of people; makes it Horror"
    assert bar.customdata[1].endswith("keeps it from being War, Drama")
    first, second = figure.layout.yaxis.ticktext
    assert first == "A shark &amp; a town."
    assert all(len(line) <= charts.LETTERS for line in second.split("<br>"))
    assert len(second.split("<br>")) == 2
    assert second.endswith(" …")
    low, high = figure.layout.xaxis.range
    assert low < -1.5
    assert high > 4


def test_what_moved_is_a_line_from_the_hollow_dot_to_the_full_one():
    frame = pd.DataFrame(
        [("War", 0.2, 0.6), ("Drama", 0.5, 0.1)], columns=["name", "before", "after"]
    )
    up, down = charts.moved(frame).data
    assert (list(up.x), list(up.y)) == ([0.2, 0.6], [0, 0])
    assert (list(down.x), list(down.y)) == ([0.5, 0.1], [1, 1])
    assert list(up.marker.symbol) == ["circle-open", "circle"]
    assert (up.line.color, down.line.color) == (GOOD, BAD)
    assert "20.0% → 60.0%" in up.hovertemplate


def test_an_item_has_the_colour_of_its_first_category_among_the_most_used():
    most = ["Drama", "War", "Crime", "Comedy", "Horror", "Musical"]
    own = [("War", "Drama"), ("Musical", "Drama"), ("Musical",), ()]
    assert topics(own, most) == ["War", "Drama", "", ""]


def test_the_map_has_the_catalogue_pale_the_neighbours_ringed_and_the_new_one_as_a_star():
    points = np.array([[0, 0], [1, 0], [0, 1], [np.nan, np.nan]])
    figure = landscape(
        points, ["War", "War", "", "Drama"], TITLES[:4], [2, 0], np.array([0.5, 0.25]), "#123456"
    )
    traces = {trace.name: trace for trace in figure.data}
    assert list(traces) == ["other", "War", "Drama", "neighbours", "the new one"]
    assert {trace.type for trace in figure.data} == {"scattergl"}
    assert list(traces["War"].hovertext) == ["Jaws", "&lt;b&gt;Ran&lt;/b&gt;"]
    assert list(traces["War"].customdata) == [0, 1]
    assert traces["War"].marker.opacity < 1
    assert traces["other"].marker.color == COLOURS["gray"]
    assert list(traces["neighbours"].x) == [0, 0]
    assert list(traces["neighbours"].y) == [1, 0]
    assert traces["neighbours"].marker.symbol == "circle-open"
    star = traces["the new one"]
    assert (list(star.x), list(star.y), star.marker.symbol) == ([0.5], [0.25], "star")
