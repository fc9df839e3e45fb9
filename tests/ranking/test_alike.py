"""Near in three ways, in a world of eight items."""

import numpy as np

from recsys.building.build import build
from recsys.ranking.alike import agreement, alike
from tests.worlds import FakeEncoder, tables

STAR, TIN, VAULT, LETTERS, ATTIC, MARE, ORBIT, MOON = range(8)


def test_each_way_names_its_own(root):
    world = build("small", tables(), FakeEncoder())
    near = alike(world, world.graph, STAR, 3)
    assert near["text"][0] == ORBIT  # a heist in space; the star is of nothing but space
    assert near["facts"].tolist() == []  # nobody else is about solitude
    # Eight people like the star; of these four like the tin and the vault, two the letters:
    # 4 / sqrt(8 x 4), and 2 / sqrt(8 x 2).
    assert near["audience"].tolist() == [TIN, VAULT, LETTERS]
    assert alike(world, world.graph, MOON, 3)["audience"].tolist() == []  # nobody likes it
    assert STAR not in alike(world, world.graph, STAR, 100)["text"]
    assert ATTIC not in alike(world, world.graph, STAR, 100)["audience"]  # one person is nobody


def test_what_most_ways_name_comes_first():
    found = agreement({"text": _rows(5, 2), "facts": _rows(7, 2), "audience": _rows(2)})
    assert found == {2: ("text", "facts", "audience"), 5: ("text",), 7: ("facts",)}
    assert list(found) == [2, 5, 7]


def _rows(*rows):
    return np.array(rows)
