"""The network around an item: what is drawn, and what a click says."""

import numpy as np
import pandas as pd
import pytest

from recsys.charts.graph import MAX_RELATIONS, ROLES, layout, network

NODES = pd.DataFrame(
    [
        (2, "Ronin", "item", "item", 0.0),
        (9, "heist", "theme", "said", 1.6),
        (1, "Collateral", "item", "liked", 0.0),
        (0, "Heat <3", "item", "neighbour", 0.0),
        (11, "Robert De Niro", "person", "entity", 1.6),
    ],
    columns=["node", "name", "kind", "role", "weight"],
)
EDGES = pd.DataFrame(
    [(0, 9, "theme"), (2, 9, "theme"), (2, 11, "actor"), (0, 11, "actor")],
    columns=["source", "target", "relation"],
)


def test_there_is_a_trace_for_each_relation_and_each_role():
    names = [trace.name for trace in network(NODES, EDGES).data]
    assert names == ["theme", "actor", *(title for title, *_ in ROLES.values())]


def test_a_point_says_which_node_it_is():
    points = {trace.name: trace for trace in network(NODES, EDGES).data if trace.customdata}
    assert list(points["you named it"].customdata) == [[9, "theme"]]
    assert list(points["also like this"].customdata) == [[0, "item"]]
    assert points["also like this"].text[0] == "Heat &lt;3"
    assert "Ronin" in network(NODES, EDGES).layout.title.text


def test_a_line_goes_from_node_to_node():
    figure = network(NODES, EDGES)
    place = dict(zip(NODES["node"], layout(NODES, EDGES), strict=True))
    theme = figure.data[0]
    assert theme.x[:2] == (place[0][0], place[9][0])
    assert theme.x[2] is None


def test_the_item_is_in_the_centre_and_nobody_stands_on_another():
    place = layout(NODES, EDGES)
    np.testing.assert_allclose(place[0], 0, atol=1e-9)
    apart = np.linalg.norm(place[:, None] - place[None], axis=2) + 9 * np.eye(len(place))
    assert apart.min() > 0.25
    np.testing.assert_array_equal(place, layout(NODES, EDGES))


def test_many_relations_share_the_rest_of_the_legend():
    edges = pd.DataFrame(
        [(2, 9, f"relation {i}") for i in range(MAX_RELATIONS + 3)], columns=EDGES.columns
    )
    drawn = [trace.name for trace in network(NODES, edges).data if trace.mode == "lines"]
    assert len(drawn) == MAX_RELATIONS + 1
    assert "other ties" in drawn


@pytest.mark.parametrize("edges", [EDGES.iloc[:0]])
def test_an_item_that_is_tied_to_nothing_stands_alone(edges):
    figure = network(NODES.iloc[:1], edges)
    assert [trace.name for trace in figure.data] == ["this one"]
