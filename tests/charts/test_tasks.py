"""What tasks trade: a column for each, with chance, and every mix in its place."""

import pandas as pd

from recsys.charts.tasks import trades


def test_each_task_has_a_column_of_its_figures_and_a_line_of_chance():
    figures = pd.DataFrame({"cosine": [0.6, 0.0], "AUC": [0.5, 0.9]}, index=["one", "other"])
    figure = trades(figures, (0.0, 0.5))
    one, other = figure.data
    assert (list(one.x), list(one.y), list(one.text)) == (
        [0.6, 0],
        ["one", "other"],
        ["0.60", "0.00"],
    )
    assert list(other.x) == [0.5, 0.9]
    assert one.xaxis != other.xaxis
    assert [line.x0 for line in figure.layout.shapes] == [0, 0.5]
    assert [title.text for title in figure.layout.annotations] == ["cosine", "AUC"]
