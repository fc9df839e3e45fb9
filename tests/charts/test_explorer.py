"""The picture of the knowledge graph: what is drawn where, and in which style."""

import numpy as np
import pandas as pd

from recsys.charts.colours import RELATIONS
from recsys.charts.explorer import LAPTOP, along, around, degree_plot, styles
from recsys.knowledge.explore import Route

NODES = pd.DataFrame(
    {
        "node": [3, 7, 8, 4],
        "name": ["Heat", "Mann", "A name that is longer than a label", "Ronin"],
        "kind": ["item", "person", "theme", "item"],
        "degree": [2, 1, 2, 1],
        "ring": [0, 1, 1, 2],
        "told": ["film", "person, 1 film", "theme, 2 films", "film"],
    }
)
EDGES = pd.DataFrame(
    [(3, 7, "director"), (3, 8, "theme"), (4, 8, "theme")],
    columns=["source", "target", "relation"],
)


def drawn(option):
    (series,) = option["series"]
    return series["data"], series["links"]


def test_each_relation_has_a_style_of_its_own_also_from_its_other_end():
    names = [f"r{number}" for number in range(7)]
    found = styles([*names, "follows"])
    assert found["r0"] == (RELATIONS[0], "solid")
    assert found["r6"] == (RELATIONS[0], "dashed")
    assert found["followed by"] == found["follows"]
    assert len({found[name] for name in names}) == 7


def test_nodes_and_ties_are_drawn_in_their_order_so_that_clicks_find_them():
    data, links = drawn(around(NODES, EDGES, styles(["director", "theme"]), "#000"))
    assert [point["id"] for point in data] == ["3", "7", "8", "4"]
    assert [(link["source"], link["target"], link["value"]) for link in links] == [
        ("3", "7", "director"),
        ("3", "8", "theme"),
        ("4", "8", "theme"),
    ]
    assert [point["symbol"] for point in data] == ["roundRect", "circle", "circle", "roundRect"]
    sizes = [point["symbolSize"] for point in data]
    assert sizes[0] > sizes[1] == sizes[2] > sizes[3]
    assert data[1]["itemStyle"]["color"] == RELATIONS[0]
    assert data[2]["name"] == "A name that is longer tha…"
    assert data[2]["value"].startswith("A name that is longer than a label")


def test_the_picture_is_filled_nothing_lies_on_another_and_it_is_always_the_same():
    places = [
        np.array(
            [(point["x"], point["y"]) for point in drawn(around(NODES, EDGES, hues, "#000"))[0]]
        )
        for hues in [styles(["director", "theme"])] * 2
    ]
    np.testing.assert_array_equal(*places)
    np.testing.assert_allclose(np.abs(places[0]).max(axis=0), LAPTOP)
    apart = np.linalg.norm(places[0][:, None] - places[0][None], axis=2)
    assert apart[np.triu_indices(4, 1)].min() > 40


def test_ways_lead_from_left_to_right_the_best_on_top():
    by_mann = Route(((3, "director", 7), (7, "director", 4)), 2.0)
    by_theme = Route(((3, "theme", 8), (8, "theme", 4)), 1.0)
    nodes = NODES.assign(ring=[0, 1, 1, 0])
    edges = pd.DataFrame(
        [(*hop[::2], hop[1]) for route in (by_mann, by_theme) for hop in route.hops],
        columns=EDGES.columns,
    )
    wide, high = LAPTOP
    data, _ = drawn(along(nodes, edges, [by_mann, by_theme], styles(["director", "theme"]), "#000"))
    assert {point["id"]: (point["x"], point["y"]) for point in data} == {
        "3": (-wide, high),
        "7": (0, 0),
        "8": (0, 2 * high),
        "4": (wide, high),
    }


def test_a_single_node_is_drawn():
    data, links = drawn(around(NODES.head(1), EDGES[:0], {}, "#000"))
    assert (len(data), links) == (1, [])


def test_what_has_no_tie_is_not_on_scales_of_logarithms():
    counts = pd.DataFrame({"degree": [0, 1, 2], "items": [5, 3, 0], "entities": [0, 7, 1]})
    films, entities = degree_plot(counts, "films").data
    assert (list(films.x), list(films.y)) == ([1], [3])
    assert (list(entities.x), list(entities.y)) == ([1, 2], [7, 1])
