import pandas as pd

from recsys.charts import likes
from recsys.charts.colours import COLOURS
from recsys.reading.feedback import bins


def test_values_from_the_threshold_on_are_green():
    counted = bins(pd.Series([1.0, 3, 3, 5]), "explicit")
    figure = likes.values(counted, 3, "stars")
    assert list(figure.data[0].x) == ["1", "3", "5"]
    assert list(figure.data[0].y) == [1, 2, 1]
    green, gray = COLOURS["green"], COLOURS["gray"]
    assert list(figure.data[0].marker.color) == [gray, green, green]


def test_of_many_counts_each_bar_is_as_wide_as_all_before():
    counted = bins(pd.Series(range(1, 101), dtype=float), "implicit")
    assert counted["start"].tolist() == [1, 2, 4, 8, 16, 32, 64]
    assert counted["end"].tolist() == [1, 3, 7, 15, 31, 63, 100]
    assert counted["count"].tolist() == [1, 2, 4, 8, 16, 32, 37]


def test_of_many_opinions_all_bars_are_as_wide():
    counted = bins(pd.Series(range(0, 101), dtype=float), "explicit")
    assert len(counted) == 24
    assert counted["count"].sum() == 101
