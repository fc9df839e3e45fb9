"""The lists and the sweeps as figures: what is drawn where, and what a click says."""

import numpy as np
import pandas as pd
import pytest

from recsys.charts import compare as compare_charts
from recsys.charts import sweep as sweep_charts
from recsys.charts.colours import BAD, COLOURS, GOOD
from recsys.charts.contributions import looks, score_parts

TITLES = {5: "Heat <3", 6: "Ronin", 7: "Up", 8: "Eternal Sunshine of the Spotless Mind, at Length"}
PLACES = pd.DataFrame({0: [1, 2, 3, 9], 1: [2, 1, 3, 4], 2: [2, 8, 3, 9]}, index=[5, 6, 7, 8])
HOVER = {(item, column): f"{item} in {column}" for item in TITLES for column in range(3)}


def drawn(narrow=False, k=4):
    figure = compare_charts.rank_lines(
        PLACES, k, TITLES, ["A", "B", "C & D"], HOVER, "#123456", narrow
    )
    return figure, {trace.name: trace for trace in figure.data if trace.name}


def pieces(trace):
    """The curves of a trace, each as (first x, y, last x, y)."""
    ends, points = [], []
    for x, y in zip(trace.x, trace.y, strict=True):
        if x is None:
            ends += [(*points[0], *points[-1])] if points else []
            points = []
        else:
            points.append((x, y))
    return np.array(ends)


def test_lines_join_an_item_to_its_place_in_the_next_list():
    _, moves = drawn()
    rises, falls, same = (pieces(moves[name]) for name in ("rises", "falls", "same place"))
    assert rises[:, [1, 3]].tolist() == [[2, 1]]  # Ronin, from A to B
    assert falls[:, [1, 3]].tolist() == [[1, 2]]  # Heat
    assert same[:, [1, 3]].tolist() == [[2, 2], [3, 3], [3, 3]]
    assert (same[:, 0] < same[:, 2]).all()
    colours = [moves[name].line.color for name in compare_charts.MOVES]
    assert colours == [GOOD, BAD, COLOURS["blue"], COLOURS["gray"]]


def test_what_has_no_partner_gets_a_stub_with_its_place_over_there():
    figure, moves = drawn()
    assert len(pieces(moves["only here"])) == 3  # Eternal comes and goes, Ronin goes
    labels = next(trace for trace in figure.data if trace.mode == "text" and not trace.customdata)
    assert sorted(labels.text) == ["9 →", "→ 8", "→ 9"]
    narrow, _ = drawn(narrow=True)
    assert len(narrow.data) == len(figure.data) - 1


def test_titles_are_in_ink_and_grey_where_one_list_has_them():
    figure, _ = drawn()
    shared, alone = (trace for trace in figure.data if trace.customdata)
    assert shared.textfont.color == "#123456"
    assert alone.textfont.color == COLOURS["gray"]
    assert list(alone.customdata) == [8]
    assert list(alone.hovertext) == ["8 in 1"]
    assert "Heat &lt;3" in shared.text[0]
    assert alone.text[0].count("<br>") == 1
    assert "…" in alone.text[0]
    assert "C &amp; D" in figure.layout.annotations[2].text


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_as_many_columns_as_may_stand_side_by_side(columns):
    places = pd.DataFrame({column: [1, 2] for column in range(columns)}, index=[5, 6])
    hover = {(item, column): "" for item in (5, 6) for column in range(columns)}
    figure = compare_charts.rank_lines(places, 2, TITLES, list("ABCD")[:columns], hover, "red")
    assert len(pieces(figure.data[2])) == 2 * (columns - 1)


def test_the_hover_says_the_parts_that_are_not_nothing():
    line = pd.Series({"rank": 2, "score": 0.25, "content": -0.5, "year": 0.0, "graph": 0.75})
    parts = looks({"content": "Meaning", "year": "Year", "graph": "Facts <b>"})
    assert compare_charts.hover_text("Up", line, parts) == (
        "<b>Up</b><br>place 2, score 0.25<br>+0.75 Facts &lt;b&gt;<br>-0.50 Meaning"
    )


def test_a_heatmap_holds_its_numbers():
    matrix = pd.DataFrame([[1.0, 0.25], [0.25, 1.0]])
    trace = compare_charts.heatmap(matrix, ["A", "B"], 0, ".0%", "overlap").data[0]
    assert trace.z.tolist() == matrix.to_numpy().tolist()
    assert (trace.zmin, trace.zmax, trace.texttemplate) == (0, 1, "%{z:.0%}")
    assert trace.customdata[0][1] == "A and B"


def test_bars_keep_the_colour_of_their_signal():
    parts = pd.DataFrame([{"content": 0.5}, {"content": 1.0, "diversity": -0.2}])
    named = looks({"behaviour": "Others", "content": "Meaning", "diversity": "Variety"})
    bars = compare_charts.side_by_side(parts, named, ["A", "B"]).data
    assert [bar.name for bar in bars] == ["Meaning", "Variety"]
    assert [bar.marker.color for bar in bars] == [named["content"].hex, named["diversity"].hex]
    assert list(bars[0].y) == [0.5, 1.0]


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
