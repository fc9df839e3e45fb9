"""A network over the knowledge graph: by hand, and in a world where only the graph can tell."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from recsys.building.build import build
from recsys.building.on_request import train_on_request
from recsys.building.publish import publish
from recsys.datatypes import Link, NewItem, Query
from recsys.metrics.accuracy import ndcg
from recsys.models import TrainingContext, graph_network
from recsys.models.graph_network import GraphNetwork, named_nodes, nodes_named
from recsys.models.graph_network.network import Config, forward, normalised
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace
from tests.models.test_behaviour import nobody
from tests.worlds import CAMPS, SORTS, FakeEncoder, shelf, tables

SORT = np.arange(40) // 10
"""Which sort each item of the shelf is of."""
CONFIG = Config(
    profiles=200, batch=32, epochs=25, patience=25, rate=0.02, factors=8, words=4, device="cpu"
)


def adjacency(size, *pairs):
    matrix = np.zeros((size, size), dtype=np.float32)
    for one, other in pairs:
        matrix[one, other] = matrix[other, one] = 1
    return sparse.csr_array(matrix)


def test_what_a_node_hears_by_hand():
    """Items 0 and 1 are 2 and 4, and both are tied to entity 2: it hears (2 + 4) / root 2, thrice,
    less 1. Over a second hop each item hears a root of 2 less of that, thrice, less 1."""
    ties = normalised({"maker": adjacency(3, (0, 2), (1, 2))})["maker"]
    arrays = {
        "what": np.array([[1.0]]),
        "own": np.array([[0.0], [1.0]]),
        "relations": np.array([3.0]),
        **{f"layers_{hop}": np.array([[1.0]]) for hop in range(2)},
        **{f"biases_{hop}": np.array([-1.0]) for hop in range(2)},
    }
    entity = 3 * 6 / 2**0.5 - 1
    first = forward([ties], np.array([[2.0], [3.0]]), arrays)[:, 0]
    heard = 3 * entity / 2**0.5 - 1
    # Over the first hop an item hears nothing: -1, of which a hundredth is left, and passed on.
    passed = 3 * 2 * -0.01 / 2**0.5 - 1
    expected = [2 - 0.01 + heard, 4 - 0.01 + heard, entity + 0.01 * passed]
    np.testing.assert_allclose(first, expected, rtol=1e-5)


def test_rare_relations_pass_messages_as_one():
    many = adjacency(60, *((item, 50) for item in range(50)))
    ties = {"maker": many, "label": adjacency(60, (0, 51)), "studio": adjacency(60, (1, 52))}
    found = normalised(ties)
    assert list(found) == ["maker", "other"]
    np.testing.assert_allclose(found["other"][0, 51], 1 / 2**0.5)


def test_who_is_named_shares_what_the_words_say():
    def link(node, said, wanted=True, strength=1.0):
        return Link(0, node, said, "exact", strength, wanted)

    links = [link(7, "crime"), link(8, "crime"), link(9, "war", wanted=False, strength=0.5)]
    assert named_nodes(links, -0.5) == {7: 0.5, 8: 0.5, 9: -0.25}


def test_a_label_is_every_entity_of_its_name(root):
    triples = [
        ("star", "has_theme", "Loss"),
        ("tin", "directed_by", "loss"),
        ("tin", "made_by", "X"),
    ]
    frame = pd.DataFrame(triples, columns=["head", "relation", "tail"])
    workspace = build("small", replace(tables(), triples=frame), FakeEncoder())
    nodes = workspace.graph.nodes
    found = nodes_named(workspace.graph, ["LOSS", "x", "unknown"]).toarray()
    loss = nodes.index[nodes["name"].str.casefold() == "loss"]
    np.testing.assert_array_equal(found[0, loss], [0.5, 0.5])
    assert found.sum(axis=1).tolist() == [1, 1, 0]


def only_the_graph(seed=0):
    """The shelf, whose texts, titles, years and categories are shuffled: only the triples tell the
    sorts apart."""
    world = shelf()
    items, rng = world.items.copy(), np.random.default_rng(seed)
    for column in ("title", "year", "categories", "text"):
        items[column] = items[column].iloc[rng.permutation(len(items))].to_numpy()
    items["facts"] = [{} for _ in range(len(items))]
    return replace(world, items=items)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """One for all, since a model only reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("graph")))
        yield Engine(build("shelf", only_the_graph(), FakeEncoder()), FakeEncoder())


def fitted(workspace, config=CONFIG):
    return graph_network.fit(workspace, config, TrainingContext(FakeEncoder(), nobody, lambda: {}))


@pytest.fixture(scope="module")
def learned(engine):
    return fitted(engine.workspace)


def ranked(engine, arrays, text, liked=()):
    workspace = engine.workspace
    model = GraphNetwork(arrays, workspace.graph, workspace.vectors)
    return model.score(engine.embed(Query(text, liked=liked)), workspace.language.stems)


def test_only_the_graph_can_tell_and_the_network_does(engine, learned):
    """Who names a maker wants what the maker's camp likes: the facts know the maker's own ten, the
    network the camp's twenty, and the texts nothing."""
    makers = {"Ada Vale": "a", "Bo Crane": "b", "Cy Drake": "a", "Di Frost": "b"}
    found = []
    for maker, camp in makers.items():
        query = engine.encode(Query(f"films by {maker}"))
        relevant = np.isin(SORT, [list(SORTS).index(topic) for topic in CAMPS[camp]]).astype(float)
        every = {name: engine.score(query, np.arange(40))[name] for name in ("graph", "content")}
        every["graph_network"] = ranked(engine, learned, f"films by {maker}")
        found.append({name: ndcg(relevant[np.argsort(-own)], 10) for name, own in every.items()})
    mean = pd.DataFrame(found).mean()
    assert mean["graph"] > 0.9
    assert mean["graph_network"] > 0.9
    assert mean["content"] < 0.75


def test_an_item_that_nobody_likes_has_its_place_by_its_facts(engine, root):
    """Published with another sort's text: its maker alone says who will like it."""
    workspace = build("shelf", only_the_graph(), FakeEncoder())
    new = NewItem("Nothing in particular.", "New", facts={"directed_by": ("Bo Crane",)})
    publish(workspace, FakeEncoder(), new)
    after = Engine(Workspace.open("shelf"), FakeEncoder())
    arrays = fitted(workspace)
    by_ghosts = ranked(after, arrays, "films by Bo Crane")[40]
    by_space = ranked(after, arrays, "films by Ada Vale")[40]
    assert by_ghosts > by_space


def test_likes_alone_say_who_somebody_is(engine, learned):
    scores = ranked(engine, learned, "zzz", liked=(0, 1))
    rest = [row for row in range(40) if row > 1]
    best = sorted(rest, key=lambda row: -scores[row])[:10]
    assert sum(row < 10 or 20 <= row < 30 for row in best) >= 9


def test_it_is_trained_on_request_and_speaks_as_a_signal(root):
    build("shelf", only_the_graph(), FakeEncoder())
    settings = {"profiles": "80", "epochs": "2", "factors": "4", "words": "4"}
    train_on_request("shelf", "graph_network", FakeEncoder(), settings)
    engine = Engine(Workspace.open("shelf"), FakeEncoder())
    signal, rows = engine.signals["graph_network"], np.arange(40)
    assert np.isfinite(signal.score(engine.encode(Query("films by Bo Crane")), rows)).all()
    assert np.isnan(signal.score(engine.encode(Query("愛")), rows)).all()


def test_without_facts_or_people_there_is_nothing_to_learn(root):
    bare = replace(shelf(), triples=shelf().triples.iloc[:0])
    assert fitted(build("bare", bare, FakeEncoder())) == {}
    alone = replace(shelf(), interactions=shelf().interactions.iloc[:20])
    assert fitted(build("alone", alone, FakeEncoder())) == {}
