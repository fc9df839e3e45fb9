"""The engine: from a Query to a ranking whose parts add up."""

import numpy as np
import pytest

from recsys.datatypes import Filters, Query, Strategy
from recsys.errors import QueryError
from recsys.ranking.engine import Engine, ranking_frame
from recsys.ranking.explain import reasons, sentence
from recsys.registry import called
from recsys.signals import signals
from tests.worlds import FakeEncoder


def titles(engine, result):
    return engine.workspace.catalogue.items.loc[result.shown.index, "title"].tolist()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("space", "Star Harbour"),
        ("a heist in space", "Orbit Job"),
        ("a heist, no space", "The Vault"),
        ("love letters", "Letters"),
        ("robot", "Tin Heart"),
    ],
)
def test_what_is_asked_for_comes_first(engine, text, first):
    result = engine.recommend(Query(text, k=3), Strategy(weights={"popularity": 0}))
    assert titles(engine, result)[0] == first


def test_contributions_add_up_to_the_score(engine):
    ranking = engine.recommend(Query("love and a ghost", k=8)).ranking
    parts = ranking.drop(columns=["rank", "score"])
    assert set(parts) == set(engine.signals)
    np.testing.assert_allclose(parts.sum(axis=1), ranking["score"], atol=1e-9)
    assert ranking["rank"].tolist() == list(range(1, 9))
    assert ranking["score"].is_monotonic_decreasing


def test_every_signal_scores_every_candidate(engine):
    result = engine.recommend(Query("ghost", k=2))
    assert len(result.shown) == 2
    assert result.scores["content"].notna().all()
    assert result.scores["popularity"].notna().all()


def test_judged_items_are_not_shown_again(engine):
    rows = engine.workspace.catalogue.rows
    result = engine.recommend(Query("love", liked=rows(["tin"]), disliked=rows(["letters"]), k=8))
    assert not {"Tin Heart", "Letters"} & set(titles(engine, result))


def test_a_like_pulls_its_kind_up_and_a_dislike_pushes_it_down(engine):
    rows = engine.workspace.catalogue.rows

    def place(**judged):
        result = engine.recommend(Query("love", k=8, **judged), Strategy(weights={"popularity": 0}))
        return titles(engine, result).index("Attic")

    ghost = rows(["moon"])
    assert place(liked=ghost) < place() or place() == 0
    assert place(disliked=ghost) > place(liked=ghost)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(categories=("Crime",)), {"The Vault", "Orbit Job"}),
        (Filters(categories=("Crime", "Horror")), {"The Vault", "Orbit Job", "Attic"}),
        (Filters(year_to=1960), {"Letters", "The Grey Mare"}),
        (Filters(("Family",), 1990, 2005), {"Tin Heart"}),
    ],
)
def test_filters_leave_only_what_passes(engine, filters, expected):
    result = engine.recommend(Query("space", filters=filters, k=8))
    assert set(titles(engine, result)) == expected


def test_a_weight_of_zero_silences_a_signal(engine):
    result = engine.recommend(Query("ghost", k=8), Strategy(weights={"popularity": 0}))
    assert (result.ranking["popularity"] == 0).all()


@pytest.mark.parametrize(
    ("query", "options", "words"),
    [
        (Query("space"), {"fusion": "magic"}, "There are: "),
        (Query("space", k=2), {"weights": {"magic": 1}}, "content"),
        (Query("space", k=2), {"weights": {"content": -1}}, "0 or more"),
        (Query("space", k=2), {"weights": {"content": float("nan")}}, "0 or more"),
        (Query("space", k=2), {"weights": {"content": float("inf")}}, "0 or more"),
        (
            Query("space", k=2),
            {"weights": dict.fromkeys(signals(), 0)},
            "0",
        ),
        (Query("space", k=2, filters=Filters(("Opera",))), {}, "No item passes"),
    ],
)
def test_what_cannot_be_answered_says_why(engine, query, options, words):
    with pytest.raises(QueryError, match=words) as caught:
        engine.recommend(query, Strategy(**options))
    assert "\n" not in str(caught.value)


def test_asking_for_more_than_there_is_shows_what_there_is_and_says_so(engine):
    result = engine.recommend(Query("space", k=900))
    assert len(result.shown) == 8
    assert result.notices == ("900 were asked for; there are 8 stories to show.",)
    assert engine.recommend(Query("space", k=8)).notices == ()


def test_reading_and_feeding_back_are_timed_apart(engine):
    took = engine.recommend(Query("space")).took_ms
    assert list(took) == ["encode", "feedback", "search", "score", "fuse", "explain"]


def test_the_answer_has_titles(engine):
    table = engine.recommend(Query("space", k=2)).table
    assert table["title"].tolist()[0] == "Star Harbour"


def test_an_encoder_that_did_not_embed_the_catalogue_is_refused(workspace):
    with pytest.raises(QueryError, match="another language"):
        Engine(workspace, FakeEncoder("other"))


def test_a_text_that_only_refuses_still_ranks(engine):
    result = engine.recommend(
        Query("nothing with a ghost", k=8), Strategy(weights={"popularity": 0})
    )
    assert {"Attic", "Not the Moon"} == set(titles(engine, result)[-2:])


def test_the_same_query_gives_the_same_ranking(engine):
    first, second = (engine.recommend(Query("love in space", k=8)).ranking for _ in range(2))
    assert first.equals(second)


def test_reasons_name_the_clause_and_the_words(engine):
    result = engine.recommend(
        Query("a heist, or a ghost", k=3), Strategy(weights={"popularity": 0})
    )
    vault = titles(engine, result).index("The Vault")
    assert dict(reasons(result, vault)) == {
        "content": "close in meaning to “a heist”",
        "lexical": "words in common: heist",
    }
    assert sentence(result, vault).startswith("Because: ")


def test_what_pulls_an_item_down_is_no_reason_for_its_place(engine):
    result = engine.recommend(Query("ghost", k=8))
    for place in range(8):
        for name, _ in reasons(result, place):
            assert result.shown[name].iloc[place] > 0


def test_the_table_to_keep_has_ids_and_parts(engine):
    result = engine.recommend(Query("space", k=2), Strategy(weights={"popularity": 0}))
    table = ranking_frame(engine.workspace, result.shown)
    assert table.columns[:5].tolist() == ["rank", "id", "title", "year", "score"]
    assert table.columns[5:].tolist() == [called(signals()[name]) for name in engine.signals]
    assert "Words in common (BM25)" in table
    assert table["id"].tolist()[0] == "star"
