"""The map of the catalogue: like meanings stand together, and what is new stands among its like."""

import numpy as np
import pytest

from recsys.models.new_item import map as item_map
from recsys.models.new_item.map import Config, ItemMap


@pytest.fixture(scope="module")
def vectors():
    """Three bundles of 12 directions of eight: items 0 to 11, 12 to 23, 24 to 35."""
    rng = np.random.default_rng(0)
    found = np.repeat(np.eye(8)[:3], 12, axis=0) + 0.1 * rng.normal(size=(36, 8))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def drawn(vectors):
    return item_map.fit(vectors, np.arange(36))


def test_drawing_twice_gives_the_same_map(vectors, drawn):
    again = item_map.fit(vectors, np.arange(36))
    np.testing.assert_array_equal(again["points"], drawn["points"])


def test_the_map_fills_the_square_from_minus_one_to_one(drawn):
    assert drawn["points"].shape == (36, 2)
    assert drawn["points"].dtype == np.float32
    assert np.abs(drawn["points"]).max() == 1


def test_items_of_like_meaning_stand_together(vectors, drawn):
    points = ItemMap(drawn, vectors, 36).points
    apart = np.linalg.norm(points[:, None] - points, axis=2)
    bundle = np.arange(36) // 12
    same = bundle[:, None] == bundle
    assert apart[same].max() < apart[~same].min()


def test_a_new_item_falls_among_its_like(vectors, drawn):
    found = ItemMap(drawn, vectors, 36)
    for row in (0, 12, 24):
        near = np.linalg.norm(found.points - found.place(vectors[[row]])[0], axis=1).argsort()[:5]
        assert set(near // 12) == {row // 12}


def test_what_is_published_is_placed_like_a_new_item(vectors):
    """Rows of the map keep their points, 34 and 35 get one, and 5 and 20 are not on it."""
    rows = np.setdiff1d(np.arange(34), [5, 20])
    found = ItemMap(item_map.fit(vectors, rows), vectors, 34)
    assert np.isnan(found.points[[5, 20]]).all()
    np.testing.assert_array_equal(found.points[34:], found.place(vectors[34:]))
    others = np.linalg.norm(found.points[rows] - found.points[34], axis=1)
    assert rows[others.argmin()] >= 24


def test_a_place_is_the_most_central_of_the_nearest_by_their_squared_cosines():
    """Of eleven on the map the last is the farthest. Alike they would leave the place to the six in
    the corner; as it is these weigh .04 each, and the three at 5 are nearest to all: 5 * .24 + 4
    against 3 * 5 + 9 from the corner and 9 * .24 + 3 * 4 from the one at 9."""
    cosines = np.array([0.2] * 6 + [1] * 4 + [-1])
    vectors = np.stack([cosines, np.sqrt(1 - cosines**2)], axis=1)
    points = np.array([[0, 0]] * 6 + [[5, 0]] * 3 + [[9, 0], [-50, 0]], float)
    assert Config().neighbours == 10
    asked = np.array([[1.0, 0]])
    assert ItemMap({"rows": np.arange(11), "points": points}, vectors, len(vectors)).place(
        asked
    ).tolist() == [[5, 0]]
    vectors[:10] = [1, 0]
    assert ItemMap({"rows": np.arange(11), "points": points}, vectors, len(vectors)).place(
        asked
    ).tolist() == [[0, 0]]


def test_what_is_like_nothing_stands_somewhere_on_the_map():
    vectors = np.eye(13)
    points = np.ones((11, 2))
    found = ItemMap({"rows": np.arange(11), "points": points}, vectors, len(vectors))
    assert found.place(-vectors[[12]]).tolist() == [[1, 1]]


@pytest.mark.parametrize("count", [11, 20])
def test_a_few_items_have_a_map(vectors, count):
    rows = np.arange(36)[:: 36 // count][:count]
    found = ItemMap(item_map.fit(vectors, rows), vectors, 36)
    assert np.isfinite(found.points[rows]).all()
    assert np.nanmax(np.abs(found.points)) <= 1


def test_amid_is_the_most_central_of_the_nearest_by_any_likeness():
    """Ten are near; eight of them stand together, and the eleventh is far in every way."""
    points = np.array([[0, 0]] * 8 + [[5, 5], [9, 0], [-50, 0]], float)
    found = ItemMap({"rows": np.arange(11), "points": points}, np.eye(12)[:11], 11)
    similarity = np.array([[0.5] * 10 + [0.1]])
    assert found.amid(similarity).tolist() == [[0, 0]]
