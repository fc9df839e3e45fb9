"""Regions of a map, and what of a taste stands on it."""

import numpy as np
import pytest

from recsys.building.build import build
from recsys.charts.landscape import LOOKS
from recsys.datatypes import Query
from recsys.new_item.judge import NewItems
from recsys.new_item.regions import regions
from recsys.new_item.taste import marks
from recsys.ranking.engine import Engine
from tests.worlds import SORTS, FakeEncoder, shelf


@pytest.fixture
def new_items(root):
    return NewItems(Engine(build("shelf", shelf(), FakeEncoder()), FakeEncoder()))


def asked(new_items, text, **query):
    """The marks of the answer to a query, and the answer."""
    result = new_items.engine.recommend(Query(text, **query))
    return marks(new_items, result), result


def test_regions_are_named_by_what_is_to_be_read_and_not_by_whom(new_items):
    found = regions(new_items.workspace, new_items.points)
    assert found["items"].sum() == 40
    names = [name for both in found["name"] if both for name in both.split(" · ")]
    assert len(names) == len(set(names)) >= 4
    makers = {maker for _, _, maker, _, _ in SORTS.values()}
    assert not makers & set(names)
    kinds = {name for category, theme, _, decade, _ in SORTS.values() for name in (category, theme)}
    assert kinds & set(names)


def test_what_is_not_on_the_map_belongs_to_no_region(new_items):
    points = new_items.points.copy()
    points[5:] = np.nan
    assert regions(new_items.workspace, points)["items"].sum() == 5


def test_the_first_ten_are_numbered_where_they_stand(new_items):
    found, result = asked(new_items, "space", k=12)
    results = found[found["kind"] == "result"]
    assert results["row"].tolist() == result.shown.index[:10].tolist()
    assert results["text"].tolist() == [str(rank) for rank in range(1, 11)]
    np.testing.assert_allclose(results[["x", "y"]], new_items.points[results["row"]], rtol=1e-6)
    assert set(found["kind"]) <= set(LOOKS)


def test_one_part_is_the_taste_itself_and_more_stand_apart(new_items):
    one, _ = asked(new_items, "space")
    assert one["kind"].tolist()[:1] == ["taste"]
    assert "wanted" not in set(one["kind"])
    two, _ = asked(new_items, "space. horses. no ghosts")
    said = two[two["row"] == -1].set_index("text")["kind"]
    assert said[["space", "horses"]].tolist() == ["wanted", "wanted"]
    assert said["not ghosts"] == "refused"
    assert (said == "taste").sum() == 1


def test_words_stand_where_a_new_item_of_the_same_words_would(new_items):
    found, _ = asked(new_items, "space")
    vector = new_items.workspace.centre(FakeEncoder().encode(["space"]))
    x, y = new_items.place(vector)[0].tolist()
    assert (found["x"][0], found["y"][0]) == (x, y)


def test_what_is_switched_off_is_not_drawn(new_items):
    found, _ = asked(new_items, "space. no ghosts", muted=("ghosts",))
    assert "refused" not in set(found["kind"])
    nothing, _ = asked(new_items, "space. no ghosts", muted=("space",))
    assert "taste" not in set(nothing["kind"])


def test_what_is_liked_and_disliked_is_marked_and_what_has_no_place_left_out(new_items):
    found, _ = asked(new_items, "space", liked=(3,), disliked=(12,))
    own = found.set_index("kind")["row"]
    assert (own["liked"], own["disliked"]) == (3, 12)
    new_items.points[3] = np.nan
    found, _ = asked(new_items, "space", liked=(3,))
    assert "liked" not in set(found["kind"])
