"""Clusters of a map, named by what each has more of than the rest."""

import numpy as np
import pytest
from scipy import sparse

from recsys.learning.clusters import cluster_labels, clusters


def tied(*items: str) -> tuple[sparse.csr_array, list[str]]:
    """What each item is, as words with a comma between."""
    said = [item.split(",") if item else [] for item in items]
    names = sorted({name for own in said for name in own})
    return sparse.csr_array([[float(name in own) for name in names] for own in said]), names


def named(of, *items: str):
    matrix, names = tied(*items)
    return cluster_labels(np.array(of), matrix, names)


def test_a_cluster_is_named_by_what_it_has_more_of_than_the_rest():
    """Of four and four: war is in all of the first and none of the second, so 4 against 2 expected,
    2 / sqrt(2 + 1) = 1.15 above; drama is in all eight and tells nothing; tense is in three of the
    first, 3 against 2 expected of 4 in all, so 1 / sqrt(3) = 0.58."""
    items = ["war,drama,tense"] * 3 + ["war,drama"] + ["drama,tense"] + ["drama"] * 3
    assert named([0] * 4 + [1] * 4, *items) == [("war", "tense"), ()]


def test_no_two_clusters_have_a_name_in_common():
    """Horror is in three of the first and in two of the second, each of four; in the third in none:
    it goes to the first. The second has cellar alone to itself."""
    items = ["horror"] * 3 + [""] + ["horror,cellar"] * 2 + ["cellar"] * 2 + ["love"] * 4
    assert named(np.repeat([0, 1, 2], 4), *items) == [("horror",), ("cellar",), ("love",)]


def test_the_same_in_more_words_is_no_second_name():
    items = ["horror,horror film,ghosts"] * 4 + ["warm,war"] * 4
    (first, second) = named([0] * 4 + [1] * 4, *items)
    assert len({"horror", "horror film"} & set(first)) == 1
    assert "ghosts" in first
    assert set(second) == {"warm", "war"}  # other words, though the letters are the same


def test_what_one_in_eight_has_is_no_name_and_a_name_is_clearly_more_frequent():
    """Of eight, one is rare (an eighth is below MIN_SHARE). Six of eight against five of eight is
    1.2 times as much: below MIN_LIFT."""
    items = ["rare,often"] + ["often"] * 5 + [""] * 2 + ["often"] * 5 + [""] * 3
    assert named([0] * 8 + [1] * 8, *items) == [(), ()]


def test_every_cluster_has_a_first_name_before_any_has_a_second():
    """Both have sea, in all or in three of four, and nothing else in common; the first takes it
    though it has a name of its own only where it has none yet."""
    items = ["war,sea"] * 4 + ["sea"] * 3 + [""] + ["love"] * 8
    assert named([0] * 4 + [1] * 4 + [2] * 8, *items) == [("war",), ("sea",), ("love",)]


def test_heaps_of_points_are_clusters_and_the_same_each_time():
    rng = np.random.default_rng(3)
    middles = np.array([[0, 0], [9, 0], [0, 9], [9, 9], [5, 5], [20, 0]])
    points = np.repeat(middles, 10, axis=0) + rng.normal(scale=0.1, size=(60, 2))
    of = clusters(points)
    heaps = of.reshape(6, 10)
    assert (heaps == heaps[:, :1]).all()
    assert set(heaps[:, 0]) == set(range(6))
    np.testing.assert_array_equal(of, clusters(points))


@pytest.mark.parametrize(("items", "count"), [(60, 6), (600, 8), (3000, 12)])
def test_more_items_have_more_clusters_within_limits(items, count):
    points = np.random.default_rng(0).normal(size=(items, 2))
    assert clusters(points).max() + 1 == count


def test_fewer_places_than_clusters_are_a_cluster_each():
    points = np.repeat([[0.0, 0], [1, 0], [0, 1]], 5, axis=0)
    assert clusters(points).max() + 1 == 3
