"""A landing by hand: its table, and what moved from one version to the next."""

import numpy as np
import pandas as pd

from recsys.datatypes import NewItem
from recsys.new_item.landing import NEIGHBOURS, Expected, Landing, changes

ITEMS = pd.DataFrame(
    {
        "id": [f"id-{row}" for row in range(21)],
        "title": [f"Title {row}" for row in range(21)],
        "year": pd.array([None, *range(2001, 2021)], dtype="Int32"),
        "text": "words",
    }
)


def landing(likes, attributes, rates, neighbours):
    frame = pd.DataFrame(attributes, columns=["relation", "name", "probability", "predicted"])
    table = pd.DataFrame(
        {"name": [f"group {segment}" for segment in rates], "rate": rates.values()},
        index=pd.Index(rates.keys(), name="segment"),
    )
    return Landing(
        item=NewItem("words"),
        items=ITEMS,
        assumed={},
        neighbours=pd.DataFrame({"score": 0.5}, index=pd.Index(neighbours, name="item")),
        because=[f"sort: {row}" for row in neighbours[:NEIGHBOURS]],
        attributes=frame.assign(neighbours=[()] * len(frame)),
        likes=Expected(likes, 0, 99, 100),
        segments=table,
        segment_of=np.array([0, 1, 1]),
        probability=np.full(3, 0.5),
        ranks=np.ones(1, int),
        n_candidates=1,
        duplicates=pd.DataFrame(),
        candidates=np.ones(1, int),
        point=np.zeros(2),
        features=None,
        max_similarity=0.0,
        novelty_percentile=0.0,
    )


BEFORE = landing(
    10.0,
    [("genre", "Horror", 0.75, True), ("genre", "Drama", 0.25, False), ("mood", "calm", 0.5, True)],
    {0: 0.5, 1: 0.25},
    [5, 3, 8, 1, 2, 4, 6, 7, 9, 10, 11, 12],
)
AFTER = landing(
    12.5,
    [
        ("genre", "Horror", 0.875, True),
        ("genre", "Drama", 0.75, True),
        ("genre", "War", 0.125, False),
        ("mood", "tense", 0.0625, True),
    ],
    {1: 0.75, 0: 0.375},
    [3, 5, 20, 1, 2, 4, 6, 7, 9, 11, 10, 8],
)


def test_what_moved_is_told_the_largest_first():
    moved = changes(BEFORE, AFTER, (-10.0, 65.0))
    assert moved.likes == 2.5
    assert moved.attributes.to_numpy().tolist() == [
        ["genre", "Drama", 0.25, 0.75],
        ["mood", "calm", 0.5, 0],
        ["genre", "Horror", 0.75, 0.875],
        ["mood", "tense", 0, 0.0625],
    ]  # no War: said in neither
    assert list(moved.attributes) == ["relation", "name", "before", "after"]
    moves = moved.segments[["name", "before", "after"]]
    assert moves.to_numpy().tolist() == [["group 1", 0.25, 0.75], ["group 0", 0.5, 0.375]]
    assert (moved.low, moved.high) == (-10, 65)
    # None of the hundred like it, or 75 of them: everybody alike.
    np.testing.assert_allclose(moved.segments["low"], 0, atol=1e-6)
    np.testing.assert_allclose(moved.segments["high"], 0.75, atol=1e-6)
    assert moved.segments.index.tolist() == [1, 0]
    assert (moved.arrived, moved.left) == ((20, 11), (8, 10))


def test_there_and_back_again_is_the_opposite():
    there, back = changes(BEFORE, AFTER, (-10.0, 65.0)), changes(AFTER, BEFORE, (-1.0, 1.0))
    assert back.likes == -there.likes
    assert (back.arrived, back.left) == (there.left, there.arrived)
    swapped = back.attributes.rename(columns={"before": "after", "after": "before"})
    pd.testing.assert_frame_equal(swapped[list(there.attributes)], there.attributes)


def test_the_table_names_the_first_neighbours_and_what_they_share():
    table = BEFORE.neighbours_table
    assert list(table) == ["id", "title", "year", "similarity", "shared"]
    assert len(table) == NEIGHBOURS
    assert table.iloc[0].tolist() == ["id-5", "Title 5", 2005, 0.5, "sort: 5"]
    assert table["id"].tolist() == [f"id-{row}" for row in BEFORE.neighbours.index[:NEIGHBOURS]]
