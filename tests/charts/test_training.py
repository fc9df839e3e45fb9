"""The curve of a training: the loss, what was gained, and which epoch was the best."""

import numpy as np

from recsys.charts.training import epochs


def test_the_best_epoch_is_starred():
    figure = epochs(np.array([[3.0, 0.1], [2.0, 0.4], [1.0, 0.3]]))
    loss, gained, best = figure.data
    assert (list(loss.x), list(loss.y)) == ([1, 2, 3], [3.0, 2.0, 1.0])
    assert (list(gained.x), list(gained.y)) == ([1, 2, 3], [0.1, 0.4, 0.3])
    assert (list(best.x), list(best.y), best.marker.symbol) == ([2], [0.4], "star")
    assert loss.yaxis != gained.yaxis
