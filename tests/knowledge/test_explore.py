"""Exploring the graph: five films and seven entities, which fit on a sheet of paper.

Mann (person)     heat, collateral          drama (genre)    all but aliens
heist (theme)     heat, ronin               alone            tied to nothing
Weaver (person)   alien, aliens             alien            followed by aliens
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.knowledge.explore import (
    best_paths,
    components,
    degree_counts,
    find,
    hubs,
    neighbourhood,
)
from recsys.knowledge.graph import Graph

FILMS = ["heat", "collateral", "ronin", "alien", "aliens", "alone"]
TRIPLES = [
    ("heat", "directed_by", "Mann"),
    ("collateral", "directed_by", "Mann"),
    ("heat", "has_theme", "heist"),
    ("ronin", "has_theme", "heist"),
    ("alien", "has_actor", "Weaver"),
    ("aliens", "has_actor", "Weaver"),
    ("alien", "followed_by", "aliens"),
    *[(film, "has_genre", "Drama") for film in ("heat", "collateral", "ronin")],
]
HEAT, COLLATERAL, RONIN, ALIEN, ALIENS, ALONE = range(6)
MANN, HEIST, WEAVER, DRAMA = range(6, 10)
NOBODY = np.zeros(6)


def make(triples=TRIPLES, titles=("Heat", "Collateral", "Ronin", "Alien", "Aliens", "Alone")):
    return Graph(FILMS, pd.DataFrame(triples, columns=["head", "relation", "tail"]), titles)


@pytest.fixture(scope="module")
def graph():
    return make()


def trails(routes):
    return [[route.hops[0][0], *(hop[2] for hop in route.hops)] for route in routes]


def test_what_is_rare_comes_first_and_then_what_is_tied_to_that(graph):
    nodes, edges = neighbourhood(graph, [HEAT], NOBODY)
    assert nodes["node"].tolist() == [HEAT, MANN, HEIST, DRAMA, COLLATERAL, RONIN]
    assert nodes["ring"].tolist() == [0, 1, 1, 1, 2, 2]
    rare, common = np.log1p(6 / 2), np.log1p(6 / 3)
    np.testing.assert_allclose(
        nodes["weight"], [0, rare, rare, common, rare + common, rare + common], rtol=1e-6
    )
    assert {tuple(edge) for edge in edges.to_numpy()} == {
        (HEAT, MANN, "director"),
        (COLLATERAL, MANN, "director"),
        (HEAT, HEIST, "theme"),
        (RONIN, HEIST, "theme"),
        *((film, DRAMA, "genre") for film in (HEAT, COLLATERAL, RONIN)),
    }


def test_around_an_entity_are_its_items_and_what_two_of_them_share():
    graph = make([*TRIPLES, ("heat", "has_actor", "Pacino")])
    nodes, _ = neighbourhood(graph, [node_of(graph, "Drama")], NOBODY)
    assert nodes["name"].tolist() == ["Drama", "Heat", "Collateral", "Ronin", "Mann", "heist"]


def node_of(graph, name):
    return graph.nodes.index[graph.nodes["name"] == name].item()


def test_of_the_same_weight_the_better_known_comes_first(graph):
    known = np.array([1, 9, 5, 0, 0, 0])
    nodes, _ = neighbourhood(graph, [DRAMA], known)
    assert nodes["node"].tolist() == [DRAMA, COLLATERAL, RONIN, HEAT, MANN, HEIST]


@pytest.mark.parametrize("most", [1, 2, 3, 5])
def test_there_is_never_more_than_fits(graph, most):
    nodes, edges = neighbourhood(graph, [HEAT, ALIEN], NOBODY, most)
    assert len(nodes) <= most
    assert {*edges["source"], *edges["target"]} <= set(nodes["node"])


def test_several_centres_share_the_room(graph):
    nodes, _ = neighbourhood(graph, [HEAT, ALIEN], NOBODY, most=8)
    assert nodes["node"].tolist()[:6] == [HEAT, ALIEN, MANN, ALIENS, HEIST, WEAVER]


def test_what_is_tied_to_nothing_stands_alone(graph):
    nodes, edges = neighbourhood(graph, [ALONE], NOBODY)
    assert (nodes["node"].tolist(), len(edges)) == ([ALONE], 0)


def test_what_was_left_out_or_switched_off_is_not_there(graph):
    def around_heat(**left_out):
        return set(graph.without(**left_out).around(HEAT)[0].tolist())

    assert around_heat(facts=[(MANN,)]) == {HEIST, DRAMA}
    assert around_heat(facts=[(HEAT, HEIST)]) == {MANN, DRAMA}
    assert around_heat(facts=[(COLLATERAL, MANN)]) == {MANN, HEIST, DRAMA}
    assert around_heat(relations=["genre", "theme"]) == {MANN}
    assert graph.without(relations=["follows"]).around(ALIEN)[0].tolist() == [WEAVER]
    assert graph.around(ALIEN)[0].tolist() == [ALIENS, WEAVER]  # as it was


def test_a_pair_that_is_tied_twice_stays_until_both_ties_are_off():
    graph = make([("heat", "directed_by", "Mann"), ("heat", "written_by", "Mann")])
    assert graph.without(relations=["writer"]).around(HEAT)[0].tolist() == [6]
    assert graph.without(relations=["writer", "director"]).around(HEAT)[0].tolist() == []


def test_ties_that_are_left_weigh_what_they_did(graph):
    less = graph.without(facts=[(COLLATERAL, MANN)])
    assert less.weights[HEAT, MANN] == graph.weights[HEAT, MANN]
    assert less.strength[MANN] == pytest.approx(graph.strength[MANN] / 2)


def test_the_rare_tie_is_told_before_the_common_one(graph):
    routes = best_paths(graph, HEAT, RONIN)
    assert trails(routes) == [[HEAT, HEIST, RONIN], [HEAT, DRAMA, RONIN]]
    assert routes[0].hops == ((HEAT, "theme", HEIST), (HEIST, "theme", RONIN))


def test_a_path_is_worth_a_tie_that_resists_as_much(graph):
    by_genre, by_theme = np.log1p(6 / 3) / 2, np.log1p(6 / 2) / 2  # two ties of one weight in a row
    routes = best_paths(graph, HEAT, RONIN)
    assert [route.worth for route in routes] == pytest.approx([by_theme, by_genre])


def test_a_long_way_through_rare_things_comes_before_is_a_drama():
    ids = [f"film {number}" for number in range(400)]
    rare = [(ids[0], "has_theme", "heist"), (ids[1], "has_theme", "heist")]
    rare += [(ids[1], "made_by", "X"), (ids[2], "made_by", "X")]
    triples = [*rare, *((id_, "has_genre", "Drama") for id_ in ids)]
    graph = Graph(ids, pd.DataFrame(triples, columns=["head", "relation", "tail"]), ids)
    heist, x, drama = range(400, 403)
    assert trails(best_paths(graph, 0, 2)) == [[0, heist, 1, x, 2], [0, drama, 2]]


def test_what_is_tied_itself_is_the_shortest_path_and_is_told_once(graph):
    assert trails(best_paths(graph, ALIEN, ALIENS)) == [[ALIEN, ALIENS], [ALIEN, WEAVER, ALIENS]]
    assert best_paths(graph, ALIENS, ALIEN)[0].hops == ((ALIENS, "follows", ALIEN),)


def test_between_two_parts_and_to_itself_there_is_no_path(graph):
    assert best_paths(graph, HEAT, ALIEN) == []
    assert best_paths(graph, HEAT, ALONE) == []
    assert best_paths(graph, HEAT, HEAT) == []


TIES = st.lists(
    st.tuples(
        st.sampled_from(FILMS), st.sampled_from(["has_theme", "made_by"]), st.sampled_from("abcd")
    ),
    max_size=20,
)


@given(ties=TIES, ends=st.tuples(st.integers(0, 5), st.integers(0, 5)))
def test_the_first_path_is_the_best_of_all_and_no_two_share_a_node(ties, ends):
    graph = make(ties)
    one, other = ends
    routes = best_paths(graph, one, other)
    every = [] if one == other else [1 / sum_ for sum_ in resistances(graph, [one], other)]
    assert bool(routes) == bool(every)
    if routes:
        assert routes[0].worth == pytest.approx(max(every), rel=1e-5)
    worths = [route.worth for route in routes]
    assert worths == sorted(worths, reverse=True)
    between = [node for trail in trails(routes) for node in trail[1:-1]]
    assert len(between) == len(set(between))


def resistances(graph, trail, goal):
    """What every path without a loop resists."""
    if trail[-1] == goal:
        yield 0.0
        return
    near, weight = graph.around(trail[-1])
    for node, worth in zip(near.tolist(), weight.tolist(), strict=True):
        if node not in trail:
            for rest in resistances(graph, [*trail, node], goal):
                yield 1 / worth + rest


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("alien", [ALIEN, ALIENS]),  # the whole name first
        ("al", [ALIENS, ALIEN, ALONE]),  # then the better known
        ("WEAV", [WEAVER]),
        ("eat", []),  # not within a word
        ("d r", []),
        ("", []),
    ],
)
def test_names_are_found_by_how_their_words_begin(graph, words, expected):
    assert find(graph, words, np.array([0, 0, 0, 1, 2, 0])) == expected


def test_accents_and_capitals_do_not_matter():
    titles = ["La Jetée", "Amélie", "Über", "Heist", "A", "B"]
    graph = make([("heat", "has_theme", "heist")], titles)
    assert find(graph, "jetee", NOBODY) == [0]
    assert find(graph, "la JETÉE", NOBODY) == [0]
    assert find(graph, "uber", NOBODY) == [2]
    assert find(graph, "heist", NOBODY) == [3, 6]  # an item before an entity


def test_the_whole_is_counted(graph):
    assert components(graph).to_numpy().tolist() == [[3, 3], [2, 1], [1, 0]]
    assert hubs(graph, 2)[["name", "degree"]].to_numpy().tolist() == [["Drama", 3], ["Mann", 2]]
    assert degree_counts(graph).to_numpy().tolist() == [
        [0, 1, 0],  # Alone
        [2, 4, 3],  # all but Heat and Alone; Mann, heist, Weaver
        [3, 1, 1],  # Heat; Drama
    ]
