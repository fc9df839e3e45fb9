"""Lists side by side, and many weights at once: worked by hand on worlds that can be seen."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recsys.building.build import build
from recsys.datatypes import EncodedQuery, Query, Strategy, make_ranking
from recsys.fusion import fusions
from recsys.metrics.lists import popular
from recsys.ranking import compare, sweep
from recsys.ranking.engine import Engine, Recommendation
from recsys.ranking.verdict import plain, summary, verdict
from recsys.signals import signals
from recsys.store.judged import of_personas
from recsys.understanding.understanding import Understanding
from tests.worlds import FakeEncoder, tables

STAR, TIN, VAULT, LETTERS, ATTIC, MARE, ORBIT, MOON = range(8)


def only(name: str) -> Strategy:
    return Strategy(name, "weighted", {other: float(other == name) for other in signals()})


def listed(*order: int, k: int = 2) -> Recommendation:
    """A result that ranks items in this order."""
    parts = pd.DataFrame({"content": -np.arange(len(order), dtype=float)}, index=list(order))
    ranking = make_ranking(parts.rename_axis("item"))
    query = EncodedQuery("space", k=k)
    return Recommendation(
        query, Strategy(), {}, parts, ranking, {}, {}, (), None, Understanding("space", len(order))
    )


def test_ranks_hold_all_that_any_list_shows_wherever_it_stands():
    table = compare.ranks([listed(0, 1, 2, 3), listed(3, 2, 1, 0)])
    assert table.index.tolist() == [0, 1, 3, 2]
    assert table.to_numpy().tolist() == [[1, 4], [2, 3], [4, 1], [3, 2]]
    shown = compare.rank_table([listed(0, 1, 2, 3), listed(3, 2, 1, 0)])
    assert shown.fillna(0).to_numpy().tolist() == [[1, 0], [2, 0], [0, 1], [0, 2]]


def test_what_is_no_candidate_stands_behind_the_last():
    assert compare.ranks([listed(0, 1, 2), listed(2, 5, 6, 7)]).loc[5].tolist() == [4, 2]


def test_a_move_leads_to_the_next_list_that_shows_the_item():
    ranks = pd.DataFrame({0: [1, 2, 9], 1: [9, 1, 2], 2: [1, 3, 9]}, index=[STAR, TIN, VAULT])
    found = compare.moves(ranks, 2)
    assert found.to_dict("records") == [
        {"item": STAR, "start": 0, "end": 2, "before": 1, "after": 1, "move": "keeps its place"},
        {"item": TIN, "start": 0, "end": 1, "before": 2, "after": 1, "move": "rises"},
    ]
    assert compare.moves(ranks.loc[[VAULT]], 2).empty


def test_what_lists_share_is_counted():
    assert compare.shared([listed(0, 1, 2), listed(1, 2, 0)]).tolist() == [[2, 1], [1, 2]]


def test_parts_are_in_per_cent_of_the_best_score_of_their_own_list(engine):
    """Scores of two fusions are on two scales: 0.02 of one may be more than 0.5 of the other."""
    for strategy in (Strategy("a", "weighted"), Strategy("b", "reciprocal_rank")):
        result = engine.recommend(Query("space", k=3), strategy)
        best, *others = result.ranking.index
        assert compare.share_of_best(result, best).sum() == pytest.approx(100, abs=1e-3)
        share = compare.share_of_best(result, others[0]).sum()
        assert share == pytest.approx(100 * result.ranking["score"].iloc[1:2].item()
                                      / result.ranking["score"].iloc[0], rel=1e-4)  # fmt: skip
    nothing = listed(0, 1, 2)  # whose best score is 0
    assert compare.share_of_best(nothing, 1).isna().all()
    assert compare.share_of_best(nothing, 7).isna().all()


def test_overlap_is_what_two_share_over_what_is_in_either():
    found = compare.overlap([listed(0, 1, 2), listed(1, 2, 0), listed(2, 1, 0)])
    np.testing.assert_allclose(found, [[1, 1 / 3, 1 / 3], [1 / 3, 1, 1], [1 / 3, 1, 1]])


def test_correlation_counts_the_pairs_in_the_same_order():
    results = [listed(0, 1, 2, 3), listed(1, 0, 3, 2), listed(3, 2, 1, 0)]
    found = compare.correlation(results)
    np.testing.assert_allclose(found.loc[0], [1, 1 / 3, -1])  # of 6 pairs 4 agree, 2 do not


def test_the_popular_are_the_most_liked_hundred_or_tenth():
    assert popular(np.array([3, 8, 8, 1])).tolist() == [False, True, False, False]
    assert popular(np.zeros(30)).sum() == 0
    assert popular(np.arange(5_000)).sum() == 100


def test_traits_say_how_popular_varied_and_old_a_list_is(engine):
    result = engine.recommend(Query("space", k=2), only("popularity"))
    assert result.shown.index.tolist() == [STAR, TIN]
    found = compare.traits(engine, result)
    vectors = engine.workspace.vectors
    assert found == {
        "likes": 6,  # of 8 and 4
        "popular": 0.5,  # Star Harbour, the most liked of eight
        "variety": pytest.approx(1 - float(vectors[STAR] @ vectors[TIN]), abs=1e-6),
        "year": 1987,  # of 1975 and 1999
    }


def test_the_verdict_names_what_left_and_what_came(engine):
    taste = Query("a heist", k=1)
    results = [
        engine.recommend(taste, only("popularity")),
        engine.recommend(taste, only("lexical")),
    ]
    assert [result.shown.index.tolist() for result in results] == [[STAR], [VAULT]]
    assert verdict(engine, results) == (
        "“lexical” shares nothing with “popularity”:"
        " it trades 1 popular story for 1 other that matches “heist”."
    )
    assert verdict(engine, results[::-1]) == (
        "“popularity” shares nothing with “lexical”:"
        " it trades 1 story that matches “heist” for 1 popular other."
    )


def test_the_verdict_is_honest_about_equal_lists(engine):
    taste = Query("space", k=3)
    same = [engine.recommend(taste, Strategy(name)) for name in ("one", "two")]
    assert verdict(engine, same) == "“two” shows the same list as “one”."
    whole = replace(taste, k=8)
    other = [engine.recommend(whole, only(name)) for name in ("popularity", "content")]
    before, after = (result.shown["rank"] for result in other)
    assert "shows what “popularity” does, in another order" in verdict(engine, other)
    row = (before - after).abs().idxmax()
    assert f"from {before[row]} to {after[row]}." in verdict(engine, other)


def test_the_plain_verdict_counts_what_is_kept_dropped_and_brought(engine):
    taste = Query("a heist", k=2)
    popular, words = (engine.recommend(taste, only(name)) for name in ("popularity", "lexical"))
    assert popular.shown.index.tolist() == [STAR, TIN]
    assert sorted(words.shown.index) == [VAULT, ORBIT]
    assert plain(engine, popular, words) == (
        "“lexical” shares nothing with “popularity”:"
        " drops 2 (1 among the most liked); brings 2 with the same words."
    )
    more = engine.recommend(replace(taste, k=3), only("popularity"))
    words = engine.recommend(replace(taste, k=3), only("lexical"))
    assert plain(engine, more, words).startswith("“lexical” keeps 2 of 3 from “popularity”; drops")


def test_the_plain_verdict_is_one_line_for_many(engine):
    taste = Query("a heist", k=2)
    results = [engine.recommend(taste, only(name)) for name in ("popularity", "lexical", "graph")]
    assert summary(engine, results[:2]) == plain(engine, *results[:2])
    assert summary(engine, results).startswith(
        "Of the 2 in “popularity”, “lexical” keeps 0 and “graph” keeps"
    )
    same = [engine.recommend(taste, Strategy(name)) for name in ("one", "two")]
    assert summary(engine, same) == "“two” shows the same list as “one”."


def test_a_signal_that_has_no_saying_goes_by_its_title(engine, monkeypatch):
    taste = Query("a heist", k=2)
    results = [engine.recommend(taste, only(name)) for name in ("popularity", "lexical")]
    monkeypatch.setattr("recsys.ranking.verdict.SAYINGS", {})
    assert plain(engine, *results).endswith(f"brings 2 strong in “{signals()['lexical'].TITLE}”.")


def test_every_other_strategy_has_a_line(engine):
    strategies = [only("popularity"), only("content"), Strategy("all")]
    results = [engine.recommend(Query("a ghost", k=2), strategy) for strategy in strategies]
    lines = verdict(engine, results).splitlines()
    assert len(lines) == 2
    assert "“content”" in lines[0]
    assert "“all”" in lines[1]


def test_a_catalogue_that_nobody_has_liked_has_a_verdict(root):
    engine = Engine(build("unliked", tables(likes={}), FakeEncoder()), FakeEncoder())
    results = [engine.recommend(Query("love", k=2), only(name)) for name in ("graph", "content")]
    assert "popular" not in verdict(engine, results)
    assert compare.traits(engine, results[0])["popular"] == 0


def test_the_exports_hold_every_list_and_its_contributions(engine):
    strategies = [only("popularity"), Strategy("varied", diversity=0.5)]
    query = Query("space", liked=(TIN,), k=3)
    results = [engine.recommend(query, strategy) for strategy in strategies]
    table = compare.table(engine, results)
    assert table["strategy"].tolist() == ["popularity"] * 3 + ["varied"] * 3
    parts = table.drop(columns=["strategy", "rank", "id", "title", "year", "score"])
    assert parts.columns[-1] == "Variety (maximal marginal relevance)"
    assert len(parts.columns) == len(signals()) + 1
    np.testing.assert_allclose(parts.fillna(0).sum(axis=1), table["score"], atol=1e-5)
    said = compare.report(engine, results)
    assert said["liked"] == ["tin"]
    assert [each["name"] for each in said["strategies"]] == ["popularity", "varied"]
    assert said["strategies"][1]["diversity"] == 0.5
    assert set(signals()) < set(said["strategies"][0]["ranking"][0])
    assert [line["id"] for line in said["strategies"][0]["ranking"]] == ["star", "vault", "letters"]


@pytest.fixture
def judged(root) -> Engine:
    """The small world with two personas; only one of them is fond of what is popular."""
    personas = [("p", "P", "space"), ("q", "Q", "love")]
    grades = [("p", "star", 2), ("p", "letters", -1), ("q", "letters", 2), ("q", "star", -1)]
    world = replace(
        tables(),
        personas=pd.DataFrame(personas, columns=["id", "name", "taste"]),
        judgements=pd.DataFrame(grades, columns=["persona", "item", "grade"]),
    )
    return Engine(build("judged", world, FakeEncoder()), FakeEncoder())


def heard(engine: Engine) -> list[sweep.JudgedQuery]:
    tastes = of_personas(engine.workspace.catalogue).tastes
    return [sweep.score_query(engine, taste, "cosine") for taste in tastes]


def test_quality_is_the_order_of_what_was_judged(judged):
    found = sweep.quality(judged, heard(judged), [only("content"), only("popularity")])
    np.testing.assert_allclose(found, [[1, 1], [1, 1 / np.log2(3)]])  # q's love comes second


@pytest.mark.parametrize("fusion", sorted(fusions()))
def test_a_sweep_ranks_as_the_engine_does(judged, fusion):
    strategy = Strategy("", fusion, {"content": 0.9, "popularity": 0.7}, diversity=0.3)
    tastes = heard(judged)
    for taste in tastes:
        result = judged.recommend(Query(taste.query.text, k=8), strategy)
        fused = judged.fuse(taste.query, taste.scores, strategy)
        pd.testing.assert_frame_equal(fused, result.ranking)
    table = sweep.trade_off(judged, tastes, [strategy])
    assert table["ndcg"].iloc[0] == sweep.quality(judged, tastes, [strategy]).mean()


def test_the_trade_off_tells_personal_from_popular(judged, monkeypatch):
    monkeypatch.setattr(sweep, "K", 1)
    steps = []
    table = sweep.trade_off(
        judged,
        heard(judged),
        [only("popularity"), only("content")],
        lambda *step: steps.append(step),
    )
    # Everybody gets Star Harbour, and q has no use for it; or each gets their own.
    expected = pd.DataFrame({"overlap": [1.0, 0], "popular": [1.0, 0.5], "ndcg": [0.5, 1]})
    pd.testing.assert_frame_equal(table, expected)
    assert steps == [(1, 2, "weighing"), (2, 2, "weighing")]


def test_without_judges_the_examples_speak_and_quality_is_unknown(engine):
    (example,) = sweep.example_tastes(engine.workspace.catalogue)
    taste = sweep.score_query(engine, example, "cosine")
    assert example.text == "space"
    assert taste.own.empty
    assert np.isnan(sweep.quality(engine, [taste], [Strategy()])).all()


def test_three_weights_are_shared_out_in_every_way():
    three = ("content", "lexical", "popularity")
    strategy = Strategy(weights={"content": 0.5, "lexical": 0.25, "popularity": 0.25, "graph": 0.3})
    found = sweep.weight_grid(strategy, three)
    assert len(found) == 66
    assert {each.weights["graph"] for each in found} == {0.3}
    for each in found:
        assert sum(each.weights[name] for name in three) == pytest.approx(1)
    assert sweep.shares_of(strategy.weights, three) == (0.5, 0.25, 0.25)
    assert sweep.shares_of(only("graph").weights, three) == (1 / 3, 1 / 3, 1 / 3)
    assert sum(sweep.weight_grid(only("graph"), three)[0].weights[name] for name in three) == 1


def test_a_weight_is_swept_but_never_to_nothing():
    found = sweep.settings_along(only("content"), "content", [0, 0.5, 1])
    assert [each.weights["content"] for each in found] == [0.5, 1]
    found = sweep.settings_along(only("content"), "graph", [0, 1])
    assert [each.weights["graph"] for each in found] == [0, 1]
    found = sweep.settings_along(Strategy(), "diversity", [0, 0.5])
    assert [each.diversity for each in found] == [0, 0.5]
