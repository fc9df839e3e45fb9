"""The knowledge graph, in a world of eight films that can be seen at a glance."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recsys.datatypes import Clause, EncodedQuery
from recsys.knowledge.explore import between
from recsys.knowledge.graph import RESTART, STEPS, Graph, kind, label
from recsys.knowledge.linking import Linker, topic_centroids
from recsys.languages import english
from recsys.signals.graph import Signal
from tests.worlds import told

FILMS = ["heat", "collateral", "ronin", "alien", "aliens", "totoro", "ponyo", "alone"]
TRIPLES = [
    ("heat", "directed_by", "Michael Mann"),
    ("collateral", "directed_by", "Michael Mann"),
    ("collateral", "written_by", "Michael Mann"),
    ("heat", "has_theme", "heist"),
    ("ronin", "has_theme", "heist"),
    ("heat", "has_actor", "Robert De Niro"),
    ("ronin", "has_actor", "Robert De Niro"),
    ("alien", "followed_by", "aliens"),
    ("alien", "has_genre", "Horror"),
    ("aliens", "has_genre", "Action"),
    ("collateral", "has_genre", "Action"),
    ("ronin", "has_genre", "Action"),
    ("heat", "has_genre", "Action"),
    ("totoro", "directed_by", "Hayao Miyazaki"),
    ("ponyo", "directed_by", "Hayao Miyazaki"),
    ("nowhere", "directed_by", "Nobody"),
]
COLUMNS = ["head", "relation", "tail"]
ROW = {film: row for row, film in enumerate(FILMS)}


def make(triples=TRIPLES, ids=FILMS):
    return Graph(ids, pd.DataFrame(triples, columns=COLUMNS), [id_.title() for id_ in ids])


@pytest.fixture(scope="module")
def graph():
    return make()


def node(graph, name, of_kind=None):
    found = graph.nodes[(graph.nodes["name"] == name)]
    found = found[found["kind"] == of_kind] if of_kind else found
    assert len(found) == 1
    return int(found.index[0])


def start(graph, *nodes):
    mass = np.zeros(len(graph.nodes), dtype=np.float32)
    mass[list(nodes)] = 1 / len(nodes)
    return mass


def test_items_come_first_and_a_person_is_one_node_in_every_part(graph):
    assert graph.nodes["name"].tolist()[:8] == [film.title() for film in FILMS]
    assert set(graph.nodes["kind"][:8]) == {"item"}
    mann = graph.nodes.loc[node(graph, "Michael Mann")]
    assert (mann["kind"], mann["degree"]) == ("person", 2)
    assert graph.relations(ROW["collateral"], mann.name) == ["director", "writer"]
    assert "Nobody" not in set(graph.nodes["name"])


def test_one_name_of_two_kinds_is_two_nodes():
    graph = make([("heat", "has_theme", "war"), ("ronin", "has_genre", "war")])
    assert graph.nodes[graph.nodes["name"] == "war"]["kind"].tolist() == ["theme", "genre"]


def test_a_tail_that_is_an_id_is_that_item_and_is_read_from_both_ends(graph):
    alien, aliens = ROW["alien"], ROW["aliens"]
    assert aliens in graph.around(alien)[0]
    assert graph.relations(alien, aliens) == ["followed by"]
    assert graph.relations(aliens, alien) == ["follows"]


def test_a_number_that_happens_to_be_an_id_is_still_a_name():
    triples = [("1", "has_weight", "2"), ("2", "has_weight", "9"), ("3", "has_weight", "8")]
    graph = make(triples, ids=["1", "2", "3"])
    assert graph.nodes["name"].tolist()[3:] == ["2", "9", "8"]


def test_the_rarer_an_entity_the_more_its_ties_weigh(graph):
    def weight(film, name):
        return graph.weights[ROW[film], node(graph, name)]

    assert weight("heat", "heist") == pytest.approx(np.log1p(8 / 2))
    assert weight("heat", "Action") == pytest.approx(np.log1p(8 / 4))
    assert weight("alien", "Horror") == pytest.approx(np.log1p(8 / 1))
    assert graph.weights[ROW["alien"], ROW["aliens"]] == pytest.approx(np.log1p(8 / 2))


def test_a_walk_on_three_nodes_is_what_the_hand_works_out():
    graph = make([("a", "has_theme", "x"), ("b", "has_theme", "x")], ids=["a", "b"])
    # a - x - b: from x a walk goes to a or b, and back. At x after s steps:
    # c, then c + (1 - c)^2 (..), where c is the restart; a and b get equal parts of the rest.
    back = (1 - RESTART) ** 2
    at_x = RESTART * sum(back**i for i in range(STEPS // 2)) + back ** (STEPS // 2)
    mass = graph.walk(start(graph, 2))
    np.testing.assert_allclose(mass, [(1 - at_x) / 2, (1 - at_x) / 2, at_x], rtol=1e-5)
    assert mass.sum() == pytest.approx(1, abs=1e-6)
    np.testing.assert_allclose(graph.affinity(start(graph, 2)), mass[:2] / np.log(2) ** 0.5)


def test_walks_add_up(graph):
    heist, mann = node(graph, "heist"), node(graph, "Michael Mann")
    both = graph.walk(start(graph, heist) - 0.5 * start(graph, mann))
    apart = graph.walk(start(graph, heist)) - 0.5 * graph.walk(start(graph, mann))
    np.testing.assert_allclose(both, apart, atol=1e-7)


@pytest.mark.parametrize("names", [["Totoro"], ["Hayao Miyazaki", "heist"], ["Alone"]])
def test_a_walk_that_looks_only_where_it_can_come_to_is_the_walk_over_all(graph, names):
    whole = start(graph, *(node(graph, name) for name in names))
    step = graph.weights.toarray() / np.maximum(graph.strength, 1e-12)
    mass = whole
    for _ in range(STEPS):
        mass = (1 - RESTART) * step @ mass + RESTART * whole
    np.testing.assert_allclose(graph.walk(whole), mass, atol=1e-7)


def test_what_is_tied_is_near_and_what_is_tied_to_nothing_is_unknown(graph):
    affinity = graph.affinity(start(graph, node(graph, "heist")))
    order = [FILMS[row] for row in np.argsort(-np.nan_to_num(affinity), kind="stable")]
    assert set(order[:2]) == {"heat", "ronin"}
    assert order[2] == "collateral"
    assert affinity[ROW["totoro"]] == 0
    assert np.isnan(affinity[ROW["alone"]])


def test_without_triples_there_are_only_lonely_items():
    graph = make([])
    assert len(graph.nodes) == 8
    assert np.isnan(graph.affinity(start(graph, 0))).all()
    assert graph.paths({0: 1.0}, [1]) == [[]]
    assert graph.neighbours(0).tolist() == []


def test_paths_are_told_the_shortest_first(graph):
    heist, mann = node(graph, "heist"), node(graph, "Michael Mann")
    heat, collateral, ronin = ROW["heat"], ROW["collateral"], ROW["ronin"]
    direct, far, none = graph.paths({heist: 1.0}, [ronin, collateral, ROW["totoro"]])
    assert direct[0] == ((heist, "theme", ronin),)
    assert far[0] == (
        (heist, "theme", heat),
        (heat, "director", mann),
        (mann, "director, writer", collateral),
    )
    assert none == []
    assert len({path[-1][0] for path in far}) == len(far)  # no two end alike


def test_a_liked_item_leads_through_what_is_shared_the_rarest_first(graph):
    heat, ronin = ROW["heat"], ROW["ronin"]
    paths = graph.paths({heat: 1.0}, [ronin])[0]
    middles = [graph.nodes["name"][path[0][2]] for path in paths]
    assert set(middles[:2]) == {"heist", "Robert De Niro"}
    assert middles[2] == "Action"


def test_a_path_does_not_turn_back_and_a_seed_has_no_path_to_itself(graph):
    mann = node(graph, "Michael Mann")
    assert graph.paths({ROW["heat"]: 1.0}, [ROW["heat"]]) == [[]]
    for path in graph.paths({mann: 1.0}, [ROW["heat"]])[0]:
        visited = [path[0][0], *(hop[2] for hop in path)]
        assert len(set(visited)) == len(visited)


def test_neighbours_share_the_most(graph):
    assert [FILMS[row] for row in graph.neighbours(ROW["heat"], 2)] == ["ronin", "collateral"]
    assert [FILMS[row] for row in graph.neighbours(ROW["totoro"])] == ["ponyo"]


def test_a_neighbourhood_has_the_item_what_was_said_the_likes_and_what_ties_them(graph):
    heist = node(graph, "heist")
    nodes, edges = between(graph, ROW["ronin"], {heist: 1.0}, [ROW["collateral"]])
    role = dict(zip(nodes["name"], nodes["role"], strict=True))
    assert role["Ronin"] == "item"
    assert role["heist"] == "said"
    assert role["Collateral"] == "liked"
    assert role["Heat"] == "neighbour"
    assert role["Action"] == role["Robert De Niro"] == "entity"
    assert "Totoro" not in role
    assert "Horror" not in role
    assert set(edges["source"]) | set(edges["target"]) <= set(nodes["node"])
    told = {tuple(edge) for edge in edges.itertuples(index=False)}
    assert (ROW["ronin"], heist, "theme") in told
    mann = node(graph, "Michael Mann")
    assert (mann in set(nodes["node"])) == ((ROW["collateral"], mann, "writer") in told)


def test_a_neighbourhood_is_kept_small(graph):
    nodes, _ = between(graph, ROW["ronin"], {}, [ROW["collateral"]], most=4)
    assert len(nodes) == 4
    assert nodes["role"].iloc[0] == "item"
    assert nodes["node"].is_unique


@pytest.mark.parametrize(
    ("relation", "called", "of_kind"),
    [
        ("acted_in_by", "actor", "person"),
        ("has_mood", "mood", "mood"),
        ("from_country", "country", "country"),
        ("set_in", "set in", "set in"),
        ("wd_subject", "subject", "subject"),
        ("published_by", "published by", "published by"),
        ("has_", "has_", "has_"),
    ],
)
def test_relations_are_called_by_a_visitors_words(relation, called, of_kind):
    assert (label(relation), kind(relation)) == (called, of_kind)


class World:
    """What the signal reads of a workspace."""

    def __init__(self, graph):
        self.graph = graph


@pytest.fixture(scope="module")
def query(graph):
    """Makes a query whose words are linked; two topics, crime and animation."""
    vectors = np.eye(2, dtype=np.float32)[[0, 0, 0, 0, 0, 1, 1, 1]]
    texts = ["a film about love and heat"] * 8
    linker = Linker(graph.nodes, texts, *topic_centroids(graph, vectors), english)

    def made(*clauses, liked=(), disliked=()):
        text = ". ".join(text if wanted else f"no {text}" for text, wanted in clauses)
        vectors = np.zeros((len(clauses), 2), dtype=np.float32)
        return EncodedQuery(
            text,
            liked,
            disliked,
            clauses=tuple(Clause(*clause) for clause in clauses),
            clause_vectors=vectors,
            links=tuple(linker.link(text, clauses, vectors)),
        )

    return made


@pytest.fixture(scope="module")
def signal(graph):
    return Signal(World(graph))


ALL = np.arange(8)


def test_the_signal_scores_what_is_named_and_proposes_nothing_else(signal, query):
    asked = query(("a heist", True))
    proposed = [FILMS[row] for row in signal.propose(asked, 8)]
    assert set(proposed[:2]) == {"heat", "ronin"}
    assert "totoro" not in proposed
    assert signal.propose(asked, 1).tolist() == [ROW[proposed[0]]]


def test_what_is_refused_lowers_and_alone_proposes_nothing(signal, query):
    wanted = signal.score(query(("action", True)), ALL)
    less = signal.score(query(("action", True), ("heist", False)), ALL)
    assert less[ROW["heat"]] < wanted[ROW["heat"]]
    refused = query(("heist", False))
    assert signal.score(refused, ALL)[ROW["heat"]] < 0
    assert len(signal.propose(refused, 8)) == 0


def test_likes_and_dislikes_are_walked_from(signal, query):
    liked = signal.score(query(("zzz", True), liked=(ROW["totoro"],)), ALL)
    assert liked[ROW["ponyo"]] > 0 == liked[ROW["heat"]]
    disliked = signal.score(query(("zzz", True), disliked=(ROW["totoro"],)), ALL)
    assert disliked[ROW["ponyo"]] < 0


def test_without_a_link_or_a_like_there_is_no_opinion(signal, query):
    for asked in (query(("zzz", True)), query(("zzz", True), liked=(ROW["alone"],))):
        assert np.isnan(signal.score(asked, ALL)).all()
        assert len(signal.propose(asked, 8)) == 0
        assert told(signal.evidence(asked, ALL)) == [""] * 8


def test_the_last_answer_is_kept_only_for_the_same_question(signal, query):
    first = signal.score(query(("a heist", True)), ALL)
    other = signal.score(query(("Hayao Miyazaki", True)), ALL)
    again = signal.score(query(("a heist", True)), ALL)
    assert not np.array_equal(first, other, equal_nan=True)
    np.testing.assert_array_equal(first, again)


def test_evidence_tells_the_path(signal, query):
    rows = np.array([ROW[film] for film in ("ronin", "collateral", "totoro", "alone")])
    assert told(signal.evidence(query(("a heist", True)), rows)) == [
        "you said “heist” → theme: heist",
        "you said “heist” → theme: heist → Heat → director: Michael Mann",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "liked", "film", "said"),
    [
        ("zzz", "totoro", "ponyo", "liked Totoro → director: Hayao Miyazaki"),
        ("zzz", "alien", "aliens", "liked Alien → followed by"),
        ("zzz", "aliens", "alien", "liked Aliens → follows"),
        ("like Totoro", "", "ponyo", "you said “Totoro” → director: Hayao Miyazaki"),
        ("like Totoro", "", "totoro", "you named it: “Totoro”"),
        ("by Miyazaki", "", "ponyo", "you said “Miyazaki” → director: Hayao Miyazaki"),
    ],
)
def test_evidence_of_likes_titles_and_last_names(signal, query, text, liked, film, said):
    asked = query((text, True), liked=(ROW[liked],) if liked else ())
    assert told(signal.evidence(asked, np.array([ROW[film]]))) == [said]


def test_a_reason_says_which_phrase_it_answers(signal, query):
    rows = np.array([ROW["ronin"], ROW["totoro"]])
    found = signal.evidence(query(("a heist", True)), rows)
    assert [reason.phrases for reason in found] == [("heist",), ()]


def test_a_fact_that_is_left_out_carries_nothing(graph, signal, query):
    asked = query(("a heist", True))
    mann, heat = node(graph, "Michael Mann"), ROW["heat"]
    less = replace(asked, without=((heat, mann),))
    rows = np.array([ROW["collateral"]])
    assert told(signal.evidence(less, rows)) == [
        "you said “heist” → theme: heist → Heat → genre: Action"
    ]
    assert signal.score(less, rows) < signal.score(asked, rows)
    nothing = replace(asked, without=((node(graph, "heist"),),))  # the very thing that is named
    assert np.isnan(signal.score(nothing, ALL)).all()
    assert told(signal.evidence(nothing, ALL)) == [""] * 8
