"""What stands behind a place: the parts add up, the clause, the likes and the paths are true."""

import numpy as np
import pytest

from recsys.datatypes import Query, Strategy
from recsys.ranking.explain import clause_matches, nearest_liked, parts, paths, reasons, sentence


def test_parts_add_up_and_have_the_signals_own_scores_and_weights(engine):
    strategy = Strategy(weights={"content": 0.9}, diversity=0.5)
    result = engine.recommend(Query("a heist, no space", k=3), strategy)
    row = int(result.shown.index[1])
    table = parts(result, row)
    assert table["contribution"].sum() == pytest.approx(result.shown["score"].iloc[1])
    assert table.loc["content", "weight"] == 0.9
    assert table.loc["content", "score"] == pytest.approx(result.scores.loc[row, "content"])
    assert table.loc["diversity", ["score", "weight"]].isna().all()
    assert list(table.index) == [*result.scores, "diversity"]


def test_each_clause_that_counts_is_measured_the_nearest_first(engine):
    (attic,) = engine.workspace.catalogue.rows(["attic"])
    query = Query("a horse fair, no ghosts, some robots", muted=("some robots",), k=3)
    table = clause_matches(engine, engine.recommend(query), attic)
    assert table["clause"].tolist() == ["ghosts", "a horse fair"]
    assert table["wanted"].tolist() == [False, True]
    assert table["cosine"].is_monotonic_decreasing
    assert table["cosine"].iloc[0] > 0.9


def test_the_nearest_likes_are_named(engine):
    tin, letters, attic = engine.workspace.catalogue.rows(["tin", "letters", "attic"])
    (moon,) = engine.workspace.catalogue.rows(["moon"])  # love and a ghost
    result = engine.recommend(Query("love", liked=(tin, letters, attic), k=3))
    found = nearest_liked(engine, result, moon, most=2)
    assert {title for title, _ in found} == {"Letters", "Attic"}
    cosine = engine.workspace.vectors[moon] @ engine.workspace.vectors[[tin, letters, attic]].T
    assert [near for _, near in found] == pytest.approx(sorted(cosine)[:0:-1])
    assert nearest_liked(engine, engine.recommend(Query("love", k=3)), moon) == []


def test_paths_lead_from_what_was_said_to_the_item(engine):
    star, moon = engine.workspace.catalogue.rows(["star", "moon"])
    result = engine.recommend(Query("solitude", k=8))
    assert paths(engine, result, star) == ["solitude (theme) → Star Harbour"]
    assert paths(engine, result, moon) == []


def test_the_sentence_names_only_what_lifted_the_item(engine):
    result = engine.recommend(Query("love", k=8))
    for place in range(8):
        lift = result.shown.iloc[place]
        found = reasons(result, place)
        assert all(lift[name] > 0 for name, _ in found)
        assert np.all(np.diff([lift[name] for name, _ in found]) <= 0)
        assert all(reason in sentence(result, place) for _, reason in found)
