"""Figures of a new item: what is drawn is what was computed."""

import numpy as np
import pandas as pd
import pytest

from recsys.charts import new_item as charts
from recsys.charts import new_item_pictures as pictures
from recsys.charts.colours import BAD, COLOURS, GOOD
from recsys.charts.landscape import topics
from recsys.charts.new_item_map import landscape, landscape_in_small
from recsys.charts.new_item_places import chance_shares, place_bins, place_shares, places

TITLES = ["Jaws", "<b>Ran</b>", "Heat", "Alien", "Big", "Up"]


def attributes(*lines) -> pd.DataFrame:
    """Relation, name, probability, whether the text names it, and neighbours; perhaps from 20 %."""
    frame = pd.DataFrame(lines, columns=["relation", "name", "probability", "named", "neighbours"])
    return frame.assign(
        threshold=0.2,
        predicted=frame["probability"] >= 0.2,
        likely=frame["probability"] >= 0.5,
    )


def test_attributes_are_bars_in_groups_whose_headings_say_the_threshold():
    frame = attributes(
        ("genre", "War", 0.8, False, (1, 0)),
        ("genre", "Drama", 0.3, False, ()),
        ("genre", "Crime", 0.1, False, ()),
        ("mood", "<i>sad</i>", 0.4, True, (0, 1, 2, 3, 4, 5)),
    )
    figure = charts.attributes(frame, TITLES)
    (bar,) = figure.data
    assert list(bar.x) == [0.8, 0.3, 0.1, 0.4]
    assert list(bar.y) == [1, 2, 3, 5]  # a heading stands at 0 and at 4
    assert list(figure.layout.yaxis.ticktext) == [
        "<b>Genre</b>, perhaps from 20%", "War", "Drama", "Crime",
        "<b>Mood</b>, perhaps from 20%", "&lt;i&gt;sad&lt;/i&gt;",
    ]  # fmt: skip
    assert list(bar.text) == ["80%", "30%", "10%", "40% in its words"]
    solid = [pictures.SURE, pictures.PERHAPS, pictures.PALE, pictures.SURE]
    assert list(bar.marker.opacity) == solid
    assert figure.layout.shapes[0].x0 == 0.5  # what a person calls likely
    assert bar.customdata[0] == "as are &lt;b&gt;Ran&lt;/b&gt;, Jaws"
    assert list(bar.customdata)[1:3] == ["from the words alone"] * 2
    assert bar.customdata[3] == "as are Jaws, &lt;b&gt;Ran&lt;/b&gt;, Heat, Alien and 2 more"


def test_of_a_relation_the_likeliest_are_drawn_and_all_that_are_said():
    lines = [("theme", f"t{i}", 0.15 - i / 100, i == 9, ()) for i in range(12)]
    drawn = charts.drawn(attributes(*lines))
    assert drawn["name"].tolist() == ["t0", "t1", "t2", "t3", "t4", "t5", "t9"]


def test_in_small_what_the_text_names_comes_before_a_better_guess():
    frame = attributes(
        ("genre", "Drama", 0.9, False, ()),
        ("genre", "Crime", 0.1, False, ()),
        ("theme", "marriage", 0.49, False, ()),
        ("theme", "work", 0.45, False, ()),
        ("theme", "loss", 0.4, False, ()),
        ("theme", "the sea", 0.3, True, ()),
    )
    assert pictures.chosen(frame)["name"].tolist() == ["Drama", "the sea", "marriage", "work"]
    figure = pictures.attributes_in_small(frame, 236, "#123456")
    assert list(figure.data[0].marker.opacity) == [1, 1, pictures.PERHAPS, pictures.PERHAPS]
    assert [note.text.strip() for note in figure.layout.annotations] == [
        "90%", "30% ”", "49%", "45%",
    ]  # fmt: skip
    assert figure.layout.height == 236


def test_in_small_a_group_has_its_share_and_the_interval_of_it():
    frame = pd.DataFrame(
        [("Ann & co", 40, 0.25, 2.5, 0.1, 0.5), ("Bo", 1200, 0.02, 0.8, 0.0, 0.05)],
        columns=["name", "users", "rate", "lift", "low", "high"],
    )
    figure = pictures.segments_in_small(frame, 236, "#123456")
    (bar,) = figure.data
    np.testing.assert_allclose(bar.error_x.array, [0.25, 0.03])
    np.testing.assert_allclose(bar.error_x.arrayminus, [0.15, 0.02])
    said = [note.text for note in figure.layout.annotations]
    assert said == ["Ann &amp; co", "25% · ×2.5", "Bo", "2% · ×0.8"]


def test_segments_are_bars_of_lift_pale_where_it_is_no_better_than_the_average():
    frame = pd.DataFrame(
        [("Ann & co", 40, 10.0, 0.25, 2.5, 0.1, 0.5), ("Bo", 1200, 30.0, 0.025, 0.8, 0.0, 0.03)],
        columns=["name", "users", "expected", "rate", "lift", "low", "high"],
    )
    figure = charts.segments(frame)
    bar, words = figure.data
    assert list(bar.x) == [2.5, 0.8]
    assert list(words.text) == [" ×2.5 · 10 of 40", " ×0.8 · 30 of 1,200"]
    np.testing.assert_allclose(words.x, [5, 1])  # beside the interval; beside the average
    np.testing.assert_allclose(bar.error_x.array, [2.5, 0.16])
    np.testing.assert_allclose(bar.error_x.arrayminus, [1.5, 0.8])
    assert list(bar.marker.opacity) == [pictures.SURE, pictures.PALE]
    assert list(figure.layout.yaxis.ticktext) == ["Ann &amp; co", "Bo"]
    assert [line.x0 for line in figure.layout.shapes] == [1]


@pytest.mark.parametrize(
    ("n_candidates", "last"),
    [(1, (1, 2)), (3, (3, 4)), (4, (5, 5)), (9, (5, 10)), (10, (11, 11)), (604, (465, 605))],
)
def test_bins_of_places_cover_every_place_once(n_candidates, last):
    bins = place_bins(n_candidates)
    covered = [place for a, b in bins for place in range(a, b + 1)]
    assert covered == list(range(1, n_candidates + 2))
    assert bins[0] == (1, 2)
    assert bins[-1] == last


def test_bins_of_places_are_equal_steps_of_a_scale_of_times():
    """As far as whole places allow: each ends 2.15 times as far out, three of them ten times."""
    ends = np.array([last for _, last in place_bins(100_000)][:-1])
    np.testing.assert_allclose(ends[4:] / ends[3:-1], 10 ** (1 / 3), rtol=0.03)
    assert {10, 100, 1000, 10_000} < set(ends.tolist())


def test_shares_of_places_are_counted_by_bin():
    counted = np.array([1, 2, 4, 5, 10, 11, 20, 21])
    shares = place_shares(counted, 20)
    assert shares.to_dict() == {"1–2": 2 / 8, "3–4": 1 / 8, "5–10": 2 / 8, "11–21": 3 / 8}
    assert not place_shares(counted[:0], 20).any()


def test_chance_gives_each_bar_what_it_has_of_the_places_in_each_list():
    """Lists of 4 and of 10: two of the places are 1 or 2 of both, six are 5 to 10 of the longer."""
    chance = chance_shares(np.array([3, 9]), 9)
    assert chance.round(4).to_dict() == {"1–2": 0.35, "3–4": 0.35, "5–10": 0.3}
    assert chance.sum() == pytest.approx(1)


def test_places_at_random_are_as_high_as_the_chance_line():
    """What the bars of unequal bins, without the line, made look like a peak far down."""
    rng = np.random.default_rng(0)
    drawn = rng.integers(1, 606, 200_000)
    figure = places(drawn, drawn, np.full(200_000, 604), 604, "all")
    bars, chance = figure.data
    assert chance.name == "by chance"
    np.testing.assert_allclose(bars.y, chance.y, atol=0.004)


def test_places_of_some_stand_before_those_of_everyone_and_the_median_stands_out():
    everyone = np.array([1, 3, 8, 15, 21, 21])
    beside = np.full(6, 20)
    bars, line, chance = places(everyone[:3], everyone, beside[:3], 20, "<b>Ann</b>").data
    assert list(bars.x) == ["1–2", "3–4", "5–10", "11–21"]
    np.testing.assert_allclose(bars.y, [1 / 3, 1 / 3, 1 / 3, 0])
    np.testing.assert_allclose(line.y, [1 / 6, 1 / 6, 1 / 6, 3 / 6])
    np.testing.assert_allclose(chance.y, [2 / 21, 2 / 21, 6 / 21, 11 / 21])
    blue, orange = COLOURS["blue"], COLOURS["orange"]
    assert list(bars.marker.color) == [blue, orange, blue, blue]  # the median is 3
    assert "&lt;b&gt;Ann" in bars.name
    figure = places(everyone, everyone, beside, 20, "all")
    assert [trace.name for trace in figure.data] == ["all", "by chance"]
    assert figure.layout.annotations[0].text == "median: 12"  # between 8 and 15: 11.5
    assert figure.layout.annotations[0].x == "11–21"


def test_a_sentence_is_green_where_it_earns_and_red_where_it_costs():
    frame = pd.DataFrame(
        [
            ("A shark & a town.", 4.0, 1.0, 6.0, 0.02, ("Horror",), ()),
            ("It is " + "very " * 40 + "long.", -1.5, -3.5, 0.5, 0.0, (), ("War", "Drama")),
        ],
        columns=["sentence", "likes", "low", "high", "top", "gains", "loses"],
    )
    figure = charts.sentences(frame, "people")
    bar, words = figure.data
    assert list(bar.x) == [4.0, -1.5]
    assert list(bar.marker.color) == [GOOD, BAD]
    assert list(bar.error_x.array) == [2, 2]
    assert list(bar.error_x.arrayminus) == [3, 2]
    assert list(words.text) == [" +4.0", " -1.5"]
    assert bar.customdata[0] == "among the first 100 of +2.0% of people; makes it Horror"
    assert bar.customdata[1].endswith("keeps it from being War, Drama")
    first, second = figure.layout.yaxis.ticktext
    assert first == "A shark &amp; a town."
    assert all(len(line) <= charts.LETTERS for line in second.split("<br>"))
    assert len(second.split("<br>")) == 2
    assert second.endswith(" …")
    low, high = figure.layout.xaxis.range
    assert low < -3.5
    assert high > 6


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


def test_the_interval_of_what_moved_is_drawn_where_it_is_known():
    columns = ["name", "before", "after", "low", "high"]
    frame = pd.DataFrame([("Ann", 0.2, 0.6, 0.1, 0.8)], columns=columns)
    interval, line = charts.moved(frame).data
    assert list(interval.x) == [0.1, 0.8]
    assert list(line.x) == [0.2, 0.6]


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
    assert list(traces["War"].customdata) == ["Jaws", "&lt;b&gt;Ran&lt;/b&gt;"]
    assert traces["War"].marker.opacity < 1
    assert traces["other"].marker.color == COLOURS["gray"]
    assert list(traces["neighbours"].x) == [0, 0]
    assert list(traces["neighbours"].y) == [1, 0]
    assert traces["neighbours"].marker.symbol == "circle-open"
    star = traces["the new one"]
    assert (list(star.x), list(star.y), star.marker.symbol) == ([0.5], [0.25], "star")


def test_the_small_map_numbers_the_nearest_and_draws_them_over_the_star():
    points = np.array([[0, 0], [1, 0], [0, 1]])
    figure = landscape_in_small(points, TITLES[:3], [2, 0], np.array([0, 1]), "#123456", 236)
    assert [trace.name for trace in figure.data] == ["other", "the new one", "neighbours"]
    assert list(figure.data[2].text) == ["1", "2"]
    assert figure.layout.height == 236
    assert not figure.layout.showlegend
