"""What is in a catalogue, and how sound its index is: what is drawn where."""

import pandas as pd

from recsys.charts import catalogue as charts

CURVE = pd.DataFrame(
    {"recall": [0.8, 0.97, 1.0], "milliseconds": [0.1, 0.2, 0.5]},
    index=pd.Index([10, 100, 200], name="ef"),
)


def test_index_recall_is_a_line_with_the_width_here_ringed_and_the_one_in_use_named():
    figure = charts.trade(CURVE, exact_ms=0.8, here=100, usual=200)
    line, ring = figure.data
    assert list(line.x) == [0.1, 0.2, 0.5]
    assert list(line.text) == ["10", "", "200 (in use)"]
    assert (list(ring.x), list(ring.y)) == ([0.2], [0.97])
    assert list(ring.text) == ["you are here: 100"]
    assert [shape.x0 for shape in figure.layout.shapes] == [0.8]
    assert figure.layout.xaxis.range[1] > 0.8


def test_lengths_are_bars_as_wide_as_what_they_count_with_a_line_at_the_median():
    bins = pd.DataFrame({"words": [0, 20], "count": [3, 9]})
    figure = charts.lengths(bins, 20, 25, "<films>")
    (bars,) = figure.data
    assert list(bars.x) == [10, 30]
    assert list(bars.y) == [3, 9]
    assert list(bars.customdata) == ["0 to 19", "20 to 39"]
    assert [shape.x0 for shape in figure.layout.shapes] == [25]
    assert figure.layout.yaxis.title.text == "&lt;films&gt;"
