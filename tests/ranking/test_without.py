"""A fact is left out of the answer: the list re-weighs, and its parts still add up."""

import numpy as np

from recsys.building.build import build
from recsys.datatypes import Query, Strategy
from recsys.ranking.engine import Engine
from recsys.ranking.explain import paths
from tests.worlds import FakeEncoder, shelf


def test_the_list_and_the_paths_re_weigh_without_a_fact(root):
    engine = Engine(build("small", shelf(), FakeEncoder()), FakeEncoder())
    nodes = engine.workspace.graph.nodes
    ada, stars = (nodes.index[nodes["name"] == name].item() for name in ("Ada Vale", "stars"))
    asked = Query("films by Ada Vale, in the castle", liked=(0,))
    before = engine.recommend(asked)
    after = engine.recommend(Query(asked.text, asked.liked, without=((ada,),)))
    row = int(before.shown.index[0])
    assert any("Ada Vale" in path for path in paths(engine, before, row))
    assert not any("Ada Vale" in path for path in paths(engine, after, row))
    for result in (before, after):
        parts = result.ranking.drop(columns=["rank", "score"])
        np.testing.assert_allclose(result.ranking["score"], parts.sum(axis=1), atol=1e-6)
    texts = ["content", "lexical"]
    assert before.scores[texts].equals(after.scores[texts])
    assert not before.scores["graph"].equals(after.scores["graph"])

    alone = Strategy("", weights={name: float(name == "graph") for name in engine.signals})
    for without in ((), ((stars, 3), (stars, 4))):
        ranking = engine.recommend(Query("stars", k=8, without=without), alone).ranking
        gap = ranking.loc[[3, 4], "rank"].min() - ranking.loc[[5, 6], "rank"].max()
        assert (gap > 0) == bool(without)
