"""Hubness: counted by hand, and how it stands with the bundled films."""

import numpy as np
import pandas as pd
import pytest

from recsys.evaluation.hubness import hubness, occurrences, unrelated_tastes


def test_one_item_in_every_list_is_a_hub():
    """Of five items the first is in all of four lists, each other in one: (.8 less .4) is 1.6, and
    four times -.4: mean cube (.6**3 - 4 * .15**3) / 5 over (.3)**3."""
    found = occurrences([np.array([0, other]) for other in (1, 2, 3, 4)], 5)
    assert found.shares.tolist() == [1, 0.25, 0.25, 0.25, 0.25]
    assert found.skewness == pytest.approx((0.6**3 - 4 * 0.15**3) / 5 / 0.3**3)


def test_what_is_shown_as_often_as_all_is_no_hub():
    assert occurrences([np.array([0]), np.array([1])], 2).skewness == 0


def test_tastes_are_names_of_the_graph_but_of_no_item():
    nodes = pd.DataFrame(
        {
            "name": ["Jaws", "Horror", "Horror", "1990s", "Ann Lee", "Bob Poe"],
            "kind": ["item", "genre", "category", "decade", "person", "person"],
        }
    )
    assert sorted(unrelated_tastes(nodes, 10)) == ["Ann Lee", "Bob Poe", "Horror"]
    assert len(unrelated_tastes(nodes, 2)) == 2
    assert unrelated_tastes(nodes, 2) == unrelated_tastes(nodes, 2)


def test_every_taste_has_its_list(engine):
    found = hubness(engine, count=5)
    assert found.shares.tolist() == [1.0] * 8  # of eight items, every list holds all


def test_no_bundled_film_is_everywhere(demo_engine):
    found = hubness(demo_engine)
    worst = int(found.shares.argmax())
    title = demo_engine.workspace.catalogue.items["title"].iloc[worst]
    assert found.shares[worst] <= 0.15, title
